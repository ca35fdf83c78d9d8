// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/facts.h"
#include "broker/core/force_views.h"
#include "broker/core/readiness.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

using model::StatementKind;

/// One of the two states, and the moment that it is of.
struct Side {
  const State& state;
  Moment moment;

  Side(const State& of, const Moment& asked, const model::Bitime& at) : state(of), moment(asked) {
    moment.now = at.valid_at;
    moment.known_at = at.known_at;
  }
  /// The unit, disbanded or not, or null when it is not there or not to be seen.
  [[nodiscard]] const UnitState* find(const model::UnitId& id) const {
    const auto* unit = state.units.find(id);
    return unit != nullptr && unit->identity && can_see(moment.viewer, id, *unit) ? unit : nullptr;
  }
};

/// Everything that differs in one unit.
class UnitDiff {
 public:
  UnitDiff(const Side& before, const Side& after, model::UnitId id)
      : before_(before),
        after_(after),
        unit_(std::move(id)),
        was_(before.find(unit_)),
        is_(after.find(unit_)) {}

  std::vector<model::DiffRow> rows() && {
    compare(StatementKind::unit, &UnitState::identity);
    compare(StatementKind::strength, &UnitState::strength);
    compare(StatementKind::equipment, &UnitState::equipment);
    compare(StatementKind::self_sustainment, &UnitState::sustainment);
    compare(StatementKind::training, &UnitState::training);
    compare(StatementKind::readiness, &UnitState::readiness);
    compare(StatementKind::availability, &UnitState::availability);
    compare(StatementKind::roster, &UnitState::roster);
    compare_levels();
    std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.kind, a.change.field) < std::tie(b.kind, b.change.field);
    });
    return std::move(rows_);
  }

 private:
  template <typename S>
  using Words = KeptPtr<S> UnitState::*;

  /// The word on one side as the viewer sees it, or null.
  template <typename S>
  const Kept<S>* seen_on(const Side& side, const UnitState* unit, Words<S> words) const {
    if (unit == nullptr || seen(side.moment.viewer, unit_.nation(), unit->*words) == nullptr) {
      return nullptr;
    }
    return (unit->*words).get();
  }

  template <typename S>
  void compare(StatementKind kind, Words<S> words) {
    const auto* was = seen_on(before_, was_, words);
    const auto* is = seen_on(after_, is_, words);
    if (was == is) {
      return;
    }
    const auto facts = [](const Kept<S>* kept) {
      return kept != nullptr ? flatten(kept->statement) : Facts{};
    };
    const auto& stamp = is != nullptr ? is->stamp : was->stamp;
    add(kind, changes_between(facts(was), facts(is)), stamp);
    if (was == nullptr || is == nullptr || was->stamp.report != is->stamp.report) {
      note_change(kind, stamp);
    }
  }

  void add(StatementKind kind, std::vector<model::FieldChange> changes, const Stamp& stamp) {
    for (auto& change : changes) {
      rows_.push_back({.unit = unit_,
                       .kind = kind,
                       .change = std::move(change),
                       .report = stamp.report,
                       .valid_at = stamp.valid_at,
                       .received_at = stamp.received_at});
    }
  }

  void note_change(StatementKind kind, const Stamp& stamp) { changed_.emplace(kind, stamp); }

  /// The kind of statement that an area follows from; nothing for what follows from several.
  static std::optional<StatementKind> source_of(std::string_view field) {
    if (field == "computed.p") {
      return StatementKind::strength;
    }
    if (field == "computed.s" || field == "computed.r") {
      return StatementKind::equipment;
    }
    return field == "computed.t" ? std::optional(StatementKind::training) : std::nullopt;
  }

  /// Whose word made the levels others: of an area the word that it follows from, of the whole the
  /// newest of those whose areas changed, or the nation's own Readiness.
  [[nodiscard]] Stamp cause_of(const std::string& field,
                               const std::vector<model::FieldChange>& changes) const {
    std::optional<Stamp> newest;
    const auto consider = [&](StatementKind kind) {
      const auto found = changed_.find(kind);
      if (found != changed_.end() && (!newest || newest->received_at < found->second.received_at)) {
        newest = found->second;
      }
    };
    if (const auto source = source_of(field)) {
      consider(*source);
    } else {
      for (const auto& change : changes) {
        if (const auto source_of_change = source_of(change.field)) {
          consider(*source_of_change);
        }
      }
      if (!newest) {
        consider(StatementKind::readiness);
      }
    }
    for (const auto kind : {StatementKind::strength, StatementKind::equipment,
                            StatementKind::training, StatementKind::readiness}) {
      if (!newest) {
        consider(kind);
      }
    }
    // No word changed: a certificate ended, or other thresholds count.
    const auto& unit = is_ != nullptr ? *is_ : *was_;
    return newest ? *newest : unit.training ? unit.training->stamp : unit.identity->stamp;
  }

  [[nodiscard]] Facts levels_on(const Side& side, const UnitState* unit) const {
    if (unit == nullptr) {
      return {};
    }
    const auto statement = [&](const auto& kept) {
      return seen(side.moment.viewer, unit_.nation(), kept);
    };
    const auto computed =
        computed_levels({.strength = statement(unit->strength),
                         .equipment = statement(unit->equipment),
                         .training = statement(unit->training)},
                        side.state.registry->policy(side.moment.now), side.moment.now);
    const auto effective = level_seen(side.state, side.moment, unit_, *unit);
    return {{"computed.p", std::to_string(computed.p)},
            {"computed.s", std::to_string(computed.s)},
            {"computed.r", std::to_string(computed.r)},
            {"computed.t", std::to_string(computed.t)},
            {"computed.overall", std::to_string(computed.overall)},
            {"computed.partial", computed.partial ? "yes" : "no"},
            {"effective", std::to_string(effective)}};
  }

  void compare_levels() {
    const auto changes = changes_between(levels_on(before_, was_), levels_on(after_, is_));
    for (const auto& change : changes) {
      add(StatementKind::readiness, {change}, cause_of(change.field, changes));
    }
  }

  const Side& before_;
  const Side& after_;
  model::UnitId unit_;
  const UnitState* was_;
  const UnitState* is_;
  std::map<StatementKind, Stamp> changed_;  // The kinds whose words differ.
  std::vector<model::DiffRow> rows_;
};

model::Figures strength_of(const Side& side, const model::DiffQuery& query) {
  return strength(side.state, {.nations = query.nations}, side.moment).total.figures;
}

}  // namespace

model::DiffAnswer diff(const State& before, const State& after, const model::DiffQuery& query,
                       const Moment& moment) {
  const Side from(before, moment, query.from);
  const Side to(after, moment, query.to);
  model::DiffAnswer answer{.from = query.from,
                           .to = query.to,
                           .before = strength_of(from, query),
                           .after = strength_of(to, query),
                           .rows = {}};
  std::set<model::UnitId> units;
  for (const auto* state : {&before, &after}) {
    state->units.for_each([&](const model::UnitId& id, const UnitState&) {
      if (passes(query.nations, id.nation())) {
        units.insert(id);
      }
    });
  }
  for (const auto& id : units) {
    auto rows = UnitDiff(from, to, id).rows();
    std::move(rows.begin(), rows.end(), std::back_inserter(answer.rows));
  }
  return answer;
}

}  // namespace muster::core
