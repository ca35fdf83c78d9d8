// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/operation_places.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <sstream>

namespace muster::secretariat {

using text::Json;
using text::JsonKind;

std::optional<FilePlace> FilePlaces::find(std::string_view path) const {
  for (auto rest = path; !rest.empty();) {
    if (const auto found = places_.find(rest); found != places_.end()) {
      return found->second;
    }
    const auto cut = rest.find_last_of(".[");
    rest = cut == std::string_view::npos ? std::string_view() : rest.substr(0, cut);
  }
  return std::nullopt;
}

std::string FilePlaces::str(std::string_view path) const {
  const auto place = find(path);
  return place ? fmt::format("{}:{}:{}", file_, place->line, place->column) : file_;
}

namespace {

/// Paths are spelled as text::Path spells them.
std::string member_path(const std::string& above, std::string_view name) {
  return above.empty() ? text::shown(name) : above + "." + text::shown(name);
}
std::string item_path(const std::string& above, std::size_t index) {
  return fmt::format("{}[{}]", above, index);
}

// ---- TOML ---------------------------------------------------------------------------------------

template <typename Value>
std::string printed(const Value& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

class TomlReader {
 public:
  explicit TomlReader(FilePlaces& places) : places_(places) {}
  // NOLINTNEXTLINE(misc-no-recursion): toml++ bounds how deep tables and arrays may stand.
  Json read(const toml::node& node, const std::string& path) {
    Json json;
    node.visit([&](const auto& value) { json = read_kind(value, path); });
    return json;
  }

 private:
  static FilePlace place_of(const toml::source_region& source) {
    return {source.begin.line, source.begin.column};
  }
  // NOLINTNEXTLINE(misc-no-recursion): as read().
  Json read_kind(const toml::table& table, const std::string& path) {
    auto object = text::json_object();
    for (const auto& [name, node] : table) {
      const auto below = member_path(path, name.str());
      places_.add(below, place_of(name.source()));
      object.add(name.str(), read(node, below));
    }
    return object;
  }
  // NOLINTNEXTLINE(misc-no-recursion): as read().
  Json read_kind(const toml::array& array, const std::string& path) {
    auto list = text::json_array();
    for (const auto& node : array) {
      const auto below = item_path(path, list.items.size());
      places_.add(below, place_of(node.source()));
      list.items.push_back(read(node, below));
    }
    return list;
  }
  static Json read_kind(const toml::value<std::string>& value, const std::string&) {
    return text::json_string(value.get());
  }
  static Json read_kind(const toml::value<bool>& value, const std::string&) {
    return text::json_bool(value.get());
  }
  static Json read_kind(const toml::value<std::int64_t>& value, const std::string&) {
    return text::json_number(value.get());
  }
  /// What is not finite keeps its name, so that it is quoted and not taken for null.
  static Json read_kind(const toml::value<double>& value, const std::string&) {
    auto json = text::json_number(value.get());
    return json.kind == JsonKind::null ? text::json_string(printed(value.get())) : json;
  }
  /// Dates and times; without an offset they are no moment, and the reader says so.
  template <typename Value>
  static Json read_kind(const toml::value<Value>& value, const std::string&) {
    return text::json_string(printed(value.get()));
  }

  FilePlaces& places_;
};

// ---- JSON ---------------------------------------------------------------------------------------

/// Walks through well-formed JSON once. A name that is written with escapes is not found again; its
/// place is then that of the object around it.
class JsonWalk {
 public:
  JsonWalk(std::string_view text, FilePlaces& places) : text_(text), places_(places) {}
  void run() {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    at_ = text_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    value({});
  }

 private:
  [[nodiscard]] char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void step() {
    const auto byte = static_cast<unsigned char>(now());
    place_.column += (byte & 0xc0U) != 0x80U ? 1 : 0;
    if (byte == '\n') {
      place_ = {place_.line + 1, 1};
    }
    ++at_;
  }
  /// Up to the next of `stops`.
  void skip_to(std::string_view stops) {
    while (at_ < text_.size() && stops.find(now()) == std::string_view::npos) {
      step();
    }
  }
  void skip_space() {
    while (now() == ' ' || now() == '\t' || now() == '\n' || now() == '\r') {
      step();
    }
  }
  /// The bytes between the quotes.
  std::string_view string() {
    step();
    const auto begin = at_;
    for (; at_ < text_.size() && now() != '"'; step()) {
      if (now() == '\\') {
        step();
      }
    }
    const auto inside = text_.substr(begin, at_ - begin);
    step();
    return inside;
  }
  // NOLINTNEXTLINE(misc-no-recursion): parse_json() has found it at most kJsonDepthMax deep.
  void value(const std::string& path) {
    skip_space();
    if (!path.empty()) {
      places_.add(path, place_);
    }
    switch (now()) {
      case '{':
      case '[':
        return items(path, now() == '{');
      case '"':
        string();
        return;
      default:
        skip_to(",]} \t\r\n");
    }
  }
  // NOLINTNEXTLINE(misc-no-recursion): as value().
  void items(const std::string& path, bool is_object) {
    step();
    for (std::size_t index = 0; at_ < text_.size(); ++index) {
      skip_space();
      if (now() == '}' || now() == ']') {
        break;
      }
      value(is_object ? name(path) : item_path(path, index));
      skip_space();
      if (now() == ',') {
        step();
      }
    }
    step();
  }
  /// The path of the member whose name stands here, and its place.
  std::string name(const std::string& path) {
    const auto place = place_;
    const auto below = member_path(path, string());
    places_.add(below, place);
    skip_to(":");
    step();
    return below;
  }

  std::string_view text_;
  FilePlaces& places_;
  std::size_t at_ = 0;
  FilePlace place_{1, 1};
};

}  // namespace

text::ParsedJson parse_toml(std::string_view text, text::Problems& problems, FilePlaces& places) {
  try {
    const auto root = toml::parse(text);
    return {.root = TomlReader(places).read(root, {}), .complete = true};
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    problems.add(fmt::format("line {}, column {}", at.line, at.column),
                 fmt::format("what is no TOML ({})", error.description()),
                 "key = value, or [[line]] above the keys of a line");
    return {};
  }
}

void find_json_places(std::string_view text, FilePlaces& places) { JsonWalk(text, places).run(); }

}  // namespace muster::secretariat
