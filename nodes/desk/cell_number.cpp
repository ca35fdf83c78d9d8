// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_number.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

namespace muster::desk {
namespace {

template <typename Number>
std::optional<Number> whole_text_as(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  text = begin == std::string_view::npos ? std::string_view() : text.substr(begin);
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// The digits at `at`, when there are `count`.
std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count) {
  unsigned number = 0;
  if (at + count > text.size()) {
    return std::nullopt;
  }
  for (const char digit : text.substr(at, count)) {
    if (digit < '0' || digit > '9') {
      return std::nullopt;
    }
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  return number;
}

}  // namespace

std::optional<double> number_of(std::string_view text) {
  const auto number = whole_text_as<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::size_t> whole_number_of(std::string_view text) {
  return whole_text_as<std::size_t>(text);
}

std::string whole_seconds(std::string_view moment) {
  constexpr std::size_t kWhole = std::string_view("2026-11-22T06:29:59").size();
  if (moment.size() <= kWhole || moment[kWhole] != '.') {
    return std::string(moment);
  }
  const auto year = digits(moment, 0, 4), month = digits(moment, 5, 2), day = digits(moment, 8, 2);
  const auto hour = digits(moment, 11, 2), minute = digits(moment, 14, 2);
  const auto second = digits(moment, 17, 2), tenth = digits(moment, kWhole + 1, 1);
  if (!year || !month || !day || !hour || !minute || !second || !tenth) {
    return std::string(moment);
  }
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day));
  if (!date.ok()) {
    return std::string(moment);
  }
  const auto rounded = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                       std::chrono::minutes(*minute) +
                       std::chrono::seconds(*second + (*tenth >= 5 ? 1 : 0));
  const auto midnight = std::chrono::floor<std::chrono::days>(rounded);
  const std::chrono::year_month_day shown(midnight);
  const std::chrono::hh_mm_ss clock(rounded - midnight);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(shown.year()),
                     static_cast<unsigned>(shown.month()), static_cast<unsigned>(shown.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace muster::desk
