// SPDX-License-Identifier: Apache-2.0
// The force package of an operation, who stands by for one, and how it lasts and ends.
#include "tests/unit/operation_samples.h"
#include "tests/unit/operation_samples_parts.h"
#include "tests/unit/text_samples.h"

namespace muster::text::samples {

using namespace model;

namespace {

PackageSlice slice(const char* line, const char* unit_id, std::uint64_t people,
                   std::uint64_t ready_min) {
  PackageSlice made;
  made.operation = this_operation();
  made.line = code(line);
  made.unit = unit(unit_id);
  made.people = people;
  made.ready_min = ready_min;
  made.level = 2;
  made.certainty = Certainty::certain;
  return made;
}

/// It was accepted already, and has arrived.
PackageSlice arrived(const char* unit_id, std::uint64_t people, const char* contribution) {
  auto made = slice("L02", unit_id, people, 0);
  made.contribution = contribution;
  made.equipment = {{EquipmentKind::armoured_transport, 10}, {EquipmentKind::wheeled_transport, 8}};
  return made;
}

PackageSlice doubtful(PackageSlice made, Freshness freshness, Level level, Certainty certainty) {
  made.freshness = freshness;
  made.level = level;
  made.certainty = certainty;
  return made;
}

std::vector<PackageSlice> slices() {
  using enum Freshness;
  using enum Certainty;
  auto engineers = slice("L05", "RUS:EX-CSP-01", 190, 4'320);
  engineers.equipment = {{EquipmentKind::engineer, 16}};
  return {slice("L01", "BLR:EX-HQ", 30, 2'880),
          slice("L01", "RUS:EX-HQ", 50, 2'100),
          arrived("RUS:EX-CBT-01", 120, "RUS/OFFER-1"),
          arrived("RUS:EX-CBT-02", 120, "RUS/OFFER-2"),
          arrived("RUS:EX-CBT-03", 160, "RUS/OFFER-3"),
          doubtful(slice("L03", "ARM:EX-CBT-01", 75, 2'000), ageing, 3, likely),
          doubtful(slice("L03", "BLR:EX-CBT-01", 285, 360), fresh, kNotMeasured, claimed),
          slice("L03", "RUS:EX-CBT-04", 750, 2'160),
          slice("L04", "BLR:EX-POL-01", 54, 2'700),
          slice("L04", "RUS:EX-POL-01", 130, 2'400),
          engineers,
          doubtful(slice("L05", "TJK:EX-CSP-01", 70, 4'000), ageing, 2, likely),
          slice("L08", "RUS:EX-OBS-01", 10, 4'300)};
}

PackageLine package_line(RequirementLine line, std::uint64_t people,
                         std::optional<std::uint64_t> complete_min) {
  PackageLine made;
  made.operation = this_operation();
  made.lacking = line.people_min > people ? line.people_min - people : 0;
  made.line = std::move(line);
  made.people = people;
  made.complete_min = complete_min;
  return made;
}

std::vector<PackageLine> lines() {
  auto police = package_line(police_line(), 184, std::nullopt);
  police.blocked = {{LeftOutReason::late, 26}, {LeftOutReason::stale, 30}};
  police.fix = new_police_fix();
  auto engineers = package_line(engineer_line(), 260, 4'320);
  engineers.equipment = {{EquipmentKind::engineer, 16, 16}};
  return {package_line(command_line(), 80, 2'880),
          package_line(advance_line(), 400, 0),
          package_line(main_line(), 1'110, 2'160),
          police,
          engineers,
          package_line(observer_line(), 10, 4'300)};
}

PackageNation gives(const char* name, std::uint32_t units, std::uint64_t people,
                    std::uint64_t committed, std::uint64_t deployable) {
  return {nation(name), units,      people,
          committed,    deployable, (people + committed) * 1'000 / deployable};
}

std::vector<LeftOut> unused_units() {
  using enum LeftOutReason;
  return {
      {unit("ARM:EX-POL-01"), stale, "", 30},
      {unit("BLR:EX-CBT-02"), depletion, "BLR would give 96.7 % of its people, 90 % wanted", 95},
      {unit("BLR:EX-POL-02"), not_used, "11 people would not make L04 better", 11},
      {unit("KAZ:EX-CBT-01"), host, "KAZ is the host of EX-2201", 217},
      {unit("KGZ:EX-CBT-01"), suspended, "KGZ takes no part since 2022-01-05", 76},
      {unit("RUS:EX-CBT-05"), not_needed, "", 114},
      {unit("RUS:EX-CBT-09"), caveat, "C-1: T08 только с согласия", 140},
      {unit("TJK:EX-POL-01"), late, "ready in 55 h, 48 wanted", 26}};
}

StandbyRow stands_by(StandbyRole role, const char* unit_id, std::uint64_t people, const char* from,
                     const char* to) {
  return {.role = role,
          .unit = unit(unit_id),
          .people = people,
          .from = at(from),
          .to = at(to),
          .empty_days = 0};
}
StandbyRow empty_slot(StandbyRole role, const char* from, const char* to, std::uint32_t days) {
  return {
      .role = role, .unit = {}, .people = 0, .from = at(from), .to = at(to), .empty_days = days};
}

}  // namespace

Answer assemble_answer() {
  AssembleAnswer body;
  body.operation = this_operation();
  body.version = 1;
  body.goal = AssemblyGoal::earliest;
  body.lines = lines();
  body.slices = slices();
  body.nations = {gives("ARM", 1, 75, 0, 206), gives("BLR", 3, 369, 40, 521),
                  gives("RUS", 8, 1'530, 0, 1'727), gives("TJK", 1, 70, 12, 253)};
  body.unused = unused_units();
  body.units = 13;
  body.people = {1'614, 1'759, 2'044};
  body.open_objective = "units";
  body.gap_permille = 6;
  return {header(), body};
}

/// Two operations, as --also asks.
Answer assembled_answer() {
  AssembleAnswer body;
  body.operation = this_operation();
  body.version = 2;
  body.goal = AssemblyGoal::fewest_nations;
  body.lines = {package_line(advance_line(), 400, 600), package_line(command_line(), 80, 2'100)};
  body.lines[1].operation = code("EX-2202");
  body.slices = {slice("L02", "RUS:EX-CBT-01", 400, 600), slice("L01", "RUS:EX-HQ", 80, 2'100)};
  body.slices[1].operation = code("EX-2202");
  body.nations = {gives("RUS", 2, 480, 0, 1'727)};
  body.units = 2;
  body.people = {480, 480, 480};
  body.is_met = true;
  body.is_optimal = true;
  body.complete_min = 2'100;
  return {header(), body};
}

Answer standby_answer() {
  StandbyAnswer body;
  body.from = at("2022-01-07T12:00:00Z");
  body.to = at("2023-01-07T12:00:00Z");
  body.rows = {
      stands_by(StandbyRole::first_echelon, "RUS:EX-CBT-01", 114, "2021-12-01T00:00:00Z",
                "2022-07-01T00:00:00Z"),
      empty_slot(StandbyRole::first_echelon, "2022-07-01T00:00:00Z", "2023-01-07T12:00:00Z", 191),
      stands_by(StandbyRole::main, "BLR:EX-CBT-01", 95, "2022-01-01T00:00:00Z",
                "2023-02-01T00:00:00Z"),
      stands_by(StandbyRole::main, "KAZ:EX-CBT-02", 88, "2022-03-01T00:00:00Z",
                "2022-09-01T00:00:00Z"),
      empty_slot(StandbyRole::reserve, "2022-01-07T12:00:00Z", "2023-01-07T12:00:00Z", 365)};
  return {header(), body};
}

Answer remaining_answer() {
  RemainingAnswer body;
  body.within_h = 48;
  body.tasks = {Task::t08};
  body.rows = {{"deployable", 3'417, 2'718},      {"ready certain", 1'150, 900},
               {"ready likely", 1'340, 1'340},    {"ready claimed", 1'420, 1'432},
               {"EX-2201 counted", 1'934, 1'813}, {"EX-2201 lacking", 176, 297}};
  return supposed({header(), body});
}

Answer sustainment_answer() {
  SustainmentAnswer body;
  body.operation = this_operation();
  body.people = 2'500;
  body.days = 30;
  body.rows = {{SelfSustainmentCategory::catering, 2'500, 30, 75'000, 0, 21, 0},
               {SelfSustainmentCategory::medical, 1'520, 14, 21'280, 53'720, 12, 3},
               {SelfSustainmentCategory::tentage, 0, 0, 0, 75'000, 0, 24}};
  return {header(), body};
}

Answer withdrawal_answer() {
  WithdrawalAnswer body;
  body.operation = this_operation();
  body.rows = {{unit("BLR:EX-CBT-01"), 95, 0, 0, at("2022-01-20T18:00:00Z")},
               {unit("RUS:EX-CBT-01"), 0, 120, 0, std::nullopt},
               {unit("RUS:EX-CBT-02"), 40, 30, 50, at("2022-01-19T12:00:00Z")}};
  body.in_place = 135;
  body.returning = 150;
  body.released = 50;
  auto answer = Answer{header(), body};
  answer.header.valid_at = at("2022-01-15T12:00:00Z");
  answer.header.known_at = at("2022-01-15T12:00:30Z");
  return answer;
}

}  // namespace muster::text::samples
