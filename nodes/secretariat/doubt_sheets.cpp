// SPDX-License-Identifier: Apache-2.0
// What is stale, what is limited, and what is said against the numbers; and proofs.
#include <fmt/format.h>

#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// "30 h", and days from three days on; programs read hours.
Cell age_cell(std::optional<model::UtcTime> valid_at, model::UtcTime at) {
  if (!valid_at) {
    return cell(std::string());
  }
  const auto hours = std::chrono::floor<std::chrono::hours>(at - *valid_at).count();
  constexpr std::int64_t kHoursUpTo = 72;
  return {
      .value = std::to_string(hours),
      .shown = hours < kHoursUpTo ? fmt::format("{} h", hours) : fmt::format("{} d", hours / 24)};
}

Cell last_said_cell(std::optional<model::UtcTime> valid_at) {
  auto made = time_cell(valid_at);
  if (!valid_at) {
    made.shown = "never";
  }
  return made;
}

/// The unit, or the whole nation.
Cell scope_cell(const model::CaveatRow& row) {
  return cell(std::string(row.unit ? row.unit->view() : row.nation.view()));
}

}  // namespace

Sheet stale_sheet(const model::StaleAnswer& answer, model::UtcTime at) {
  Sheet made;
  made.columns = {{"unit", "UNIT"},       {"kind", "STATEMENT"},      {"valid_at", "LAST VALID AT"},
                  {"age_h", "AGE", true}, {"freshness", "FRESHNESS"}, {"people", "PEOPLE", true}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {cell(std::string(row.unit.view())), cell(model::to_text(row.kind)),
                   last_said_cell(row.valid_at), age_cell(row.valid_at, at),
                   freshness_cell(row.freshness), cell(row.people)},
         .parent = {}});
  }
  return made;
}

Sheet sheet(const model::CaveatsAnswer& answer) {
  Sheet made;
  made.columns = {{"caveat_id", "CAVEAT"},
                  {"nation", "NATION", false, Seen::csv_only},
                  {"unit", "UNIT", false, Seen::csv_only},
                  {"scope", "OF", false, Seen::table_only},
                  {"kind", "KIND"},
                  {"tasks", "TASKS"},
                  {"max_people", "MOST", true},
                  {"from", "FROM"},
                  {"to", "TO"},
                  {"people_removed", "REMOVED", true},
                  {"people_left", "LEFT", true},
                  {"text", "TEXT", false, Seen::wide},
                  {"report", "REPORT", false, Seen::wide}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {cell(std::string(row.caveat_id.view())), cell(std::string(row.nation.view())),
                   cell(row.unit ? row.unit->str() : std::string()), scope_cell(row),
                   code_cell(model::to_text(row.kind)), cell(join(row.tasks)),
                   row.max_people ? cell(std::uint64_t{*row.max_people}) : cell(std::string()),
                   day_cell(row.from), day_cell(row.to), cell(row.people_removed),
                   cell(row.people_left), cell(row.text), report_cell(row.report)},
         .parent = {}});
  }
  return made;
}

Sheet sheet(const model::OverridesAnswer& answer) {
  Sheet made;
  made.columns = {{"unit", "UNIT"},
                  {"computed", "COMPUTED"},
                  {"reported", "REPORTED"},
                  {"effective", "EFFECTIVE"},
                  {"direction", "OVERRIDE"},
                  {"reason_code", "REASON"},
                  {"authority", "AUTHORITY"},
                  {"computed_p", "P", true, Seen::wide},
                  {"computed_s", "S", true, Seen::wide},
                  {"computed_r", "R", true, Seen::wide},
                  {"computed_t", "T", true, Seen::wide},
                  {"waiver_id", "WAIVER", false, Seen::wide},
                  {"remark", "REMARK", false, Seen::wide},
                  {"report", "REPORT", false, Seen::wide},
                  {"valid_at", "VALID AT", false, Seen::wide}};
  for (const auto& row : answer.rows) {
    Row made_row{.cells = {cell(std::string(row.unit.view())), level_cell(row.computed.overall),
                           level_cell(row.reported), level_cell(row.effective),
                           cell(row.direction ? model::to_text(*row.direction) : std::string()),
                           cell(row.reason_code), cell(row.authority)},
                 .parent = {}};
    for (const auto level : {row.computed.p, row.computed.s, row.computed.r, row.computed.t}) {
      made_row.cells.push_back(cell(std::uint64_t{level}));
    }
    made_row.cells.insert(made_row.cells.end(), {cell(row.waiver_id), cell(row.remark),
                                                 report_cell(row.report), time_cell(row.valid_at)});
    made.rows.push_back(std::move(made_row));
  }
  return made;
}

Sheet sheet(const model::LedgerProofAnswer& answer) {
  Sheet made;
  made.columns = {{"report", "REPORT"},
                  {"ledger_seq", "LEDGER", true},
                  {"received_at", "RECEIVED AT"},
                  {"verdict", "VERDICT"}};
  made.rows.push_back(
      {.cells = {report_cell(answer.report), cell(answer.ledger_seq), time_cell(answer.received_at),
                 verdict_cell(answer.verdict.verdict)},
       .parent = {}});
  return made;
}

std::string facts(const model::StaleAnswer& answer) {
  return fmt::format(
      "{} of {} deployable people rest on stale words ({}) · {} of {} units complete ({})\n",
      answer.people_at_risk, answer.people, percent(answer.people_at_risk, answer.people),
      answer.complete_units, answer.expected_units,
      percent(answer.complete_units, answer.expected_units));
}

std::string facts(const model::CaveatsAnswer& answer) {
  return counted(answer.rows.size(), "caveat") + "\n";
}

std::string facts(const model::OverridesAnswer& answer) {
  return counted(answer.rows.size(), "unit") + " whose reported level is not the computed one\n";
}

std::string facts(const model::LedgerProofAnswer& answer) {
  return fmt::format("{} · ledger record {} · received {} · {}\n", answer.report.str(),
                     answer.ledger_seq, whole_seconds(answer.received_at),
                     model::to_text(answer.verdict.verdict));
}

}  // namespace muster::secretariat
