// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/interchange.h"
#include "schemas/model/unit_statements.h"
#include "schemas/text/json_tree.h"

/// What an export writes of a unit, and what it keeps beside that for our own importer. An import
/// takes what is kept wherever the file still says what the export wrote; what somebody changed in
/// the other system wins. Not for other folders.
namespace muster::desk {

/// The fields of a Unit statement, as in a report.
text::Json kept_json(const model::UnitStatement& unit);
/// Nothing when it is not one.
std::optional<model::UnitStatement> read_kept(const text::Json& json);
std::optional<model::UnitStatement> read_kept(std::string_view text);

/// A unit in the words of a format. Texts are as they stand in the file; empty where the format
/// says nothing.
struct WrittenUnit {
  std::string handle;  ///< A UUID: the unit's own, else one derived of its key.
  std::string name, short_name, sidc, echelon, reinforcement;
  std::optional<model::Place> place;    ///< Where it is, else where it is at home.
  std::optional<std::size_t> superior;  ///< Index of another unit of the list.
  model::RelationType relation = model::RelationType::child_of;
};
/// One for each of `units`, which are of different keys. Superiors form a forest, at most
/// kWrittenDepthMax deep: a cycle is cut, and so is what is deeper or not in the list.
std::vector<WrittenUnit> written_units(const std::vector<const model::UnitStatement*>& units,
                                       OrbatFormat format);
inline constexpr std::size_t kWrittenDepthMax = 40;

/// "Reinforced" of REIN; empty for what orbat-mapper has no word for.
std::string_view orbat_mapper_of_reinforcement(model::Reinforcement reinforcement);
std::optional<model::Reinforcement> reinforcement_of_orbat_mapper(std::string_view word);

}  // namespace muster::desk
