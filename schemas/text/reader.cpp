// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "schemas/model/bytes.h"
#include "schemas/text/base64.h"

namespace muster::text {
namespace {

std::string name_of(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a text in quotes";
    case JsonKind::array:
      return "a list in [ ]";
    case JsonKind::object:
      return "an object in { }";
  }
  return "nothing";
}

/// A value of the wrong kind. Null has its own advice: absent is left out, and is never the same as
/// 0.
void add_wrong_kind(const Json& json, std::string_view expected, const Path& at,
                    Problems& problems) {
  if (json.kind == JsonKind::null) {
    problems.add(at, "null", fmt::format("{}; leave the field out when it is not known", expected));
  } else {
    problems.add(at, kind_and_value(json), std::string(expected));
  }
}

std::string joined(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

bool looks_like_digits(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// What to tell whoever wrote a text where a number belongs: "120" lost its way, "n/a" has no
/// number.
std::string advice_on_number(std::string_view text) {
  return looks_like_digits(text) ? "write it without quotes"
                                 : "leave the field out when it is not known";
}

template <typename Key>
void read_key(const Json& json, Key& out, std::string_view expected, const Path& at,
              Problems& problems) {
  const auto* text = read_text(json, expected, at, problems);
  if (text == nullptr) {
    return;
  }
  if (auto key = Key::parse(*text)) {
    out = *key;
  } else {
    problems.add(at, quoted(*text), std::string(expected));
  }
}

/// A number without fraction and exponent, up to `max`.
template <typename Integer>
std::optional<Integer> read_integer(const Json& json, Integer max, const std::string& expected,
                                    const Path& at, Problems& problems) {
  if (json.kind == JsonKind::string) {
    problems.add(at, quoted(json.text),
                 fmt::format("{}; {}", expected, advice_on_number(json.text)));
    return std::nullopt;
  }
  if (json.kind != JsonKind::number) {
    add_wrong_kind(json, expected, at, problems);
    return std::nullopt;
  }
  Integer value = 0;
  const char* end = json.text.data() + json.text.size();
  const auto [stopped, error] = std::from_chars(json.text.data(), end, value);
  if (error != std::errc{} || stopped != end || value > max) {
    problems.add(at, shown(json.text), expected);
    return std::nullopt;
  }
  return value;
}

/// The digits of a canonical UUID without its dashes, or nothing.
std::optional<std::string> uuid_digits(std::string_view text) {
  if (text.size() != 36) {
    return std::nullopt;
  }
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash_due = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash_due != (text[i] == '-')) {
      return std::nullopt;
    }
    if (!dash_due) {
      digits += text[i];
    }
  }
  return digits;
}

}  // namespace

// ---- problems
// -------------------------------------------------------------------------------------------------

std::string kind_and_value(const Json& json) {
  switch (json.kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return json.truth ? "true" : "false";
    case JsonKind::number:
      return shown(json.text);
    case JsonKind::string:
      return quoted(json.text);
    case JsonKind::array:
    case JsonKind::object:
      return name_of(json.kind);
  }
  return "nothing";
}

void add_unknown_name(std::string_view name, std::span<const std::string_view> names,
                      const Path& at, Problems& problems) {
  const auto near = nearest(name, names);
  const auto hint = near.empty() ? std::string{} : fmt::format("did you mean {}? ", near);
  problems.add(at, quoted(name), fmt::format("{}one of {}", hint, joined(names)));
}

bool expect_kind(const Json& json, JsonKind kind, const Path& at, Problems& problems) {
  if (json.kind == kind) {
    return true;
  }
  add_wrong_kind(json, name_of(kind), at, problems);
  return false;
}

bool expect_size(const Json& json, std::size_t max, const Path& at, Problems& problems) {
  if (json.items.size() <= max) {
    return true;
  }
  problems.add(at, fmt::format("{} entries", json.items.size()), fmt::format("at most {}", max));
  return false;
}

// ---- single values
// ----------------------------------------------------------------------------------------------

const std::string* read_text(const Json& json, std::string_view expected, const Path& at,
                             Problems& problems) {
  if (json.kind == JsonKind::string) {
    return &json.text;
  }
  add_wrong_kind(json, expected, at, problems);
  return nullptr;
}

std::optional<std::uint64_t> read_whole(const Json& json, std::uint64_t max, const Path& at,
                                        Problems& problems) {
  return read_integer(json, max, fmt::format("a whole number from 0 to {}", max), at, problems);
}

void read_value(const Json& json, std::int64_t& out, const Path& at, Problems& problems) {
  const auto value = read_integer(json, std::numeric_limits<std::int64_t>::max(),
                                  "a whole number of 64 bits", at, problems);
  if (value) {
    out = *value;
  }
}

void read_value(const Json& json, bool& out, const Path& at, Problems& problems) {
  if (expect_kind(json, JsonKind::boolean, at, problems)) {
    out = json.truth;
  }
}

void read_value(const Json& json, double& out, const Path& at, Problems& problems) {
  if (json.kind == JsonKind::string) {
    problems.add(at, quoted(json.text), "a number such as 51.1605; " + advice_on_number(json.text));
    return;
  }
  if (!expect_kind(json, JsonKind::number, at, problems)) {
    return;
  }
  std::from_chars(json.text.data(), json.text.data() + json.text.size(), out);
}

void read_value(const Json& json, std::string& out, const Path& at, Problems& problems) {
  const auto* text = read_text(json, name_of(JsonKind::string), at, problems);
  if (text == nullptr) {
    return;
  }
  if (text->size() > model::kTextBytesMax) {
    problems.add(at, fmt::format("{} bytes", text->size()),
                 fmt::format("at most {} bytes", model::kTextBytesMax));
    return;
  }
  out = *text;
}

void read_value(const Json& json, model::UtcTime& out, const Path& at, Problems& problems) {
  static constexpr std::string_view kExpected = "a time in RFC 3339 such as 2022-01-07T12:00:00Z";
  const auto* text = read_text(json, kExpected, at, problems);
  if (text == nullptr) {
    return;
  }
  if (auto time = model::parse_time(*text)) {
    out = *time;
  } else {
    problems.add(at, quoted(*text), std::string(kExpected));
  }
}

void read_value(const Json& json, model::Nation& out, const Path& at, Problems& problems) {
  read_key(json, out, "a nation: three capital letters such as KAZ", at, problems);
}
void read_value(const Json& json, model::NodeId& out, const Path& at, Problems& problems) {
  read_key(json, out, "a node: a publisher, '/' and 1 to 24 of a-z 0-9 -, such as KAZ/mod", at,
           problems);
}
void read_value(const Json& json, model::UnitId& out, const Path& at, Problems& problems) {
  read_key(json, out,
           "a unit key: a publisher, ':' and 1 to 32 of A-Z 0-9 . _ -, such as KAZ:AIRMOB-35", at,
           problems);
}
void read_value(const Json& json, model::Code& out, const Path& at, Problems& problems) {
  read_key(json, out, "a code: 1 to 32 of A-Z 0-9 . _ -", at, problems);
}
void read_value(const Json& json, model::ReportId& out, const Path& at, Problems& problems) {
  read_key(json, out, "a report: node#number such as KAZ/mod#41", at, problems);
}

void read_value(const Json& json, std::array<std::uint8_t, 16>& out, const Path& at,
                Problems& problems) {
  static constexpr std::string_view kExpected =
      "a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  const auto* text = read_text(json, kExpected, at, problems);
  if (text == nullptr) {
    return;
  }
  const auto digits = uuid_digits(*text);
  if (!digits || !model::from_hex(*digits, out)) {
    problems.add(at, quoted(*text), std::string(kExpected));
  }
}

void read_value(const Json& json, model::Bytes& out, const Path& at, Problems& problems) {
  static constexpr std::string_view kExpected =
      "base64 (RFC 4648): A-Z a-z 0-9 + / in groups of four, filled up with =";
  const auto* text = read_text(json, kExpected, at, problems);
  if (text == nullptr) {
    return;
  }
  auto bytes = from_base64(*text);
  if (!bytes) {
    // Not quoted: whoever forgot to seal a name must not find it in a log.
    problems.add(at, fmt::format("{} characters of another form", text->size()),
                 std::string(kExpected));
    return;
  }
  if (bytes->size() > model::kListMax) {
    problems.add(at, fmt::format("{} bytes", bytes->size()),
                 fmt::format("at most {} bytes", model::kListMax));
    return;
  }
  out = *std::move(bytes);
}

void read_value(const Json& json, model::PublicKey& out, const Path& at, Problems& problems) {
  static constexpr std::string_view kExpected = "a key: 64 hexadecimal digits";
  const auto* text = read_text(json, kExpected, at, problems);
  if (text == nullptr) {
    return;
  }
  if (!model::from_hex(*text, out)) {
    problems.add(at, fmt::format("{} ({} characters)", quoted(*text), text->size()),
                 std::string(kExpected));
  }
}

// ---- objects
// -------------------------------------------------------------------------------------------------

const Json* FieldReader::find(std::string_view name) {
  known(name);
  return object_.find(name);
}

void FieldReader::add_missing(std::string_view name) const {
  problems_.add(at_.field(name), "nothing", "this field must be given");
}

void FieldReader::finish() const {
  for (const Json& member : object_.items) {
    if (std::find(names_.begin(), names_.end(), member.key) != names_.end()) {
      continue;
    }
    const auto near = nearest(member.key, names_);
    problems_.add(
        at_.field(member.key), "a field that is not known here",
        near.empty() ? "one of " + joined(names_) : fmt::format("did you mean {}?", near));
  }
}

}  // namespace muster::text
