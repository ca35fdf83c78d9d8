// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/moments.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "nodes/asking/option_values.h"

namespace muster::asking {

using model::UtcTime;
using std::chrono::days;
using std::chrono::hours;

namespace {

constexpr std::string_view kLast = "last ";
constexpr std::size_t kDaySize = std::string_view("2022-01-07").size();
constexpr std::size_t kMinuteSize = std::string_view("2022-01-07T12:00").size();
constexpr std::uint16_t kHoursMax = 8'760;
constexpr std::uint32_t kBackMax = 100'000;  // Of any unit: beyond every ledger, below overflow.
constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

UtcTime beginning_of_day(UtcTime time) { return std::chrono::floor<days>(time); }

std::optional<unsigned> weekday_of(std::string_view word) {
  for (unsigned i = 0; i < kWeekdays.size(); ++i) {
    if (kWeekdays[i] == word) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<UtcTime> named_day(std::string_view word, UtcTime now) {
  const auto today = beginning_of_day(now);
  if (word == "now") {
    return now;
  }
  if (word == "today") {
    return today;
  }
  if (word == "yesterday") {
    return today - days{1};
  }
  if (word.starts_with(kLast)) {
    word.remove_prefix(kLast.size());
  }
  const auto wanted = weekday_of(word);
  if (!wanted) {
    return std::nullopt;
  }
  const std::chrono::weekday weekday{std::chrono::floor<days>(now)};
  const auto back = (weekday - std::chrono::weekday{*wanted}).count();
  return today - days{back == 0 ? 7 : back};
}

std::optional<model::Duration> length_of(std::string_view unit) {
  if (unit == "m" || unit == "min") {
    return std::chrono::minutes{1};
  }
  if (unit == "h") {
    return hours{1};
  }
  if (unit == "d") {
    return days{1};
  }
  return unit == "w" ? std::optional<model::Duration>(days{7}) : std::nullopt;
}

/// "3d" behind the minus sign.
std::optional<model::Duration> how_long(std::string_view text) {
  std::uint32_t count = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  const auto unit = length_of({read.ptr, static_cast<std::size_t>(end - read.ptr)});
  if (read.ec != std::errc() || !unit || count > kBackMax) {
    return std::nullopt;
  }
  return count * *unit;
}

/// Tables print whole minutes, "2022-01-07T12:00Z", and what they print is a moment too: the
/// beginning of that minute.
std::string with_seconds(std::string_view text) {
  std::string filled(text);
  if (text.size() > kMinuteSize &&
      std::string_view("Zz+-").find(text[kMinuteSize]) != std::string_view::npos) {
    filled.insert(kMinuteSize, ":00");
  }
  return filled;
}

model::Result<UtcTime> parse_exact(std::string_view text) {
  if (text.size() == kDaySize) {
    return model::parse_time(std::string(text) + "T00:00:00Z");
  }
  const auto time = model::parse_time(with_seconds(text));
  return time ? time : model::parse_time(text);  // An error quotes what was written.
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<double> number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  const bool good = read.ec == std::errc() && read.ptr == end && std::isfinite(value);
  return good ? std::optional(value) : std::nullopt;
}

}  // namespace

model::Result<UtcTime> parse_moment(std::string_view text, UtcTime now) {
  if (const auto day = named_day(option_name(text), now)) {
    return *day;
  }
  if (text.starts_with('-')) {
    if (const auto back = how_long(text.substr(1))) {
      return now - *back;
    }
  }
  if (!text.empty() && is_digit(text.front())) {
    return parse_exact(text);
  }
  return model::fail(model::ErrorCode::malformed,
                     fmt::format("not a moment - write {}", kMomentForms));
}

std::optional<std::uint16_t> parse_hours(std::string_view text) {
  std::uint16_t count = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  const std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
  if (read.ec != std::errc() || (!unit.empty() && unit != "h" && unit != "d")) {
    return std::nullopt;
  }
  const std::uint32_t in_hours = unit == "d" ? count * 24U : count;
  return in_hours <= kHoursMax ? std::optional(static_cast<std::uint16_t>(in_hours)) : std::nullopt;
}

std::optional<std::int32_t> parse_shift(std::string_view text) {
  constexpr model::Duration kShiftMax = days{365};
  const bool is_signed = text.starts_with('+') || text.starts_with('-');
  const auto length = is_signed ? how_long(text.substr(1)) : std::nullopt;
  if (!length || *length == model::Duration::zero() || *length > kShiftMax) {
    return std::nullopt;
  }
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(*length).count();
  return static_cast<std::int32_t>(text.front() == '-' ? -minutes : minutes);
}

std::optional<model::Place> parse_place(std::string_view text) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) {
    return std::nullopt;
  }
  const auto lat = number(text.substr(0, comma));
  const auto lon = number(text.substr(comma + 1));
  if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
    return std::nullopt;
  }
  return model::Place{*lat, *lon};
}

}  // namespace muster::asking
