// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/text/fields.h"
#include "schemas/text/json_tree.h"

/// From values to a tree: the mirror of reader.h.
namespace muster::text {

inline Json write_value(bool value) { return json_bool(value); }
inline Json write_value(double value) { return json_number(value); }
inline Json write_value(std::int64_t value) { return json_number(value); }
inline Json write_value(const std::string& value) { return json_string(value); }
Json write_value(model::UtcTime value);
Json write_value(const model::ReportId& value);
/// Base64 (RFC 4648).
Json write_value(const model::Bytes& value);
/// The canonical text of a UUID.
Json write_value(const std::array<std::uint8_t, 16>& value);
/// A hash or a key, and a signature: lower-case hexadecimal.
Json write_value(const std::array<std::uint8_t, 32>& value);
Json write_value(const model::Signature& value);
Json write_value(const model::Statement& value);

template <std::size_t Capacity>
Json write_value(const model::ShortText<Capacity>& value) {
  return json_string(value.view());
}

template <typename Number>
  requires std::unsigned_integral<Number> && (!std::same_as<Number, bool>)
Json write_value(Number value) {
  return json_number(static_cast<std::uint64_t>(value));
}

template <typename Enum>
  requires std::is_enum_v<Enum>
Json write_value(Enum value) {
  return json_string(to_text(value));
}

/// Visits a struct and collects its fields. An optional text or list that is empty is left out, as
/// an absent value is.
class FieldWriter {
 public:
  explicit FieldWriter(Json& object) : object_(object) {}

  template <typename Field>
  void required(std::string_view name, const Field& field);
  template <typename Field>
  void optional(std::string_view name, const Field& field);

 private:
  Json& object_;
};

template <Described Struct>
Json write_value(const Struct& value) {
  auto object = json_object();
  FieldWriter writer(object);
  describe_fields(writer, value);
  return object;
}

template <typename Value>
Json write_value(const std::vector<Value>& values) {
  auto list = json_array();
  list.items.reserve(values.size());
  for (const auto& value : values) {
    list.items.push_back(write_value(value));
  }
  return list;
}

template <typename Field>
void FieldWriter::required(std::string_view name, const Field& field) {
  object_.add(name, write_value(field));
}

template <typename Field>
void FieldWriter::optional(std::string_view name, const Field& field) {
  if constexpr (requires { field.has_value(); }) {
    if (field.has_value()) {
      required(name, *field);
    }
  } else if constexpr (requires { field.empty(); }) {
    if (!field.empty()) {
      required(name, field);
    }
  } else {
    required(name, field);
  }
}

/// "Strength": the `type` of a statement. "UNKNOWN(n)" for a kind that this build does not know.
std::string type_of(model::StatementKind kind);

}  // namespace muster::text
