// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "broker/core/candidates.h"
#include "broker/core/figures.h"
#include "broker/core/force_views.h"
#include "tests/unit/core_force_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Assurance;
using model::CaveatKind;
using model::LeftOutReason;
using model::Task;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::nation;
using tests::unit_id;

const model::ReadyQuery kT08{.within_h = 24, .tasks = {Task::t08}};

/// One unit, KAZ:A, of which one thing is changed: 100 people, ready after 12 hours.
class OneUnit : public ::testing::Test {
 protected:
  OneUnit() : statements_(ready_unit("KAZ:A")) {}

  template <typename S>
  S& said() {
    for (auto& statement : statements_) {
      if (auto* found = std::get_if<S>(&statement)) {
        return *found;
      }
    }
    throw std::logic_error("not said");
  }
  Force force() const {
    Force force;
    force.tell(statements_);
    for (const auto& more : more_) {
      force.tell({more}, {.node = more_by_});
    }
    return force;
  }
  model::ReadyAnswer answer(const model::ReadyQuery& query = kT08) const {
    return ready(force().state, query, officer_at(kNow));
  }
  void expect_people(const Assurance& people, const model::ReadyQuery& query = kT08) const {
    const auto found = answer(query);
    EXPECT_EQ(found.total.people, people);
    EXPECT_THAT(found.left_out, IsEmpty());
  }
  void expect_left_out(LeftOutReason reason, const std::string& detail,
                       const model::ReadyQuery& query = kT08) const {
    const auto found = answer(query);
    EXPECT_EQ(found.total, model::ReadyRow{});
    ASSERT_THAT(found.left_out, SizeIs(1));
    EXPECT_EQ(found.left_out[0].reason, reason) << model::to_text(found.left_out[0].reason);
    EXPECT_EQ(found.left_out[0].detail, detail);
  }

  static constexpr model::UtcTime kNow = kSampleTime + 1h;
  std::vector<model::Statement> statements_;
  std::vector<model::Statement> more_;
  std::string more_by_ = "KAZ/mod";
};

const Assurance kSure{.certain = 100, .likely = 100, .claimed = 100};

TEST_F(OneUnit, IsCertainWhenNothingSpeaksAgainstIt) { expect_people(kSure); }

TEST_F(OneUnit, IsOnTimeUpToTheLastMinute) {
  said<model::AvailabilityStatement>().notice_to_move_min = 1200;  // And 240 of loading: 24 h.
  expect_people(kSure);

  said<model::AvailabilityStatement>().notice_to_move_min = 1201;
  expect_left_out(LeftOutReason::late, "ready in 25 h, 24 wanted");
}

TEST_F(OneUnit, IsLateWhenItsNoticeOrLoadingIsNotStated) {
  said<model::AvailabilityStatement>().load_min = std::nullopt;
  expect_left_out(LeftOutReason::late, "notice to move or loading time is not stated");

  said<model::AvailabilityStatement>().load_min = 0;
  said<model::AvailabilityStatement>().notice_to_move_min = std::nullopt;
  expect_left_out(LeftOutReason::late, "notice to move or loading time is not stated");
}

TEST_F(OneUnit, IsLateWithoutAnAvailability) {
  statements_.pop_back();
  expect_left_out(LeftOutReason::late, "its availability is not stated");
}

// ---- certainty ----------------------------------------------------------------------------------

TEST_F(OneUnit, IsLikelyWhenALevelIsPartial) {
  said<model::StrengthStatement>().duty_qualified = std::nullopt;

  expect_people({.certain = 0, .likely = 100, .claimed = 100});
}

TEST_F(OneUnit, CountsByItsEffectiveLevel) {
  const auto people_at = [&](model::Level reported) {
    said<model::ReadinessStatement>().reported_overall = reported;
    return answer().total.people;
  };

  EXPECT_EQ(people_at(2), kSure);
  EXPECT_EQ(people_at(3), (Assurance{0, 100, 100}));
  EXPECT_EQ(people_at(4), (Assurance{0, 0, 100}));
  EXPECT_EQ(people_at(5), Assurance{});
  expect_left_out(LeftOutReason::not_ready, "level 5");
}

TEST_F(OneUnit, IsClaimedWhenNothingWasMeasured) {
  statements_ = {able_unit("KAZ:A", {Task::t08}), tests::strength_of("KAZ:A"),
                 model::ReadinessStatement{.unit = unit_id("KAZ:A")},
                 ready_availability("KAZ:A", {})};
  said<model::StrengthStatement>().authorised = 0;

  expect_people({.certain = 0, .likely = 0, .claimed = 90});
}

TEST_F(OneUnit, CountsByItsAge) {
  const auto people_after = [&](model::Duration age) {
    return ready(force().state, kT08, officer_at(kSampleTime + age)).total.people;
  };

  EXPECT_EQ(people_after(24h), kSure);
  EXPECT_EQ(people_after(48h), (Assurance{0, 100, 100}));
  EXPECT_EQ(people_after(168h), (Assurance{0, 0, 100}));
  EXPECT_EQ(people_after(169h), Assurance{});
  const auto expired = ready(force().state, kT08, officer_at(kSampleTime + 169h));
  EXPECT_EQ(expired.left_out[0].reason, LeftOutReason::expired);
}

TEST_F(OneUnit, IsStaleWhenYoungerWordsAreWanted) {
  const auto at = officer_at(kSampleTime + 30h);
  auto query = kT08;
  query.min_freshness = model::Freshness::ageing;
  EXPECT_EQ(ready(force().state, query, at).total.units, 1U);

  query.min_freshness = model::Freshness::fresh;
  const auto answer = ready(force().state, query, at);

  ASSERT_THAT(answer.left_out, SizeIs(1));
  EXPECT_EQ(answer.left_out[0].reason, LeftOutReason::stale);
  EXPECT_EQ(answer.left_out[0].detail, "AGEING, FRESH wanted");
}

// ---- people -------------------------------------------------------------------------------------

TEST_F(OneUnit, BringsNoMoreThanItsCap) {
  said<model::AvailabilityStatement>().people_cap = 60;

  expect_people({60, 60, 60});
}

TEST_F(OneUnit, IsUnderStrengthWhenNobodyIsFree) {
  said<model::AvailabilityStatement>().people_cap = 0;

  expect_left_out(LeftOutReason::under_strength, "nobody is free");
}

TEST_F(OneUnit, LeavesOutPeopleWhoAreCommitted) {
  more_ = {committed("KAZ:A", "C-1", 30), committed("KAZ:A", "C-2", 20)};
  expect_people({50, 50, 50});

  more_.push_back(committed("KAZ:A", "C-3", 50));
  expect_left_out(LeftOutReason::already_committed, "100 people are committed, 100 deployable");
}

TEST_F(OneUnit, IsNotCommittedByPromisesThatDoNotBindNow) {
  using model::ContributionState;
  for (const auto state : {ContributionState::offered, ContributionState::acknowledged,
                           ContributionState::accepted, ContributionState::declined,
                           ContributionState::released, ContributionState::withdrawn_by_nation}) {
    auto promise = committed("KAZ:A", "C-1", 30);
    promise.state = state;
    more_ = {promise};
    SCOPED_TRACE(model::to_text(state));
    expect_people(kSure);
  }
  for (const auto state :
       {ContributionState::in_transit, ContributionState::in_place, ContributionState::returning}) {
    auto promise = committed("KAZ:A", "C-1", 30);
    promise.state = state;
    more_ = {promise};
    SCOPED_TRACE(model::to_text(state));
    expect_people({70, 70, 70});
  }
  auto later = committed("KAZ:A", "C-1", 30);
  later.from = kNow + 1us;
  auto over = committed("KAZ:A", "C-2", 30);
  over.to = kNow;
  more_ = {later, over};
  expect_people(kSure);
}

TEST_F(OneUnit, IsNotAvailableOutsideItsWindow) {
  said<model::AvailabilityStatement>().available_from = kNow + 24h;
  expect_people(kSure);

  said<model::AvailabilityStatement>().available_from = kNow + 25h;
  expect_left_out(LeftOutReason::not_available, "available from 2022-01-08T14:00:00Z");

  said<model::AvailabilityStatement>().available_from = std::nullopt;
  said<model::AvailabilityStatement>().available_until = kNow + 12h;  // Ready by then, and gone.
  expect_left_out(LeftOutReason::not_available, "available until 2022-01-08T01:00:00Z");

  said<model::AvailabilityStatement>().available_until = kNow + 12h + 1us;
  expect_people(kSure);
}

TEST_F(OneUnit, ComesWhenItsWindowOpens) {
  said<model::AvailabilityStatement>().available_from = kNow + 20h;

  const auto steps = buildup(force().state, {.tasks = {Task::t08}}, officer_at(kNow)).steps;

  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps[0].hour, 20);
}

TEST_F(OneUnit, IsNotAvailableWhileItReorganises) {
  said<model::UnitStatement>().lifecycle = model::Lifecycle::forming;

  expect_left_out(LeftOutReason::not_available, "lifecycle FORMING");
}

// ---- tasks --------------------------------------------------------------------------------------

TEST_F(OneUnit, CoversTasksWithAllItsCapabilitiesTogether) {
  said<model::UnitStatement>().capabilities = {{{Task::t08, Task::t01}, {}, {}},
                                               {{Task::t14}, {}, {}}};

  expect_people(kSure, {.within_h = 24, .tasks = {Task::t08, Task::t14}});
  expect_left_out(LeftOutReason::wrong_capability, "cannot do T05, T99",
                  {.within_h = 24, .tasks = {Task::t08, Task::t05, Task::t99}});
}

TEST_F(OneUnit, CanDoWhatItsElementKindIsForWhenItListsNothing) {
  said<model::UnitStatement>().capabilities.clear();
  expect_people(kSure, {.within_h = 24, .tasks = {Task::t01, Task::t02, Task::t08, Task::t10}});

  said<model::UnitStatement>().element_kind = model::ElementKind::rear_support;
  expect_people(kSure, {.within_h = 24, .tasks = {Task::t13, Task::t14, Task::t15}});
  expect_left_out(LeftOutReason::wrong_capability, "cannot do T08");

  said<model::UnitStatement>().element_kind = model::ElementKind::other;
  expect_people(kSure, {.within_h = 24});
  expect_left_out(LeftOutReason::wrong_capability, "cannot do T08");
}

TEST_F(OneUnit, IsFilteredByNationAndElementKind) {
  EXPECT_EQ(answer({.within_h = 24, .nations = {nation("KAZ")}}).total.units, 1U);
  const auto other_nation = answer({.within_h = 24, .nations = {nation("ARM")}});
  EXPECT_EQ(other_nation.total.units, 0U);
  EXPECT_THAT(other_nation.left_out, IsEmpty());
  EXPECT_EQ(answer({.within_h = 24, .element_kinds = {model::ElementKind::combat}}).total.units,
            1U);
  EXPECT_EQ(answer({.within_h = 24, .element_kinds = {model::ElementKind::police}}).total.units,
            0U);
}

// ---- movement -----------------------------------------------------------------------------------

const model::Place kHome{43.0, 77.0};
/// About 900 km to the north of it.
const model::Place kArea{51.0938, 77.0};

TEST_F(OneUnit, MovesToTheAreaFromWhereItIs) {
  const auto moves = [&](model::MovementMode mode) {
    said<model::AvailabilityStatement>().movement = model::Movement{.mode = mode};
    return buildup(force().state, {.tasks = {Task::t08}, .area = kArea}, officer_at(kNow))
        .steps.front()
        .hour;
  };
  said<model::UnitStatement>().home = kHome;

  EXPECT_EQ(moves(model::MovementMode::air), 14);   // 12 h and 90 min.
  EXPECT_EQ(moves(model::MovementMode::road), 42);  // 12 h and 30 h.
  EXPECT_EQ(moves(model::MovementMode::rail), 48);  // 12 h and 36 h.

  said<model::UnitStatement>().current = kArea;  // It is there already.
  EXPECT_EQ(moves(model::MovementMode::rail), 12);
}

TEST_F(OneUnit, IsLateWhenNobodySaysHowItMovesOrFromWhere) {
  auto query = kT08;
  query.area = kArea;
  expect_left_out(LeftOutReason::late, "neither current place nor home is stated", query);

  said<model::UnitStatement>().home = kHome;
  expect_left_out(LeftOutReason::late, "how it moves is not stated", query);
}

TEST_F(OneUnit, MovesInWaves) {
  said<model::UnitStatement>().home = kHome;
  said<model::AvailabilityStatement>().movement = model::Movement{
      .mode = model::MovementMode::air, .embark_point = {}, .lift = model::Lift{.people = 40}};

  const auto steps =
      buildup(force().state, {.tasks = {Task::t08}, .area = kArea}, officer_at(kNow)).steps;

  // Ready after 810 minutes, and 180 there and back: 40, 40 and 20.
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_EQ(steps[0].hour, 14);
  EXPECT_EQ(steps[1].hour, 17);
  EXPECT_EQ(steps[2].hour, 20);
  EXPECT_EQ(steps[0].units, 1U);
  EXPECT_EQ(steps[1].units, 0U);
  EXPECT_EQ(steps[2].people, (Assurance{20, 20, 20}));
  EXPECT_EQ(steps[2].cumulative, kSure);
}

TEST_F(OneUnit, IsNotSplitWithoutAnArea) {
  said<model::AvailabilityStatement>().movement =
      model::Movement{.lift = model::Lift{.people = 40}};

  EXPECT_THAT(buildup(force().state, {.tasks = {Task::t08}}, officer_at(kNow)).steps, SizeIs(1));
}

TEST_F(OneUnit, ComesInTheRoleOfItsSlot) {
  more_ = {model::StandbyStatement{.unit = unit_id("KAZ:A"),
                                   .from = kNow - 1h,
                                   .to = kNow + 1h,
                                   .role = model::StandbyRole::main},
           model::StandbyStatement{.unit = unit_id("KAZ:A"),
                                   .from = kNow - 2h,
                                   .to = kNow,  // It is over.
                                   .role = model::StandbyRole::first_echelon}};

  const auto steps = buildup(force().state, {.tasks = {Task::t08}}, officer_at(kNow)).steps;

  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps[0].role, model::StandbyRole::main);
  for (const auto& [from, role] : {std::pair(3h, model::StandbyRole::first_echelon),
                                   std::pair(4h, model::StandbyRole::reserve)}) {
    more_.push_back(model::StandbyStatement{
        .unit = unit_id("KAZ:A"), .from = kNow - from, .to = kNow + 1h, .role = role});
  }
  EXPECT_EQ(buildup(force().state, {.tasks = {Task::t08}}, officer_at(kNow)).steps[0].role,
            model::StandbyRole::first_echelon);
  EXPECT_EQ(buildup(force().state, {.horizon_h = 11}, officer_at(kNow)).steps.size(), 0U);
}

// ---- caveats ------------------------------------------------------------------------------------

TEST_F(OneUnit, IsHeldByAPeriodWhileItLasts) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::period);
  caveat.from = kNow;
  caveat.to = kNow + 1h;
  more_ = {caveat};
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: PERIOD");

  caveat.from = kNow + 1us;
  more_ = {caveat};
  expect_people(kSure);

  caveat.from = kNow - 1h;
  caveat.to = kNow;
  more_ = {caveat};
  expect_people(kSure);
}

TEST_F(OneUnit, NamesTheFirstOfItsCaveats) {
  for (const auto* id : {"C-3", "C-1", "C-5", "C-2", "C-4"}) {
    more_.push_back(caveat_of("KAZ", id, CaveatKind::period));
  }
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: PERIOD");
}

TEST_F(OneUnit, IsFreeOfACaveatThatWasWithdrawn) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::period);
  caveat.withdrawn_at = kNow;
  more_ = {caveat};
  expect_people(kSure);

  caveat.withdrawn_at = kNow + 1us;
  more_ = {caveat};
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: PERIOD");
}

TEST_F(OneUnit, IsNotHeldByTheCaveatOfAnotherTaskUnitOrNation) {
  auto other_task = caveat_of("KAZ", "C-1", CaveatKind::task_excluded);
  other_task.tasks = {Task::t05};
  auto other_unit = caveat_of("KAZ", "C-2", CaveatKind::period);
  other_unit.unit = unit_id("KAZ:B");
  more_ = {other_task, other_unit, caveat_of("ARM", "C-3", CaveatKind::period)};

  expect_people(kSure);
}

TEST_F(OneUnit, IsHeldByAnAreaThatTheMissionLiesIn) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::area_excluded);
  caveat.area = {{42, 76}, {44, 76}, {44, 78}, {42, 78}};
  more_ = {caveat};
  said<model::UnitStatement>().current = kHome;
  said<model::AvailabilityStatement>().movement = model::Movement{};
  auto query = kT08;

  expect_people(kSure, query);
  query.area = model::Place{43, 77};
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: AREA_EXCLUDED", query);
  query.area = model::Place{43, 78.5};
  expect_people(kSure, query);
}

TEST_F(OneUnit, IsNotCertainBeforeItsApproval) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::approval_required);
  caveat.tasks = {Task::t08};
  more_ = {caveat};
  expect_people({.certain = 0, .likely = 100, .claimed = 100});

  model::DecisionStatement approval;
  approval.decision_id = tests::code("D-1");
  approval.kind = model::DecisionKind::caveat_approval;
  approval.contribution_id = "KAZ/C-1";
  more_.push_back(approval);
  expect_people(kSure);
}

TEST_F(OneUnit, IsHeldByAWayOfMovingThatItWouldUse) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::night_or_mode);
  caveat.mode = "AIR";
  more_ = {caveat};
  said<model::UnitStatement>().home = kHome;
  said<model::AvailabilityStatement>().movement = model::Movement{.mode = model::MovementMode::air};
  auto query = kT08;
  expect_people(kSure, query);  // It need not move.

  query.area = kArea;
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: NIGHT_OR_MODE", query);

  caveat.mode = "NIGHT";
  more_ = {caveat};
  expect_people(kSure, query);
}

TEST_F(OneUnit, BringsNoMoreThanItsMaxStrength) {
  auto caveat = caveat_of("KAZ", "C-1", CaveatKind::max_strength);
  caveat.unit = unit_id("KAZ:A");
  caveat.max_people = 40;
  more_ = {caveat};
  expect_people({40, 40, 40});

  caveat.max_people = 0;
  more_ = {caveat};
  expect_left_out(LeftOutReason::caveat, "caveat KAZ/C-1: MAX_STRENGTH");
}

/// Two units of KAZ: B is ready first but only likely. The nation sends 120 people at most.
Force capped_force() {
  Force force;
  force.tell(ready_unit("KAZ:A", {.deployable = 80, .notice_min = 960}));
  force.tell(ready_unit("KAZ:B", {.deployable = 80, .level = 3}));
  force.tell(ready_unit("KAZ:C", {.deployable = 80, .level = 4}));
  auto caveat = caveat_of("KAZ", "CAP", CaveatKind::max_strength);
  caveat.max_people = 120;
  force.tell({caveat});
  return force;
}

TEST(NationCap, GivesItsPlacesToTheSurestPeople) {
  const auto answer = ready(capped_force().state, kT08, officer_at(kSampleTime));

  EXPECT_EQ(answer.total.people, (Assurance{80, 120, 120}));
  EXPECT_EQ(answer.total.units, 2U);
  ASSERT_THAT(answer.left_out, SizeIs(1));
  EXPECT_EQ(answer.left_out[0].unit, unit_id("KAZ:C"));
  EXPECT_EQ(answer.left_out[0].reason, LeftOutReason::caveat);
  EXPECT_THAT(answer.left_out[0].detail, HasSubstr("KAZ/CAP: MAX_STRENGTH of 120"));
}

TEST(NationCap, IsTheLeastOfSeveral) {
  auto force = capped_force();
  for (const auto& [id, people] : {std::pair("CAP-2", 90U), std::pair("CAP-3", 200U)}) {
    auto caveat = caveat_of("KAZ", id, CaveatKind::max_strength);
    caveat.max_people = people;
    force.tell({caveat});
  }

  EXPECT_EQ(ready(force.state, kT08, officer_at(kSampleTime)).total.people,
            (Assurance{80, 90, 90}));
}

TEST(NationCap, BindsTheBuildUpAtEachHour) {
  const auto force = capped_force();
  const auto steps = buildup(force.state, {.tasks = {Task::t08}}, officer_at(kSampleTime)).steps;

  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_EQ(steps[0].cumulative, (Assurance{0, 80, 120}));
  EXPECT_EQ(steps[1].people, (Assurance{80, 40, 0}));
  EXPECT_EQ(steps[1].cumulative, (Assurance{80, 120, 120}));
}

TEST(Caveats, TellWhatTheyRemoveAndLeave) {
  auto force = capped_force();
  auto excluded = caveat_of("KAZ", "NOT-T08", CaveatKind::task_excluded);
  excluded.unit = unit_id("KAZ:B");
  excluded.tasks = {Task::t08};
  auto gone = excluded;
  gone.caveat_id = tests::code("GONE");
  gone.withdrawn_at = kSampleTime;
  force.tell({excluded, gone, caveat_of("ARM", "ASK", CaveatKind::approval_required)});

  const auto answer = caveats(force.state, {.tasks = {Task::t08}}, officer_at(kSampleTime)).rows;

  ASSERT_THAT(answer, SizeIs(3));
  EXPECT_EQ(answer[0].caveat_id, tests::code("ASK"));
  EXPECT_EQ(answer[1].people_removed, 120U);  // CAP: 240 of KAZ, 120 may come.
  EXPECT_EQ(answer[1].people_left, 120U);
  EXPECT_EQ(answer[2].people_removed, 80U);
  EXPECT_EQ(answer[2].people_left, 0U);
  EXPECT_EQ(answer[2].report.str(), "KAZ/mod#5");
  EXPECT_THAT(caveats(force.state, {.tasks = {Task::t05}}, officer_at(kSampleTime)).rows,
              SizeIs(2));
  EXPECT_THAT(caveats(force.state, {}, officer_at(kSampleTime)).rows, SizeIs(3));
  EXPECT_THAT(caveats(force.state, {.nations = {nation("ARM")}}, officer_at(kSampleTime)).rows,
              SizeIs(1));
  EXPECT_THAT(caveats(force.state, {}, ministry_at("ARM/mod", kSampleTime)).rows, SizeIs(1));
}

TEST(Caveats, CountOnlyUnitsThatCanDoTheTasks) {
  Force force;
  force.tell(ready_unit("KAZ:A", {.deployable = 60}));
  force.tell(ready_unit("KAZ:B", {.deployable = 30, .tasks = {Task::t05}}));
  force.tell({caveat_of("KAZ", "C-1", CaveatKind::period)});
  const auto removed = [&](std::vector<Task> tasks) {
    return caveats(force.state, {.tasks = std::move(tasks)}, officer_at(kSampleTime))
        .rows.at(0)
        .people_removed;
  };

  EXPECT_EQ(removed({Task::t08}), 60U);
  EXPECT_EQ(removed({Task::t05}), 30U);
  EXPECT_EQ(removed({Task::t05, Task::t08}), 0U);
  EXPECT_EQ(removed({}), 90U);
}

TEST(Caveats, AreJudgedByWhatTheySpeakOfWhenNothingIsAsked) {
  Force force;
  force.tell(ready_unit("KAZ:A", {.deployable = 60}));
  force.tell(ready_unit("KAZ:B", {.deployable = 30, .tasks = {Task::t05}}));
  auto by_air = ready_unit("KAZ:C", {.deployable = 7, .tasks = {Task::t14}});
  std::get<model::AvailabilityStatement>(by_air.back()).movement =
      model::Movement{.mode = model::MovementMode::air};
  force.tell(by_air);
  auto task = caveat_of("KAZ", "C-1", CaveatKind::task_excluded);
  task.tasks = {Task::t05};
  auto area = caveat_of("KAZ", "C-2", CaveatKind::area_excluded);
  area.tasks = {Task::t05};
  area.area = {{42, 76}, {44, 76}, {44, 78}};
  auto mode = caveat_of("KAZ", "C-3", CaveatKind::night_or_mode);
  mode.mode = "AIR";
  force.tell({task, area, mode});

  const auto rows = caveats(force.state, {}, officer_at(kSampleTime)).rows;

  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].people_removed, 30U);
  EXPECT_EQ(rows[0].people_left, 0U);
  EXPECT_EQ(rows[1].people_removed, 97U);
  EXPECT_EQ(rows[2].people_removed, 7U);
  EXPECT_EQ(rows[2].people_left, 90U);
}

// ---- the plane ----------------------------------------------------------------------------------

TEST(Polygon, HoldsWhatIsInside) {
  const std::vector<model::Place> square = {{42, 76}, {44, 76}, {44, 78}, {42, 78}};
  const std::vector<model::Place> bay = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {3, 2}};

  EXPECT_TRUE(is_inside({43, 77}, square));
  EXPECT_FALSE(is_inside({41.9, 77}, square));
  EXPECT_FALSE(is_inside({43, 78.1}, square));
  EXPECT_FALSE(is_inside({1, 2}, bay));
  EXPECT_TRUE(is_inside({3.5, 2}, bay));
  EXPECT_FALSE(is_inside({43, 77}, {{42, 76}, {44, 76}}));
}

TEST(Polygon, MayCrossTheAntimeridian) {
  const std::vector<model::Place> area = {{60, 175}, {65, 175}, {65, -175}, {60, -175}};

  EXPECT_TRUE(is_inside({62, 179}, area));
  EXPECT_TRUE(is_inside({62, -179}, area));
  EXPECT_FALSE(is_inside({62, 170}, area));
  EXPECT_FALSE(is_inside({62, 0}, area));
}

}  // namespace
}  // namespace muster::core
