// SPDX-License-Identifier: Apache-2.0
// Unit: who a unit is.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_metric(Reading& in, const Path& at, const fbs::Metric& from, model::Metric& to) {
  read_text(in, {&at, "name"}, from.name(), to.name);
  to.value = from.value();
}

void read_capability(Reading& in, const Path& at, const fbs::Capability& from,
                     model::Capability& to) {
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  to.type = from.type();
  read_list(in, {&at, "metrics"}, from.metrics(), to.metrics, read_metric);
}

void read_names(Reading& in, const Path& at, const fbs::Unit& from, model::UnitStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  if (from.uuid() != nullptr) {
    read_array(from.uuid(), to.uuid.emplace());
  }
  read_text(in, {&at, "name"}, from.name(), to.name);
  read_text(in, {&at, "short_name"}, from.short_name(), to.short_name);
  read_text(in, {&at, "sidc"}, from.sidc(), to.sidc);
}

}  // namespace

void read_relation(Reading& in, const Path& at, const fbs::Relation& from, model::Relation& to) {
  to.type = static_cast<model::RelationType>(from.type());
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
}

void read_statement(Reading& in, const Path& at, const fbs::Unit& from, model::UnitStatement& to) {
  read_names(in, at, from, to);
  to.valid_from = read_time(from.valid_from());
  to.valid_to = read_time(from.valid_to());
  to.component = read_code<model::Component>(from.component());
  to.element_kind = read_code<model::ElementKind>(from.element_kind());
  read_codes(in, {&at, "pools"}, from.pools(), to.pools);
  to.lifecycle = read_code<model::Lifecycle>(from.lifecycle());
  to.echelon = read_code<model::Echelon>(from.echelon());
  to.reinforcement = read_code<model::Reinforcement>(from.reinforcement());
  to.home = read_place(from.home());
  to.current = read_place(from.current());
  read_list(in, {&at, "relations"}, from.relations(), to.relations, read_relation);
  read_list(in, {&at, "capabilities"}, from.capabilities(), to.capabilities, read_capability);
  read_texts(in, {&at, "languages"}, from.languages(), to.languages);
}

}  // namespace muster::wire
