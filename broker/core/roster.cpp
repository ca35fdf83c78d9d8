// SPDX-License-Identifier: Apache-2.0
#include "broker/core/roster.h"

#include <algorithm>
#include <map>
#include <span>

namespace muster::core {
namespace {

bool stands_before(const PersonPtr& entry, const model::PersonRef& person) {
  return entry->person_ref < person;
}

}  // namespace

const model::RosterEntry* Roster::find(const model::PersonRef& person) const {
  const auto found = std::lower_bound(people.begin(), people.end(), person, stands_before);
  return found != people.end() && (*found)->person_ref == person ? found->get() : nullptr;
}

bool operator==(const Roster& a, const Roster& b) {
  return a.version == b.version &&
         std::equal(a.people.begin(), a.people.end(), b.people.begin(), b.people.end(),
                    [](const PersonPtr& x, const PersonPtr& y) { return x == y || *x == *y; });
}

Roster applied(const Roster* base, const model::RosterStatement& statement) {
  std::map<model::PersonRef, PersonPtr> changed;  // Null: removed.
  for (const auto& person : statement.removals) {
    changed[person] = nullptr;
  }
  for (const auto& entry : statement.upserts) {
    changed[entry.person_ref] = std::make_shared<const model::RosterEntry>(entry);
  }
  const bool is_delta = base != nullptr && statement.form == model::RosterForm::delta;
  const auto kept =
      is_delta ? std::span<const PersonPtr>(base->people) : std::span<const PersonPtr>();
  Roster roster{.version = statement.version, .people = {}};
  roster.people.reserve(kept.size() + changed.size());
  auto next = kept.begin();
  for (const auto& [person, entry] : changed) {
    const auto end = std::lower_bound(next, kept.end(), person, stands_before);
    roster.people.insert(roster.people.end(), next, end);
    next = end != kept.end() && (*end)->person_ref == person ? end + 1 : end;
    if (entry) {
      roster.people.push_back(entry);
    }
  }
  roster.people.insert(roster.people.end(), next, kept.end());
  return roster;
}

model::RosterStatement full_statement(const model::UnitId& unit, const Roster& roster) {
  model::RosterStatement statement;
  statement.unit = unit;
  statement.version = roster.version;
  for (const auto& entry : roster.people) {
    statement.upserts.push_back(*entry);
  }
  return statement;
}

}  // namespace muster::core
