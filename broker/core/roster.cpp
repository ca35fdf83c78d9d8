// SPDX-License-Identifier: Apache-2.0
#include "broker/core/roster.h"

#include <algorithm>
#include <map>

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
  Roster roster{.version = statement.version, .people = {}};
  if (base != nullptr && statement.form == model::RosterForm::delta) {
    for (const auto& entry : base->people) {
      changed.try_emplace(entry->person_ref, entry);
    }
  }
  roster.people.reserve(changed.size());
  for (auto& [person, entry] : changed) {
    if (entry) {
      roster.people.push_back(std::move(entry));
    }
  }
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
