// SPDX-License-Identifier: Apache-2.0
// Who is ready, how the force builds up, and the matrix of capabilities.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// "for T03 T08", or "for any task".
std::string for_tasks(const std::vector<model::Task>& tasks) {
  return "for " + (tasks.empty() ? std::string("any task") : join(tasks));
}

void add_people(Row& row, const model::Assurance& people) {
  for (const auto count : {people.certain, people.likely, people.claimed}) {
    row.cells.push_back(cell(count));
  }
}

Row ready_row(const model::ReadyRow& from) {
  Row row{.cells = {cell(std::string(from.nation.view())),
                    code_cell(model::to_text(from.element_kind)), cell(std::uint64_t{from.units})},
          .parent = {}};
  add_people(row, from.people);
  return row;
}

// ---- bars ---------------------------------------------------------------------------------------

constexpr std::size_t kBarMin = 10;
constexpr std::size_t kGap = 2;  // Between two columns of a table.

/// Told apart without colour: full, dense and thin.
constexpr std::string_view kCertain = "█";
constexpr std::string_view kLikely = "▓";
constexpr std::string_view kClaimed = "░";

/// Blocks that stand for `people`; at least one when there is anybody.
std::size_t blocks(std::uint64_t people, std::uint64_t most, std::size_t width) {
  return most == 0 ? 0 : static_cast<std::size_t>((people * width + most - 1) / most);
}

std::string repeated(std::string_view block, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += block;
  }
  return text;
}

std::string bar(const model::Assurance& people, std::uint64_t most, std::size_t width) {
  const auto certain = blocks(people.certain, most, width);
  const auto likely = std::max(certain, blocks(people.likely, most, width));
  const auto claimed = std::max(likely, blocks(people.claimed, most, width));
  return repeated(kCertain, certain) + repeated(kLikely, likely - certain) +
         repeated(kClaimed, claimed - likely);
}

/// How many places the columns of a narrow table take, with the gap behind each. Digits and names
/// of codes are one byte a place.
std::size_t width_of(const Sheet& sheet) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const auto& column = sheet.columns[i];
    if (column.seen != Seen::always) {
      continue;
    }
    auto width = column.title.size();
    for (const auto& row : sheet.rows) {
      width = std::max(width, row.cells[i].shown.size());
    }
    sum += width + kGap;
  }
  return sum;
}

std::uint64_t most_claimed(const model::BuildupAnswer& answer) {
  std::uint64_t most = 0;
  for (const auto& step : answer.steps) {
    most = std::max(most, step.cumulative.claimed);
  }
  return most;
}

void add_bars(Sheet& sheet, const model::BuildupAnswer& answer, std::size_t columns) {
  const auto taken = width_of(sheet);
  const auto width = columns > taken + kBarMin ? columns - taken : kBarMin;
  const auto most = most_claimed(answer);
  sheet.columns.push_back({"bar", "SO FAR", false, Seen::table_only});
  for (std::size_t i = 0; i < answer.steps.size(); ++i) {
    sheet.rows[i].cells.push_back(
        {.value = {}, .shown = bar(answer.steps[i].cumulative, most, width)});
  }
}

// ---- matrix -------------------------------------------------------------------------------------

struct ShortName {
  std::string_view code, title;
};
constexpr std::array kShortNames{
    ShortName{"OBSERVER_GROUP", "OBSERVER"}, ShortName{"COMBAT_SUPPORT", "CBT SUP"},
    ShortName{"TECHNICAL_SUPPORT", "TECH SUP"}, ShortName{"REAR_SUPPORT", "REAR SUP"}};

/// Short enough for eight columns on a screen of 100.
std::string short_title(const std::string& capability) {
  const auto* found =
      std::find_if(kShortNames.begin(), kShortNames.end(),
                   [&](const ShortName& entry) { return entry.code == capability; });
  return found == kShortNames.end() ? spaced(capability) : std::string(found->title);
}

/// The place of an element kind in its list; tasks and unknown kinds come behind, by name.
unsigned order_of(const std::string& capability) {
  const auto kind = model::from_text<model::ElementKind>(capability);
  return kind ? static_cast<unsigned>(*kind) : 256U;
}

std::vector<std::string> capabilities_of(const model::MatrixAnswer& answer) {
  std::vector<std::string> names;
  for (const auto& cell : answer.cells) {
    names.push_back(cell.capability);
  }
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::pair(order_of(a), a) < std::pair(order_of(b), b);
  });
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string_view arrow_of(std::int64_t change) {
  if (change == 0) {
    return "→";
  }
  return change > 0 ? "↑" : "↓";
}

/// One sign each behind the people, so that the people stand in line.
Cell grid_cell(const model::MatrixCell& from) {
  const auto level = from.level == model::kNotMeasured ? "-" : std::to_string(from.level);
  auto made = level_cell(from.level);
  made.value.clear();
  made.shown = fmt::format("{} {}{}{}", from.people, level, arrow_of(from.change),
                           from.stale_people > 0 ? "*" : " ");
  return made;
}

}  // namespace

Sheet sheet(const model::ReadyAnswer& answer) {
  Sheet made;
  made.columns = {{"nation", "NATION"},       {"element_kind", "ELEMENT KIND"},
                  {"units", "UNITS", true},   {"certain", "CERTAIN", true},
                  {"likely", "LIKELY", true}, {"claimed", "CLAIMED", true}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(ready_row(row));
  }
  made.total = ready_row(answer.total);
  made.total->cells[0] = cell("TOTAL");
  made.total->cells[1] = {.value = {}, .shown = {}};
  return made;
}

Sheet left_out_sheet(const model::ReadyAnswer& answer) {
  Sheet made;
  made.columns = {
      {"unit", "UNIT"}, {"reason", "REASON"}, {"people", "PEOPLE", true}, {"detail", "DETAIL"}};
  for (const auto& row : answer.left_out) {
    made.rows.push_back(
        {.cells = {cell(std::string(row.unit.view())), code_cell(model::to_text(row.reason)),
                   cell(row.people), cell(row.detail)},
         .parent = {}});
  }
  return made;
}

Sheet buildup_sheet(const model::BuildupAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"hour", "HOUR", true},
                  {"nation", "NATION"},
                  {"role", "ROLE"},
                  {"units", "UNITS", true},
                  {"certain", "+CERTAIN", true, Seen::wide},
                  {"likely", "+LIKELY", true, Seen::wide},
                  {"claimed", "+CLAIMED", true, Seen::wide},
                  {"cumulative_certain", "CERTAIN", true},
                  {"cumulative_likely", "LIKELY", true},
                  {"cumulative_claimed", "CLAIMED", true}};
  for (const auto& step : answer.steps) {
    Row row{.cells = {cell(std::uint64_t{step.hour}), cell(std::string(step.nation.view())),
                      code_cell(step.role ? model::to_text(*step.role) : std::string()),
                      cell(std::uint64_t{step.units})},
            .parent = {}};
    add_people(row, step.people);
    add_people(row, step.cumulative);
    made.rows.push_back(std::move(row));
  }
  if (layout.is_picture) {
    add_bars(made, answer, layout.columns);
  }
  return made;
}

Sheet sheet(const model::MatrixAnswer& answer) {
  Sheet made;
  made.columns = {{"nation", "NATION"},
                  {"capability", "CAPABILITY"},
                  {"units", "UNITS", true},
                  {"people", "PEOPLE", true},
                  {"level", "LEVEL"},
                  {"change", "CHANGE", true},
                  {"stale_people", "STALE PEOPLE", true}};
  for (const auto& from : answer.cells) {
    made.rows.push_back(
        {.cells = {cell(std::string(from.nation.view())), cell(from.capability),
                   cell(std::uint64_t{from.units}), cell(from.people), level_cell(from.level),
                   change_cell(from.change), cell(from.stale_people)},
         .parent = {}});
  }
  return made;
}

Sheet matrix_grid(const model::MatrixAnswer& answer) {
  const auto capabilities = capabilities_of(answer);
  Sheet made;
  made.columns.push_back({"nation", "NATION"});
  for (const auto& capability : capabilities) {
    made.columns.push_back({capability, short_title(capability), true});
  }
  const Cell nothing{.value = {}, .shown = "·   "};
  for (const auto& from : answer.cells) {
    if (made.rows.empty() || made.rows.back().cells[0].value != from.nation.view()) {
      Row row{.cells = std::vector<Cell>(made.columns.size(), nothing), .parent = {}};
      row.cells[0] = cell(std::string(from.nation.view()));
      made.rows.push_back(std::move(row));
    }
    const auto place = std::find(capabilities.begin(), capabilities.end(), from.capability);
    made.rows.back().cells[static_cast<std::size_t>(place - capabilities.begin()) + 1] =
        grid_cell(from);
  }
  return made;
}

std::string facts(const model::ReadyAnswer& answer) {
  return fmt::format("Ready within {} h {}\n", answer.within_h, for_tasks(answer.tasks));
}

std::string facts(const model::BuildupAnswer& answer) {
  return fmt::format(
      "Build-up over {} h {}: the force so far, up to and with each line\n"
      "{} certain  {} likely  {} claimed · a full bar is {} people\n",
      answer.horizon_h, for_tasks(answer.tasks), kCertain, kLikely, kClaimed, most_claimed(answer));
}

std::string facts(const model::MatrixAnswer& answer) {
  return fmt::format(
      "Deployable people, worst level (1 to 5, - not measured), trend against {} before (↑ → ↓)\n"
      "* some of them rest on stale words\n",
      counted(answer.trend_days, "day"));
}

}  // namespace muster::secretariat
