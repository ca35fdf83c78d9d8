// SPDX-License-Identifier: Apache-2.0
// Reading C2SIM (SISO-STD-019) initialisations.
#include <fmt/format.h>

#include "nodes/desk/msdl_names.h"
#include "nodes/desk/orbat_scene.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/xml_places.h"

namespace muster::desk {
namespace {

using pugi::xml_node;

constexpr std::string_view kC2simNamespace = "http://www.sisostds.org/schemas/C2SIM/1.1";

/// An actor and what kind it is: the innermost element that has a UUID or a name.
struct Actor {
  xml_node node;
  bool is_unit = false;
};

/// Walks down from ActorEntity: CollectiveEntity/MilitaryOrganization/Unit, Platform/Vehicle.
Actor actor_of(xml_node entity) {
  constexpr int kDepthMax = 8;
  Actor actor{child_of(entity, "ActorEntity"), false};
  for (int depth = 0; depth < kDepthMax && actor.node; ++depth) {
    if (child_of(actor.node, "UUID") || child_of(actor.node, "EntityDescriptor")) {
      return actor;
    }
    actor.is_unit = actor.is_unit || local_name(actor.node) == "CollectiveEntity";
    xml_node inner;
    for (const auto child : actor.node.children()) {
      if (child.type() == pugi::node_element) {
        inner = child;
        break;
      }
    }
    actor.node = inner;
  }
  return actor;
}

class C2simReader {
 public:
  explicit C2simReader(const XmlText& xml) : xml_(xml) {}

  void read(xml_node body, Scene& scene) const {
    for (const auto child : body.children()) {
      const auto name = local_name(child);
      if (name == "ObjectDefinitions") {
        read_objects(child, scene);
      } else if (name == "SystemEntityList") {
        scene.owners.push_back(read_owner(child));
      } else if (name == "ScenarioSetting" && !scene.moment) {
        scene.moment = raw_at(child, "DateTime/IsoDateTime");
      }
    }
  }

 private:
  [[nodiscard]] Raw raw(xml_node node) const { return {text_of(node), xml_.where(node)}; }
  [[nodiscard]] std::optional<Raw> raw_at(xml_node above, std::string_view path) const {
    const auto node = descendant_of(above, path);
    return node ? std::optional(raw(node)) : std::nullopt;
  }
  [[nodiscard]] Raw raw_or_none(xml_node above, std::string_view path) const {
    return raw_at(above, path).value_or(Raw{{}, xml_.where(above)});
  }

  void read_objects(xml_node definitions, Scene& scene) const {
    for (const auto child : definitions.children()) {
      if (local_name(child) == "AbstractObject") {
        if (const auto side = child_of(child, "ForceSide")) {
          scene.sides.push_back(read_side(side));
        }
      } else if (local_name(child) == "Entity") {
        read_entity(child, scene);
      }
    }
  }

  void read_entity(xml_node entity, Scene& scene) const {
    const auto actor = actor_of(entity);
    if (!actor.node) {
      ++scene.others;
    } else if (actor.is_unit && scene.units.size() <= kOrbatUnitsMax) {
      scene.units.push_back(read_unit(actor.node));
    } else if (!actor.is_unit && scene.items.size() <= kOrbatUnitsMax) {
      scene.items.push_back(read_vehicle(actor.node));
    }
  }

  [[nodiscard]] SceneSide read_side(xml_node node) const {
    SceneSide side;
    side.where = xml_.where(node);
    side.handle = raw_or_none(node, "UUID");
    side.name = trimmed(text_of(child_of(node, "Name")));
    for (const auto relation : node.children()) {
      if (local_name(relation) == "ForceSideRelation") {
        const auto word = trimmed(text_of(child_of(relation, "HostilityStatusCode")));
        if (const char identity = identity_of_relationship(word); identity != '\0') {
          side.regards.emplace_back(trimmed(text_of(child_of(relation, "OtherSide"))), identity);
        }
      }
    }
    return side;
  }

  [[nodiscard]] Raw read_symbol(xml_node node) const {
    for (const auto type : node.children()) {
      if (local_name(type) == "EntityType") {
        if (auto symbol = raw_at(type, "APP6-SIDC/SIDCString")) {
          return *std::move(symbol);
        }
      }
    }
    return {{}, xml_.where(node)};
  }

  [[nodiscard]] std::optional<RawLocation> read_location(xml_node state) const {
    const auto node = child_of(state, "Location");
    if (!node) {
      return std::nullopt;
    }
    const auto point = child_of(node, "GeodeticCoordinate");
    const auto lat = text_of(child_of(point, "Latitude"));
    const auto lon = text_of(child_of(point, "Longitude"));
    RawLocation location;
    location.raw = {point ? trimmed(lat) + " " + trimmed(lon) : "no GeodeticCoordinate",
                    xml_.where(node)};
    if (parse_number(lat) && parse_number(lon)) {
      location.place = model::Place{.lat = *parse_number(lat), .lon = *parse_number(lon)};
    }
    return location;
  }

  [[nodiscard]] SceneUnit read_unit(xml_node node) const {
    SceneUnit unit;
    unit.where = xml_.where(node);
    unit.handle = raw_or_none(node, "UUID");
    unit.name = trimmed(text_of(child_of(node, "Name")));
    unit.side = trimmed(text_of(descendant_of(node, "EntityDescriptor/Side")));
    unit.superior = raw_at(node, "EntityDescriptor/Superior");
    unit.sidc = read_symbol(node);
    unit.echelon = raw_at(node, "EchelonCode");
    const auto state = descendant_of(node, "CurrentState/PhysicalState");
    unit.status = raw_at(state, "EntityHealthStatus/OperationalStatus/OperationalStatusCode");
    unit.strength_percent = raw_at(state, "EntityHealthStatus/Strength/StrengthPercentage");
    if (!unit.strength_percent) {
      unit.strength_percent = raw_at(state, "EntityHealthStatus/StrengthPercentage");
    }
    unit.location = read_location(state);
    for (const auto resource : node.children()) {
      if (local_name(resource) == "Resource") {
        RawHolding holding;
        holding.name = raw_or_none(resource, "Name");
        holding.on_hand = raw_at(resource, "Quantity");
        unit.holdings.push_back(std::move(holding));
      }
    }
    return unit;
  }

  [[nodiscard]] SceneItem read_vehicle(xml_node node) const {
    SceneItem item;
    item.where = xml_.where(node);
    item.handle = raw_or_none(node, "UUID");
    item.name = trimmed(text_of(child_of(node, "Name")));
    item.superior = raw_at(node, "EntityDescriptor/Superior");
    item.sidc = read_symbol(node);
    item.location = read_location(descendant_of(node, "CurrentState/PhysicalState"));
    return item;
  }

  [[nodiscard]] SceneOwner read_owner(xml_node node) const {
    SceneOwner owner;
    owner.where = xml_.where(node);
    owner.name = trimmed(text_of(child_of(node, "SystemName")));
    for (const auto reference : node.children()) {
      if (local_name(reference) == "ActorReference") {
        owner.units.push_back(raw(reference));
      }
    }
    return owner;
  }

  const XmlText& xml_;
};

}  // namespace

Scene read_c2sim(std::string_view content) {
  Scene scene;
  scene.format = OrbatFormat::c2sim;
  const auto xml = XmlText::read(content);
  scene.has_bom = xml.has_bom();
  if (!xml.is_good()) {
    scene.refusal = refusal("MALFORMED", xml.trouble().where, {}, xml.trouble().message);
    return scene;
  }
  const auto root = xml.root();
  // A message may stand in an envelope of its own.
  const auto message = local_name(root) == "MessageBody" ? root : child_of(root, "MessageBody");
  const auto body = child_of(message, "C2SIMInitializationBody");
  if (!body || namespace_of(body) != kC2simNamespace) {
    scene.refusal = refusal(
        "DIALECT", xml.where(root), fmt::format("{} {}", root.name(), namespace_of(root)),
        fmt::format("nothing imported: expected MessageBody with a C2SIMInitializationBody of the "
                    "namespace {}",
                    kC2simNamespace));
    return scene;
  }
  C2simReader(xml).read(body, scene);
  return scene;
}

}  // namespace muster::desk
