// SPDX-License-Identifier: Apache-2.0
#include "broker/server/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "broker/core/decide.h"
#include "broker/core/force_views.h"
#include "broker/server/authentic.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;

namespace {

/// When an envelope would be received: never before what is in the ledger.
model::UtcTime next_received_at(const core::State& state, model::UtcTime now) {
  for (const auto& [id, node] : *state.nodes) {
    now = std::max(now, node.last_received_at);
  }
  return now;
}

/// A state that takes reports as the ledger would, and that nobody keeps.
class Branch {
 public:
  Branch(const core::State& state, const model::DryRunQuery& query, const core::Moment& moment,
         const core::Recall& recall)
      : state_(state),
        node_(query.node),
        limits_(moment.limits),
        recall_(recall),
        next_{.report = {query.node, state.node(query.node).head_seq + 1},
              .issued_at = moment.now,
              .received_at = next_received_at(state, moment.now),
              .ledger_seq = state.ledger_seq + 1} {}

  model::Result<model::ReportVerdict> judge(model::Report report) {
    if (auto foreign = foreign_statements(report, node_); !foreign.empty()) {
      ++next_.report.seq;
      return model::ReportVerdict{model::Verdict::refused, std::move(foreign)};
    }
    MUSTER_TRY(auto decision,
               core::decide(state_, std::move(report), next_, limits_,
                            [this](const core::Place& place) { return said_at(place); }));
    for (auto& change : decision.changes) {
      core::evolve(state_, change);
      keep(std::move(std::get<core::StatementTaken>(change).said));
    }
    ++next_.report.seq;
    return model::ReportVerdict{decision.verdict, std::move(decision.findings)};
  }

  [[nodiscard]] const core::State& state() const { return state_; }
  [[nodiscard]] model::UtcTime received_at() const { return next_.received_at; }

 private:
  using Spot = std::pair<std::uint64_t, std::uint16_t>;  // Of a report, and in it.

  void keep(core::Said said) {
    const Spot spot{said.stamp.report.seq, said.index};
    said_.insert_or_assign(spot, std::move(said));
  }

  /// What was said on the branch is not in the ledger, where another envelope may have come to the
  /// same place in the meantime.
  model::Result<core::Said> said_at(const core::Place& place) const {
    if (place.ledger_seq == next_.ledger_seq) {
      if (const auto found = said_.find({place.seq, place.statement}); found != said_.end()) {
        return found->second;
      }
    }
    return recall_(place);
  }

  core::State state_;
  const model::NodeId& node_;
  const model::Limits& limits_;
  const core::Recall& recall_;
  core::Arrival next_;
  std::map<Spot, core::Said> said_;
};

}  // namespace

model::Result<void> check_dry_run(const core::Registry& registry, const core::Viewer& viewer,
                                  const model::DryRunQuery& query, model::UtcTime now) {
  if (viewer.node.publisher() != query.node.publisher()) {
    return model::fail(
        ErrorCode::refused,
        fmt::format("{} cannot ask what publishing as {} would do: ask with a key of "
                    "{}",
                    viewer.node.view(), query.node.view(), query.node.publisher().view()));
  }
  model::Nack refusal;
  bool is_known = false;
  for (const auto* entry : registry.keys_of(query.node, now)) {
    is_known = true;
    if (may_publish(*entry, {.node = query.node}, refusal)) {
      return {};
    }
  }
  if (!is_known) {
    return model::fail(ErrorCode::not_found,
                       fmt::format("{} has no key in the registry that is valid now: ask the "
                                   "registrar to enrol it",
                                   query.node.view()));
  }
  return model::fail(ErrorCode::refused, std::move(refusal.message));
}

model::Result<model::DryRunAnswer> dry_run(const core::State& state,
                                           const model::DryRunQuery& query,
                                           const core::Moment& moment, const core::Recall& recall) {
  Branch branch(state, query, moment, recall);
  model::DryRunAnswer answer;
  for (std::size_t i = 0; i < query.reports.size(); ++i) {
    auto report = wire::decode_report(query.reports[i]);
    if (!report) {
      return model::fail(
          report.error().code,
          fmt::format("report {} of {}: {}", i + 1, query.reports.size(), report.error().message));
    }
    MUSTER_TRY(auto verdict, branch.judge(*std::move(report)));
    answer.verdicts.push_back(std::move(verdict));
  }
  const model::Bitime then{branch.received_at(), branch.received_at()};
  answer.difference =
      core::diff(state, branch.state(),
                 {.from = then, .to = then, .nations = {query.node.publisher()}}, moment);
  return answer;
}

}  // namespace muster::server
