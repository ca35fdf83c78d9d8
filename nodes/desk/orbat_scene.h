// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/desk/interchange.h"
#include "schemas/model/unit_statements.h"

/// What a reader of any format finds in a file, before anybody judges it: raw texts with their
/// places. Not for other folders.
namespace muster::desk {

/// A text as it was met.
struct Raw {
  std::string text;
  std::string where;  ///< "line 118, column 9", or "sides[0].groups[1].subUnits[0].id".
};

struct RawLocation {
  Raw raw;                            ///< "GDC 58.5 15.0".
  std::optional<model::Place> place;  ///< When it was understood; its range is not judged yet.
};

/// Items of one kind that a unit holds.
struct RawHolding {
  Raw name;
  std::string nsn;
  std::optional<Raw> required, on_hand, operational;
};
/// People of one kind.
struct RawPeople {
  std::optional<Raw> count, on_hand;
};

/// What becomes different with a moment (orbat-mapper alone).
struct SceneChange {
  Raw moment;
  std::optional<model::UtcTime> at;  ///< Absent when the moment could not be read.
  std::optional<RawLocation> location;
  bool is_location_removed = false;
  std::optional<Raw> sidc, reinforcement, superior, remark;
};

struct SceneUnit {
  std::string where;
  Raw handle;
  std::string name, short_name;
  std::string side;             ///< Handle of its side; empty: that of its superior.
  std::optional<Raw> superior;  ///< Who commands it.
  std::optional<Raw> organic;   ///< To whom it belongs, when that is somebody else.
  std::optional<Raw> relation;  ///< To `superior`, as MSDL names them.
  Raw sidc;
  std::optional<Raw> echelon, reinforcement;
  std::optional<Raw> status;  ///< Of combat effectiveness or operation, in the format's words.
  std::optional<Raw> strength_percent;  ///< Makes no counts.
  std::string remark;                   ///< A status in free words.
  std::optional<RawLocation> location;
  std::vector<RawHolding> holdings;
  std::vector<RawPeople> people;
  std::vector<SceneChange> changes;
  std::optional<model::UnitStatement> kept;  ///< What our own export kept beside it.
  bool is_kept_bad = false;                  ///< It cannot be read.
};

/// A vehicle or an item: not a unit.
struct SceneItem {
  std::string where;
  Raw handle;
  std::string name;
  std::optional<Raw> holder, organic;  ///< Units.
  std::optional<Raw> force_owner;      ///< A side.
  std::optional<Raw> superior;         ///< A unit, of an actor that is a vehicle.
  Raw sidc;
  std::optional<RawLocation> location;
  std::optional<RawHolding> holding;  ///< What it adds to its unit.
};

struct SceneSide {
  std::string where;
  std::string name;
  Raw handle;
  std::string allegiance;                             ///< Handle; empty for its own.
  std::vector<std::pair<std::string, char>> regards;  ///< Other sides, by standard identity.
};

/// A system or federate that plays some of the units.
struct SceneOwner {
  std::string name, where;
  std::vector<Raw> units;
};

struct Scene {
  OrbatFormat format = OrbatFormat::msdl;
  std::optional<ImportFinding> refusal;  ///< Nothing else counts then.
  bool has_bom = false;
  std::optional<Raw> moment;
  std::optional<model::UtcTime> valid_at;
  std::vector<SceneSide> sides;
  std::vector<SceneUnit> units;
  std::vector<SceneItem> items;
  std::vector<SceneOwner> owners;
  std::uint32_t others = 0;
};

/// The readers. Pure, and never throw.
Scene read_msdl(std::string_view content);
Scene read_c2sim(std::string_view content);
Scene read_orbat_mapper(std::string_view content);

/// What all readers say alike.
ImportFinding refusal(std::string code, std::string where, std::string value, std::string done);

/// The one place where a scene is judged and becomes reports.
ImportDraft make_draft(const Scene& scene, const ImportOptions& options);

inline constexpr std::size_t kOrbatBytesMax = 16 * 1024 * 1024;
/// Units, and items of equipment. Readers stop behind the first that is too many.
inline constexpr std::size_t kOrbatUnitsMax = 100'000;

}  // namespace muster::desk
