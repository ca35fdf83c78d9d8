// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "nodes/secretariat/bars.h"

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

struct ShortName {
  std::string_view code, title;
};
constexpr std::array kShortNames{
    ShortName{"OBSERVER_GROUP", "OBSERVER"}, ShortName{"COMBAT_SUPPORT", "CBT SUP"},
    ShortName{"TECHNICAL_SUPPORT", "TECH SUP"}, ShortName{"REAR_SUPPORT", "REAR SUP"}};

std::string level_word(model::Level level) {
  if (level == model::kReorganising) {
    return "5 REORGANISING";
  }
  return level == model::kNotMeasured ? "6 NOT MEASURED" : std::to_string(level);
}

constexpr std::string_view kBetween = " · ";

/// One line, with line feeds between the parts that do not stand beside each other.
std::string folded_line(std::string_view rest, std::size_t most) {
  std::string made;
  std::size_t width = 0;  // Of the last line of it.
  for (bool is_first = true; is_first || !rest.empty(); is_first = false) {
    const auto cut = std::min(rest.find(kBetween), rest.size());
    const auto part = rest.substr(0, cut);
    rest.remove_prefix(std::min(cut + kBetween.size(), rest.size()));
    const auto beside = width + characters(kBetween) + characters(part);
    if (!is_first && beside <= most) {
      made.append(kBetween).append(part);
      width = beside;
      continue;
    }
    made += is_first ? "" : "\n";
    const auto lines = wrapped(part, most);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      made += (i == 0 ? "" : "\n") + lines[i];
    }
    width = characters(lines.back());
  }
  return made;
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

std::string hours_words(std::uint64_t minutes) {
  const auto tenths = (minutes + 5) / 6;
  return tenths % 10 == 0 ? fmt::format("{} h", tenths / 10)
                          : fmt::format("{}.{} h", tenths / 10, tenths % 10);
}

Cell minutes_cell(std::optional<std::uint64_t> minutes) {
  if (!minutes) {
    return cell(std::string());
  }
  return {.value = std::to_string(*minutes), .shown = hours_words(*minutes)};
}

Cell permille_cell(std::optional<std::uint64_t> permille) {
  constexpr std::uint64_t kWhole = 1000;
  if (!permille) {
    return cell(std::string());
  }
  return {.value = std::to_string(*permille),
          .shown = percent(*permille, kWhole),
          .tone = *permille > kWhole ? Tone::bad : Tone::plain};
}

Cell lacking_cell(std::uint64_t count) {
  auto made = cell(count);
  if (count == 0) {
    made.shown = "-";
  } else {
    made.tone = Tone::bad;
  }
  return made;
}

std::string join(const std::vector<model::Task>& tasks) {
  std::string joined;
  for (const auto task : tasks) {
    joined += joined.empty() ? "" : " ";
    joined += model::to_text(task);
  }
  return joined;
}

std::string for_tasks(const std::vector<model::Task>& tasks) {
  return "for " + (tasks.empty() ? std::string("any task") : join(tasks));
}

std::string short_capability(const std::string& capability) {
  const auto* found =
      std::find_if(kShortNames.begin(), kShortNames.end(),
                   [&](const ShortName& entry) { return entry.code == capability; });
  return found == kShortNames.end() ? spaced(capability) : std::string(found->title);
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

std::vector<std::string> wrapped(std::string_view text, std::size_t most) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    auto& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (characters(line) + 1 + characters(word) <= most) {
      line += " " + word;
    } else {
      lines.push_back(word);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string folded(std::string_view text, std::size_t most) {
  std::string made;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    made += folded_line(text.substr(0, end), most);
    made += end < text.size() ? "\n" : "";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return made;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace muster::secretariat
