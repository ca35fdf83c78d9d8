// SPDX-License-Identifier: Apache-2.0
// Who is ready, how the force builds up, and the matrix of capabilities.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

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

std::uint64_t most_claimed(const model::BuildupAnswer& answer) {
  std::uint64_t most = 0;
  for (const auto& step : answer.steps) {
    most = std::max(most, step.cumulative.claimed);
  }
  return most;
}

void add_bars(Sheet& sheet, const model::BuildupAnswer& answer, std::size_t columns) {
  const auto width = room_for_bar(sheet, columns);
  const auto most = most_claimed(answer);
  sheet.columns.push_back({"bar", "SO FAR", false, Seen::table_only});
  for (std::size_t i = 0; i < answer.steps.size(); ++i) {
    sheet.rows[i].cells.push_back(
        {.value = {}, .shown = assurance_bar(answer.steps[i].cumulative, most, width)});
  }
}

// ---- matrix -------------------------------------------------------------------------------------

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
    made.columns.push_back({capability, short_capability(capability), true});
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
