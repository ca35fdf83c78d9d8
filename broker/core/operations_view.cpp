// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "broker/core/figures.h"
#include "broker/core/operation_states.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::ContributionState;
using model::PromisedPeople;

/// The people of one slice, under the state that it is in. DECLINED and WITHDRAWN_BY_NATION are
/// nobody's people.
PromisedPeople promised(const Slice& slice) {
  PromisedPeople people;
  const auto count = people_of(*slice.said);
  switch (slice.state) {
    case ContributionState::offered:
    case ContributionState::acknowledged:
      people.offered = count;
      break;
    case ContributionState::accepted:
      people.accepted = count;
      break;
    case ContributionState::committed:
      people.committed = count;
      break;
    case ContributionState::in_transit:
      people.in_transit = count;
      break;
    case ContributionState::in_place:
      people.in_place = count;
      break;
    case ContributionState::returning:
      people.returning = count;
      break;
    case ContributionState::released:
      people.released = count;
      break;
    case ContributionState::declined:
    case ContributionState::withdrawn_by_nation:
      break;
  }
  return people;
}

/// ACCEPTED or later, and not over.
std::uint64_t accepted_of(const PromisedPeople& people) {
  return people.accepted + people.committed + people.in_transit + people.in_place +
         people.returning;
}

// ---- the list -----------------------------------------------------------------------------------

/// What is promised to one operation.
struct Promised {
  PromisedPeople people;
  std::set<model::Nation> nations;  ///< With a slice that is not over.
};

void add(const Slice& slice, Promised& promises) {
  promises.people += promised(slice);
  if (is_live(slice.state)) {
    promises.nations.insert(slice.said->unit.nation());
  }
}

std::map<model::Code, Promised> promised_to_all(const State& state, const Viewer& viewer) {
  std::map<model::Code, Promised> all;
  for_each_slice(state, viewer,
                 [&](const Slice& slice, const auto&) { add(slice, all[slice.said->operation]); });
  return all;
}

model::OperationRow row_of(const SeenOperation& operation, const Promised& promises) {
  const auto& said = operation.said->statement;
  model::OperationRow row{.operation = operation.code,
                          .name = said.name,
                          .host = said.host,
                          .state = operation.state,
                          .authorised_strength = operation.authorised_strength,
                          .nations = static_cast<std::uint32_t>(promises.nations.size()),
                          .people = promises.people};
  if (operation.requirement != nullptr) {
    row.requirement_version = operation.requirement->statement.version;
    for (const auto& line : operation.requirement->statement.lines) {
      row.required += line.people_min;
    }
  }
  return row;
}

// ---- one operation ------------------------------------------------------------------------------

/// What one nation gives to one operation.
struct Given {
  std::set<model::UnitId> units;
  PromisedPeople people;
  std::map<model::EquipmentKind, model::Count> equipment;
};
using GivenByNation = std::map<model::Nation, Given>;

GivenByNation given_to(const State& state, const Viewer& viewer, const model::Code& code) {
  GivenByNation nations;
  for_each_slice(state, viewer, [&](const Slice& slice, const auto&) {
    if (slice.said->operation != code) {
      return;
    }
    auto& given = nations[slice.said->unit.nation()];
    given.people += promised(slice);
    if (is_live(slice.state)) {
      given.units.insert(slice.said->unit);
    }
    if (is_accepted(slice.state)) {
      for (const auto& item : slice.said->equipment) {
        given.equipment[item.kind] += item.count;
      }
    }
  });
  return nations;
}

std::vector<model::OperationNation> nations_of(const GivenByNation& given,
                                               const std::map<model::Nation, Burden>& burdens) {
  std::vector<model::OperationNation> rows;
  for (const auto& [nation, gives] : given) {
    const auto known = burdens.find(nation);  // None: its units are not to be seen, or disbanded.
    const auto burden = known != burdens.end() ? known->second : Burden{};
    model::OperationNation row{
        .nation = nation,
        .units = static_cast<std::uint32_t>(gives.units.size()),
        .people = gives.people,
        .committed = burden.committed,
        .deployable = burden.deployable,
        .depletion_permille = permille_of(burden.committed, burden.deployable)};
    for (const auto& [kind, count] : gives.equipment) {
      row.equipment.push_back({kind, count});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The figure that the record gives under a published name. Nothing under another one, and nothing
/// while nobody has said anything: silence is not 0.
std::optional<std::uint64_t> figure_of(std::string_view name, const GivenByNation& given) {
  if (given.empty()) {
    return std::nullopt;
  }
  PromisedPeople people;
  for (const auto& [nation, gives] : given) {
    people += gives.people;
  }
  if (name == "authorised" || name == "accepted") {
    return accepted_of(people);
  }
  return name == "in place" ? std::optional(people.in_place) : std::nullopt;
}

/// What was given at the moment that a figure is of: a figure is compared with its own time. A
/// nation that was no member then, or is none in `state` (branch.h), gives nothing.
GivenByNation given_at(const State& state, const Moment& moment, const model::Code& code,
                       model::UtcTime as_of) {
  auto then = state;
  then.agreements = agreements_at(state.agreement_words, {as_of, moment.known_at});
  auto given = given_to(then, moment.viewer, code);
  std::erase_if(given, [&](const auto& one) {
    return one.first != model::secretariat() && !state.registry->is_member(one.first, as_of);
  });
  return given;
}

/// A figure of a time that has not come is comparable with nothing.
std::vector<model::FigureCheck> figures_of(const State& state, const Moment& moment,
                                           const model::OperationStatement& said) {
  std::map<model::UtcTime, GivenByNation> given;
  std::vector<model::FigureCheck> checks;
  for (const auto& published : said.published_figures) {
    std::optional<std::uint64_t> computed;
    if (published.as_of <= moment.now) {
      const auto [at, is_new] = given.try_emplace(published.as_of);
      if (is_new) {
        at->second = given_at(state, moment, said.operation, published.as_of);
      }
      computed = figure_of(published.figure, at->second);
    }
    const auto result = reconciled(published.comparator, published.value, computed);
    checks.push_back({.published = published,
                      .verdict = result.verdict,
                      .computed = computed,
                      .difference = result.difference,
                      .permille = result.permille});
  }
  return checks;
}

template <typename S>
void add_statement(model::OperationAnswer& answer, const Kept<S>& kept) {
  answer.statements.emplace_back(kept.statement);
  answer.stamps.push_back({.kind = model::kind_of(answer.statements.back()),
                           .report = kept.stamp.report,
                           .valid_at = kept.stamp.valid_at,
                           .issued_at = kept.stamp.issued_at,
                           .received_at = kept.stamp.received_at,
                           .ledger_seq = kept.stamp.ledger_seq});
}

}  // namespace

model::OperationsAnswer operations(const State& state, const Moment& moment) {
  auto promises = promised_to_all(state, moment.viewer);
  model::OperationsAnswer answer;
  for (const auto& operation : seen_operations(state, moment.viewer)) {
    answer.rows.push_back(row_of(operation, promises[operation.code]));
  }
  return answer;
}

std::optional<model::OperationRow> operation_row(const State& state, const model::Code& code,
                                                 const Moment& moment) {
  const auto known = seen_operation(state, moment.viewer, code);
  if (!known) {
    return std::nullopt;
  }
  Promised promises;
  for_each_slice(state, moment.viewer, [&](const Slice& slice, const auto&) {
    if (slice.said->operation == code) {
      add(slice, promises);
    }
  });
  return row_of(*known, promises);
}

model::Result<model::OperationAnswer> operation(const State& state,
                                                const model::OperationQuery& query,
                                                const Moment& moment) {
  MUSTER_TRY(const auto known, seen_operation(state, moment.viewer, query.operation));
  const auto given = given_to(state, moment.viewer, known.code);
  model::OperationAnswer answer{.operation = known.code,
                                .state = known.state,
                                .next_states = next_states(known.state),
                                .authorised_strength = known.authorised_strength,
                                .commander = known.commander,
                                .nations = nations_of(given, burdens(state, moment.viewer)),
                                .figures = figures_of(state, moment, known.said->statement)};
  add_statement(answer, *known.said);
  if (known.requirement != nullptr) {
    add_statement(answer, *known.requirement);
  }
  for (const auto* decision : seen_decisions(state, moment.viewer, known.code)) {
    add_statement(answer, *decision);
  }
  return answer;
}

}  // namespace muster::core
