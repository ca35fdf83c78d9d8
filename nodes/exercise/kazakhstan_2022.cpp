// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/kazakhstan_2022.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "nodes/exercise/contingents.h"
#include "nodes/exercise/evening_reports.h"
#include "nodes/exercise/operation_tables.h"
#include "nodes/exercise/slices.h"

namespace muster::exercise {
namespace {

using model::ContributionState;
using model::DecisionKind;
using model::DecisionStatement;
using model::OperationState;

constexpr std::string_view kOffice = "SEC/officer";

model::Code code(std::string_view text) { return *model::Code::parse(text); }

/// A slice and the last that was said of it.
struct Given {
  SlicePlan plan;
  model::ContributionStatement said;
};

Given given(SlicePlan plan) {
  model::ContributionStatement said;
  said.contribution_id = plan.id;
  said.operation = code(kOperation);
  said.sor_line = plan.line;
  said.unit = plan.unit;
  said.people = plan.people;
  said.equipment = plan.equipment;
  said.from = kCommittedAt;
  if (plan.people == 0) {
    said.variation = "nobody to spare for this line: 0 is what is offered";
  }
  return {std::move(plan), std::move(said)};
}

// ---- what the secretariat asks for
// -------------------------------------------------------------------------------------------------

model::RequirementLine line_of(const LineRow& row, const std::vector<Given>& slices) {
  model::RequirementLine line;
  line.line_id = code(row.line);
  line.tasks = {row.tasks.begin(), row.tasks.end()};
  line.element_kind = row.element_kind;
  line.needed_within_h = row.needed_within_h;
  line.must_have = row.must_have;
  line.weight = row.weight;
  for (const auto& slice : slices) {
    line.people_min += slice.plan.line == line.line_id ? slice.plan.people : 0;
  }
  line.people_max = line.people_min;
  for (const auto& vehicle : vehicles()) {
    if (vehicle.line == row.line) {
      line.equipment.push_back({vehicle.kind, 0});
      for (const auto count : vehicle.count) {
        line.equipment.back().count += static_cast<model::Count>(count);
      }
    }
  }
  return line;
}

model::RequirementStatement requirement_of(const std::vector<Given>& slices) {
  model::RequirementStatement requirement;
  requirement.operation = code(kOperation);
  requirement.version = 1;
  for (const auto& row : requirement_lines()) {
    requirement.lines.push_back(line_of(row, slices));
  }
  return requirement;
}

/// When the operation first came into a state.
model::UtcTime first_time_of(OperationState state) {
  const auto rows = state_changes();
  return std::find_if(rows.begin(), rows.end(),
                      [&](const StateRow& row) { return row.to == state; })
      ->at;
}

/// What is known of the operation at a moment. Each figure keeps the definition and the time of its
/// source: neither is ever overwritten by the other.
model::OperationStatement operation_at(model::UtcTime at) {
  using model::Task;
  model::OperationStatement operation;
  operation.operation = code(kOperation);
  operation.name = "Operation of January 2022 (fictional)";
  operation.host = *model::Nation::parse(kHost);
  operation.legal_basis = {"treaty on collective security, article 4"};
  operation.tasks = {Task::t08, Task::t05, Task::t03};
  if (const auto decided = first_time_of(OperationState::decided); at >= decided) {
    operation.mandate_refs = {"decision of the council, 7 January 2022"};
    operation.decided_at = decided;
  }
  const auto publish = [&](std::string_view figure, model::Count value, model::UtcTime as_of) {
    if (at >= as_of) {
      operation.published_figures.push_back({std::string(figure), model::Comparator::over, value,
                                             as_of, "public record of January 2022"});
    }
  };
  publish("accepted", 2500, kAcceptedAt);
  publish("in place", 2000, first_time_of(OperationState::deployed));
  return operation;
}

DecisionStatement decision_of(model::UtcTime at, DecisionKind kind, model::Body body,
                              std::string_view reference) {
  DecisionStatement decision;
  decision.kind = kind;
  decision.body = body;
  decision.operation = code(kOperation);
  decision.decided_at = at;
  decision.reference = reference;
  return decision;
}

// ---- the play
// -------------------------------------------------------------------------------------------------

/// Writes the play down, subject by subject; events() puts it in order.
class Author {
 public:
  explicit Author(std::uint64_t seed)
      : seed_(seed), contingents_(make_contingents(model::ForcePool::cpf, seed, kFirstWord)) {
    for (auto& plan : plan_slices(contingents_)) {
      slices_.push_back(given(std::move(plan)));
    }
  }

  // In this order, since each word on a slice repeats the one before.
  void declare_contingents();
  void offer();
  void commit();
  void move();
  // In any order.
  void report_in_the_evening();
  void change_states();
  void respond(model::UtcTime at, ContributionState from, ContributionState to);
  void appoint_commander();

  std::vector<PlayEvent> events() &&;

 private:
  using Choice = std::function<bool(const Given&)>;
  using Change = std::function<void(model::ContributionStatement&)>;

  void say(const Contingent& who, model::UtcTime at, std::string what,
           std::vector<model::Statement> statements, model::ReportKind kind);
  void decide(model::UtcTime at, std::string what, std::vector<model::Statement> statements);
  void take(model::UtcTime at, ContributionState to, const Choice& choice);
  void plan_ends();
  void change(model::UtcTime at, const std::string& what, const Choice& choice,
              const Change& change);
  [[nodiscard]] std::vector<model::Statement> said_with(const StateRow& row) const;

  std::uint64_t seed_;
  std::vector<Contingent> contingents_;
  std::vector<Given> slices_;
  std::vector<PlayEvent> events_;
};

void Author::say(const Contingent& who, model::UtcTime at, std::string what,
                 std::vector<model::Statement> statements, model::ReportKind kind) {
  model::Report report;
  report.kind = kind;
  report.valid_at = at;
  report.releasable_to = who.reports.front().releasable_to;
  report.statements = std::move(statements);
  events_.push_back({at, who.node, std::move(what), std::move(report)});
}

/// All members may read what the secretariat says of the operation.
void Author::decide(model::UtcTime at, std::string what, std::vector<model::Statement> statements) {
  model::Report report;
  report.valid_at = at;
  for (const auto& contingent : contingents_) {
    report.releasable_to.push_back(contingent.nation);
  }
  report.statements = std::move(statements);
  events_.push_back({at, *model::NodeId::parse(kOffice), std::move(what), std::move(report)});
}

// ---- what the nations say

void Author::declare_contingents() {
  for (const auto& contingent : contingents_) {
    const auto& report = contingent.reports.front();
    const auto units = std::count_if(
        report.statements.begin(), report.statements.end(),
        [](const auto& s) { return std::holds_alternative<model::UnitStatement>(s); });
    say(contingent, kFirstWord, fmt::format("declares its contingent: {} units", units),
        report.statements, report.kind);
  }
}

void Author::report_in_the_evening() {
  for (auto at = kFirstWord + std::chrono::days{1}; at <= kLastWord; at += std::chrono::days{1}) {
    for (const auto& contingent : contingents_) {
      auto statements = evening_report(contingent, model::ForcePool::cpf, seed_, at);
      auto what = fmt::format("evening report of {} units", statements.size() / 2);
      say(contingent, at, std::move(what), std::move(statements), model::ReportKind::regular);
    }
  }
}

/// One report of each nation that has slices of the choice.
void Author::change(model::UtcTime at, const std::string& what, const Choice& choice,
                    const Change& change) {
  for (const auto& contingent : contingents_) {
    std::vector<model::Statement> statements;
    std::uint64_t people = 0;
    for (auto& slice : slices_) {
      if (slice.plan.unit.nation() == contingent.nation && choice(slice)) {
        change(slice.said);
        statements.emplace_back(slice.said);
        people += slice.plan.people;
      }
    }
    if (const auto count = statements.size(); count > 0) {
      say(contingent, at,
          fmt::format("{}: {} slice{}, {} people", what, count, count == 1 ? "" : "s", people),
          std::move(statements), model::ReportKind::change);
    }
  }
}

void Author::take(model::UtcTime at, ContributionState to, const Choice& choice) {
  change(at, model::to_text(to), choice, [&](model::ContributionStatement& slice) {
    slice.state = to;
    slice.authority = model::Authority::none;
    if (to == ContributionState::in_place) {
      slice.authority = model::Authority::opcon;
      slice.transfer_of_authority_at = at;
    }
  });
}

void Author::offer() {
  for (std::size_t i = 0; i < kContributors.size(); ++i) {
    take(offer_times()[i], ContributionState::offered, [i](const Given& slice) {
      return slice.plan.unit.nation().view() == kContributors.at(i);
    });
  }
}

void Author::commit() {
  take(kCommittedAt, ContributionState::committed, [](const Given&) { return true; });
}

/// Who is in place says when the slice will be free again.
void Author::plan_ends() {
  for (const auto group : {Departure::first, Departure::second, Departure::last}) {
    for (auto& slice : slices_) {
      if (slice.plan.departure == group) {
        slice.said.to = released_at(group);
      }
    }
  }
  change(
      kPlannedAt, "end planned",
      [](const Given& slice) { return slice.said.state == ContributionState::in_place; },
      [](model::ContributionStatement&) {});
}

void Author::move() {
  bool is_planned = false;
  for (const auto& row : moves()) {
    if (!is_planned && row.at > kPlannedAt) {
      plan_ends();
      is_planned = true;
    }
    take(row.at, row.to, [&](const Given& slice) {
      return slice.plan.arrival == row.arrival || slice.plan.departure == row.departure;
    });
  }
}

// ---- what the secretariat says

void Author::respond(model::UtcTime at, ContributionState from, ContributionState to) {
  std::vector<model::Statement> statements;
  std::uint64_t people = 0;
  if (to == ContributionState::accepted) {
    statements.emplace_back(operation_at(at));
  }
  for (const auto& slice : slices_) {
    auto decision = decision_of(at, DecisionKind::offer_response, model::Body::secretariat,
                                "answer to the offer");
    decision.contribution_id =
        fmt::format("{}/{}", slice.plan.unit.nation().view(), slice.plan.id.view());
    decision.contribution_from = from;
    decision.contribution_to = to;
    statements.emplace_back(std::move(decision));
    people += slice.plan.people;
  }
  decide(at, fmt::format("{}: {} slices, {} people", model::to_text(to), slices_.size(), people),
         std::move(statements));
}

void Author::appoint_commander() {
  decide(kCommanderAt, "the commander is appointed (MINISTERS)",
         {decision_of(kCommanderAt, DecisionKind::commander, model::Body::ministers,
                      "General EX-01 (fictional)")});
}

/// What else the secretariat says when a state changes.
std::vector<model::Statement> Author::said_with(const StateRow& row) const {
  const bool is_first = row.at == first_time_of(row.to);
  std::vector<model::Statement> statements;
  if (row.to == OperationState::requested || row.to == OperationState::decided ||
      (row.to == OperationState::deployed && is_first)) {
    statements.emplace_back(operation_at(row.at));
  }
  if (row.to == OperationState::decided) {
    auto strength = decision_of(row.at, DecisionKind::authorised_strength, row.body, row.reference);
    strength.value = kAuthorisedStrength;
    statements.emplace_back(std::move(strength));
  }
  if (row.to == OperationState::generating) {
    statements.emplace_back(requirement_of(slices_));
  }
  return statements;
}

void Author::change_states() {
  auto from = OperationState::draft;
  for (const auto& row : state_changes()) {
    auto statements = said_with(row);
    auto step = decision_of(row.at, DecisionKind::state_change, row.body, row.reference);
    step.from_state = std::exchange(from, row.to);
    step.to_state = row.to;
    statements.emplace_back(std::move(step));
    decide(row.at, fmt::format("{} ({})", model::to_text(row.to), model::to_text(row.body)),
           std::move(statements));
  }
}

// ---- in order

/// What the nations did comes before what the secretariat says of it at the same moment; decisions
/// are numbered as they are taken.
std::vector<PlayEvent> Author::events() && {
  std::stable_sort(events_.begin(), events_.end(), [](const PlayEvent& a, const PlayEvent& b) {
    return std::pair(a.at, a.node.view() == kOffice) < std::pair(b.at, b.node.view() == kOffice);
  });
  std::size_t number = 0;
  for (auto& event : events_) {
    for (auto& statement : event.report.statements) {
      if (auto* decision = std::get_if<DecisionStatement>(&statement)) {
        decision->decision_id = code(fmt::format("{}-D{:03}", kOperation, ++number));
      }
    }
  }
  return std::move(events_);
}

}  // namespace

std::vector<PlayEvent> kazakhstan_2022(std::uint64_t seed) {
  using enum ContributionState;
  Author author(seed);
  author.declare_contingents();
  author.offer();
  author.commit();
  author.move();
  author.report_in_the_evening();
  author.change_states();
  author.respond(kAcknowledgedAt, offered, acknowledged);
  author.respond(kAcceptedAt, acknowledged, accepted);
  author.appoint_commander();
  return std::move(author).events();
}

}  // namespace muster::exercise
