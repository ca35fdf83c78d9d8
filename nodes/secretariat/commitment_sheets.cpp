// SPDX-License-Identifier: Apache-2.0
// Who is promised where, who stands by, what they live on, and who goes home.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// Days in a table that is not wide: until when matters there, not at what hour.
Cell date_cell(std::optional<model::UtcTime> time) {
  auto made = day_cell(time);
  if (time) {
    made.brief = made.brief.substr(0, made.brief.find('T'));
  }
  return made;
}

/// People who are promised to somebody else as well.
Cell twice_cell(std::uint64_t people) {
  auto made = lacking_cell(people);
  made.shown += people > 0 ? " twice" : "";
  return made;
}

std::vector<Column> commitment_columns() {
  return {{"contribution", "CONTRIBUTION", false, Seen::wide},
          {"operation", "OPERATION"},
          {"line", "LINE"},
          {"unit", "UNIT"},
          {"people", "PEOPLE", true},
          {"state", "STATE"},
          {"from", "FROM"},
          {"to", "TO"},
          {"overlap_people", "PROMISED", true},
          {"equipment", "EQUIPMENT", false, Seen::wide},
          {"authority", "AUTHORITY", false, Seen::wide},
          {"transfer_of_authority_at", "TRANSFER", false, Seen::wide},
          {"variation", "VARIATION", false, Seen::wide},
          {"report", "REPORT", false, Seen::wide}};
}

Row commitment_row(const model::CommitmentRow& from) {
  return {.cells = {cell(from.contribution), cell(std::string(from.operation.view())),
                    cell(std::string(from.line.view())), cell(from.unit.str()), cell(from.people),
                    code_cell(model::to_text(from.state)), date_cell(from.from), date_cell(from.to),
                    twice_cell(from.overlap_people), code_cell(equipment_words(from.equipment)),
                    cell(model::to_text(from.authority)), time_cell(from.transfer_of_authority_at),
                    cell(from.variation), report_cell(from.report)},
          .parent = {}};
}

Sheet burden_sheet(const model::CommitmentsAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"nation", "NATION"},
                  {"committed", "COMMITTED", true},
                  {"deployable", "DEPLOYABLE", true},
                  {"depletion_permille", "DEPLETION", true}};
  std::vector<Depletion> depletion;
  for (const auto& nation : answer.nations) {
    made.rows.push_back(
        {.cells = {cell(std::string(nation.nation.view())), cell(nation.committed),
                   cell(nation.deployable), permille_cell(nation.depletion_permille)},
         .parent = {}});
    depletion.push_back({nation.committed, nation.deployable});
  }
  if (layout.is_picture) {
    add_depletion_bars(made, layout.columns, depletion);
  }
  return made;
}

/// Nobody stands by in an empty slot.
Cell holder_cell(const model::StandbyRow& row) {
  auto made = cell(row.unit ? row.unit->str() : std::string());
  if (!row.unit) {
    made.shown = "(nobody)";
    made.tone = Tone::bad;
  }
  return made;
}

Cell empty_cell(const model::StandbyRow& row) {
  if (row.unit) {
    return cell(std::string());
  }
  auto made = cell(std::uint64_t{row.empty_days});
  made.shown = counted(row.empty_days, "day");
  made.tone = Tone::bad;
  return made;
}

}  // namespace

Sheet sheet(const model::CommitmentsAnswer& answer) {
  Sheet made;
  made.columns = commitment_columns();
  for (const auto& row : answer.rows) {
    made.rows.push_back(commitment_row(row));
  }
  return made;
}

std::vector<Annex> annexes(const model::CommitmentsAnswer& answer, const Layout& layout) {
  if (answer.nations.empty()) {
    return {};
  }
  return {{.title = "Of each nation:", .sheet = burden_sheet(answer, layout)}};
}

Sheet sheet(const model::StandbyAnswer& answer) {
  Sheet made;
  made.columns = {{"role", "ROLE"}, {"unit", "UNIT"}, {"people", "PEOPLE", true},
                  {"from", "FROM"}, {"to", "TO"},     {"empty_days", "EMPTY", true}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {code_cell(model::to_text(row.role)), holder_cell(row), cell(row.people),
                   day_cell(row.from), day_cell(row.to), empty_cell(row)},
         .parent = {}});
  }
  return made;
}

Sheet sheet(const model::SustainmentAnswer& answer) {
  Sheet made;
  made.columns = {{"category", "CATEGORY"},
                  {"covered_people", "COVERED", true},
                  {"days", "DAYS", true},
                  {"supplied_person_days", "SUPPLIED", true},
                  {"shortfall_person_days", "SHORT OF", true},
                  {"units", "UNITS", true},
                  {"silent_units", "SILENT", true}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {code_cell(model::to_text(row.category)), cell(row.covered_people),
                   cell(std::uint64_t{row.days}), cell(row.supplied_person_days),
                   lacking_cell(row.shortfall_person_days), cell(std::uint64_t{row.units}),
                   cell(std::uint64_t{row.silent_units})},
         .parent = {}});
  }
  return made;
}

Sheet sheet(const model::WithdrawalAnswer& answer) {
  Sheet made;
  made.columns = {{"unit", "UNIT"},
                  {"in_place", "IN PLACE", true},
                  {"returning", "RETURNING", true},
                  {"released", "RELEASED", true},
                  {"planned_release", "PLANNED RELEASE"}};
  for (const auto& row : answer.rows) {
    made.rows.push_back({.cells = {cell(row.unit.str()), cell(row.in_place), cell(row.returning),
                                   cell(row.released), day_cell(row.planned_release)},
                         .parent = {}});
  }
  made.total = Row{.cells = {cell("TOTAL"),
                             cell(answer.in_place),
                             cell(answer.returning),
                             cell(answer.released),
                             {.value = {}, .shown = {}}},
                   .parent = {}};
  return made;
}

std::string facts(const model::CommitmentsAnswer& answer) {
  return fmt::format(
      "{}: {} people accepted or later, {} of them committed · promised twice {}\n"
      "In place beyond their time {}, relieved {} · rotation debt {}\n",
      counted(answer.rows.size(), "slice"), answer.accepted, answer.committed,
      answer.overlap_people, answer.overdue, answer.relieved, answer.rotation_debt);
}

std::string facts(const model::StandbyAnswer& answer) {
  const auto empty = std::count_if(answer.rows.begin(), answer.rows.end(),
                                   [](const auto& row) { return !row.unit; });
  return fmt::format("Stand-by from {} to {} · {} empty\n", whole_minutes(answer.from),
                     whole_minutes(answer.to), counted(static_cast<std::uint64_t>(empty), "slot"));
}

std::string facts(const model::SustainmentAnswer& answer) {
  return fmt::format(
      "{} · {} people for {}: {} person-days in each category\n"
      "Units that say nothing of a category are SILENT, not without\n",
      answer.operation.view(), answer.people, counted(answer.days, "day"),
      answer.people * answer.days);
}

std::string facts(const model::WithdrawalAnswer& answer) {
  return fmt::format("{} · {} people in place, {} on the way back, {} released\n",
                     answer.operation.view(), answer.in_place, answer.returning, answer.released);
}

}  // namespace muster::secretariat
