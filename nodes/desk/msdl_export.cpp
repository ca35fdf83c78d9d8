// SPDX-License-Identifier: Apache-2.0
// Writing MSDL. What it has no place for stands in an element of our own namespace.
#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_export.h"
#include "nodes/desk/orbat_text.h"

namespace muster::desk {
namespace {

using pugi::xml_node;

void add_text(xml_node above, const char* name, std::string_view text) {
  above.append_child(name).text().set(std::string(text).c_str());
}

void add_header(xml_node root, const std::vector<model::UnitStatement>& units,
                const ExportHeader& header) {
  auto id = root.append_child("ScenarioID");
  add_text(
      id, "modelID:name",
      header.nation_name.empty() ? header.nation.view() : std::string_view(header.nation_name));
  add_text(id, "modelID:type", "Order of battle");
  add_text(id, "modelID:version", "1");
  constexpr std::size_t kDay = 10;
  add_text(id, "modelID:modificationDate", model::format_time(header.valid_at).substr(0, kDay));
  add_text(id, "modelID:securityClassification", header.marking);
  add_text(id, "modelID:description", description_of(units, header));
  auto poc = id.append_child("modelID:poc");
  add_text(poc, "modelID:pocType", "Author");
  add_text(poc, "modelID:pocName", header.nation.view());
  add_text(root.append_child("Options"), "MSDLVersion", "1.0");
  add_text(root.append_child("Environment"), "ScenarioTime", model::format_time(header.valid_at));
}

void add_side(xml_node root, const ExportHeader& header, const std::string& handle) {
  auto side = root.append_child("ForceSides").append_child("ForceSide");
  add_text(side, "ObjectHandle", handle);
  add_text(side, "ForceSideName", header.nation.view());
  add_text(side, "AllegianceHandle", handle);
}

void add_modifiers(xml_node node, const WrittenUnit& written) {
  auto modifiers = node.append_child("UnitSymbolModifiers");
  if (!written.echelon.empty()) {
    add_text(modifiers, "Echelon", written.echelon);
  }
  if (!written.reinforcement.empty()) {
    add_text(modifiers, "ReinforcedReduced", written.reinforcement);
  }
  add_text(modifiers, "UniqueDesignation", written.short_name);
}

void add_location(xml_node node, model::Place place) {
  auto location = node.append_child("Disposition").append_child("Location");
  add_text(location, "CoordinateChoice", "GDC");
  auto point = location.append_child("CoordinateData").append_child("GDC");
  // The shortest digits that read back as the same number.
  add_text(point, "Latitude", fmt::format("{}", place.lat));
  add_text(point, "Longitude", fmt::format("{}", place.lon));
}

void add_relation(xml_node node, const WrittenUnit& written, const std::string& side,
                  const std::vector<WrittenUnit>& all) {
  auto relation = node.append_child("Relations").append_child("ForceRelation");
  add_text(relation, "ForceRelationChoice", written.superior ? "UNIT" : "FORCE_SIDE");
  auto data = relation.append_child("ForceRelationData");
  if (!written.superior) {
    add_text(data, "ForceSideHandle", side);
    return;
  }
  auto command = data.append_child("CommandRelation");
  add_text(command, "CommandingSuperiorHandle", all[*written.superior].handle);
  add_text(command, "CommandRelationshipType", msdl_of_relation(written.relation));
}

}  // namespace

std::string write_msdl(const std::vector<model::UnitStatement>& units, const ExportHeader& header) {
  constexpr int kOneLine = -1;
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  auto root = document.append_child("MilitaryScenario");
  root.append_attribute("xmlns") = std::string(kMsdlNamespace).c_str();
  root.append_attribute("xmlns:modelID") = "http://www.sisostds.org/schemas/modelID";
  root.append_attribute("xmlns:muster") = std::string(kKeptNamespace).c_str();
  const auto side = to_text(derived_uuid("muster side", header.nation.view()));
  add_header(root, units, header);
  add_side(root, header, side);
  auto list = root.append_child("Organizations").append_child("Units");
  const auto written = written_units(pointers_to(units), OrbatFormat::msdl);
  for (std::size_t i = 0; i < units.size(); ++i) {
    auto node = list.append_child("Unit");
    add_text(node, "ObjectHandle", written[i].handle);
    add_text(node, "SymbolIdentifier", written[i].sidc);
    add_text(node, "Name", written[i].name);
    add_modifiers(node, written[i]);
    if (written[i].place) {
      add_location(node, *written[i].place);
    }
    add_relation(node, written[i], side, written);
    add_text(node, (std::string("muster:") + kKeptElement).c_str(),
             text::print_json(kept_json(units[i]), kOneLine));
  }
  std::ostringstream text;
  document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
  return text.str();
}

}  // namespace muster::desk
