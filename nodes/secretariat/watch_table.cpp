// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/watch_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/screen_text.h"
#include "nodes/secretariat/told.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kNameMax = 60;

/// What a table has, from the richest to the poorest.
struct Choice {
  bool has_all = false;  ///< What `-o wide` adds.
  bool has_since = true, has_kind = true, has_committed = true;
  bool is_brief = false;      ///< Short titles.
  std::size_t name_min = 14;  ///< With less for a name, a poorer table is better.
};
constexpr std::array kChoices{
    Choice{.has_all = true, .name_min = 30},
    Choice{.name_min = 30},
    Choice{.has_since = false, .name_min = 20},
    Choice{.has_since = false, .is_brief = true},
    Choice{.has_since = false, .has_kind = false, .is_brief = true},
    Choice{.has_since = false, .has_kind = false, .has_committed = false, .is_brief = true}};

/// Bars as high as the level is good, so that it is seen without being read.
std::string level_shown(model::Level level) {
  constexpr std::array<std::string_view, 7> kSigns{"?", "█", "▆", "▄", "▂", "↻", "·"};
  const auto place = level < kSigns.size() ? level : 0;
  return fmt::format("{} {}", level, kSigns.at(place));
}

Cell mark_cell(RowMark mark) {
  switch (mark) {
    case RowMark::none:
      return {};
    case RowMark::changed:
      return {.value = {}, .shown = "»", .tone = Tone::warning};
    case RowMark::added:
      return {.value = {}, .shown = "+", .tone = Tone::warning};
  }
  return {};
}

Cell level_sign_cell(model::Level level) {
  auto made = level_cell(level);
  made.shown = level_shown(level);
  return made;
}

/// "FRESH 3 h": the word alone when nobody has spoken.
Cell age_cell(const model::FeedUnit& unit, model::UtcTime now, const words::Words& words) {
  const auto freshness = model::freshness_at(unit, now);
  auto made = freshness_cell(freshness);
  if (unit.valid_at) {
    made.shown = fmt::format("{} {}", made.shown, words.tell(age_words(*unit.valid_at, now)));
  }
  if (freshness == model::Freshness::stale || freshness == model::Freshness::expired) {
    made.shown += " !";
  }
  return made;
}

std::string code_of(const model::UnitId& unit) {
  const auto text = unit.view();
  return std::string(text.substr(std::min(text.find(':') + 1, text.size())));
}

std::string joined(const std::vector<model::Code>& codes) {
  std::string text;
  for (const auto& code : codes) {
    text += text.empty() ? "" : " ";
    text += code.view();
  }
  return text;
}

class TableMaker {
 public:
  TableMaker(const std::vector<WatchRow>& rows, model::UtcTime now, const words::Words& words)
      : rows_(rows), now_(now), words_(words) {}

  [[nodiscard]] Sheet sheet(const Choice& choice, std::size_t name_max) const {
    Sheet made{.columns = columns(choice), .rows = {}, .total = {}};
    for (const auto& row : rows_) {
      made.rows.push_back({.cells = cells(row, choice, name_max), .parent = {}});
    }
    return told(std::move(made), words_);
  }

 private:
  static std::vector<Column> columns(const Choice& choice);
  [[nodiscard]] std::vector<Cell> cells(const WatchRow& row, const Choice& choice,
                                        std::size_t name_max) const;

  const std::vector<WatchRow>& rows_;
  model::UtcTime now_;
  const words::Words& words_;
};

std::vector<Column> TableMaker::columns(const Choice& choice) {
  const auto figure = [&](Column full, Column brief) { return choice.is_brief ? brief : full; };
  std::vector<Column> made{{"mark", " "},
                           figure({"nation", "NATION"}, {"nation", "NAT"}),
                           {"unit", "UNIT"},
                           {"name", "NAME"}};
  if (choice.has_all) {
    made.insert(made.end(), {{"component", "COMPONENT"}, {"echelon", "ECHELON"}});
  }
  if (choice.has_kind) {
    made.push_back({"element_kind", "KIND"});
  }
  made.push_back(figure({"level", "LEVEL"}, {"level", "LVL"}));
  if (choice.has_all) {
    made.push_back({"authorised", "AUTHORISED", true});
  }
  made.push_back(figure({"present", "PRESENT", true}, {"present", "PRES", true}));
  made.push_back(figure({"deployable", "DEPLOYABLE", true}, {"deployable", "DEPL", true}));
  if (choice.has_committed) {
    made.push_back(figure({"committed", "COMMITTED", true}, {"committed", "COMM", true}));
  }
  made.push_back({"age", "AGE"});
  if (choice.has_since) {
    made.push_back({"valid_at", "SINCE"});
  }
  if (choice.has_all) {
    made.push_back({"operations", "OPERATIONS"});
  }
  return made;
}

std::vector<Cell> TableMaker::cells(const WatchRow& row, const Choice& choice,
                                    std::size_t name_max) const {
  const auto& unit = *row.unit;
  std::vector<Cell> made{mark_cell(row.mark), cell(std::string(unit.unit.nation().view())),
                         cell(code_of(unit.unit)), cell(shortened(harmless(unit.name), name_max))};
  if (choice.has_all) {
    made.insert(made.end(),
                {cell(model::to_text(unit.component)), cell(model::to_text(unit.echelon))});
  }
  if (choice.has_kind) {
    made.push_back(cell(short_capability(model::to_text(unit.element_kind))));
  }
  made.push_back(level_sign_cell(unit.level));
  if (choice.has_all) {
    made.push_back(cell(unit.own.authorised));
  }
  made.push_back(cell(unit.own.present));
  made.push_back(cell(unit.own.deployable));
  if (choice.has_committed) {
    auto committed = cell(unit.committed);
    committed.shown = unit.committed == 0 ? "-" : committed.shown;
    made.push_back(std::move(committed));
  }
  made.push_back(age_cell(unit, now_, words_));
  if (choice.has_since) {
    auto since = time_cell(unit.valid_at);
    since.shown = unit.valid_at ? since.brief : since.shown;
    made.push_back(std::move(since));
  }
  if (choice.has_all) {
    made.push_back(cell(joined(unit.operations)));
  }
  return made;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(cut(text.substr(0, end), columns));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::string age_words(model::UtcTime then, model::UtcTime now) {
  using std::chrono::hours;
  using std::chrono::minutes;
  const auto age = std::max(now - then, model::Duration::zero());
  if (age < hours(1)) {
    return fmt::format("{} min", std::chrono::floor<minutes>(age).count());
  }
  const auto whole = std::chrono::floor<hours>(age).count();
  constexpr int kInHoursUpTo = 72;
  return whole < kInHoursUpTo ? fmt::format("{} h", whole) : fmt::format("{} d", whole / 24);
}

std::vector<std::string> watch_table(const std::vector<WatchRow>& rows, model::UtcTime now,
                                     std::size_t columns, TableStyle style,
                                     const words::Words& words) {
  const TableMaker maker(rows, now, words);
  std::size_t room = kChoices.back().name_min;
  const Choice* chosen = &kChoices.back();
  for (const auto& choice : kChoices) {
    if (choice.has_all && !style.wide) {
      continue;
    }
    const auto least = width_of(maker.sheet(choice, choice.name_min));
    if (least <= columns) {
      chosen = &choice;
      room = std::min(choice.name_min + columns - least, kNameMax);
      break;
    }
  }
  return lines_of(render_table(maker.sheet(*chosen, room), {.colour = style.colour}), columns);
}

}  // namespace muster::secretariat
