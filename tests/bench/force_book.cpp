// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/force_book.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <memory>
#include <random>

#include "tests/bench/must.h"

namespace muster::bench {
namespace {

constexpr std::uint64_t kReportsInBatch = 256;
constexpr auto kOnTheWay = std::chrono::seconds(1);  // From valid_at to received_at.

/// Time that this thread has computed, in nanoseconds: others on the machine do not count in it.
double computed_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

}  // namespace

struct ForceBook::Batch {
  std::vector<model::Report> reports;
  std::vector<core::Arrival> arrivals;
};

ForceBook::ForceBook(const model::RegistryStatement& genesis) {
  core::evolve(state_, core::StatementTaken{.said = {.statement = genesis}});
}

model::NodeId ForceBook::node_of(std::size_t nation) {
  return *model::NodeId::parse(fmt::format("{}/bench", kNations.at(nation)));
}

core::Arrival ForceBook::next_arrival(std::size_t nation, model::UtcTime valid_at) {
  static const auto kNodes = [] {
    std::array<model::NodeId, kNations.size()> nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      nodes.at(i) = node_of(i);
    }
    return nodes;
  }();
  // In each batch every nation has one envelope, in the order of kNations.
  return {.report = {kNodes.at(nation), ++seqs_.at(nation)},
          .issued_at = valid_at,
          .received_at = valid_at + kOnTheWay,
          .ledger_seq = state_.ledger_seq + 1 + nation};
}

void ForceBook::take(std::uint32_t unit, model::Statement statement, model::UtcTime valid_at) {
  const auto arrival = next_arrival(unit_line(unit).nation, valid_at);
  core::evolve(state_, core::StatementTaken{.said = {.statement = std::move(statement),
                                                     .stamp = {.report = arrival.report,
                                                               .valid_at = valid_at,
                                                               .issued_at = arrival.issued_at,
                                                               .received_at = arrival.received_at,
                                                               .ledger_seq = arrival.ledger_seq}}});
  ++words_;
  if (++unclosed_ == kReportsInBatch) {
    close_envelopes(state_, arrival.received_at);
  }
}

void ForceBook::close_envelopes(core::State& state, model::UtcTime at) {
  for (std::size_t nation = 0; nation < kNations.size(); ++nation) {
    core::evolve(state, core::EnvelopeTaken{.node = node_of(nation),
                                            .last_seq = seqs_.at(nation),
                                            .ledger_seq = state.ledger_seq + 1,
                                            .received_at = at});
  }
  unclosed_ = 0;
}

void ForceBook::declare(const Force& force) {
  const auto before = force.first - std::chrono::hours(24);
  for (std::uint32_t unit = 0; unit < force.units; ++unit) {
    take(unit, unit_statement(unit), before);
  }
  close_envelopes(state_, before + kOnTheWay);
}

void ForceBook::report(const Force& force, std::uint32_t day) {
  for (std::uint32_t unit = 0; unit < force.units; ++unit) {
    take(unit, strength_statement(unit, day), force.valid_at(unit, day));
  }
  close_envelopes(state_, force.first + std::chrono::hours(24) * (day + 1));
}

ForceBook::Batch ForceBook::next_batch(const Force& force, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Batch batch;
  for (std::uint64_t i = 0; i < kReportsInBatch; ++i) {
    const auto unit = static_cast<std::uint32_t>(random() % force.units);
    const auto valid_at = force.end() + std::chrono::milliseconds(++changes_);
    // What a day says that the force does not reach: a change, and as valid as any.
    const auto day = force.days + static_cast<std::uint32_t>(changes_);
    batch.reports.push_back({.kind = model::ReportKind::change,
                             .valid_at = valid_at,
                             .releasable_to = {},
                             .corrects = {},
                             .statements = {strength_statement(unit, day)}});
    batch.arrivals.push_back(next_arrival(unit_line(unit).nation, valid_at));
  }
  return batch;
}

core::State ForceBook::decided(Batch batch) {
  static const core::Recall kNothing = [](const core::Place&) -> model::Result<core::Said> {
    return model::fail(model::ErrorCode::not_found, "the bench keeps no ledger to recall from");
  };
  auto next = state_;
  for (std::size_t i = 0; i < batch.reports.size(); ++i) {
    const auto decision =
        must(core::decide(next, std::move(batch.reports[i]), batch.arrivals[i], {}, kNothing));
    if (decision.verdict == model::Verdict::refused) {
      fail("the broker refused a report: " + model::describe(decision.findings.front()));
    }
    for (const auto& change : decision.changes) {
      core::evolve(next, change);
    }
  }
  close_envelopes(next, batch.arrivals.back().received_at);
  return next;
}

double ForceBook::report_cost_ns(const Force& force, std::uint32_t batches) {
  std::vector<double> costs;
  const auto uncounted = batches / 10 + 1;
  // A reader holds the last snapshot, as the query loop does: nothing may be changed in place.
  auto published = std::make_shared<const core::State>(state_);
  for (std::uint32_t i = 0; i < uncounted + batches; ++i) {
    auto batch = next_batch(force, i);
    const auto start = computed_ns();
    state_ = decided(std::move(batch));
    published = std::make_shared<const core::State>(state_);
    const auto taken = computed_ns() - start;
    words_ += kReportsInBatch;
    if (i >= uncounted) {
      costs.push_back(taken / static_cast<double>(kReportsInBatch));
    }
  }
  std::nth_element(costs.begin(), costs.begin() + batches / 2, costs.end());
  return costs[batches / 2];
}

}  // namespace muster::bench
