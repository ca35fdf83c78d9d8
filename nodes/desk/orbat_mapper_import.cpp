// SPDX-License-Identifier: Apache-2.0
// Reading scenarios of orbat-mapper, JSON 3.x.
#include <fmt/format.h>

#include "nodes/desk/orbat_kept.h"
#include "nodes/desk/orbat_scene.h"
#include "nodes/desk/orbat_text.h"
#include "schemas/text/json_tree.h"

namespace muster::desk {
namespace {

using text::Json;
using text::JsonKind;

// A unit costs two levels, its lists a few more: sixty levels of units are more than an army has.
constexpr text::JsonBounds kBounds{.depth_max = 128, .values_max = 1'000'000};

/// A text, or a number as its digits; empty for anything else.
std::string text_in(const Json& object, std::string_view name) {
  const auto* const value = object.find(name);
  const bool has_text =
      value != nullptr && (value->kind == JsonKind::string || value->kind == JsonKind::number);
  return has_text ? value->text : std::string();
}

/// RFC 3339, or milliseconds since 1970.
std::optional<model::UtcTime> moment_of(const Json& value) {
  if (value.kind == JsonKind::number) {
    const auto milliseconds = parse_number(value.text);
    constexpr double kFirst = -62'135'596'800'000.0;  // Of the year 1, and the last of 9999.
    constexpr double kLast = 253'402'300'799'999.0;
    if (!milliseconds || *milliseconds < kFirst || *milliseconds > kLast) {
      return std::nullopt;
    }
    return model::from_micros(static_cast<std::int64_t>(*milliseconds) * 1000);
  }
  const auto parsed = model::parse_time(trimmed(value.text));
  return parsed ? std::optional(*parsed) : std::nullopt;
}

class OrbatMapperReader {
 public:
  explicit OrbatMapperReader(Scene& scene) : scene_(scene) {}

  void read(const Json& root) {
    if (const auto* const start = root.find("startTime"); start != nullptr) {
      scene_.moment = Raw{text_in(root, "startTime"), "startTime"};
      scene_.valid_at = moment_of(*start);
    }
    each(root, "sides", {},
         [&](const Json& side, const std::string& path) { read_side(side, path); });
    for (const auto* const list : {"layers", "layerStack", "mapLayers"}) {
      if (const auto* const layers = root.find(list); layers != nullptr) {
        scene_.others += static_cast<std::uint32_t>(layers->items.size());
      }
    }
  }

 private:
  /// Calls `use` for each object of a list, and stops all reading at what is none.
  template <typename Use>
  void each(const Json& object, std::string_view name, const std::string& path, const Use& use) {
    const auto* const list = object.find(name);
    if (list == nullptr || list->kind == JsonKind::null) {
      return;
    }
    const auto here = path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
    if (list->kind != JsonKind::array) {
      refuse(here, *list, "a list");
      return;
    }
    for (std::size_t i = 0; i < list->items.size() && !scene_.refusal; ++i) {
      const auto item_path = fmt::format("{}[{}]", here, i);
      if (list->items[i].kind != JsonKind::object) {
        refuse(item_path, list->items[i], "an object");
        return;
      }
      use(list->items[i], item_path);
    }
  }

  void refuse(const std::string& where, const Json& value, std::string_view expected) {
    if (!scene_.refusal) {
      scene_.refusal = refusal("MALFORMED", where, value.text,
                               fmt::format("nothing imported: expected {} here", expected));
    }
  }

  void read_side(const Json& json, const std::string& path) {
    SceneSide side;
    side.where = path;
    side.name = trimmed(text_in(json, "name"));
    side.handle = {text_in(json, "id"), path + ".id"};
    if (side.handle.text.empty()) {
      side.handle.text = path;
    }
    const auto handle = trimmed(side.handle.text);
    scene_.sides.push_back(std::move(side));
    read_units(json, path, handle, {});
    each(json, "groups", path, [&](const Json& group, const std::string& group_path) {
      read_units(group, group_path, handle, {});
    });
  }

  void read_units(const Json& above, const std::string& path, const std::string& side,
                  const std::optional<Raw>& superior) {
    each(above, "subUnits", path, [&](const Json& json, const std::string& unit_path) {
      if (scene_.units.size() > kOrbatUnitsMax) {
        return;
      }
      auto unit = read_unit(json, unit_path);
      unit.side = side;
      unit.superior = superior;
      const auto handle = unit.handle;
      scene_.units.push_back(std::move(unit));
      read_units(json, unit_path, side, handle);
    });
  }

  SceneUnit read_unit(const Json& json, const std::string& path) {
    SceneUnit unit;
    unit.where = path;
    unit.handle = {text_in(json, "id"), path + ".id"};
    if (unit.handle.text.empty()) {
      unit.handle.text = path;  // Its place is all that names it.
    }
    unit.name = trimmed(text_in(json, "name"));
    unit.short_name = trimmed(text_in(json, "shortName"));
    unit.sidc = {text_in(json, "sidc"), path + ".sidc"};
    unit.reinforcement = raw_in(json, "reinforcedStatus", path);
    unit.remark = trimmed(text_in(json, "status"));
    unit.location = read_location(json, path);
    read_counts(json, path, unit);
    each(json, "state", path, [&](const Json& state, const std::string& state_path) {
      unit.changes.push_back(read_change(state, state_path));
    });
    if (const auto* const kept = json.find("muster"); kept != nullptr) {
      unit.kept = read_kept(*kept);
      unit.is_kept_bad = !unit.kept;
    }
    return unit;
  }

  static std::optional<Raw> raw_in(const Json& json, std::string_view name,
                                   const std::string& path) {
    const auto* const value = json.find(name);
    if (value == nullptr || value->kind == JsonKind::null) {
      return std::nullopt;
    }
    return Raw{value->text, fmt::format("{}.{}", path, name)};
  }

  static std::optional<RawLocation> read_location(const Json& json, const std::string& path) {
    const auto* const value = json.find("location");
    if (value == nullptr || value->kind == JsonKind::null) {
      return std::nullopt;
    }
    RawLocation location;
    location.raw.where = path + ".location";
    for (const auto& part : value->items) {
      location.raw.text += (location.raw.text.empty() ? "" : " ") + part.text;
    }
    if (value->kind == JsonKind::array && value->items.size() >= 2) {
      const auto lon = parse_number(value->items[0].text);
      const auto lat = parse_number(value->items[1].text);
      if (lat && lon) {
        location.place = model::Place{.lat = *lat, .lon = *lon};
      }
    }
    return location;
  }

  void read_counts(const Json& json, const std::string& path, SceneUnit& unit) {
    each(json, "personnel", path, [&](const Json& people, const std::string& here) {
      unit.people.push_back({raw_in(people, "count", here), raw_in(people, "onHand", here)});
    });
    each(json, "equipment", path, [&](const Json& item, const std::string& here) {
      RawHolding holding;
      holding.name = {text_in(item, "name"), here + ".name"};
      holding.required = raw_in(item, "count", here);
      holding.on_hand = raw_in(item, "onHand", here);
      unit.holdings.push_back(std::move(holding));
    });
  }

  static SceneChange read_change(const Json& json, const std::string& path) {
    SceneChange change;
    change.moment = {text_in(json, "t"), path + ".t"};
    if (const auto* const moment = json.find("t"); moment != nullptr) {
      change.at = moment_of(*moment);
    }
    change.location = read_location(json, path);
    const auto* const location = json.find("location");
    change.is_location_removed = location != nullptr && location->kind == JsonKind::null;
    change.sidc = raw_in(json, "sidc", path);
    change.reinforcement = raw_in(json, "reinforcedStatus", path);
    change.remark = raw_in(json, "status", path);
    if (const auto* const hierarchy = json.find("hierarchy"); hierarchy != nullptr) {
      change.superior = raw_in(*hierarchy, "targetId", path + ".hierarchy");
    }
    return change;
  }

  Scene& scene_;
};

/// Why a text that is JSON is no scenario of ours; empty when it is one.
std::string dialect_of(const Json& root) {
  constexpr std::string_view kExpected =
      "expected an object with \"type\": \"ORBAT-mapper\" and a \"version\" of 3";
  const auto type = text_in(root, "type");
  if (type == "ORBAT-mapper-encrypted") {
    return "nothing imported: the scenario is encrypted; save it without a password";
  }
  const bool is_scenario = root.kind == JsonKind::object && type == "ORBAT-mapper" &&
                           text_in(root, "version").starts_with("3.");
  return is_scenario ? std::string() : fmt::format("nothing imported: {}", kExpected);
}

}  // namespace

Scene read_orbat_mapper(std::string_view content) {
  Scene scene;
  scene.format = OrbatFormat::orbat_mapper;
  scene.has_bom = content.starts_with("\xef\xbb\xbf");
  text::Problems problems;
  const auto parsed = text::parse_json(content, problems, kBounds);
  if (const auto found = problems.take(); !parsed.complete || !found.empty()) {
    const auto problem = found.empty() ? text::TextProblem{} : found.front();
    scene.refusal = refusal("MALFORMED", problem.where, problem.found,
                            fmt::format("nothing imported: expected {}", problem.expected));
    return scene;
  }
  if (auto why = dialect_of(parsed.root); !why.empty()) {
    scene.refusal = refusal("DIALECT", "the whole text",
                            fmt::format("type \"{}\", version \"{}\"", text_in(parsed.root, "type"),
                                        text_in(parsed.root, "version")),
                            std::move(why));
    return scene;
  }
  OrbatMapperReader(scene).read(parsed.root);
  return scene;
}

}  // namespace muster::desk
