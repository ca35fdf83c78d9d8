// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/cell_values.h"
#include "schemas/model/statement.h"

/// Putting a value into the field of a statement that a path names. The fields are those that JSON
/// has (schemas/text/unit_fields.h), so that a column is added by the columns file alone. Pure.
namespace muster::desk {

/// One step of Column::field.
struct PathStep {
  enum class Kind : std::uint8_t {
    plain,
    entry,    ///< "holdings[]": the entry that the row makes.
    keyed,    ///< "absences[LEAVE]", "cells[OFFICER,M]": the entry with that key, made when needed.
    indexed,  ///< "capabilities[0]": the entry at that place, made when it is not there.
  };
  std::string name;
  Kind kind = Kind::plain;
  std::string key;
  std::size_t index = 0;
};
using FieldPath = std::vector<PathStep>;
FieldPath parse_path(std::string_view field);

/// A statement about `unit` that says nothing yet. Null for a kind that is not about a unit's own
/// state (DOMAIN.md §3: Unit to Roster).
std::optional<model::Statement> empty_statement(model::StatementKind kind,
                                                const model::UnitId& unit);

/// What became of a value.
struct SetOutcome {
  bool is_set = false;  ///< Else the statement has no such field, or it takes no such value.
  std::optional<std::size_t> entry_at;  ///< Where the entry of a step of the kind `entry` stands.
  std::optional<std::size_t> keyed_at;  ///< Where the entry of a step of the kind `keyed` stands.
};

/// Sets one field. `starts_entry` makes the new entry of a step of the kind `entry`; without it the
/// last one is meant.
SetOutcome set_field(model::Statement& statement, std::span<const PathStep> path,
                     const CellValue& value, bool starts_entry);

}  // namespace muster::desk
