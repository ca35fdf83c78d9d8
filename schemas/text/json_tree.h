// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/text/problems.h"

/// JSON as a tree of plain values, so that the library which parses and prints it stays in one
/// source file.
namespace muster::text {

/// Bounds of a text that is read. Beyond one of the first five, reading stops with a problem.
inline constexpr std::size_t kJsonBytesMax = 8 * 1024 * 1024;
inline constexpr std::size_t kJsonDepthMax = 16;
inline constexpr std::size_t kJsonValuesMax = 500'000;
inline constexpr std::size_t kJsonMembersMax = 256;  ///< Fields of one object.
inline constexpr std::size_t kJsonKeyBytesMax = 256;

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

/// One value. A number keeps its digits: whether "12.50" or "1e20" fits is the reader's decision.
struct Json {
  JsonKind kind = JsonKind::null;
  bool truth = false;       ///< Of a boolean.
  std::string key;          ///< Name of this value in its object; empty elsewhere.
  std::string text;         ///< Of a string, or the digits of a number.
  std::vector<Json> items;  ///< Of an array, or the members of an object in their order.

  /// The member with that name, or null. The first one, when the name was written twice.
  [[nodiscard]] const Json* find(std::string_view name) const;
  /// Appends a member to an object; the object itself, for chaining.
  Json& add(std::string_view name, Json value);
};

Json json_null();
Json json_bool(bool value);
Json json_number(std::uint64_t value);
Json json_number(std::int64_t value);
/// Null unless `value` is finite: JSON has neither infinity nor NaN.
Json json_number(double value);
Json json_string(std::string_view text);
Json json_array();
Json json_object();

/// Reads `text`; a byte order mark in front is skipped. Malformed text, a name used twice in one
/// object and anything beyond the bounds become problems. When there is one of malformed text or of
/// bounds, the tree is not complete and `complete` is false. Never throws.
struct ParsedJson {
  Json root;
  bool complete = false;
};
/// What differs for texts of another form than ours: scenarios nest as deep as their units.
struct JsonBounds {
  std::size_t depth_max = kJsonDepthMax;
  std::size_t values_max = kJsonValuesMax;
};
ParsedJson parse_json(std::string_view text, Problems& problems, const JsonBounds& bounds = {});

/// Prints in the order of the tree; `indent` below 0 gives one line. Bytes that are not UTF-8
/// become U+FFFD.
std::string print_json(const Json& value, int indent);

}  // namespace muster::text
