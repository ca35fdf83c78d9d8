// SPDX-License-Identifier: Apache-2.0
// Statements: an object whose `type` says which struct it fills.
#include <fmt/format.h>

#include "schemas/text/reader.h"
#include "schemas/text/statement_types.h"

namespace muster::text {
namespace {

template <typename Struct>
void read_statement(const Json& json, model::Statement& out, const Path& at, Problems& problems) {
  FieldReader reader(json, at, problems);
  reader.known("type");
  describe_fields(reader, out.emplace<Struct>());
  reader.finish();
}

void read_statement_of(model::StatementKind kind, const Json& json, model::Statement& out,
                       const Path& at, Problems& problems) {
  using model::StatementKind;
  switch (kind) {
    case StatementKind::unit:
      return read_statement<model::UnitStatement>(json, out, at, problems);
    case StatementKind::strength:
      return read_statement<model::StrengthStatement>(json, out, at, problems);
    case StatementKind::equipment:
      return read_statement<model::EquipmentStatement>(json, out, at, problems);
    case StatementKind::self_sustainment:
      return read_statement<model::SelfSustainmentStatement>(json, out, at, problems);
    case StatementKind::training:
      return read_statement<model::TrainingStatement>(json, out, at, problems);
    case StatementKind::readiness:
      return read_statement<model::ReadinessStatement>(json, out, at, problems);
    case StatementKind::availability:
      return read_statement<model::AvailabilityStatement>(json, out, at, problems);
    case StatementKind::roster:
      return read_statement<model::RosterStatement>(json, out, at, problems);
    case StatementKind::caveat:
      return read_statement<model::CaveatStatement>(json, out, at, problems);
    case StatementKind::standby:
      return read_statement<model::StandbyStatement>(json, out, at, problems);
    case StatementKind::contribution:
      return read_statement<model::ContributionStatement>(json, out, at, problems);
    case StatementKind::operation:
      return read_statement<model::OperationStatement>(json, out, at, problems);
    case StatementKind::requirement:
      return read_statement<model::RequirementStatement>(json, out, at, problems);
    case StatementKind::decision:
      return read_statement<model::DecisionStatement>(json, out, at, problems);
    case StatementKind::registry:
      return read_statement<model::RegistryStatement>(json, out, at, problems);
  }
}

std::vector<std::string_view> statement_type_names() {
  std::vector<std::string_view> names;
  for (const auto& entry : kStatementTypes) {
    names.push_back(entry.name);
  }
  return names;
}

/// "one of Unit, Strength, …".
std::string one_of_all_types() {
  return fmt::format("one of {}", fmt::join(statement_type_names(), ", "));
}

}  // namespace

void read_value(const Json& json, model::Statement& out, const Path& at, Problems& problems) {
  if (!expect_kind(json, JsonKind::object, at, problems)) {
    return;
  }
  const Json* type = json.find("type");
  if (type == nullptr) {
    problems.add(at.field("type"), "nothing", one_of_all_types());
    return;
  }
  const auto* name = read_text(*type, one_of_all_types(), at.field("type"), problems);
  if (name == nullptr) {
    return;
  }
  for (const auto& entry : kStatementTypes) {
    if (entry.name == *name) {
      return read_statement_of(entry.kind, json, out, at, problems);
    }
  }
  add_unknown_name(*name, statement_type_names(), at.field("type"), problems);
}

}  // namespace muster::text
