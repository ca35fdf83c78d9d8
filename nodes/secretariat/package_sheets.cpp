// SPDX-License-Identifier: Apache-2.0
// The best force package: who serves where, what lacks, and who is not in it.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// With a second operation, every line is named with its own.
bool has_many_operations(const model::AssembleAnswer& answer) {
  return std::any_of(answer.lines.begin(), answer.lines.end(), [&](const model::PackageLine& line) {
    return line.operation != answer.lines.front().operation;
  });
}

Seen seen_operation(const model::AssembleAnswer& answer) {
  return has_many_operations(answer) ? Seen::always : Seen::wide;
}

std::string line_name(const model::AssembleAnswer& answer, const model::PackageLine& line) {
  return has_many_operations(answer)
             ? fmt::format("{} {}", line.operation.view(), line.line.line_id.view())
             : std::string(line.line.line_id.view());
}

/// When its last slice is there.
Cell complete_cell(const model::PackageLine& line) {
  auto made = minutes_cell(line.complete_min);
  if (!line.complete_min) {
    made.shown = "not met";
    made.tone = Tone::bad;
  } else if (*line.complete_min == 0) {
    made.shown = "in place";
  }
  return made;
}

Row line_row(const model::PackageLine& from) {
  auto kind = code_cell(model::to_text(from.line.element_kind));
  kind.brief = short_capability(kind.value);
  return {.cells = {cell(std::string(from.operation.view())),
                    cell(std::string(from.line.line_id.view())),
                    kind,
                    cell(join(from.line.tasks)),
                    {.value = from.line.must_have ? "true" : "false",
                     .shown = from.line.must_have ? "yes" : "no"},
                    {.value = std::to_string(from.line.needed_within_h),
                     .shown = fmt::format("{} h", from.line.needed_within_h)},
                    cell(std::uint64_t{from.line.people_min}),
                    cell(from.people),
                    lacking_cell(from.lacking),
                    complete_cell(from),
                    code_cell(causes_words(from.blocked, 0)),
                    cell(from.fix ? from.fix->text : std::string())},
          .parent = {}};
}

Row total_row(const model::AssembleAnswer& answer, std::size_t columns) {
  std::uint64_t needed = 0;
  std::uint64_t people = 0;
  std::uint64_t lacking = 0;
  for (const auto& line : answer.lines) {
    needed += line.line.people_min;
    people += line.people;
    lacking += line.lacking;
  }
  Row row{.cells = std::vector<Cell>(columns), .parent = {}};
  // In the first column that every table shows.
  row.cells[has_many_operations(answer) ? 0 : 1] = cell("TOTAL");
  row.cells[6] = cell(needed);
  row.cells[7] = cell(people);
  row.cells[8] = lacking_cell(lacking);
  return row;
}

/// "in place", or when they are ready.
Cell ready_cell(const model::PackageSlice& slice) {
  auto made = minutes_cell(slice.ready_min);
  made.shown = slice.ready_min == 0 ? "in place" : made.shown;
  return made;
}

Cell items_cell(const std::vector<model::EquipmentCount>& equipment) {
  std::uint64_t items = 0;
  for (const auto& kind : equipment) {
    items += kind.count;
  }
  auto made = code_cell(equipment_words(equipment));
  made.brief = items == 0 ? "-" : counted(items, "item");
  return made;
}

/// Some bring nothing but their items.
Cell people_cell(std::uint64_t people) {
  auto made = cell(people);
  made.shown = people == 0 ? "-" : made.shown;
  return made;
}

Sheet slices_sheet(const model::AssembleAnswer& answer) {
  Sheet made;
  made.columns = {{"operation", "OPERATION", false, seen_operation(answer)},
                  {"line", "LINE"},
                  {"unit", "UNIT"},
                  {"people", "PEOPLE", true},
                  {"equipment", "EQUIPMENT"},
                  {"ready_min", "READY", true},
                  {"level", "LEVEL", false, Seen::wide},
                  {"freshness", "FRESHNESS"},
                  {"certainty", "CERTAINTY"},
                  {"contribution", "ACCEPTED AS"}};
  for (const auto& slice : answer.slices) {
    made.rows.push_back(
        {.cells = {cell(std::string(slice.operation.view())), cell(std::string(slice.line.view())),
                   cell(slice.unit.str()), people_cell(slice.people), items_cell(slice.equipment),
                   ready_cell(slice), level_cell(slice.level), freshness_cell(slice.freshness),
                   cell(model::to_text(slice.certainty)), cell(slice.contribution)},
         .parent = {}});
  }
  return made;
}

Sheet nations_sheet(const model::AssembleAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"nation", "NATION"},
                  {"units", "UNITS", true},
                  {"people", "PEOPLE", true},
                  {"committed", "ELSEWHERE", true},
                  {"deployable", "DEPLOYABLE", true},
                  {"depletion_permille", "DEPLETION", true}};
  for (const auto& nation : answer.nations) {
    made.rows.push_back(
        {.cells = {cell(std::string(nation.nation.view())), cell(std::uint64_t{nation.units}),
                   cell(nation.people), cell(nation.committed), cell(nation.deployable),
                   permille_cell(nation.depletion_permille)},
         .parent = {}});
  }
  if (layout.is_picture) {
    std::vector<Depletion> depletion;
    for (const auto& nation : answer.nations) {
      depletion.push_back({nation.people + nation.committed, nation.deployable});
    }
    add_depletion_bars(made, layout.columns, depletion);
  }
  return made;
}

Sheet unused_sheet(const model::AssembleAnswer& answer) {
  Sheet made;
  made.columns = {
      {"unit", "UNIT"}, {"reason", "REASON"}, {"people", "PEOPLE", true}, {"detail", "DETAIL"}};
  for (const auto& unused : answer.unused) {
    auto detail = cell(unused.detail);
    detail.brief = shortened(detail.shown, 48);
    made.rows.push_back(
        {.cells = {cell(unused.unit.str()), code_cell(model::to_text(unused.reason)),
                   cell(unused.people), std::move(detail)},
         .parent = {}});
  }
  return made;
}

std::vector<Unmet> unmet_of(const model::AssembleAnswer& answer) {
  std::vector<Unmet> unmet;
  for (const auto& line : answer.lines) {
    const auto lacking = lacking_words(line.lacking, line.equipment);
    if (!lacking.empty()) {
      unmet.push_back({.line = line_name(answer, line),
                       .lacking = lacking,
                       .why = causes_words(line.blocked, 0),
                       .fix = line.fix});
    }
  }
  return unmet;
}

/// "proven to be the best", or how far from it the package may be.
std::string proof_words(const model::AssembleAnswer& answer) {
  if (answer.is_optimal) {
    return "proven to be the best";
  }
  return fmt::format("not proven: up to {} from the best in {}", percent(answer.gap_permille, 1000),
                     answer.open_objective);
}

/// "all lines are met in 36 h", "2 of 8 lines not met".
std::string outcome_words(const model::AssembleAnswer& answer) {
  if (answer.lines.empty()) {
    return "there are no lines";
  }
  if (answer.is_met) {
    return answer.complete_min
               ? "every line is met, the last in " + hours_words(*answer.complete_min)
               : "every line is met";
  }
  const auto unmet = std::count_if(answer.lines.begin(), answer.lines.end(),
                                   [](const auto& line) { return !line.complete_min; });
  return fmt::format("{} of {} not met", unmet, counted(answer.lines.size(), "line"));
}

}  // namespace

Sheet package_sheet(const model::AssembleAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"operation", "OPERATION", false, seen_operation(answer)},
                  {"line", "LINE"},
                  {"element_kind", "KIND"},
                  {"tasks", "TASKS"},
                  {"must_have", "MUST"},
                  {"needed_within_h", "WITHIN", true},
                  {"people_min", "NEED", true},
                  {"people", "FOUND", true},
                  {"lacking", "LACKING", true},
                  {"complete_min", "COMPLETE", true},
                  {"blocked", "BLOCKED", false, Seen::wide},
                  {"fix", "CLOSED BY", false, Seen::wide}};
  for (const auto& line : answer.lines) {
    made.rows.push_back(line_row(line));
  }
  made.total = total_row(answer, made.columns.size());
  if (layout.is_picture) {
    const auto width = room_for_bar(made, layout.columns);
    made.columns.push_back({"bar", "FOUND OF NEED", false, Seen::table_only});
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
      const auto& line = answer.lines[i];
      made.rows[i].cells.push_back({.value = {},
                                    .shown = cover_bar(line.people, line.line.people_min, width),
                                    .tone = line.lacking > 0 ? Tone::bad : Tone::good});
    }
    made.total->cells.push_back({.value = {}, .shown = {}});
  }
  return made;
}

std::vector<Annex> annexes(const model::AssembleAnswer& answer, const Layout& layout) {
  std::vector<Annex> made;
  if (const auto unmet = unmet_of(answer); !unmet.empty()) {
    made.push_back(unmet_annex(unmet, layout));
  }
  if (!answer.slices.empty()) {
    made.push_back({.title = "The package:", .sheet = slices_sheet(answer)});
  }
  std::vector<LineEquipment> equipment;
  for (const auto& line : answer.lines) {
    equipment.push_back({line_name(answer, line), line.equipment});
  }
  for (auto& annex : equipment_annex(equipment)) {
    made.push_back(std::move(annex));
  }
  if (!answer.nations.empty()) {
    made.push_back({.title = "What each nation gives:", .sheet = nations_sheet(answer, layout)});
  }
  if (!answer.unused.empty()) {
    made.push_back({.title = "Not in the package:", .sheet = unused_sheet(answer)});
  }
  return made;
}

std::string facts(const model::AssembleAnswer& answer) {
  return fmt::format("{} · requirement version {} · goal {} · {} · {}\n", answer.operation.view(),
                     answer.version, spaced(model::to_text(answer.goal)), outcome_words(answer),
                     proof_words(answer)) +
         fmt::format("{}: {} people certain, {} likely, {} claimed\n",
                     counted(answer.units, "unit"), answer.people.certain, answer.people.likely,
                     answer.people.claimed);
}

}  // namespace muster::secretariat
