// SPDX-License-Identifier: Apache-2.0
#include "broker/core/views.h"

#include <algorithm>
#include <map>
#include <set>

#include "broker/core/readiness.h"

namespace muster::core {

using model::Freshness;

bool Viewer::has(model::Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

namespace {

bool sees_all(const Viewer& viewer) {
  return viewer.has(model::Role::officer) || viewer.has(model::Role::planner) ||
         viewer.has(model::Role::registrar) || viewer.has(model::Role::auditor);
}

template <typename T>
bool passes(const std::vector<T>& filter, const T& value) {
  return filter.empty() || std::find(filter.begin(), filter.end(), value) != filter.end();
}

bool passes_pools(const std::vector<model::ForcePool>& filter,
                  const std::vector<model::ForcePool>& pools) {
  return filter.empty() ||
         std::any_of(pools.begin(), pools.end(), [&](auto pool) { return passes(filter, pool); });
}

/// May the viewer see a statement of `nation`?
bool sees(const Viewer& viewer, const model::Nation& nation, const Release& release) {
  if (sees_all(viewer)) {
    return true;
  }
  const auto own = viewer.node.publisher();
  return (viewer.has(model::Role::publisher) || viewer.has(model::Role::member)) &&
         (own == nation || is_released_to(release, own));
}

bool passes(const model::StrengthQuery& query, const model::UnitId& id, const UnitState& unit,
            model::Level level) {
  const auto& identity = unit.identity->statement;
  return passes(query.nations, id.nation()) && passes(query.components, *identity.component) &&
         passes(query.element_kinds, *identity.element_kind) && passes(query.levels, level) &&
         passes_pools(query.pools, identity.pools);
}

/// What a unit is counted under: one number a dimension. Text is made of it once a row.
using GroupKey = std::vector<std::uint64_t>;

std::uint64_t packed(const model::Nation& nation) {
  std::uint64_t value = 0;
  for (const char c : nation.view()) {
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return value;
}

std::uint64_t key_part(model::Dimension dimension, const model::UnitId& id, const UnitState& unit,
                       model::Level level) {
  const auto& identity = unit.identity->statement;
  switch (dimension) {
    case model::Dimension::nation:
      return packed(id.nation());
    case model::Dimension::component:
      return static_cast<std::uint64_t>(*identity.component);
    case model::Dimension::element_kind:
      return static_cast<std::uint64_t>(*identity.element_kind);
    case model::Dimension::level:
      return level;
  }
  return 0;
}

std::string key_text(model::Dimension dimension, std::uint64_t part) {
  switch (dimension) {
    case model::Dimension::nation:
      return {static_cast<char>(part >> 16), static_cast<char>(part >> 8 & 255),
              static_cast<char>(part & 255)};
    case model::Dimension::component:
      return model::to_text(static_cast<model::Component>(part));
    case model::Dimension::element_kind:
      return model::to_text(static_cast<model::ElementKind>(part));
    case model::Dimension::level:
      return std::to_string(part);
  }
  return {};
}

void count_in(model::StrengthRow& row, const UnitState& unit) {
  row.figures += unit.own;
  if (!unit.strength) {
    return;
  }
  const auto valid_at = unit.strength->stamp.valid_at;
  row.oldest_valid_at = std::min(row.oldest_valid_at.value_or(valid_at), valid_at);
}

/// Calls `visit(id, unit)` for each unit that is there, that counts and that the viewer may see.
template <typename Visit>
void for_each_visible(const State& state, const Viewer& viewer, Visit visit) {
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    if (unit.identity && !unit.is_disbanded() && can_see(viewer, id, unit)) {
      visit(id, unit);
    }
  });
}

}  // namespace

bool can_see(const Viewer& viewer, const model::UnitId& id, const UnitState& unit) {
  return sees(viewer, id.nation(), unit.strength ? unit.strength->releasable_to : nullptr);
}

model::Level level_seen(const Viewer& viewer, const model::UnitId& id, const UnitState& unit) {
  const auto hidden = [&](const auto& kept) {
    return kept && !sees(viewer, id.nation(), kept->releasable_to);
  };
  const bool rests_on_hidden =
      hidden(unit.strength) || hidden(unit.equipment) || hidden(unit.readiness);
  return rests_on_hidden ? model::kNotMeasured : unit.effective;
}

bool may_ask(const Viewer& viewer, const model::Query& query) {
  if (viewer.roles.empty()) {
    return false;
  }
  if (std::holds_alternative<model::ServerInfoQuery>(query)) {
    return true;
  }
  if (std::holds_alternative<model::LedgerTailQuery>(query)) {
    return viewer.has(model::Role::auditor) || viewer.has(model::Role::registrar);
  }
  return sees_all(viewer) || viewer.has(model::Role::publisher) || viewer.has(model::Role::member);
}

Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                       model::Duration interval) {
  if (!valid_at) {
    return Freshness::expired;
  }
  const auto age = now - *valid_at;
  if (age <= interval) {
    return Freshness::fresh;
  }
  if (age <= 2 * interval) {
    return Freshness::ageing;
  }
  return age <= 7 * interval ? Freshness::stale : Freshness::expired;
}

model::Duration interval_of(model::StatementKind kind, const model::Limits& limits) {
  switch (kind) {
    case model::StatementKind::strength:
      return limits.strength_interval;
    case model::StatementKind::availability:
      return limits.availability_interval;
    default:
      return limits.readiness_interval;
  }
}

Freshness freshness_of(const UnitState& unit, model::UtcTime now, const model::Limits& limits) {
  const auto age_of = [&](const auto& kept, model::StatementKind kind) {
    return freshness_of(kept ? std::optional(kept->stamp.valid_at) : std::nullopt, now,
                        interval_of(kind, limits));
  };
  if (unit.availability) {
    const auto& pledge = unit.availability->statement;
    const bool has_lapsed = pledge.pledge_level.value_or(0) > 0 && pledge.pledge_valid_until &&
                            *pledge.pledge_valid_until <= now;
    if (has_lapsed) {
      return Freshness::expired;
    }
  }
  return std::max({age_of(unit.strength, model::StatementKind::strength),
                   age_of(unit.readiness, model::StatementKind::readiness),
                   age_of(unit.availability, model::StatementKind::availability)});
}

namespace {

/// Who has reported, and who is stale, among the units of `nations`.
struct Reporting {
  std::set<model::Nation> reporting, stale;
  std::uint64_t stale_strength = 0;
};

Reporting reporting_of(const State& state, const Moment& moment,
                       const std::vector<model::Nation>& nations) {
  const bool sees_who_reports = sees_all(moment.viewer) || moment.viewer.has(model::Role::ops);
  Reporting found;
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    const bool is_visible = can_see(moment.viewer, id, unit);
    if (!unit.identity || unit.is_disbanded() || !(is_visible || sees_who_reports) ||
        !passes(nations, id.nation())) {
      return;
    }
    if (unit.strength && freshness_of(unit.strength->stamp.valid_at, moment.now,
                                      moment.limits.strength_interval) != Freshness::expired) {
      found.reporting.insert(id.nation());
    }
    if (freshness_of(unit, moment.now, moment.limits) >= Freshness::stale) {
      found.stale.insert(id.nation());
      found.stale_strength += is_visible ? unit.own.deployable : 0;
    }
  });
  return found;
}

}  // namespace

model::AnswerHeader header_of(const State& state, const Moment& moment,
                              const std::vector<model::Nation>& nations) {
  model::AnswerHeader header{.valid_at = moment.now,
                             .known_at = moment.now,
                             .ledger_seq = state.ledger_seq,
                             .realm = state.registry->realm};
  const auto found = reporting_of(state, moment, nations);
  const auto is_expected = [&](const model::Nation& nation) {
    const bool concerns_viewer = sees_all(moment.viewer) || moment.viewer.has(model::Role::ops) ||
                                 nation == moment.viewer.node.publisher() ||
                                 found.reporting.contains(nation);
    return concerns_viewer && passes(nations, nation) &&
           state.registry->is_member(nation, moment.now);
  };
  for (const auto& member : state.registry->members) {
    auto& list =
        found.reporting.contains(member.nation) ? header.nations_reporting : header.nations_missing;
    if (is_expected(member.nation) &&
        std::find(list.begin(), list.end(), member.nation) == list.end()) {
      list.push_back(member.nation);
    }
  }
  header.nations_stale.assign(found.stale.begin(), found.stale.end());
  header.stale_strength = found.stale_strength;
  return header;
}

model::StrengthAnswer strength(const State& state, const model::StrengthQuery& query,
                               const Moment& moment) {
  model::StrengthAnswer answer{.group_by = query.group_by, .rows = {}, .total = {}};
  std::map<GroupKey, model::StrengthRow> groups;
  GroupKey key(query.group_by.size());
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto level = level_seen(moment.viewer, id, unit);
    if (!passes(query, id, unit, level)) {
      return;
    }
    for (std::size_t i = 0; i < key.size(); ++i) {
      key[i] = key_part(query.group_by[i], id, unit, level);
    }
    count_in(groups[key], unit);
    count_in(answer.total, unit);
  });
  for (auto& [group, row] : groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      row.key.push_back(key_text(query.group_by[i], group[i]));
    }
    if (!query.group_by.empty()) {
      answer.rows.push_back(std::move(row));
    }
  }
  return answer;
}

std::optional<model::UnitAnswer> unit(const State& state, const model::UnitQuery& query,
                                      const Moment& moment) {
  const auto* known = state.units.find(query.unit);
  if (known == nullptr || !can_see(moment.viewer, query.unit, *known)) {
    return std::nullopt;
  }
  model::UnitAnswer answer{.unit = query.unit,
                           .node = owner_of(state, query.unit, *known, moment.now),
                           .statements = {},
                           .stamps = {},
                           .computed = {},
                           .reported_overall = {},
                           .effective = level_seen(moment.viewer, query.unit, *known),
                           .freshness = freshness_of(*known, moment.now, moment.limits)};
  const auto is_seen = [&](const auto& kept) {
    return kept && sees(moment.viewer, query.unit.nation(), kept->releasable_to);
  };
  if (is_seen(known->readiness)) {
    answer.reported_overall = known->readiness->statement.reported_overall;
  }
  answer.computed =
      computed_levels(is_seen(known->strength) ? &known->strength->statement : nullptr,
                      is_seen(known->equipment) ? &known->equipment->statement : nullptr);
  const auto add = [&](const auto& kept) {
    if (!is_seen(kept)) {
      return;
    }
    answer.statements.emplace_back(kept->statement);
    const auto kind = model::kind_of(answer.statements.back());
    const auto& stamp = kept->stamp;
    answer.stamps.push_back(
        {.kind = kind,
         .report = stamp.report,
         .valid_at = stamp.valid_at,
         .issued_at = stamp.issued_at,
         .received_at = stamp.received_at,
         .ledger_seq = stamp.ledger_seq,
         .freshness = freshness_of(stamp.valid_at, moment.now, interval_of(kind, moment.limits))});
  };
  add(known->identity);
  add(known->strength);
  add(known->equipment);
  add(known->readiness);
  add(known->availability);
  return answer;
}

}  // namespace muster::core
