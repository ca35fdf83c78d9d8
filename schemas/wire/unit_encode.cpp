// SPDX-License-Identifier: Apache-2.0
// Unit: who a unit is.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::Metric> write_metric(Writer& out, const model::Metric& from) {
  return fbs::CreateMetric(out, write_text(out, from.name), from.value);
}

Written<fbs::Capability> write_capability(Writer& out, const model::Capability& from) {
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto metrics = write_list<fbs::Metric>(out, from.metrics, write_metric);
  return fbs::CreateCapability(out, tasks, from.type, metrics);
}

struct WrittenParts {
  Written<flatbuffers::String> unit, name, short_name, sidc;
  WrittenList<fbs::ForcePool> pools;
  WrittenList<Written<fbs::Relation>> relations;
  WrittenList<Written<fbs::Capability>> capabilities;
  WrittenList<Written<flatbuffers::String>> languages;
};

WrittenParts write_parts(Writer& out, const model::UnitStatement& from) {
  WrittenParts parts;
  parts.unit = write_text(out, from.unit.view());
  parts.name = write_text_if_any(out, from.name);
  parts.short_name = write_text_if_any(out, from.short_name);
  parts.sidc = write_text_if_any(out, from.sidc);
  parts.pools = write_codes<fbs::ForcePool>(out, from.pools);
  parts.relations = write_list<fbs::Relation>(out, from.relations, write_relation);
  parts.capabilities = write_list<fbs::Capability>(out, from.capabilities, write_capability);
  parts.languages = write_texts(out, from.languages);
  return parts;
}

}  // namespace

Written<fbs::Relation> write_relation(Writer& out, const model::Relation& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateRelation(out, static_cast<fbs::RelationType>(from.type), unit,
                             write_time(from.from), write_time(from.to));
}

Written<fbs::Unit> write_statement(Writer& out, const model::UnitStatement& from) {
  const auto parts = write_parts(out, from);
  const auto home = place_of(from.home);
  const auto current = place_of(from.current);
  const auto uuid = write_array<fbs::Uuid>(from.uuid.value_or(std::array<std::uint8_t, 16>{}));
  return fbs::CreateUnit(
      out, parts.unit, from.uuid ? &uuid : nullptr, parts.name, parts.short_name,
      write_time(from.valid_from), write_time(from.valid_to),
      write_code<fbs::Component>(from.component), write_code<fbs::ElementKind>(from.element_kind),
      parts.pools, write_code<fbs::Lifecycle>(from.lifecycle),
      write_code<fbs::Echelon>(from.echelon), parts.sidc,
      write_code<fbs::Reinforcement>(from.reinforcement), home ? &*home : nullptr,
      current ? &*current : nullptr, parts.relations, parts.capabilities, parts.languages);
}

}  // namespace muster::wire
