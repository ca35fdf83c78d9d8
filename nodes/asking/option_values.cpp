// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/option_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cctype>
#include <charconv>

#include "nodes/asking/moments.h"
#include "schemas/text/problems.h"

namespace muster::asking {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds kDurationMax = std::chrono::hours{24};

std::optional<milliseconds> unit_of(std::string_view text) {
  if (text == "ms") {
    return milliseconds{1};
  }
  if (text == "s") {
    return std::chrono::seconds{1};
  }
  if (text == "m" || text == "min") {
    return std::chrono::minutes{1};
  }
  return text == "h" ? std::optional<milliseconds>(std::chrono::hours{1}) : std::nullopt;
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  std::uint32_t count = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  if (read.ec != std::errc() || count == 0) {
    return std::nullopt;
  }
  const auto unit = unit_of({read.ptr, static_cast<std::size_t>(end - read.ptr)});
  if (!unit || count > kDurationMax / *unit) {
    return std::nullopt;
  }
  return count * *unit;
}

std::string option_name(std::string_view code_name) {
  std::string name(code_name);
  for (auto& c : name) {
    c = c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string suggestion(std::string_view found, const std::vector<std::string>& names) {
  const auto word = option_name(found);
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto near = text::nearest(word, known); !near.empty()) {
    return fmt::format(" - did you mean '{}'?", near);
  }
  return fmt::format(" - one of: {}", fmt::join(names, ", "));
}

void ValueReader::wrong(std::string_view option, std::string_view found, std::string_view why) {
  problems_.push_back(fmt::format("{} {} - {}", spelled(option), text::quoted(found), why));
}

std::string ValueReader::spelled(std::string_view option) const {
  constexpr std::string_view kDashes = "--";
  if (spelling_ == Spelling::options || !option.starts_with(kDashes)) {
    return std::string(option);
  }
  std::string name(option.substr(kDashes.size()));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string ValueReader::called(std::string_view question) const {
  if (spelling_ == Spelling::options) {
    return "muster " + std::string(question);
  }
  std::string path = fmt::format("/api/v1/{}", question);
  std::replace(path.begin(), path.end(), ' ', '/');
  return path;
}

std::size_t ValueReader::choice(std::string_view option, std::string_view text,
                                const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), option_name(text));
  if (found == names.end()) {
    wrong(option, text, "not known" + suggestion(text, names));
    return 0;
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::vector<model::Level> ValueReader::levels(std::string_view option,
                                              const std::vector<std::string>& texts) {
  std::vector<model::Level> values;
  for (const auto& text : texts) {
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '0' + model::kNotMeasured) {
      values.push_back(static_cast<model::Level>(text[0] - '0'));
    } else {
      wrong(option, text, "not a level - one of: 1, 2, 3, 4, 5 (reorganising), 6 (not measured)");
    }
  }
  return values;
}

std::vector<model::Nation> ValueReader::nations(std::string_view option,
                                                const std::vector<std::string>& texts) {
  std::vector<model::Nation> values;
  for (const auto& text : texts) {
    if (const auto nation = id<model::Nation>(option, text); !nation.empty()) {
      values.push_back(nation);
    }
  }
  return values;
}

std::vector<model::Code> ValueReader::keys(std::string_view option,
                                           const std::vector<std::string>& texts) {
  std::vector<model::Code> values;
  for (const auto& text : texts) {
    if (const auto key = id<model::Code>(option, text); !key.empty()) {
      values.push_back(key);
    }
  }
  return values;
}

milliseconds ValueReader::duration(std::string_view option, std::string_view text) {
  const auto value = parse_duration(text);
  if (!value) {
    wrong(option, text, "not a duration above 0 and up to 24h - write 500ms, 5s, 2m or 1h");
  }
  return value.value_or(milliseconds{1});
}

std::optional<model::UtcTime> ValueReader::moment(std::string_view option,
                                                  const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto parsed = parse_moment(text, now_);
  if (!parsed) {
    wrong(option, text, parsed.error().message);
    return std::nullopt;
  }
  return *parsed;
}

std::uint16_t ValueReader::hours(std::string_view option, const std::string& text) {
  const auto value = parse_hours(text);
  if (!value) {
    wrong(option, text, "not whole hours from 0 to 8760 - write 48h or 7d");
  }
  return value.value_or(0);
}

std::optional<std::int32_t> ValueReader::shift(std::string_view option, const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto value = parse_shift(text);
  if (!value) {
    wrong(option, text,
          "not a shift of up to a year - write +24h for later or -12h for sooner, in m, h or d");
  }
  return value;
}

std::optional<model::Freshness> ValueReader::min_freshness(std::string_view option,
                                                           const std::string& text) {
  constexpr std::array kCounting{model::Freshness::fresh, model::Freshness::ageing,
                                 model::Freshness::stale};
  if (text.empty()) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const auto freshness : kCounting) {
    names.push_back(option_name(model::to_text(freshness)));
  }
  return kCounting.at(choice(option, text, names));
}

void ValueReader::expect_in_order(const std::string& from_text,
                                  const std::optional<model::UtcTime>& from,
                                  const std::optional<model::UtcTime>& to) {
  if (from && to && *from > *to) {
    wrong("--from", from_text,
          fmt::format("later than {}, {}: give the earlier moment to {}", spelled("--to"),
                      model::format_time(*to), spelled("--from")));
  }
}

std::optional<model::Place> ValueReader::place(std::string_view option, const std::string& text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto value = parse_place(text);
  if (!value) {
    wrong(option, text, "not a place - write latitude and longitude in degrees: 51.16,71.47");
  }
  return value;
}

}  // namespace muster::asking
