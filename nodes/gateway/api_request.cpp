// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/api_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "schemas/text/problems.h"

namespace muster::gateway {

using asking::RawQuestion;
using asking::ValueReader;

namespace {

constexpr std::size_t kApiSegments = 2;  // "api", "v1"
constexpr std::size_t kListItemsMax = 256;

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(mark, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::uint64_t> number_in(std::string_view text, const asking::NumberRange& range) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  const bool good =
      read.ec == std::errc() && read.ptr == end && value >= range.min && value <= range.max;
  return good ? std::optional(value) : std::nullopt;
}

/// Puts one value where its row says.
struct Put {
  const ParameterRow& row;
  const std::string& text;
  RawQuestion& raw;
  ValueReader& values;

  void operator()(std::string RawQuestion::*slot) const {
    // Several parts of a path that name one thing: "KAZ" and "mod".
    auto& into = raw.*slot;
    const bool goes_on = slot == &RawQuestion::node && !into.empty();
    into = goes_on ? into + "/" + text : text;
    // What '+' in an address stands for, when a person typed it by hand: "+24h".
    if (slot == &RawQuestion::notice && text.starts_with(' ')) {
      into.front() = '+';
    }
  }
  void operator()(std::vector<std::string> RawQuestion::*slot) const {
    raw.*slot = split(text, ',');
    if ((raw.*slot).size() > kListItemsMax) {
      values.wrong(row.name, text, fmt::format("a list of more than {}", kListItemsMax));
      (raw.*slot).clear();
    }
  }
  void operator()(bool RawQuestion::*slot) const {
    raw.*slot = text == "true";
    if (text != "true" && text != "false") {
      values.wrong(row.name, text, "neither 'true' nor 'false'");
    }
  }
  template <typename Number>
  void operator()(Number RawQuestion::*slot) const {
    if (const auto value = number_in(text, row.range)) {
      raw.*slot = static_cast<Number>(*value);
    } else {
      values.wrong(row.name, text,
                   fmt::format("not a whole number from {} to {}", row.range.min, row.range.max));
    }
  }
};

void put(const ParameterRow& row, const std::string& text, RawQuestion& raw, ValueReader& values) {
  std::visit(Put{row, text, raw, values}, row.slot);
}

int read_indent(const std::string& text, ValueReader& values) {
  const auto value = number_in(text, kIndents);
  if (!value) {
    values.wrong(kIndentParameter, text,
                 fmt::format("not a whole number from {} to {}", kIndents.min, kIndents.max));
  }
  return value && *value > 0 ? static_cast<int>(*value) : -1;
}

void check_language(const std::string& text, ValueReader& values) {
  if (text != "en" && text != "ru") {
    values.wrong(kLanguageParameter, text, "neither 'en' nor 'ru'");
  }
}

std::string unknown_parameter(const std::string& name, const std::vector<ParameterRow>& rows) {
  std::vector<std::string> names{std::string(kLanguageParameter), std::string(kIndentParameter)};
  for (const auto& row : rows) {
    names.emplace_back(row.name);
  }
  return fmt::format("'{}' - no such parameter{}", text::shown(name),
                     asking::suggestion(name, names));
}

class Reader {
 public:
  Reader(const Route& route, ValueReader& values)
      : route_(route), rows_(parameters_of(route)), values_(values) {}

  void take_objects(const Target& target);
  void take(const Parameter& parameter);
  void check_required();
  [[nodiscard]] const RawQuestion& raw() const { return raw_; }
  [[nodiscard]] int indent() const { return indent_; }

 private:
  void take_value(const Parameter& parameter);

  const Route& route_;
  const std::vector<ParameterRow> rows_;
  ValueReader& values_;
  RawQuestion raw_;
  std::set<std::string> given_;
  int indent_ = -1;
};

void Reader::take_objects(const Target& target) {
  const auto begin = target.segments.size() - route_.objects.size();
  for (std::size_t i = 0; i < route_.objects.size(); ++i) {
    put(route_.objects[i], target.segments[begin + i], raw_, values_);
  }
}

void Reader::take(const Parameter& parameter) {
  if (!given_.insert(parameter.name).second) {
    values_.problem(fmt::format("'{}' - given more than once - give it once, a list by commas",
                                text::shown(parameter.name)));
  } else if (parameter.value.empty()) {
    values_.problem(fmt::format("'{}' - its value is empty - give it one, or leave it out",
                                text::shown(parameter.name)));
  } else {
    take_value(parameter);
  }
}

void Reader::take_value(const Parameter& parameter) {
  if (parameter.name == kLanguageParameter) {
    return check_language(parameter.value, values_);
  }
  if (parameter.name == kIndentParameter) {
    indent_ = read_indent(parameter.value, values_);
    return;
  }
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const ParameterRow& known) {
    return known.name == parameter.name;
  });
  if (row == rows_.end()) {
    values_.problem(unknown_parameter(parameter.name, rows_));
  } else {
    put(*row, parameter.value, raw_, values_);
  }
}

void Reader::check_required() {
  for (const auto& [name, stand_in] : route_.required) {
    if (!given_.contains(std::string(name))) {
      values_.problem(
          fmt::format("'{}' - it must be given: see /api/v1/openapi.json", text::shown(name)));
      take_value({std::string(name), std::string(stand_in)});
    }
  }
}

/// "yesterday" and "-3d" are other moments tomorrow; a moment begins with its year.
bool is_written_out(const std::string& moment) {
  return !moment.empty() && moment.front() >= '0' && moment.front() <= '9';
}

/// Whether the answer stays what it is. What the broker received a moment ago it may still be
/// writing down, so that what is known at that moment is not settled.
bool is_fixed(const RawQuestion& raw, const model::Standpoint& standpoint, model::UtcTime now) {
  constexpr std::chrono::minutes kSettled{1};
  const auto is_steady = [](const std::string& moment) {
    return moment.empty() || is_written_out(moment);
  };
  return is_written_out(raw.as_of) && is_written_out(raw.known_at) && is_steady(raw.from_time) &&
         is_steady(raw.to_time) && standpoint.known_at && *standpoint.known_at <= now - kSettled;
}

void check_search(const asking::Question& question, const RawQuestion& raw, ValueReader& values,
                  std::chrono::milliseconds search_max) {
  const auto* assemble = std::get_if<model::AssembleQuery>(&question.query);
  if (assemble != nullptr && std::chrono::milliseconds{assemble->time_limit_ms} > search_max) {
    values.wrong("--time-limit", raw.time_limit,
                 fmt::format("longer than this gateway waits, {} s", search_max.count() / 1000));
  }
}

}  // namespace

const Route* find_route(const Target& target) {
  const auto all = routes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Route& route) {
    const auto names = split(route.question, ' ');
    return target.segments.size() == kApiSegments + names.size() + route.objects.size() &&
           std::equal(names.begin(), names.end(), target.segments.begin() + kApiSegments);
  });
  return found == all.end() ? nullptr : &*found;
}

words::Language language_of(const Target& target) {
  for (const auto& [name, value] : target.parameters) {
    if (name == kLanguageParameter) {
      return value == "ru" ? words::Language::russian : words::Language::english;
    }
  }
  return words::Language::english;
}

std::variant<ApiRequest, Problem> read_request(const Route& route, const Target& target,
                                               model::UtcTime now,
                                               std::chrono::milliseconds search_max) {
  ValueReader values(now, asking::Spelling::parameters);
  Reader reader(route, values);
  reader.take_objects(target);
  for (const auto& parameter : target.parameters) {
    reader.take(parameter);
  }
  reader.check_required();
  ApiRequest request{.route = &route, .question = {}, .indent = reader.indent()};
  request.question = asking::read_question(std::string(route.question), reader.raw(), values);
  check_search(request.question, reader.raw(), values, search_max);
  if (!values.problems().empty()) {
    return bad_request(values.problems());
  }
  request.is_fixed = is_fixed(reader.raw(), request.question.standpoint, now);
  return request;
}

}  // namespace muster::gateway
