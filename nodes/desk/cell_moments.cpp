// SPDX-License-Identifier: Apache-2.0
// Days and moments, as people and spreadsheets write them.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/cell_values.h"

namespace muster::desk {
namespace {

using namespace std::chrono;

/// Takes a number of `least` to `most` digits from the front of `text`.
std::optional<unsigned> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < most && text[digits] >= '0' && text[digits] <= '9') {
    ++digits;
  }
  const bool goes_on = digits < text.size() && text[digits] >= '0' && text[digits] <= '9';
  unsigned value = 0;
  if (digits < least || goes_on) {
    return std::nullopt;
  }
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) {
    return false;
  }
  text.remove_prefix(front.size());
  return true;
}

/// 22.11.2026, also 2.1.2026 and with the Russian "г." behind.
std::optional<year_month_day> take_dotted_day(std::string_view& text) {
  const auto d = take_number(text, 1, 2);
  const bool first_dot = take(text, ".");
  const auto m = take_number(text, 1, 2);
  const bool second_dot = take(text, ".");
  const auto y = take_number(text, 4, 4);
  if (!d || !first_dot || !m || !second_dot || !y) {
    return std::nullopt;
  }
  if (take(text, " г")) {
    take(text, ".");
  }
  return year{static_cast<int>(*y)} / month{*m} / day{*d};
}

std::optional<year_month_day> take_iso_day(std::string_view& text) {
  const auto y = take_number(text, 4, 4);
  const bool first_dash = take(text, "-");
  const auto m = take_number(text, 2, 2);
  const bool second_dash = take(text, "-");
  const auto d = take_number(text, 2, 2);
  if (!y || !first_dash || !m || !second_dash || !d) {
    return std::nullopt;
  }
  return year{static_cast<int>(*y)} / month{*m} / day{*d};
}

/// "6:30", "06:30:15", with a zone or none, as RFC 3339 has it.
std::optional<std::string> time_of_day(std::string_view text) {
  const auto h = take_number(text, 1, 2);
  const bool colon = take(text, ":");
  const auto m = take_number(text, 2, 2);
  if (!h || !colon || !m) {
    return std::nullopt;
  }
  auto time = fmt::format("{:02}:{:02}", *h, *m);
  if (!text.starts_with(":")) {
    time += ":00";
  }
  // What is left is seconds and a zone, which parse_time() knows.
  const auto zone = text.find_first_of("Zz+-");
  time += text;
  return zone == std::string_view::npos ? time + "Z" : time;
}

std::optional<model::UtcTime> plausible(model::UtcTime moment) {
  const bool is_plausible = moment >= model::kTimeMin && moment < model::kTimeMax;
  return is_plausible ? std::optional(moment) : std::nullopt;
}

}  // namespace

std::optional<model::UtcTime> moment_of_text(std::string_view text) {
  const auto whole = cleaned(text);
  std::string_view rest = whole;
  auto day = take_iso_day(rest);
  if (!day) {
    rest = whole;
    day = take_dotted_day(rest);
  }
  if (!day || !day->ok()) {
    return std::nullopt;
  }
  if (rest.empty()) {
    return plausible(sys_days{*day});
  }
  if (!take(rest, "T") && !take(rest, ", ") && !take(rest, " ")) {
    return std::nullopt;
  }
  const auto time = time_of_day(rest);
  if (!time) {
    return std::nullopt;
  }
  const auto moment = model::parse_time(
      fmt::format("{:04}-{:02}-{:02}T{}", static_cast<int>(day->year()),
                  static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()), *time));
  return moment ? plausible(*moment) : std::nullopt;
}

std::optional<model::UtcTime> moment_of_serial(double days_counted, bool counts_from_1904) {
  constexpr double kDaysMax = 200'000;
  if (!std::isfinite(days_counted) || days_counted < 0 || days_counted > kDaysMax) {
    return std::nullopt;
  }
  const sys_days first =
      counts_from_1904 ? sys_days{year{1904} / 1 / 1} : sys_days{year{1899} / 12 / 30};
  return plausible(first + seconds{std::llround(days_counted * 86'400)});
}

}  // namespace muster::desk
