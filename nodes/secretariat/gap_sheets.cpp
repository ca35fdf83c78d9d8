// SPDX-License-Identifier: Apache-2.0
// What the lines of a requirement need, and what counts for them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kCandidatesShown = 3;  // Of each line, in a picture.

std::vector<Column> gap_columns() {
  return {{"line", "LINE"},
          {"element_kind", "KIND"},
          {"tasks", "TASKS"},
          {"must_have", "MUST"},
          {"needed_within_h", "WITHIN", true},
          {"people_min", "NEED", true},
          {"people_max", "AT MOST", true, Seen::wide},
          {"offered", "OFFERED", true},
          {"counted", "COUNTED", true},
          {"lacking", "LACKING", true},
          {"causes", "NOT COUNTED", false, Seen::wide},
          {"not_offered", "NOT OFFERED", true, Seen::wide},
          {"candidates", "CANDIDATES", true, Seen::wide},
          {"candidate_people", "THEIR PEOPLE", true, Seen::wide},
          {"fix", "CLOSED BY", false, Seen::wide}};
}

std::vector<Cell> line_cells(const model::RequirementLine& line) {
  auto kind = code_cell(model::to_text(line.element_kind));
  kind.brief = short_capability(kind.value);
  const Cell must{.value = line.must_have ? "true" : "false",
                  .shown = line.must_have ? "yes" : "no"};
  return {cell(std::string(line.line_id.view())),
          kind,
          cell(join(line.tasks)),
          must,
          {.value = std::to_string(line.needed_within_h),
           .shown = fmt::format("{} h", line.needed_within_h)},
          cell(std::uint64_t{line.people_min}),
          cell(std::uint64_t{line.people_max})};
}

Row gap_row(const model::LineGap& gap) {
  Row row{.cells = line_cells(gap.line), .parent = {}};
  row.cells.insert(row.cells.end(),
                   {cell(gap.offered), cell(gap.counted), lacking_cell(gap.lacking),
                    code_cell(causes_words(gap.causes, 0)), cell(gap.not_offered),
                    cell(std::uint64_t{gap.candidates}), cell(gap.candidate_people),
                    cell(gap.fix ? gap.fix->text : std::string())});
  return row;
}

/// Counted of wanted. The word TOTAL stands where the first line stands.
Row total_row(const model::GapsAnswer& answer, std::size_t columns) {
  Row row{.cells = std::vector<Cell>(columns), .parent = {}};
  row.cells[0] = cell("TOTAL");
  row.cells[5] = cell(answer.needed);
  row.cells[7] = cell(answer.offered);
  row.cells[8] = cell(answer.counted);
  row.cells[9] = lacking_cell(answer.lacking);
  return row;
}

std::vector<Unmet> unmet_of(const model::GapsAnswer& answer) {
  std::vector<Unmet> unmet;
  for (const auto& gap : answer.lines) {
    const auto lacking = lacking_words(gap.lacking, gap.equipment);
    if (!lacking.empty()) {
      unmet.push_back({.line = std::string(gap.line.line_id.view()),
                       .lacking = lacking,
                       .why = causes_words(gap.causes, gap.not_offered),
                       .fix = gap.fix});
    }
  }
  return unmet;
}

Sheet left_out_offers(const model::GapsAnswer& answer) {
  Sheet made;
  made.columns = {{"line", "LINE"},           {"contribution", "OFFER"},
                  {"unit", "UNIT"},           {"state", "STATE", false, Seen::wide},
                  {"people", "PEOPLE", true}, {"counted", "COUNTED", true},
                  {"reason", "REASON"},       {"detail", "DETAIL", false, Seen::wide}};
  for (const auto& offer : answer.left_out) {
    made.rows.push_back({.cells = {cell(std::string(offer.line.view())), cell(offer.contribution),
                                   cell(offer.unit.str()), code_cell(model::to_text(offer.state)),
                                   cell(offer.people), cell(offer.counted),
                                   code_cell(model::to_text(offer.reason)), cell(offer.detail)},
                         .parent = {}});
  }
  return made;
}

Sheet candidates_sheet(const model::GapsAnswer& answer, std::size_t most_a_line) {
  Sheet made;
  made.columns = {
      {"line", "LINE"}, {"unit", "UNIT"}, {"people", "PEOPLE", true}, {"ready_min", "READY", true}};
  std::map<model::Code, std::size_t> listed;
  for (const auto& candidate : answer.candidates) {
    if (listed[candidate.line]++ < most_a_line) {
      made.rows.push_back(
          {.cells = {cell(std::string(candidate.line.view())), cell(candidate.unit.str()),
                     cell(candidate.people), minutes_cell(candidate.ready_min)},
           .parent = {}});
    }
  }
  return made;
}

}  // namespace

Sheet gaps_sheet(const model::GapsAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = gap_columns();
  for (const auto& gap : answer.lines) {
    made.rows.push_back(gap_row(gap));
  }
  made.total = total_row(answer, made.columns.size());
  if (layout.is_picture) {
    const auto width = room_for_bar(made, layout.columns);
    made.columns.push_back({"bar", "COUNTED OF NEED", false, Seen::table_only});
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
      const auto& gap = answer.lines[i];
      made.rows[i].cells.push_back({.value = {},
                                    .shown = cover_bar(gap.counted, gap.line.people_min, width),
                                    .tone = gap.lacking > 0 ? Tone::bad : Tone::good});
    }
    made.total->cells.push_back({.value = {}, .shown = {}});
  }
  return made;
}

std::vector<Annex> annexes(const model::GapsAnswer& answer, const Layout& layout) {
  std::vector<Annex> made;
  if (const auto unmet = unmet_of(answer); !unmet.empty()) {
    made.push_back(unmet_annex(unmet, layout));
  }
  std::vector<LineEquipment> equipment;
  for (const auto& gap : answer.lines) {
    equipment.push_back({std::string(gap.line.line_id.view()), gap.equipment});
  }
  for (auto& annex : equipment_annex(equipment)) {
    made.push_back(std::move(annex));
  }
  if (!answer.left_out.empty()) {
    made.push_back({.title = "Offered and not counted:", .sheet = left_out_offers(answer)});
  }
  if (!answer.candidates.empty()) {
    auto candidates =
        candidates_sheet(answer, layout.is_picture ? kCandidatesShown : answer.candidates.size());
    const auto hidden = answer.candidates.size() - candidates.rows.size();
    made.push_back({.title = hidden == 0
                                 ? "Could be asked:"
                                 : fmt::format("Could be asked ({} more in -o wide):", hidden),
                    .sheet = std::move(candidates)});
  }
  return made;
}

std::string facts(const model::GapsAnswer& answer) {
  const auto unmet = unmet_of(answer).size();
  auto text =
      fmt::format("{} · requirement version {} · ", answer.operation.view(), answer.version);
  if (answer.lines.empty()) {
    return text + "it has no lines\n";
  }
  text += unmet == 0 ? "every line is met"
                     : fmt::format("{} of {} not met", unmet, counted(answer.lines.size(), "line"));
  return text + "\n";
}

}  // namespace muster::secretariat
