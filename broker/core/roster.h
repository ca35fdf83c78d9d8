// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "schemas/model/statement.h"

/// The people of a unit, as FULL and DELTA rosters left them.
namespace muster::core {

using PersonPtr = std::shared_ptr<const model::RosterEntry>;

/// Everyone on strength in a unit, by person_ref. Entries are shared by all versions that have
/// them.
struct Roster {
  std::uint64_t version = 0;
  std::vector<PersonPtr> people;  ///< Sorted by person_ref.

  /// The entry of a person, or null.
  [[nodiscard]] const model::RosterEntry* find(const model::PersonRef& person) const;
};
bool operator==(const Roster& a, const Roster& b);

/// The roster after `statement`: a FULL begins anew, a DELTA changes `base`. Of two entries for one
/// person the later counts.
Roster applied(const Roster* base, const model::RosterStatement& statement);

/// The whole roster as one FULL statement.
model::RosterStatement full_statement(const model::UnitId& unit, const Roster& roster);

/// A person_ref as a key of maps.
struct Person {
  model::PersonRef ref{};
  friend bool operator==(const Person&, const Person&) = default;
};

}  // namespace muster::core

template <>
struct std::hash<muster::core::Person> {
  /// Of all its bytes: a reference should be a keyed hash, but a ministry may number its people, and
  /// references that share their first bytes must not become one long list.
  std::size_t operator()(const muster::core::Person& person) const noexcept {
    const auto* bytes = reinterpret_cast<const char*>(person.ref.data());
    return std::hash<std::string_view>{}({bytes, person.ref.size()});
  }
};
