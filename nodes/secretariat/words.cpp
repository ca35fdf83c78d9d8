// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/words.h"

#include <fmt/format.h>

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
