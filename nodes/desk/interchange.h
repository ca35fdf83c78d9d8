// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/report.h"
#include "schemas/model/result.h"

/// Orders of battle of other systems (DOMAIN.md §10). An import makes a draft and says what it met;
/// a person decides what is published. Pure: text in, values out; any thread; never throws.
namespace muster::desk {

enum class OrbatFormat : std::uint8_t {
  msdl,         ///< SISO-STD-007.
  c2sim,        ///< SISO-STD-019 initialisation.
  orbat_mapper  ///< orbat-mapper scenario, JSON 3.x.
};
std::optional<OrbatFormat> orbat_format_named(std::string_view name);  ///< "msdl", "c2sim", …
std::string_view to_text(OrbatFormat format);

struct ImportOptions {
  model::Nation nation;            ///< Whose the units will be.
  std::vector<std::string> sides;  ///< Names or handles of the sides to take; empty takes all.
  std::optional<model::UtcTime> valid_at;  ///< Wins over the file's.
  model::Classification classification = model::Classification::unclassified;
};

/// One thing met in a file: a row of DOMAIN.md §10's table of dirt.
struct ImportFinding {
  enum class Severity : std::uint8_t { error, warning, note };
  std::string code;  ///< "SUPERIOR_DANGLING".
  Severity severity = Severity::note;
  std::string where;  ///< "line 118, column 9", or a path such as "sides[0].groups[1].subUnits[0]".
  std::string handle;  ///< Of the unit, side or item.
  std::string value;   ///< As met, raw.
  std::string done;    ///< What the importer did, in English.
  friend bool operator==(const ImportFinding&, const ImportFinding&) = default;
};

struct ImportSide {
  std::string name, handle;
  std::uint32_t units = 0;
  bool is_taken = true;
};

/// What an import would publish, for a person to confirm.
struct ImportDraft {
  /// One for each moment, oldest first; several of a moment that is too much for one message, units
  /// behind their superiors. The first speaks of all units, and so does that of `valid_at`. None on
  /// an error, and none without a moment.
  std::vector<model::Report> reports;
  std::vector<ImportFinding> findings;
  std::vector<ImportSide> sides;
  std::uint32_t units = 0, units_skipped = 0;  ///< Of sides that are not taken.
  std::uint32_t equipment_items = 0;           ///< Vehicles and items, which are not units.
  std::uint32_t others = 0;                    ///< Map graphics and the like, not read.
  std::optional<model::UtcTime> valid_at;      ///< Absent: has to be given.
  [[nodiscard]] std::map<std::string, std::uint32_t> counts() const;  ///< Findings by code.
  [[nodiscard]] bool is_refused() const;                              ///< A finding is an error.
};

/// At most 16 MiB (JSON 8 MiB) and 100,000 units. Ids are stable: the same file gives the same
/// units each time. ops/docs/INTERCHANGE.md says what becomes what, and names every code.
ImportDraft import_order_of_battle(std::string_view content, OrbatFormat format,
                                   const ImportOptions& options);

/// What an export says beside the units.
struct ExportHeader {
  model::Nation nation;
  std::string nation_name;
  model::UtcTime valid_at{};
  std::string marking;  ///< Classification and, in an exercise, that all of it is fictional.
};
/// Units of one nation as a file of another system. What the format has no place for is kept in
/// an extension of ours beside each unit, so that importing the file gives the same units again.
/// Errors: unsupported for c2sim, which is only read; malformed for a key that is there twice, and
/// for a unit of another nation.
model::Result<std::string> export_order_of_battle(const std::vector<model::UnitStatement>& units,
                                                  OrbatFormat format, const ExportHeader& header);

}  // namespace muster::desk
