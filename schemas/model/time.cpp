// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/time.h"

#include <fmt/format.h>

#include <optional>

namespace muster::model {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads a fixed number of digits at the front of `text` and drops them.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take_char(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// ".5" is 500000 microseconds; digits beyond the sixth must not be there, so that nothing is cut
/// in silence.
std::optional<Duration> take_fraction(std::string_view& text) {
  if (!take_char(text, ".")) {
    return Duration{0};
  }
  std::int64_t micros = 0;
  int digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros = micros * 10 + (text.front() - '0');
    text.remove_prefix(1);
    if (++digits > 6) {
      return std::nullopt;
    }
  }
  if (digits == 0) {
    return std::nullopt;
  }
  for (; digits < 6; ++digits) {
    micros *= 10;
  }
  return Duration{micros};
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (take_char(text, "Zz")) {
    return minutes{0};
  }
  if (text.empty() || (text.front() != '+' && text.front() != '-')) {
    return std::nullopt;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hour = take_number(text, 2);
  if (!hour || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto minute = take_number(text, 2);
  if (!minute || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  return minutes{sign * (*hour * 60 + *minute)};
}

std::optional<UtcTime> read_time(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take_char(text, "-")) {
    return std::nullopt;
  }
  const auto month = take_number(text, 2);
  if (!month || !take_char(text, "-")) {
    return std::nullopt;
  }
  const auto day = take_number(text, 2);
  if (!day || !take_char(text, "Tt ")) {
    return std::nullopt;
  }
  const auto hour = take_number(text, 2);
  if (!hour || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto minute = take_number(text, 2);
  if (!minute || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto second = take_number(text, 2);
  if (!second) {
    return std::nullopt;
  }
  const auto fraction = take_fraction(text);
  if (!fraction) {
    return std::nullopt;
  }
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) {
    return std::nullopt;
  }

  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return UtcTime{std::chrono::sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second} +
         *fraction - *offset;
}

}  // namespace

std::string format_time(UtcTime time) {
  // A peer may say any number. Dates beyond four digits of a year are none, and the calendar's own
  // arithmetic would overflow at the ends.
  constexpr UtcTime kFirst = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
  constexpr UtcTime kLast = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  if (time < kFirst || time >= kLast) {
    return fmt::format("{} microseconds since 1970", to_micros(time));
  }
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                          clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (const auto micros = clock.subseconds().count(); micros != 0) {
    text += fmt::format(".{:06}", micros);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + "Z";
}

Result<UtcTime> parse_time(std::string_view text) {
  if (const auto time = read_time(text)) {
    return *time;
  }
  return fail(
      ErrorCode::malformed,
      fmt::format("'{}' is not a time: expected RFC 3339 such as 2022-01-07T12:00:00Z", text));
}

}  // namespace muster::model
