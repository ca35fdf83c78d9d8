// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace muster::text {
namespace {

using nlohmann::ordered_json;

// ---- reading
// -------------------------------------------------------------------------------------------------

/// "line 12, column 7" of a byte; columns are counted in characters, as editors do.
std::string place_of(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto newline = before.rfind('\n');
  const auto start = newline == std::string_view::npos ? before : before.substr(newline + 1);
  const auto starts_character = [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  };
  const auto column = 1 + std::count_if(start.begin(), start.end(), starts_character);
  return fmt::format("line {}, column {}", line, column);
}

struct Word {
  std::size_t start = 0;
  std::string_view text;
};

/// What a person would call the thing at `offset`: "12OO" or "n/a", even when the parser stopped
/// inside it.
Word word_at(std::string_view text, std::size_t offset) {
  constexpr std::string_view kAround = " \t\r\n,:{}[]\"";
  constexpr std::size_t kWordBytesMax = 40;
  const auto in_word = [&](std::size_t at) {
    return at < text.size() && kAround.find(text[at]) == std::string_view::npos;
  };
  if (!in_word(offset)) {
    return {offset, text.substr(std::min(offset, text.size()), 1)};
  }
  std::size_t start = offset;
  while (start > 0 && offset - start < kWordBytesMax && in_word(start - 1)) {
    --start;
  }
  std::size_t end = offset;
  while (in_word(end) && end - start < kWordBytesMax) {
    ++end;
  }
  return {start, text.substr(start, end - start)};
}

/// The parser's reason without its own numbering: "invalid string: ill-formed UTF-8 byte".
std::string reason_of(std::string_view message) {
  if (const auto dash = message.find(" - "); dash != std::string_view::npos) {
    message.remove_prefix(dash + 3);
  }
  message = message.substr(0, message.find("; last read"));
  return shown(message.substr(0, message.find("; expected")));
}

std::string expected_of(std::string_view message) {
  constexpr std::string_view kMark = "; expected ";
  const auto at = message.rfind(kMark);
  if (at == std::string_view::npos) {
    return "well-formed JSON in UTF-8";
  }
  return shown(message.substr(at + kMark.size()));
}

/// Builds the tree from the parser's events, and stops it at the bounds.
class TreeBuilder : public nlohmann::json_sax<ordered_json> {
 public:
  TreeBuilder(std::string_view text, Problems& problems, const JsonBounds& bounds)
      : text_(text), problems_(problems), bounds_(bounds) {}

  Json take() { return std::move(root_); }

  bool null() override { return put(json_null()); }
  bool boolean(bool value) override { return put(json_bool(value)); }
  bool number_integer(number_integer_t value) override {
    return put_number(fmt::format("{}", value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return put_number(fmt::format("{}", value));
  }
  bool number_float(number_float_t /*value*/, const string_t& digits) override {
    return put_number(digits);
  }
  bool string(string_t& value) override { return put(json_string(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(json_object()); }
  bool start_array(std::size_t /*size*/) override { return open(json_array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Json& object = *open_.back();
    if (name.size() > kJsonKeyBytesMax) {
      return stop("a field name of " + fmt::format("{} bytes", name.size()),
                  "a name of DOMAIN.md §3");
    }
    if (object.items.size() >= kJsonMembersMax) {
      return stop(fmt::format("more than {} fields", kJsonMembersMax),
                  "the fields of DOMAIN.md §3");
    }
    if (object.find(name) != nullptr) {
      problems_.add(where() + (open_.size() > 1 ? "." : "") + shown(name),
                    "the field is written twice", "each field once; remove the one that is wrong");
    }
    key_ = name;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    const std::string_view message = error.what();
    if (error.id == kOutOfRange) {
      const auto word = word_at(text_, position < 2 ? 0 : position - 2);
      problems_.add(place_of(text_, word.start), quoted(word.text),
                    "a number that a computer can hold");
      return false;
    }
    // The parser counts the byte it stopped at, and one more behind the end.
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    if (offset == text_.size()) {
      problems_.add(place_of(text_, offset), "the text ends here", expected_of(message));
      return false;
    }
    const auto word = is_string(token) ? string_before(token, offset) : word_at(text_, offset);
    problems_.add(place_of(text_, word.start),
                  fmt::format("{}: {}", quoted(word.text), reason_of(message)),
                  expected_of(message));
    return false;
  }

 private:
  static constexpr int kOutOfRange = 406;

  static bool is_string(std::string_view token) {
    return token.size() >= 2 && token.front() == '"' && token.back() == '"';
  }

  /// A whole string in the wrong place: the parser stopped at its last quote.
  [[nodiscard]] Word string_before(std::string_view token, std::size_t last) const {
    if (token.size() > last + 1) {
      return word_at(text_, last);
    }
    return {last + 1 - token.size(), token.substr(1, token.size() - 2)};
  }

  /// Path of the innermost open value.
  [[nodiscard]] std::string where() const {
    std::string path;
    for (std::size_t i = 1; i < open_.size(); ++i) {
      const Json& above = *open_[i - 1];
      if (above.kind == JsonKind::array) {
        path += fmt::format("[{}]", above.items.size() - 1);
      } else {
        path += (path.empty() ? "" : ".") + shown(open_[i]->key);
      }
    }
    return path;
  }

  bool stop(std::string found, std::string expected) {
    auto path = where();
    problems_.add(path.empty() ? "the whole text" : std::move(path), std::move(found),
                  std::move(expected));
    return false;
  }

  bool put_number(std::string digits) {
    Json number;
    number.kind = JsonKind::number;
    number.text = std::move(digits);
    return put(std::move(number));
  }

  bool put(Json value) { return place(std::move(value)) != nullptr; }

  /// Puts the value where the next one belongs. Null when there are too many.
  Json* place(Json value) {
    if (++values_ > bounds_.values_max) {
      stop(fmt::format("more than {} values", bounds_.values_max), "a smaller text: split the report");
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    value.key = std::exchange(key_, {});
    return &open_.back()->items.emplace_back(std::move(value));
  }

  /// Pointers into the tree stay valid: only the innermost open value grows.
  bool open(Json value) {
    if (open_.size() >= bounds_.depth_max) {
      return stop(fmt::format("nested deeper than {} levels", bounds_.depth_max),
                  "the form of DOMAIN.md §3");
    }
    Json* placed = place(std::move(value));
    if (placed == nullptr) {
      return false;
    }
    open_.push_back(placed);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  Problems& problems_;
  const JsonBounds bounds_;
  Json root_;
  std::vector<Json*> open_;
  std::string key_;
  std::size_t values_ = 0;
};

std::string_view without_bom(std::string_view text) {
  constexpr std::string_view kBom = "\xef\xbb\xbf";
  if (text.substr(0, kBom.size()) == kBom) {
    text.remove_prefix(kBom.size());
  }
  return text;
}

// ---- printing
// -------------------------------------------------------------------------------------------------

template <typename Number>
Number read_number(std::string_view digits) {
  Number value{};
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

ordered_json printable_number(std::string_view digits) {
  if (digits.find_first_of(".eE") != std::string_view::npos) {
    return read_number<double>(digits);
  }
  if (digits.front() == '-') {
    return read_number<std::int64_t>(digits);
  }
  return read_number<std::uint64_t>(digits);
}

ordered_json printable(const Json& value) {
  switch (value.kind) {
    case JsonKind::null:
      return nullptr;
    case JsonKind::boolean:
      return value.truth;
    case JsonKind::number:
      return printable_number(value.text);
    case JsonKind::string:
      return value.text;
    case JsonKind::array: {
      auto list = ordered_json::array();
      for (const Json& item : value.items) {
        list.push_back(printable(item));
      }
      return list;
    }
    case JsonKind::object: {
      auto object = ordered_json::object();
      // Straight to the end: looking each name up would cost a walk, and names are unique here.
      for (const Json& item : value.items) {
        object.get_ref<ordered_json::object_t&>().push_back({item.key, printable(item)});
      }
      return object;
    }
  }
  return nullptr;
}

Json of_kind(JsonKind kind) {
  Json value;
  value.kind = kind;
  return value;
}

template <typename Number>
Json whole_number(Number value) {
  auto json = of_kind(JsonKind::number);
  json.text = fmt::format("{}", value);
  return json;
}

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const Json& item : items) {
    if (item.key == name) {
      return &item;
    }
  }
  return nullptr;
}

Json& Json::add(std::string_view name, Json value) {
  value.key = name;
  items.push_back(std::move(value));
  return *this;
}

Json json_null() { return {}; }
Json json_array() { return of_kind(JsonKind::array); }
Json json_object() { return of_kind(JsonKind::object); }

Json json_bool(bool value) {
  auto json = of_kind(JsonKind::boolean);
  json.truth = value;
  return json;
}

Json json_number(std::uint64_t value) { return whole_number(value); }
Json json_number(std::int64_t value) { return whole_number(value); }

Json json_number(double value) {
  if (!std::isfinite(value)) {
    return json_null();
  }
  auto json = of_kind(JsonKind::number);
  // The shortest digits that read back as the same value; a whole one keeps its point, so that it
  // prints as a double.
  json.text = fmt::format("{}", value);
  if (json.text.find_first_of(".e") == std::string::npos) {
    json.text += ".0";
  }
  return json;
}

Json json_string(std::string_view text) {
  auto json = of_kind(JsonKind::string);
  json.text = text;
  return json;
}

ParsedJson parse_json(std::string_view text, Problems& problems, const JsonBounds& bounds) {
  if (text.size() > kJsonBytesMax) {
    problems.add("the whole text", fmt::format("{} bytes", text.size()),
                 fmt::format("at most {} bytes: split the report", kJsonBytesMax));
    return {};
  }
  text = without_bom(text);
  TreeBuilder builder(text, problems, bounds);
  const bool complete = ordered_json::sax_parse(text.begin(), text.end(), &builder);
  return {builder.take(), complete};
}

std::string print_json(const Json& value, int indent) {
  return printable(value).dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace muster::text
