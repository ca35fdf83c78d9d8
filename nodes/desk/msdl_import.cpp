// SPDX-License-Identifier: Apache-2.0
// Reading MSDL (SISO-STD-007) with what NETN adds: holdings, and federates that play units.
#include <fmt/format.h>

#include "nodes/desk/coordinates.h"
#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_kept.h"
#include "nodes/desk/orbat_scene.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/xml_places.h"

namespace muster::desk {
namespace {

using pugi::xml_node;

class MsdlReader {
 public:
  explicit MsdlReader(const XmlText& xml) : xml_(xml) {}

  void read(Scene& scene) const {
    const auto root = xml_.root();
    if (const auto time = descendant_of(root, "Environment/ScenarioTime")) {
      scene.moment = raw(time);
    }
    for (const auto side : child_of(root, "ForceSides").children()) {
      if (local_name(side) == "ForceSide") {
        scene.sides.push_back(read_side(side));
      }
    }
    const auto organizations = child_of(root, "Organizations");
    for (const auto unit : child_of(organizations, "Units").children()) {
      if (local_name(unit) == "Unit" && scene.units.size() <= kOrbatUnitsMax) {
        scene.units.push_back(read_unit(unit));
      }
    }
    for (const auto item : child_of(organizations, "Equipment").children()) {
      if (local_name(item) == "EquipmentItem" && scene.items.size() <= kOrbatUnitsMax) {
        scene.items.push_back(read_item(item));
      }
    }
    for (const auto federate : child_of(root, "Deployment").children()) {
      if (local_name(federate) == "Federate") {
        scene.owners.push_back(read_owner(federate));
      }
    }
    scene.others = count_others(root);
  }

 private:
  [[nodiscard]] Raw raw(xml_node node) const { return {text_of(node), xml_.where(node)}; }
  /// Of an element that is there, empty or not.
  [[nodiscard]] std::optional<Raw> raw_at(xml_node above, std::string_view path) const {
    const auto node = descendant_of(above, path);
    return node ? std::optional(raw(node)) : std::nullopt;
  }
  /// A missing element is told at the one that should have it.
  [[nodiscard]] Raw raw_or_none(xml_node above, std::string_view path) const {
    return raw_at(above, path).value_or(Raw{{}, xml_.where(above)});
  }

  [[nodiscard]] SceneSide read_side(xml_node node) const {
    SceneSide side;
    side.where = xml_.where(node);
    side.handle = raw_or_none(node, "ObjectHandle");
    side.name = trimmed(text_of(child_of(node, "ForceSideName")));
    side.allegiance = trimmed(text_of(child_of(node, "AllegianceHandle")));
    for (const auto association : child_of(node, "Associations").children()) {
      const auto other = trimmed(text_of(child_of(association, "AffiliateHandle")));
      const auto word = trimmed(text_of(child_of(association, "Relationship")));
      if (const char identity = identity_of_relationship(word); identity != '\0') {
        side.regards.emplace_back(other, identity);
      }
    }
    return side;
  }

  [[nodiscard]] SceneUnit read_unit(xml_node node) const {
    SceneUnit unit;
    unit.where = xml_.where(node);
    unit.handle = raw_or_none(node, "ObjectHandle");
    unit.name = trimmed(text_of(child_of(node, "Name")));
    unit.sidc = raw_or_none(node, "SymbolIdentifier");
    const auto modifiers = child_of(node, "UnitSymbolModifiers");
    unit.echelon = raw_at(modifiers, "Echelon");
    unit.reinforcement = raw_at(modifiers, "ReinforcedReduced");
    unit.status = raw_at(modifiers, "CombatEffectiveness");
    unit.short_name = trimmed(text_of(child_of(modifiers, "UniqueDesignation")));
    unit.location = read_location(descendant_of(node, "Disposition/Location"));
    read_relations(child_of(node, "Relations"), unit);
    for (const auto holding : child_of(node, "Holdings").children()) {
      if (local_name(holding) == "Holding") {
        read_holding(holding, unit);
      }
    }
    if (const auto kept = child_of(node, kKeptElement);
        kept && namespace_of(kept) == kKeptNamespace) {
      unit.kept = read_kept(text_of(kept));
      unit.is_kept_bad = !unit.kept;
    }
    return unit;
  }

  void read_relations(xml_node relations, SceneUnit& unit) const {
    const auto data = descendant_of(relations, "ForceRelation/ForceRelationData");
    unit.superior = raw_at(data, "CommandRelation/CommandingSuperiorHandle");
    unit.relation = raw_at(data, "CommandRelation/CommandRelationshipType");
    unit.side = trimmed(text_of(child_of(data, "ForceSideHandle")));
    for (const auto organic : relations.children()) {
      if (local_name(organic) == "OrganicRelation") {
        unit.organic = raw_at(organic, "OrganicRelationData/OrganicSuperiorHandle");
      }
    }
  }

  void read_holding(xml_node node, SceneUnit& unit) const {
    const auto people = trimmed(text_of(child_of(node, "IsEquipment"))) == "false";
    if (people) {  // Consumables and people by post, which are no items.
      return;
    }
    RawHolding holding;
    holding.name = raw_or_none(node, "NSN_Name");
    holding.nsn = trimmed(text_of(child_of(node, "NSN_Code")));
    holding.required = raw_at(node, "RequiredOnHandQuantity");
    holding.on_hand = raw_at(node, "OnHandQuantity");
    holding.operational = raw_at(node, "OperationalCount");
    unit.holdings.push_back(std::move(holding));
  }

  [[nodiscard]] SceneItem read_item(xml_node node) const {
    SceneItem item;
    item.where = xml_.where(node);
    item.handle = raw_or_none(node, "ObjectHandle");
    item.name = trimmed(text_of(child_of(node, "Name")));
    item.sidc = raw_or_none(node, "SymbolIdentifier");
    item.location = read_location(descendant_of(node, "Disposition/Location"));
    const auto relations = child_of(node, "Relations");
    item.organic = raw_at(relations, "OrganicSuperiorHandle");
    item.holder = raw_at(relations, "HoldingOrganization/OwnerData/UnitOwnerHandle");
    item.force_owner = raw_at(relations, "HoldingOrganization/OwnerData/ForceOwnerHandle");
    const auto modifiers = child_of(node, "EquipmentSymbolModifiers");
    RawHolding holding;
    holding.name = raw_or_none(modifiers ? modifiers : node, "EquipmentType");
    holding.on_hand = raw_at(modifiers, "Quantity");
    item.holding = std::move(holding);
    return item;
  }

  [[nodiscard]] SceneOwner read_owner(xml_node node) const {
    SceneOwner owner;
    owner.where = xml_.where(node);
    owner.name = trimmed(text_of(child_of(node, "Name")));
    if (owner.name.empty()) {
      owner.name = trimmed(text_of(child_of(node, "ObjectHandle")));
    }
    for (const auto* const list : {"Units", "Equipment"}) {
      for (const auto entry : child_of(node, list).children()) {
        if (const auto handle = child_of(entry, "ObjectHandle")) {
          owner.units.push_back(raw(handle));
        }
      }
    }
    return owner;
  }

  [[nodiscard]] std::optional<RawLocation> read_location(xml_node node) const {
    if (!node) {
      return std::nullopt;
    }
    const auto choice = trimmed(text_of(child_of(node, "CoordinateChoice")));
    const auto data = descendant_of(node, "CoordinateData/" + choice);
    RawLocation location;
    location.raw = {choice, xml_.where(node)};
    for (const auto part : data.children()) {
      if (part.type() == pugi::node_element) {
        location.raw.text += " " + trimmed(text_of(part));
      }
    }
    location.raw.text = trimmed(location.raw.text);
    location.place = place_of(choice, data);
    return location;
  }

  static std::optional<model::Place> place_of(std::string_view choice, xml_node data) {
    const auto number = [&](const char* name) {
      return parse_number(text_of(child_of(data, name)));
    };
    if (choice == "GDC") {
      const auto lat = number("Latitude");
      const auto lon = number("Longitude");
      return lat && lon ? std::optional(model::Place{.lat = *lat, .lon = *lon}) : std::nullopt;
    }
    if (choice == "GCC") {
      const auto x = number("X");
      const auto y = number("Y");
      const auto z = number("Z");
      return x && y && z ? from_geocentric(*x, *y, *z) : std::nullopt;
    }
    return place_on_grid(choice, data, number(choice == "UTM" ? "UTMEasting" : "MGRSEasting"),
                         number(choice == "UTM" ? "UTMNorthing" : "MGRSNorthing"));
  }

  static std::optional<model::Place> place_on_grid(std::string_view choice, xml_node data,
                                                   std::optional<double> easting,
                                                   std::optional<double> northing) {
    const bool is_utm = choice == "UTM";
    const auto zone =
        parse_grid_zone(trimmed(text_of(child_of(data, is_utm ? "UTMGridZone" : "MGRSGridZone"))));
    if ((!is_utm && choice != "MGRS") || !zone || !easting || !northing) {
      return std::nullopt;
    }
    if (is_utm) {
      return from_utm({.zone = zone->zone,
                       .is_south = zone->band < 'N',
                       .easting = *easting,
                       .northing = *northing});
    }
    const auto square = trimmed(text_of(child_of(data, "MGRSGridSquare")));
    return from_mgrs(*zone, square, *easting, *northing);
  }

  static std::uint32_t count_others(xml_node root) {
    std::uint32_t others = 0;
    for (const auto* const list :
         {"Overlays", "Installations", "TacticalGraphics", "MOOTWGraphics"}) {
      for (const auto entry : child_of(root, list).children()) {
        others += entry.type() == pugi::node_element ? 1 : 0;
      }
    }
    return others;
  }

  const XmlText& xml_;
};

}  // namespace

Scene read_msdl(std::string_view content) {
  Scene scene;
  scene.format = OrbatFormat::msdl;
  const auto xml = XmlText::read(content);
  scene.has_bom = xml.has_bom();
  if (!xml.is_good()) {
    scene.refusal = refusal("MALFORMED", xml.trouble().where, {}, xml.trouble().message);
    return scene;
  }
  const auto root = xml.root();
  if (local_name(root) != "MilitaryScenario" || namespace_of(root) != kMsdlNamespace) {
    scene.refusal =
        refusal("DIALECT", xml.where(root), fmt::format("{} {}", root.name(), namespace_of(root)),
                fmt::format("nothing imported: expected MilitaryScenario of the namespace {}",
                            kMsdlNamespace));
    return scene;
  }
  MsdlReader(xml).read(scene);
  return scene;
}

}  // namespace muster::desk
