// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace muster::secretariat {
namespace {

Tone tone_of(model::Level level) {
  if (level == 1) {
    return Tone::good;
  }
  return level == 4 || level == model::kReorganising ? Tone::bad : Tone::plain;
}

Tone tone_of(model::Freshness freshness) {
  switch (freshness) {
    case model::Freshness::fresh:
      return Tone::good;
    case model::Freshness::ageing:
      return Tone::plain;
    case model::Freshness::stale:
      return Tone::warning;
    case model::Freshness::expired:
      return Tone::bad;
  }
  return Tone::plain;
}

std::string level_word(model::Level level) {
  if (level == model::kReorganising) {
    return "5 REORGANISING";
  }
  return level == model::kNotMeasured ? "6 NOT MEASURED" : std::to_string(level);
}

}  // namespace

std::string whole_seconds(model::UtcTime time) {
  return model::format_time(std::chrono::floor<std::chrono::seconds>(time));
}

std::string whole_minutes(model::UtcTime time) {
  constexpr std::size_t kUpToMinutes = std::string_view("2026-11-20T05:30").size();
  return whole_seconds(time).substr(0, kUpToMinutes) + "Z";
}

Cell time_cell(std::optional<model::UtcTime> time) {
  if (!time) {
    return cell(std::string());
  }
  return {.value = model::format_time(*time),
          .shown = whole_seconds(*time),
          .brief = whole_minutes(*time)};
}

Cell level_cell(model::Level level) {
  return {.value = std::to_string(level), .shown = level_word(level), .tone = tone_of(level)};
}

Cell freshness_cell(model::Freshness freshness) {
  auto made = cell(model::to_text(freshness));
  made.tone = tone_of(freshness);
  return made;
}

Cell verdict_cell(model::Verdict verdict) {
  auto made = cell(model::to_text(verdict));
  made.tone = verdict == model::Verdict::accepted ? Tone::good : Tone::bad;
  return made;
}

Cell day_cell(std::optional<model::UtcTime> time) {
  auto made = time_cell(time);
  if (time && *time == std::chrono::floor<std::chrono::days>(*time)) {
    made.brief = made.brief.substr(0, made.brief.find('T'));
  }
  return made;
}

Cell change_cell(std::int64_t change) {
  return {.value = std::to_string(change),
          .shown = change > 0 ? fmt::format("+{}", change) : std::to_string(change)};
}

Cell code_cell(std::string code_name) {
  auto made = cell(std::move(code_name));
  made.shown = spaced(made.shown);
  return made;
}

Cell report_cell(const model::ReportId& report) {
  return cell(report.node.empty() ? std::string() : report.str());
}

std::string join(const std::vector<model::Task>& tasks) {
  std::string joined;
  for (const auto task : tasks) {
    joined += joined.empty() ? "" : " ";
    joined += model::to_text(task);
  }
  return joined;
}

std::string spaced(std::string_view code_name) {
  std::string words(code_name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) {
    return "not measured";
  }
  const auto tenths = part * 1000 / whole;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::string join(const std::vector<model::Nation>& nations) {
  std::string joined;
  for (const auto& nation : nations) {
    joined += joined.empty() ? "" : ", ";
    joined += nation.view();
  }
  return joined;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace muster::secretariat
