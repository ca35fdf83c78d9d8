// SPDX-License-Identifier: Apache-2.0
// Writing scenarios of orbat-mapper. What they have no place for stands in an object "muster".
#include <fmt/format.h>

#include <set>

#include "nodes/desk/orbat_export.h"
#include "nodes/desk/orbat_text.h"

namespace muster::desk {
namespace {

using text::Json;

Json unit_json(const model::UnitStatement& unit, const WrittenUnit& written) {
  auto json = text::json_object();
  json.add("id", text::json_string(written.handle));
  json.add("name", text::json_string(written.name));
  if (!written.short_name.empty()) {
    json.add("shortName", text::json_string(written.short_name));
  }
  json.add("sidc", text::json_string(written.sidc));
  if (!written.reinforcement.empty()) {
    json.add("reinforcedStatus", text::json_string(written.reinforcement));
  }
  if (written.place) {
    auto location = text::json_array();
    location.items.push_back(text::json_number(written.place->lon));
    location.items.push_back(text::json_number(written.place->lat));
    json.add("location", std::move(location));
  }
  json.add("muster", kept_json(unit));
  return json;
}

/// Units below one, or the roots, with theirs nested in each. Not deeper than kWrittenDepthMax.
Json nested(const std::vector<std::size_t>& list,
            const std::vector<std::vector<std::size_t>>& below,
            const std::vector<model::UnitStatement>& units,
            const std::vector<WrittenUnit>& written) {
  auto array = text::json_array();
  for (const auto at : list) {
    auto json = unit_json(units[at], written[at]);
    json.add("subUnits", nested(below[at], below, units, written));
    array.items.push_back(std::move(json));
  }
  return array;
}

Json side_json(const std::vector<model::UnitStatement>& units, const ExportHeader& header) {
  const auto written = written_units(pointers_to(units), OrbatFormat::orbat_mapper);
  std::vector<std::vector<std::size_t>> below(units.size());
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < units.size(); ++i) {
    (written[i].superior ? below[*written[i].superior] : roots).push_back(i);
  }
  auto group = text::json_object();
  group.add("id", text::json_string(to_text(derived_uuid("muster group", header.nation.view()))));
  group.add("name",
            text::json_string(header.nation_name.empty() ? header.nation.view()
                                                         : std::string_view(header.nation_name)));
  group.add("subUnits", nested(roots, below, units, written));
  auto groups = text::json_array();
  groups.items.push_back(std::move(group));
  auto side = text::json_object();
  side.add("id", text::json_string(to_text(derived_uuid("muster side", header.nation.view()))));
  side.add("name", text::json_string(header.nation.view()));
  side.add("standardIdentity", text::json_string("3"));
  side.add("groups", std::move(groups));
  return side;
}

}  // namespace

std::string write_orbat_mapper(const std::vector<model::UnitStatement>& units,
                               const ExportHeader& header) {
  constexpr int kIndent = 2;
  auto scenario = text::json_object();
  scenario.add("id",
               text::json_string(to_text(derived_uuid("muster scenario", header.nation.view()))));
  scenario.add("type", text::json_string("ORBAT-mapper"));
  scenario.add("version", text::json_string("3.3.0"));
  scenario.add("name",
               text::json_string(fmt::format("{} - {}", header.nation.view(), header.marking)));
  scenario.add("description", text::json_string(description_of(units, header)));
  scenario.add("startTime", text::json_string(model::format_time(header.valid_at)));
  scenario.add("timeZone", text::json_string("UTC"));
  scenario.add("symbologyStandard", text::json_string("app6d"));
  auto sides = text::json_array();
  sides.items.push_back(side_json(units, header));
  scenario.add("sides", std::move(sides));
  for (const auto* const list : {"events", "layers", "mapLayers"}) {
    scenario.add(list, text::json_array());
  }
  return text::print_json(scenario, kIndent) + "\n";
}

std::vector<const model::UnitStatement*> pointers_to(
    const std::vector<model::UnitStatement>& units) {
  std::vector<const model::UnitStatement*> pointers;
  for (const auto& unit : units) {
    pointers.push_back(&unit);
  }
  return pointers;
}

std::string description_of(const std::vector<model::UnitStatement>& units,
                           const ExportHeader& header) {
  return fmt::format("{} - {} units of {}, true at {}. Written by Muster.", header.marking,
                     units.size(),
                     header.nation_name.empty() ? header.nation.str() : header.nation_name,
                     model::format_time(header.valid_at));
}

model::Result<void> check_export(const std::vector<model::UnitStatement>& units,
                                 const ExportHeader& header) {
  std::set<model::UnitId> seen;
  for (const auto& unit : units) {
    if (unit.unit.nation() != header.nation) {
      return model::fail(model::ErrorCode::malformed,
                         fmt::format("unit {}: expected units of {} alone", unit.unit.view(),
                                     header.nation.view()));
    }
    if (!seen.insert(unit.unit).second) {
      return model::fail(
          model::ErrorCode::malformed,
          fmt::format("unit {}: is there twice, expected each once", unit.unit.view()));
    }
  }
  return {};
}

}  // namespace muster::desk
