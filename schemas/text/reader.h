// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/limits.h"
#include "schemas/text/fields.h"
#include "schemas/text/json_tree.h"
#include "schemas/text/problems.h"

/// From a tree to values. Each read_value() fills `out` or reports a problem at `at`, and never
/// stops the others.
namespace muster::text {

// ---- single values
// ----------------------------------------------------------------------------------------------

void read_value(const Json& json, bool& out, const Path& at, Problems& problems);
void read_value(const Json& json, double& out, const Path& at, Problems& problems);
void read_value(const Json& json, std::string& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::UtcTime& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::Nation& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::NodeId& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::UnitId& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::Code& out, const Path& at, Problems& problems);
void read_value(const Json& json, model::ReportId& out, const Path& at, Problems& problems);
/// Negative too, unlike the unsigned numbers below.
void read_value(const Json& json, std::int64_t& out, const Path& at, Problems& problems);
/// Bytes in base64, as many as a list may have entries.
void read_value(const Json& json, model::Bytes& out, const Path& at, Problems& problems);
/// A UUID in its canonical text of 36 characters, and a key of 64 hexadecimal digits.
void read_value(const Json& json, std::array<std::uint8_t, 16>& out, const Path& at,
                Problems& problems);
void read_value(const Json& json, model::PublicKey& out, const Path& at, Problems& problems);
/// An object whose `type` says which statement it is.
void read_value(const Json& json, model::Statement& out, const Path& at, Problems& problems);

/// "a text", "a number", …: what a value is, for messages.
std::string kind_and_value(const Json& json);

/// A whole number from 0 to `max`.
std::optional<std::uint64_t> read_whole(const Json& json, std::uint64_t max, const Path& at,
                                        Problems& problems);
/// The text of a string, or null and a problem that wants `expected`.
const std::string* read_text(const Json& json, std::string_view expected, const Path& at,
                             Problems& problems);
/// Reports a name that is none of `names`.
void add_unknown_name(std::string_view name, std::span<const std::string_view> names,
                      const Path& at, Problems& problems);

template <typename Number>
  requires std::unsigned_integral<Number> && (!std::same_as<Number, bool>)
void read_value(const Json& json, Number& out, const Path& at, Problems& problems) {
  const auto value = read_whole(json, std::numeric_limits<Number>::max(), at, problems);
  if (value) {
    out = static_cast<Number>(*value);
  }
}

template <typename Enum>
  requires std::is_enum_v<Enum>
void read_value(const Json& json, Enum& out, const Path& at, Problems& problems) {
  const auto* name = read_text(json, "one of " + model::names_of<Enum>(), at, problems);
  if (name == nullptr) {
    return;
  }
  if (const auto value = model::from_text<Enum>(*name)) {
    out = *value;
    return;
  }
  std::vector<std::string_view> names;
  for (const auto& entry : model::code_names(Enum{})) {
    names.push_back(entry.name);
  }
  add_unknown_name(*name, names, at, problems);
}

// ---- objects and lists
// ------------------------------------------------------------------------------------------

/// True when `json` is of that kind; else a problem.
bool expect_kind(const Json& json, JsonKind kind, const Path& at, Problems& problems);
/// True when a list is not longer than the format allows; else a problem.
bool expect_size(const Json& json, std::size_t max, const Path& at, Problems& problems);

/// Visits a struct and fills it from an object. finish() then reports what the struct does not
/// know.
class FieldReader {
 public:
  FieldReader(const Json& object, const Path& at, Problems& problems)
      : object_(object), at_(at), problems_(problems) {}

  template <typename Field>
  void required(std::string_view name, Field& field) {
    if (!optional(name, field)) {
      add_missing(name);
    }
  }
  /// True when the field was there, well formed or not.
  template <typename Field>
  bool optional(std::string_view name, Field& field);

  /// A field that was read before, such as `type`.
  void known(std::string_view name) { names_.push_back(name); }
  void finish() const;

 private:
  const Json* find(std::string_view name);
  void add_missing(std::string_view name) const;

  const Json& object_;
  const Path& at_;
  Problems& problems_;
  std::vector<std::string_view> names_;
};

template <Described Struct>
void read_value(const Json& json, Struct& out, const Path& at, Problems& problems) {
  if (!expect_kind(json, JsonKind::object, at, problems)) {
    return;
  }
  FieldReader reader(json, at, problems);
  describe_fields(reader, out);
  reader.finish();
}

template <typename Value>
void read_value(const Json& json, std::optional<Value>& out, const Path& at, Problems& problems) {
  read_value(json, out.emplace(), at, problems);
}

template <typename Value>
constexpr std::size_t list_max() {
  return std::same_as<Value, model::Statement> ? model::kStatementsMax : model::kListMax;
}

template <typename Value>
void read_value(const Json& json, std::vector<Value>& out, const Path& at, Problems& problems) {
  if (!expect_kind(json, JsonKind::array, at, problems)) {
    return;
  }
  if (!expect_size(json, list_max<Value>(), at, problems)) {
    return;
  }
  out.resize(json.items.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    read_value(json.items[i], out[i], at.item(i), problems);
  }
}

template <typename Field>
bool FieldReader::optional(std::string_view name, Field& field) {
  const Json* json = find(name);
  if (json != nullptr) {
    read_value(*json, field, at_.field(name), problems_);
  }
  return json != nullptr;
}

}  // namespace muster::text
