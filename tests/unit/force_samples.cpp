// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/force_samples.h"

#include "tests/unit/text_samples.h"

namespace muster::text::samples {

using namespace model;

namespace {

Code code(const char* text) { return *Code::parse(text); }
ReportId report(const char* node_id, std::uint64_t seq) { return {node(node_id), seq}; }

template <std::size_t Size>
std::array<std::uint8_t, Size> bytes(std::uint8_t first) {
  std::array<std::uint8_t, Size> value{};
  for (auto& byte : value) {
    byte = first++;
  }
  return value;
}

}  // namespace

/// The case that DOMAIN.md §6 works out for 24 hours and T08.
Answer ready_answer() {
  ReadyAnswer body;
  body.within_h = 24;
  body.tasks = {Task::t08};
  body.rows = {{nation("ARM"), ElementKind::combat, 1, {0, 90, 90}},
               {nation("BLR"), ElementKind::combat, 1, {0, 100, 100}},
               {nation("KGZ"), ElementKind::technical_support, 1, {0, 0, 80}},
               {nation("RUS"), ElementKind::combat, 1, {150, 150, 150}}};
  body.total = {{}, ElementKind::other, 4, {150, 340, 420}};
  body.left_out = {{unit("TJK:EX-E"), LeftOutReason::late, "ready in 25 h, 24 wanted", 100},
                   {unit("RUS:EX-F"), LeftOutReason::caveat, "C-1: T08 исключена", 140},
                   {unit("BLR:EX-G"), LeftOutReason::wrong_capability, "", 110}};
  return {header(), body};
}

Answer buildup_answer() {
  BuildupAnswer body;
  body.horizon_h = 24;
  body.tasks = {Task::t08};
  body.steps = {
      {12, nation("RUS"), StandbyRole::first_echelon, 1, {150, 150, 150}, {150, 150, 150}},
      {15, nation("BLR"), StandbyRole::main, 1, {0, 100, 100}, {150, 250, 250}},
      {18, nation("ARM"), StandbyRole::main, 1, {0, 90, 90}, {150, 340, 340}},
      {24, nation("KGZ"), std::nullopt, 1, {0, 0, 80}, {150, 340, 420}}};
  return {header(), body};
}

Answer matrix_answer() {
  MatrixAnswer body;
  body.trend_days = 30;
  body.cells = {{nation("ARM"), "COMMAND", 1, 9, 1, 0, 0},
                {nation("ARM"), "COMBAT", 1, 114, 2, 12, 0},
                {nation("KAZ"), "COMMAND", 1, 19, 2, 0, 19},
                {nation("KAZ"), "COMBAT", 3, 266, 3, -14, 88},
                {nation("KAZ"), "POLICE", 1, 57, kNotMeasured, 0, 0},
                {nation("KAZ"), "OBSERVER_GROUP", 1, 11, 1, 1, 0},
                {nation("KAZ"), "COMBAT_SUPPORT", 1, 57, 2, 0, 0},
                {nation("KAZ"), "TECHNICAL_SUPPORT", 1, 34, 2, 0, 0},
                {nation("KAZ"), "REAR_SUPPORT", 1, 38, 4, -2, 38},
                {nation("KAZ"), "OTHER", 1, 11, 2, 0, 0},
                {nation("RUS"), "COMMAND", 1, 57, 1, 0, 0},
                {nation("RUS"), "COMBAT", 9, 1'026, kReorganising, 20, 114},
                {nation("RUS"), "TECHNICAL_SUPPORT", 2, 123, 2, 3, 0}};
  return {header(), body};
}

Answer roster_answer() {
  RosterAnswer body;
  body.unit = unit("KAZ:EX-CBT-01");
  body.units = 1;
  body.version = 7;
  body.valid_at = at("2022-01-07T00:00:00Z");
  body.people = 118;
  body.present = 109;
  body.deployable = 113;
  body.strength = Figures{1, 120, 118, 118, 109, 112};
  body.rows = {{RosterDimension::grade, "OF-3", 1, 1, 1},
               {RosterDimension::grade, "OF-2", 4, 4, 3},
               {RosterDimension::grade, "OR-4", 113, 104, 109},
               {RosterDimension::specialty, "SAPPER", 10, 9, 9},
               {RosterDimension::specialty, "", 108, 100, 104},
               {RosterDimension::duty_status, "PRESENT", 109, 109, 108}};
  return {header(), body};
}

Answer history_answer() {
  HistoryAnswer body;
  body.unit = unit("KAZ:EX-CBT-01");
  body.rows = {
      {.kind = StatementKind::strength,
       .report = report("KAZ/mod", 41),
       .report_kind = ReportKind::regular,
       .valid_at = at("2022-01-06T00:00:00Z"),
       .issued_at = at("2022-01-06T00:05:00Z"),
       .received_at = at("2022-01-06T00:05:01.5Z"),
       .ledger_seq = 180,
       .corrected_by = report("KAZ/mod", 43),
       .changes = {{"authorised", "", "400"}, {"assigned", "", "400"}, {"present", "", "352"}}},
      {.kind = StatementKind::unit,
       .report = report("KAZ/mod", 42),
       .report_kind = ReportKind::change,
       .valid_at = at("2022-01-07T00:00:00Z"),
       .issued_at = at("2022-01-07T00:05:00Z"),
       .received_at = at("2022-01-07T00:05:01Z"),
       .ledger_seq = 190,
       .corrected_by = {},
       .changes = {{"name", "Рота", "Рота «Альфа»"}, {"short_name", "А", ""}}},
      {.kind = StatementKind::strength,
       .report = report("KAZ/mod", 43),
       .report_kind = ReportKind::correction,
       .valid_at = at("2022-01-06T00:00:00Z"),
       .issued_at = at("2022-01-08T09:00:00Z"),
       .received_at = at("2022-01-08T09:00:00.25Z"),
       .ledger_seq = 205,
       .corrected_by = {},
       .changes = {{"assigned", "400", "380"}}},
      {.kind = StatementKind::strength,
       .report = report("KAZ/mod", 44),
       .report_kind = ReportKind::validation,
       .valid_at = at("2022-01-09T00:00:00Z"),
       .issued_at = at("2022-01-09T00:05:00Z"),
       .received_at = at("2022-01-09T00:05:00Z"),
       .ledger_seq = 212,
       .corrected_by = {},
       .changes = {}}};
  return {header(), body};
}

Answer diff_answer() {
  DiffAnswer body;
  body.from = {at("2022-01-06T12:00:00Z"), at("2022-01-06T12:00:00Z")};
  body.to = {at("2022-01-08T12:00:00Z"), at("2022-01-08T12:00:00Z")};
  body.before = {65, 3'612, 3'500, 3'490, 3'400, 3'417};
  body.after = {65, 3'612, 3'480, 3'470, 3'400, 3'425};
  body.rows = {{.unit = unit("KAZ:EX-CBT-01"),
                .kind = StatementKind::strength,
                .change = {"assigned", "400", "380"},
                .report = report("KAZ/mod", 43),
                .valid_at = at("2022-01-06T00:00:00Z"),
                .received_at = at("2022-01-08T09:00:00Z")},
               {.unit = unit("KAZ:EX-CBT-01"),
                .kind = StatementKind::unit,
                .change = {"name", "", "Рота «Альфа»"},
                .report = report("KAZ/mod", 42),
                .valid_at = at("2022-01-07T00:00:00Z"),
                .received_at = at("2022-01-07T00:05:01Z")},
               {.unit = unit("TJK:EX-E"),
                .kind = StatementKind::training,
                .change = {"tasks[0].state", "TRAINED", ""},
                .report = {},
                .valid_at = at("2022-01-08T00:00:00Z"),
                .received_at = at("2022-01-08T00:05:00Z")}};
  return {header(), body};
}

Answer learned_answer() {
  auto answer = diff_answer();
  auto& body = std::get<DiffAnswer>(answer.body);
  body.from.valid_at = body.to.valid_at = at("2022-01-06T12:00:00Z");
  return answer;
}

Answer dry_run_answer() {
  DryRunAnswer body;
  body.verdicts = {
      {Verdict::accepted, {{Rule::v14, Severity::flag, 1, "cells", "sum 379", "total 380"}}},
      {Verdict::refused,
       {{Rule::v12, Severity::refuse, 0, "absences", "present 90 + absent 5 = 95",
         "on strength 94 = assigned 94"},
        {Rule::v08, Severity::refuse, Finding::kWholeReport, "valid_at", "2022-01-10T00:00:00Z",
         "not after 2022-01-08T12:02:00Z"}}}};
  body.difference = std::get<DiffAnswer>(diff_answer().body);
  body.difference.rows.pop_back();
  body.difference.to = {at("2022-01-08T12:00:00Z"), at("2022-01-08T12:00:00Z")};
  body.difference.from = body.difference.to;
  return {header(), body};
}

Answer stale_answer() {
  StaleAnswer body;
  body.rows = {{unit("TJK:EX-E"), StatementKind::strength, {}, Freshness::expired, 100},
               {unit("KAZ:EX-CBT-01"), StatementKind::readiness, at("2021-11-01T00:00:00Z"),
                Freshness::stale, 217},
               {unit("KAZ:EX-CBT-01"), StatementKind::strength, at("2022-01-05T11:00:00Z"),
                Freshness::stale, 217}};
  body.people_at_risk = 317;
  body.people = 3'417;
  body.complete_units = 61;
  body.expected_units = 65;
  return {header(), body};
}

Answer caveats_answer() {
  CaveatsAnswer body;
  body.rows = {{.caveat_id = code("C-1"),
                .nation = nation("RUS"),
                .unit = unit("RUS:EX-CBT-09"),
                .kind = CaveatKind::task_excluded,
                .tasks = {Task::t08, Task::t05},
                .from = at("2022-01-01T00:00:00Z"),
                .to = at("2022-12-31T18:00:00Z"),
                .max_people = {},
                .text = "Не для охраны объектов, \"T08\"",
                .people_removed = 140,
                .people_left = 0,
                .report = report("RUS/mod", 9)},
               {.caveat_id = code("EX-MAX"),
                .nation = nation("BLR"),
                .unit = {},
                .kind = CaveatKind::max_strength,
                .tasks = {},
                .from = {},
                .to = {},
                .max_people = 0,
                .text = "",
                .people_removed = 521,
                .people_left = 0,
                .report = report("BLR/mod", 12)}};
  return {header(), body};
}

Answer overrides_answer() {
  OverridesAnswer body;
  body.rows = {{.unit = unit("KAZ:EX-CBT-01"),
                .computed = {2, 3, 1, 1, 3, false},
                .reported = 4,
                .effective = 4,
                .direction = OverrideDirection::down,
                .reason_code = "MOVE",
                .authority = "CO",
                .waiver_id = "",
                .remark = "Half of the staff moves in.",
                .report = report("KAZ/mod", 45),
                .valid_at = at("2022-01-07T00:00:00Z")},
               {.unit = unit("RUS:EX-CBT-09"),
                .computed = {4, kNotMeasured, 2, 2, 4, true},
                .reported = kReorganising,
                .effective = kReorganising,
                .direction = {},
                .reason_code = "",
                .authority = "",
                .waiver_id = "W-7",
                .remark = "",
                .report = report("RUS/mod", 10),
                .valid_at = at("2022-01-06T00:00:00Z")}};
  return {header(), body};
}

Answer proof_answer() {
  LedgerProofAnswer body;
  body.report = report("KAZ/mod", 42);
  body.ledger_seq = 212;
  body.received_at = at("2022-01-07T00:05:01.5Z");
  body.index = 1;
  body.verdict = {Verdict::refused,
                  {{Rule::v12, Severity::refuse, 3, "present", "352 + 17", "370"}}};
  body.envelope = {0, 1, 2, 253, 254, 255};
  body.verdicts = {Verdict::accepted, Verdict::refused};
  body.key = bytes<32>(9);
  body.audit_path = {bytes<32>(10), bytes<32>(11)};
  body.tree_head = {220, bytes<32>(1), at("2022-01-07T12:29:59Z"), bytes<64>(7)};
  return {header(), body};
}

}  // namespace muster::text::samples
