// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/writer.h"

#include <array>
#include <variant>

#include "schemas/text/base64.h"
#include "schemas/text/statement_types.h"

namespace muster::text {

Json write_value(model::UtcTime value) { return json_string(model::format_time(value)); }
Json write_value(const model::ReportId& value) { return json_string(value.str()); }
Json write_value(const std::array<std::uint8_t, 32>& value) {
  return json_string(model::to_hex(value));
}
Json write_value(const model::Signature& value) { return json_string(model::to_hex(value)); }

Json write_value(const model::Bytes& value) { return json_string(to_base64(value)); }

Json write_value(const std::array<std::uint8_t, 16>& value) {
  auto text = model::to_hex(value);
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
    text.insert(dash, "-");
  }
  return json_string(text);
}

std::string type_of(model::StatementKind kind) {
  for (const auto& entry : kStatementTypes) {
    if (entry.kind == kind) {
      return std::string(entry.name);
    }
  }
  return model::to_text(kind);
}

Json write_value(const model::Statement& value) {
  auto object = json_object();
  object.add("type", json_string(type_of(model::kind_of(value))));
  FieldWriter writer(object);
  std::visit([&](const auto& statement) { describe_fields(writer, statement); }, value);
  return object;
}

}  // namespace muster::text
