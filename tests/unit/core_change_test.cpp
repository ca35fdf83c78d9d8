// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "broker/core/facts.h"
#include "broker/core/force_views.h"
#include "tests/unit/core_force_fixture.h"

// What changed, what is stale, and how the force stands by nation: facts, diff, stale, matrix,
// overrides and rosters.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::FieldChange;
using model::Freshness;
using model::StatementKind;
using model::Task;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

// ---- facts --------------------------------------------------------------------------------------

/// "present = 104", so that a failure can be read.
std::vector<std::string> told(const model::Statement& statement) {
  std::vector<std::string> lines;
  for (const auto& fact : flatten(statement)) {
    lines.push_back(fact.field + " = " + fact.value);
  }
  return lines;
}

TEST(Facts, NameEntriesByWhatTheyAreAbout) {
  EXPECT_THAT(
      told(tests::full_strength()),
      IsSupersetOf({"present = 104", "absences[LEAVE] = 5", "non_deployable[MEDICAL_TEMP] = 4",
                    "cells[OFFICER M].present = 9", "specialties[MEDIC].qualified = 3",
                    "specialties[MEDIC].critical = true", "ledger_from = 2022-01-06T12:00:00Z",
                    "losses[DISCHARGE] = 1"}));
  EXPECT_THAT(
      told(tests::full_equipment()),
      IsSupersetOf({"holdings[APC-8X8].fmc = 8", "holdings[HELI.MED_2].criticality = ESSENTIAL"}));
  EXPECT_THAT(told(tests::full_unit()),
              IsSupersetOf(
                  {"pools = CPF, PKB", "home = 43.25,76.875", "capabilities[T03+T08].type = 2",
                   "capabilities[T03+T08].patrols a day = 12.5", "capabilities[T99].type = none"}));
  EXPECT_THAT(told(tests::full_readiness()),
              IsSupersetOf({"override.direction = DOWN", "missions[EX-2201].percent_effective = 71",
                            "forecast.level = 2"}));
  EXPECT_THAT(told(tests::full_availability()),
              IsSupersetOf({"movement.mode = RAIL", "movement.lift.people = 110",
                            "profile[36 h].people = 40"}));
  EXPECT_THAT(told(tests::full_training()), Contains("tasks[T08].state = TRAINED"));
  EXPECT_THAT(told(tests::full_self_sustainment()),
              Contains("lines[CATERING].days_of_supply = 30"));
}

TEST(Facts, AreNamedOnceEach) {
  for (const auto& statement : tests::full_statements()) {
    std::map<std::string, int> named;
    for (const auto& fact : flatten(statement)) {
      EXPECT_FALSE(fact.value.empty()) << fact.field;
      EXPECT_EQ(++named[fact.field], 1) << fact.field;
    }
  }
}

TEST(Facts, OfARosterAreItsCounts) {
  EXPECT_THAT(told(tests::full_roster()),
              ElementsAre("people = 2", "present = 1", "deployable = 1"));
}

TEST(Facts, DifferByContentAndNotByOrder) {
  auto before = tests::full_equipment();
  auto after = before;
  std::swap(after.holdings[0], after.holdings[1]);
  EXPECT_THAT(changes_between(flatten(before), flatten(after)), IsEmpty());

  after.holdings[0].fmc = 2;
  after.holdings[1].required = std::nullopt;
  EXPECT_THAT(changes_between(flatten(before), flatten(after)),
              ElementsAre(FieldChange{"holdings[APC-8X8].required", "12", ""},
                          FieldChange{"holdings[HELI.MED_2].fmc", "3", "2"}));
}

TEST(Facts, DoNotDifferByTheOrderOfNames) {
  const auto before = tests::full_unit();
  auto after = before;
  std::swap(after.pools[0], after.pools[1]);
  std::swap(after.languages[0], after.languages[1]);
  std::swap(after.capabilities[0], after.capabilities[1]);
  std::swap(after.capabilities[1].tasks[0], after.capabilities[1].tasks[1]);

  EXPECT_THAT(changes_between(flatten(before), flatten(after)), IsEmpty());
}

TEST(Facts, TellAChangeOfSuperior) {
  const auto before = unit_of("KAZ:A", "KAZ:BN1");
  const auto after = unit_of("KAZ:A", "KAZ:BN2");

  EXPECT_THAT(changes_between(flatten(before), flatten(after)),
              ElementsAre(FieldChange{"relations[CHILD_OF]", "KAZ:BN1", "KAZ:BN2"}));
}

// ---- diff ---------------------------------------------------------------------------------------

model::DiffAnswer changed(const Force& force, model::UtcTime from, model::UtcTime to,
                          const Moment& moment = officer_at({}),
                          std::vector<model::Nation> nations = {}) {
  const model::DiffQuery query{.from = {from, from}, .to = {to, to}, .nations = std::move(nations)};
  return diff(force.at(query.from), force.at(query.to), query, moment);
}

TEST(Facts, TellUntilWhenARelationHolds) {
  const auto before = unit_of("KAZ:A", "KAZ:BN");
  auto after = before;
  after.relations[0].to = kSampleTime;

  EXPECT_THAT(
      changes_between(flatten(before), flatten(after)),
      ElementsAre(FieldChange{"relations[CHILD_OF]", "KAZ:BN", "KAZ:BN to 2022-01-07T12:00:00Z"}));
}

TEST(Diff, IsSortedByUnitKindAndFieldAndNamesTheReport) {
  Force force;
  force.tell(ready_unit("KAZ:B"));
  force.tell(ready_unit("ARM:A"), {.node = "ARM/mod"});
  auto fewer = ready_strength("KAZ:B", {});
  fewer.deployable = 85;
  fewer.non_deployable = {{model::NonDeployableReason::legal, 15}};
  auto slower = ready_availability("KAZ:B", {.notice_min = 600});
  force.tell({slower, fewer}, {.valid_at = kSampleTime + 24h});

  const auto answer = changed(force, kSampleTime, kSampleTime + 24h);

  std::vector<std::pair<StatementKind, FieldChange>> told;
  for (const auto& row : answer.rows) {
    EXPECT_EQ(row.unit, unit_id("KAZ:B"));
    EXPECT_EQ(row.report.str(), "KAZ/mod#2");
    EXPECT_EQ(row.valid_at, kSampleTime + 24h);
    told.emplace_back(row.kind, row.change);
  }
  using Row = std::pair<StatementKind, FieldChange>;
  EXPECT_THAT(told,
              ElementsAre(Row{StatementKind::strength, {"deployable", "100", "85"}},
                          Row{StatementKind::strength, {"non_deployable[LEGAL]", "", "15"}},
                          Row{StatementKind::readiness, {"computed.overall", "1", "2"}},
                          Row{StatementKind::readiness, {"computed.p", "1", "2"}},
                          Row{StatementKind::readiness, {"effective", "1", "2"}},
                          Row{StatementKind::availability, {"notice_to_move_min", "480", "600"}}));
  EXPECT_EQ(answer.before.deployable, 200U);
  EXPECT_EQ(answer.after.deployable, 185U);
}

TEST(Diff, IsEmptyWhenTheSameIsSaidAgain) {
  Force force;
  force.tell(ready_unit("KAZ:A"));
  force.tell(ready_unit("KAZ:A"), {.valid_at = kSampleTime + 24h});

  EXPECT_THAT(changed(force, kSampleTime, kSampleTime + 24h).rows, IsEmpty());
}

TEST(Diff, TellsThatACertificateEnded) {
  Force force;
  auto statements = ready_unit("KAZ:A");
  force.tell(statements);
  auto& training = std::get<model::TrainingStatement>(statements[3]);
  training.tasks[0].certified_until = kSampleTime + 12h;
  force.tell({training});

  const auto rows = changed(force, kSampleTime, kSampleTime + 12h).rows;

  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[1].change, (FieldChange{"computed.t", "1", "4"}));
  EXPECT_EQ(rows[2].change, (FieldChange{"effective", "1", "4"}));
  EXPECT_EQ(rows[2].report.str(), "KAZ/mod#2");
}

TEST(Diff, NamesTheNewestWordThatMadeTheLevelsOthers) {
  Force force;
  force.tell(ready_unit("KAZ:A"));
  auto training = std::get<model::TrainingStatement>(ready_unit("KAZ:A")[3]);
  training.tasks[0].state = model::TrainingState::untrained;
  force.tell({training}, {.valid_at = kSampleTime + 1h});
  force.tell({ready_strength("KAZ:A", {.level = 2})}, {.valid_at = kSampleTime + 2h});
  const auto made_by = [&](model::UtcTime to) {
    return changed(force, kSampleTime, to).rows.back().report.seq;
  };

  EXPECT_EQ(made_by(kSampleTime + 1h), 2U);
  EXPECT_EQ(made_by(kSampleTime + 2h), 3U);

  force.tell({training}, {.valid_at = kSampleTime + 3h});
  EXPECT_EQ(made_by(kSampleTime + 3h), 4U);
}

TEST(Diff, TellsNothingOfAUnitWhoseStrengthIsHidden) {
  Force force;
  const std::vector<model::Nation> to_arm = {nation("ARM")};
  force.tell({unit_of("KAZ:A")}, {.releasable_to = to_arm});
  force.tell({strength_of("KAZ:A")});
  force.tell({unit_of("KAZ:A", "KAZ:BN")}, {.valid_at = kSampleTime + 1h, .releasable_to = to_arm});

  EXPECT_THAT(changed(force, kSampleTime, kSampleTime + 1h, ministry_at("ARM/mod", {})).rows,
              IsEmpty());
}

TEST(Diff, TellsThatAUnitAppearedOrWasDisbanded) {
  Force force;
  force.tell({unit_of("KAZ:A"), strength_of("KAZ:A")});
  auto gone = unit_of("KAZ:A");
  gone.lifecycle = model::Lifecycle::disbanded;
  force.tell({gone, unit_of("KAZ:B")}, {.valid_at = kSampleTime + 24h});

  const auto answer = changed(force, kSampleTime, kSampleTime + 24h);

  ASSERT_FALSE(answer.rows.empty());
  EXPECT_EQ(answer.rows[0].change, (FieldChange{"lifecycle", "STANDBY", "DISBANDED"}));
  EXPECT_THAT(answer.rows, Contains(::testing::Field(&model::DiffRow::unit, unit_id("KAZ:B"))));
  EXPECT_EQ(answer.before.units, 1U);
  EXPECT_EQ(answer.after.units, 1U);
  EXPECT_EQ(answer.after.assigned, 0U);
}

TEST(Diff, KeepsToNationsAndToWhatIsReleased) {
  Force force;
  force.tell({unit_of("KAZ:A"), strength_of("KAZ:A")}, {.releasable_to = {nation("ARM")}});
  force.tell({strength_of("KAZ:A", {.present = 90})},
             {.valid_at = kSampleTime + 24h, .releasable_to = {nation("ARM")}});
  force.tell({tests::unit_of("KAZ:A", "KAZ:BN")}, {.valid_at = kSampleTime + 24h});
  const auto seen_by = [&](std::string_view node, std::vector<model::Nation> nations = {}) {
    return changed(force, kSampleTime, kSampleTime + 24h, ministry_at(node, {}), nations).rows;
  };

  EXPECT_THAT(seen_by("KAZ/mod"), SizeIs(3));
  EXPECT_THAT(seen_by("KAZ/mod", {nation("ARM")}), IsEmpty());
  EXPECT_THAT(seen_by("RUS/mod"), IsEmpty());
  // The later identity was not released: nothing of it is left to see.
  for (const auto& row : seen_by("ARM/mod")) {
    EXPECT_NE(row.report.seq, 3U);
    EXPECT_TRUE(row.kind == StatementKind::strength || row.change.after.empty());
  }
}

// ---- stale --------------------------------------------------------------------------------------

TEST(Stale, ListsTheWorstFirstThenMostPeople) {
  Force force;
  const auto now = kSampleTime + 240h;
  force.tell(ready_unit("KAZ:A", {.deployable = 50}), {.valid_at = now - 100h});
  force.tell(ready_unit("KAZ:B", {.deployable = 80}), {.valid_at = now - 100h});
  force.tell({unit_of("KAZ:C"), strength_of("KAZ:C", {.deployable = 10})}, {.valid_at = now - 1h});
  force.tell(ready_unit("KAZ:D"), {.valid_at = now - 30h});

  const auto answer = stale(force.state, {}, officer_at(now));

  std::vector<std::tuple<std::string, StatementKind, Freshness, std::uint64_t>> rows;
  for (const auto& row : answer.rows) {
    rows.emplace_back(row.unit.str(), row.kind, row.freshness, row.people);
  }
  EXPECT_THAT(rows,
              ElementsAre(std::tuple("KAZ:C", StatementKind::readiness, Freshness::expired, 10U),
                          std::tuple("KAZ:C", StatementKind::availability, Freshness::expired, 10U),
                          std::tuple("KAZ:B", StatementKind::strength, Freshness::stale, 80U),
                          std::tuple("KAZ:B", StatementKind::availability, Freshness::stale, 80U),
                          std::tuple("KAZ:A", StatementKind::strength, Freshness::stale, 50U),
                          std::tuple("KAZ:A", StatementKind::availability, Freshness::stale, 50U)));
  EXPECT_EQ(answer.rows[0].valid_at, std::nullopt);
  EXPECT_EQ(answer.rows[2].valid_at, now - 100h);
  EXPECT_EQ(answer.people_at_risk, 140U);
  EXPECT_EQ(answer.people, 240U);
}

TEST(Stale, LooksAtTheKindsThatAreAskedFor) {
  Force force;
  force.tell(ready_unit("KAZ:A"));

  const auto rosters =
      stale(force.state, {.kinds = {StatementKind::roster}}, officer_at(kSampleTime));

  ASSERT_THAT(rosters.rows, SizeIs(1));
  EXPECT_EQ(rosters.people_at_risk, 100U);
  EXPECT_THAT(stale(force.state, {}, officer_at(kSampleTime)).rows, IsEmpty());
}

TEST(Stale, CountsPeopleAtRiskAlsoByWordsThatAreHidden) {
  Force force;
  force.tell({unit_of("KAZ:A"), strength_of("KAZ:A")}, {.releasable_to = {nation("ARM")}});
  auto old = ready_unit("KAZ:A");
  force.tell({old[4], old[5]}, {.valid_at = kSampleTime - 8760h});

  const auto answer = stale(force.state, {}, ministry_at("ARM/mod", kSampleTime));

  EXPECT_THAT(answer.rows, IsEmpty());
  EXPECT_EQ(answer.people_at_risk, 90U);
  EXPECT_THAT(stale(force.state, {}, officer_at(kSampleTime)).rows, SizeIs(2));
}

TEST(Stale, NamesAPledgeThatLapsed) {
  Force force;
  auto statements = ready_unit("KAZ:A");
  auto& availability = std::get<model::AvailabilityStatement>(statements.back());
  availability.pledge_level = std::uint8_t{2};
  availability.pledge_valid_until = kSampleTime + 1h;
  force.tell(statements);

  EXPECT_THAT(stale(force.state, {}, officer_at(kSampleTime)).rows, IsEmpty());
  const auto lapsed = stale(force.state, {}, officer_at(kSampleTime + 1h));
  ASSERT_THAT(lapsed.rows, SizeIs(1));
  EXPECT_EQ(lapsed.rows[0].kind, StatementKind::availability);
  EXPECT_EQ(lapsed.rows[0].freshness, Freshness::expired);
  EXPECT_EQ(lapsed.people_at_risk, 100U);
}

// ---- matrix -------------------------------------------------------------------------------------

/// KAZ: combat A (level 1) and B (level 3, STALE by then), police C. All 40 days old but B.
class Matrix : public ::testing::Test {
 protected:
  static constexpr model::UtcTime kNow = kSampleTime + 40 * 24h;

  Matrix() {
    force_.tell(ready_unit("KAZ:A", {.deployable = 60, .tasks = {Task::t08, Task::t01}}));
    force_.tell({ready_strength("KAZ:A", {.deployable = 90}), ready_availability("KAZ:A", {}),
                 readiness("KAZ:A")},
                {.valid_at = kNow - 1h});
    force_.tell(ready_unit("KAZ:B", {.deployable = 50, .level = 3}), {.valid_at = kNow - 100h});
    auto police = ready_unit("KAZ:C", {.deployable = 20, .tasks = {Task::t05}});
    std::get<model::UnitStatement>(police[0]).element_kind = model::ElementKind::police;
    force_.tell(police, {.valid_at = kNow - 1h});
  }
  static model::ReadinessStatement readiness(std::string_view id) {
    model::ReadinessStatement said;
    said.unit = unit_id(id);
    said.reported_overall = model::Level{1};
    return said;
  }
  [[nodiscard]] std::vector<model::MatrixCell> cells(const model::MatrixQuery& query) const {
    const auto then = kNow - std::chrono::days{query.trend_days};
    return matrix(force_.at({kNow, kNow}), force_.at({then, kNow}), query, officer_at(kNow)).cells;
  }
  Force force_;
};

TEST_F(Matrix, CountsByElementKind) {
  EXPECT_THAT(cells({}), ElementsAre(model::MatrixCell{nation("KAZ"), "COMBAT", 2, 140, 3, 80, 50},
                                     model::MatrixCell{nation("KAZ"), "POLICE", 1, 20, 1, 20, 0}));
}

TEST_F(Matrix, CountsAUnitInEachTaskThatItCanDo) {
  EXPECT_THAT(cells({.by_task = true}),
              ElementsAre(model::MatrixCell{nation("KAZ"), "T01", 1, 90, 1, 30, 0},
                          model::MatrixCell{nation("KAZ"), "T05", 1, 20, 1, 20, 0},
                          model::MatrixCell{nation("KAZ"), "T08", 2, 140, 3, 80, 50}));
  EXPECT_THAT(cells({.by_task = true, .tasks = {Task::t05}}), SizeIs(1));
}

TEST_F(Matrix, KeepsToTasksNationsAndTheTrend) {
  EXPECT_THAT(cells({.tasks = {Task::t01, Task::t08}, .trend_days = 50}),
              ElementsAre(model::MatrixCell{nation("KAZ"), "COMBAT", 1, 90, 1, 90, 0}));
  EXPECT_THAT(cells({.nations = {nation("ARM")}}), IsEmpty());
}

// ---- overrides ----------------------------------------------------------------------------------

TEST(Overrides, ListWhereReportedAndComputedDiffer) {
  Force force;
  force.tell(ready_unit("KAZ:SAME"));
  auto worse = ready_unit("KAZ:WORSE");
  auto& readiness = std::get<model::ReadinessStatement>(worse[4]);
  readiness.reported_overall = model::Level{3};
  readiness.level_override = model::LevelOverride{.direction = model::OverrideDirection::down,
                                                  .reason_code = "TYRES",
                                                  .remark = "Half of the carriers wait for tyres.",
                                                  .authority = "Chief of staff",
                                                  .waiver_id = ""};
  force.tell(worse);
  auto better = ready_unit("KAZ:BETTER", {.level = 2});
  std::get<model::ReadinessStatement>(better[4]).reported_overall = model::Level{1};
  force.tell(better);

  const auto rows = overrides(force.state, {}, officer_at(kSampleTime)).rows;

  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].unit, unit_id("KAZ:BETTER"));
  EXPECT_EQ(rows[0].computed.overall, 2);
  EXPECT_EQ(rows[0].reported, 1);
  EXPECT_EQ(rows[0].effective, 2);
  EXPECT_EQ(rows[0].direction, std::nullopt);
  EXPECT_EQ(rows[1].unit, unit_id("KAZ:WORSE"));
  EXPECT_EQ(rows[1].effective, 3);
  EXPECT_EQ(rows[1].direction, model::OverrideDirection::down);
  EXPECT_EQ(rows[1].authority, "Chief of staff");
  EXPECT_EQ(rows[1].report.str(), "KAZ/mod#2");
  EXPECT_THAT(overrides(force.state, {.nations = {nation("ARM")}}, officer_at(kSampleTime)).rows,
              IsEmpty());
  EXPECT_THAT(overrides(force.state, {}, ministry_at("ARM/mod", kSampleTime)).rows, IsEmpty());
}

TEST(Overrides, JudgeByTheLevelsOfTheMoment) {
  Force force;
  auto statements = ready_unit("KAZ:A");
  std::get<model::TrainingStatement>(statements[3]).tasks[0].certified_until = kSampleTime + 12h;
  force.tell(statements);

  EXPECT_THAT(overrides(force.state, {}, officer_at(kSampleTime)).rows, IsEmpty());
  const auto later = overrides(force.state, {}, officer_at(kSampleTime + 12h)).rows;
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_EQ(later[0].computed.t, 4);
  EXPECT_EQ(later[0].reported, 1);
  EXPECT_EQ(later[0].effective, 4);
}

// ---- rosters ------------------------------------------------------------------------------------

model::RosterEntry person(std::uint8_t number, model::RankGrade grade, model::DutyStatus duty,
                          bool deployable) {
  model::RosterEntry entry;
  entry.person_ref.fill(number);
  entry.rank_grade = grade;
  entry.sex = number % 2 == 0 ? model::Sex::female : model::Sex::male;
  entry.duty_status = duty;
  entry.deployable = deployable;
  if (!deployable) {
    entry.non_deployable_reason = model::NonDeployableReason::legal;
  }
  return entry;
}

/// A battalion with an officer and a sergeant who speaks two languages, and a company with a medic.
Force with_rosters() {
  using model::DutyStatus;
  using model::RankGrade;
  Force force;
  auto sergeant = person(2, RankGrade::or_6, DutyStatus::leave, true);
  sergeant.languages = {"kaz", "rus", "kaz"};
  auto medic = person(3, RankGrade::or_2, DutyStatus::hospital, false);
  medic.specialty = code("MEDIC");
  medic.languages = {"rus"};
  const model::RosterStatement battalion{
      .unit = unit_id("KAZ:BN"),
      .version = 7,
      .upserts = {person(1, RankGrade::of_3, DutyStatus::present, true), sergeant}};
  const model::RosterStatement company{.unit = unit_id("KAZ:CO"), .version = 3, .upserts = {medic}};
  force.tell({unit_of("KAZ:BN"), unit_of("KAZ:CO", "KAZ:BN"), unit_of("KAZ:X", "KAZ:CO"),
              strength_of("KAZ:BN", {.assigned = 2, .present = 1, .deployable = 2}),
              strength_of("KAZ:X"), battalion});
  force.tell({company}, {.valid_at = kSampleTime - 1h});
  return force;
}

TEST(RosterOf, CountsThePeopleOfAUnitByWhatTheyAre) {
  const auto answer =
      roster(with_rosters().state, {.unit = unit_id("KAZ:BN")}, officer_at(kSampleTime));

  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->units, 1U);
  EXPECT_EQ(answer->version, 7U);
  EXPECT_EQ(answer->people, 2U);
  EXPECT_EQ(answer->present, 1U);
  EXPECT_EQ(answer->deployable, 2U);
  EXPECT_EQ(answer->strength->on_strength, 2U);
  using enum model::RosterDimension;
  EXPECT_THAT(
      answer->rows,
      ElementsAre(
          model::RosterRow{grade, "OR-6", 1, 0, 1}, model::RosterRow{grade, "OF-3", 1, 1, 1},
          model::RosterRow{specialty, "", 2, 1, 2}, model::RosterRow{language, "kaz", 1, 0, 1},
          model::RosterRow{language, "rus", 1, 0, 1},
          model::RosterRow{duty_status, "LEAVE", 1, 0, 1},
          model::RosterRow{duty_status, "PRESENT", 1, 1, 1}, model::RosterRow{sex, "F", 1, 0, 1},
          model::RosterRow{sex, "M", 1, 1, 1}, model::RosterRow{category, "OFFICER", 1, 1, 1},
          model::RosterRow{category, "WARRANT_NCO", 1, 0, 1}));
}

TEST(RosterOf, AddsThoseBelow) {
  const auto answer = roster(with_rosters().state,
                             {.unit = unit_id("KAZ:BN"),
                              .with_subordinates = true,
                              .by = {model::RosterDimension::specialty}},
                             officer_at(kSampleTime));

  EXPECT_EQ(answer->units, 2U);  // KAZ:X has none.
  EXPECT_EQ(answer->version, std::nullopt);
  EXPECT_EQ(answer->valid_at, kSampleTime - 1h);
  EXPECT_EQ(answer->people, 3U);
  EXPECT_EQ(answer->deployable, 2U);
  EXPECT_EQ(answer->strength->on_strength, 2U);  // Of the units that have a roster.
  using enum model::RosterDimension;
  EXPECT_THAT(answer->rows, ElementsAre(model::RosterRow{specialty, "", 2, 1, 2},
                                        model::RosterRow{specialty, "MEDIC", 1, 0, 0}));
}

TEST(RosterOf, EndsWhenUnitsStandBelowEachOther) {
  auto force = with_rosters();
  force.tell({unit_of("KAZ:BN", "KAZ:X")}, {.valid_at = kSampleTime + 1h});

  const auto answer = roster(force.state, {.unit = unit_id("KAZ:BN"), .with_subordinates = true},
                             officer_at(kSampleTime + 1h));

  EXPECT_EQ(answer->people, 3U);
}

TEST(RosterOf, IsEmptyWithoutOneAndNothingWithoutAUnit) {
  const auto force = with_rosters();
  const auto ask = [&](std::string_view unit, const Moment& moment) {
    return roster(force.state, {.unit = unit_id(unit)}, moment);
  };

  EXPECT_EQ(ask("KAZ:X", officer_at(kSampleTime))->units, 0U);
  EXPECT_THAT(ask("KAZ:X", officer_at(kSampleTime))->rows, IsEmpty());
  EXPECT_EQ(ask("KAZ:NONE", officer_at(kSampleTime)), std::nullopt);
  EXPECT_EQ(ask("KAZ:BN", ministry_at("ARM/mod", kSampleTime)), std::nullopt);
  EXPECT_EQ(ask("KAZ:BN", ministry_at("KAZ/mod", kSampleTime))->people, 2U);
}

}  // namespace
}  // namespace muster::core
