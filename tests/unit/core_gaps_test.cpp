// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "broker/core/demand.h"
#include "tests/unit/core_promises_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::CausePeople;
using model::CaveatKind;
using model::ContributionState;
using model::LeftOutReason;
using model::Task;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;

/// EX-2201 in KAZ, whose L01 wants 100 people of COMBAT for T08 within 48 hours.
class GapsTest : public ::testing::Test, protected Operating {
 protected:
  GapsTest() { ask_for({line_of("L01", 100)}); }

  void ask_for(std::vector<model::RequirementLine> lines) {
    by_office({operation_of(), requirement_of(std::move(lines))});
  }
  void offer(std::string_view unit, std::string_view id, model::Count people,
             ContributionState as = ContributionState::offered, std::string_view line = "L01") {
    auto slice = slice_of(unit, id, people, as);
    slice.sor_line = code(line);
    promise(slice);
  }
  void elsewhere(std::string_view unit, std::string_view id, model::Count people,
                 ContributionState as) {
    auto slice = slice_of(unit, id, people, as);
    slice.operation = code("EX-2202");
    promise(slice);
  }
  void limit(const model::CaveatStatement& caveat) { by_ministry(caveat.nation.view(), {caveat}); }
  [[nodiscard]] model::GapsAnswer answer(std::optional<std::uint32_t> version = {}) const {
    return gaps(state, {code("EX-2201"), version}, officer_at(kNow)).value();
  }
  [[nodiscard]] model::LineGap line(std::size_t i = 0) const { return answer().lines.at(i); }
  void expect_cause(LeftOutReason reason, std::uint64_t people, const std::string& detail) const {
    const auto found = answer();
    EXPECT_THAT(found.lines.at(0).causes, ElementsAre(CausePeople{reason, people}));
    ASSERT_THAT(found.left_out, SizeIs(1));
    EXPECT_EQ(found.left_out[0].reason, reason) << model::to_text(found.left_out[0].reason);
    EXPECT_EQ(found.left_out[0].detail, detail);
    EXPECT_EQ(found.left_out[0].people - found.left_out[0].counted, people);
  }
};

// ---- DOMAIN.md §6: gap per SOR line -------------------------------------------------------------

TEST_F(GapsTest, AgreesWithTheWorkedExample) {
  ask_for({line_of("L01", 260)});
  declare("RUS:A", 130);
  declare("BLR:B", 54);
  tell(ready_unit("ARM:C", {.deployable = 30}), {.node = "ARM/mod", .valid_at = kSampleTime - 72h});
  by_ministry("TJK", ready_unit("TJK:D", {.deployable = 26, .notice_min = 49 * 60}));
  offer("RUS:A", "O-1", 130);
  offer("BLR:B", "O-2", 54);
  offer("ARM:C", "O-3", 30);
  offer("TJK:D", "O-4", 26);

  const auto gap = line();

  EXPECT_EQ(gap.offered, 240U);
  EXPECT_EQ(gap.counted, 184U);
  EXPECT_EQ(gap.lacking, 76U);
  EXPECT_THAT(gap.causes, ElementsAre(CausePeople{LeftOutReason::late, 26},
                                      CausePeople{LeftOutReason::stale, 30}));
  EXPECT_EQ(gap.not_offered, 20U);
  const auto all = answer();
  EXPECT_EQ(all.needed, 260U);
  EXPECT_EQ(all.offered, 240U);
  EXPECT_EQ(all.counted, 184U);
  EXPECT_EQ(all.lacking, 76U);
  ASSERT_THAT(all.left_out, SizeIs(2));
  EXPECT_EQ(all.left_out[0].contribution, "ARM/O-3");
  EXPECT_EQ(all.left_out[0].detail, "STALE, AGEING wanted");
  EXPECT_EQ(all.left_out[1].detail, "ready in 53 h, 48 wanted");
  ASSERT_TRUE(gap.fix);
  EXPECT_EQ(gap.fix->text, "one company of COMBAT, 76 people, able to T08, ready within 48 h");
}

TEST_F(GapsTest, LacksNothingWhenMoreIsOffered) {
  declare("RUS:A", 130);
  offer("RUS:A", "O-1", 130);

  const auto gap = line();

  EXPECT_EQ(gap.counted, 130U);
  EXPECT_EQ(gap.lacking, 0U);
  EXPECT_EQ(gap.not_offered, 0U);
  EXPECT_FALSE(gap.fix);
}

TEST_F(GapsTest, CountsNobodyTwice) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-2", 60);
  offer("RUS:A", "O-1", 60);

  EXPECT_EQ(line().counted, 100U);
  expect_cause(LeftOutReason::under_strength, 20, "40 people are free");
  EXPECT_EQ(answer().left_out[0].contribution, "RUS/O-2");
}

TEST_F(GapsTest, SharesAUnitBetweenLines) {
  ask_for({line_of("L01", 100), line_of("L02", 100)});
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 70, ContributionState::offered, "L02");
  offer("RUS:A", "O-2", 50, ContributionState::accepted, "L01");
  offer("RUS:A", "O-3", 40, ContributionState::committed, "L02");

  const auto found = answer();

  // 40 are committed, then 50 accepted; ten are left of the offer.
  EXPECT_EQ(found.lines[0].counted, 50U);
  EXPECT_EQ(found.lines[1].counted, 50U);
  EXPECT_EQ(found.counted, 100U);
  EXPECT_THAT(found.lines[1].causes,
              ElementsAre(CausePeople{LeftOutReason::already_committed, 60}));
}

TEST_F(GapsTest, DoesNotCountWhoIsPromisedElsewhere) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 120);
  for (const auto as : {ContributionState::accepted, ContributionState::committed,
                        ContributionState::in_place, ContributionState::returning}) {
    elsewhere("RUS:A", "E-1", 30, as);

    const auto gap = line();
    EXPECT_EQ(gap.counted, 70U) << model::to_text(as);
    EXPECT_THAT(gap.causes, ElementsAre(CausePeople{LeftOutReason::already_committed, 30},
                                        CausePeople{LeftOutReason::under_strength, 20}));
  }
  for (const auto as : {ContributionState::offered, ContributionState::acknowledged,
                        ContributionState::released, ContributionState::withdrawn_by_nation}) {
    elsewhere("RUS:A", "E-1", 30, as);
    EXPECT_EQ(line().counted, 100U) << model::to_text(as);
  }
}

TEST_F(GapsTest, DoesNotCountWhoOthersHoldLater) {
  declare("RUS:A", 100);
  auto mine = slice_of("RUS:A", "O-1", 100, ContributionState::offered);
  mine.to = kNow + 240h;
  promise(mine);
  auto other = slice_of("RUS:A", "E-1", 30, ContributionState::accepted);
  other.operation = code("EX-2202");
  other.from = kNow + 240h;
  promise(other);
  EXPECT_EQ(line().counted, 100U);  // One ends as the other begins.

  other.from = kNow + 239h;
  promise(other);
  EXPECT_EQ(line().counted, 70U);
}

// ---- states -------------------------------------------------------------------------------------

TEST_F(GapsTest, CountsWhoIsInPlaceWhateverTheirWordsSay) {
  tell(ready_unit("RUS:A", {.notice_min = 200 * 60}),
       {.node = "RUS/mod", .valid_at = kSampleTime - 400h});
  offer("RUS:A", "O-1", 100, ContributionState::in_place);
  EXPECT_EQ(line().counted, 100U);

  offer("RUS:A", "O-1", 120, ContributionState::in_place);
  EXPECT_EQ(line().counted, 100U);
  expect_cause(LeftOutReason::under_strength, 20, "100 deployable, 0 of them on other slices");

  offer("RUS:A", "O-1", 100, ContributionState::in_transit);
  EXPECT_EQ(line().counted, 0U);
  expect_cause(LeftOutReason::expired, 100, "its last word has expired");
}

TEST_F(GapsTest, CountsWhoIsInTransitHoweverLateAndStale) {
  tell(ready_unit("RUS:A", {.notice_min = 200 * 60}),
       {.node = "RUS/mod", .valid_at = kSampleTime - 72h});
  offer("RUS:A", "O-1", 100, ContributionState::in_transit);
  EXPECT_EQ(line().counted, 100U);

  offer("RUS:A", "O-1", 100, ContributionState::committed);
  expect_cause(LeftOutReason::late, 100, "ready in 204 h, 48 wanted");
}

TEST_F(GapsTest, DoesNotCountWhoIsThereForWhatTheyCannotDo) {
  by_ministry("RUS", ready_unit("RUS:A", {.tasks = {Task::t06}}));
  for (const auto as : {ContributionState::in_transit, ContributionState::in_place}) {
    offer("RUS:A", "O-1", 100, as);
    EXPECT_EQ(line().counted, 0U);
    EXPECT_EQ(line().causes.at(0).reason, LeftOutReason::wrong_capability);
  }
}

TEST_F(GapsTest, CountsWhoIsInTwoPlacesOnce) {
  by_office({operation_of("EX-2202"), requirement_of({line_of("L01", 100)}, "EX-2202")});
  declare("RUS:A", 100);
  const auto counted = [&](std::string_view operation) {
    return gaps(state, {code(operation), {}}, officer_at(kNow)).value().lines.at(0).counted;
  };
  offer("RUS:A", "O-1", 80, ContributionState::in_place);
  elsewhere("RUS:A", "E-1", 60, ContributionState::in_place);
  EXPECT_EQ(counted("EX-2202"), 60U);  // By their keys.
  EXPECT_EQ(counted("EX-2201"), 40U);
  expect_cause(LeftOutReason::already_committed, 40,
               "60 people are with another operation, 100 deployable");

  elsewhere("RUS:A", "E-1", 60, ContributionState::in_transit);
  EXPECT_EQ(counted("EX-2201"), 80U);  // Who is there comes first.
  EXPECT_EQ(counted("EX-2202"), 20U);
}

TEST_F(GapsTest, DoesNotCountWhoReorganisesOnTheWay) {
  declare("RUS:A", 100);
  model::ReadinessStatement level_5;
  level_5.unit = unit_id("RUS:A");
  level_5.reported_overall = model::kReorganising;
  by_ministry("RUS", {level_5});
  offer("RUS:A", "O-1", 100, ContributionState::in_transit);
  expect_cause(LeftOutReason::not_ready, 100, "level 5");

  offer("RUS:A", "O-1", 100, ContributionState::accepted);
  expect_cause(LeftOutReason::not_ready, 100, "level 5");
}

TEST_F(GapsTest, DoesNotCountWhatIsOverOrOnItsWayBack) {
  declare("RUS:A", 100);
  for (const auto as : {ContributionState::returning, ContributionState::released,
                        ContributionState::declined, ContributionState::withdrawn_by_nation}) {
    offer("RUS:A", "O-1", 100, as);
    const auto gap = line();
    EXPECT_EQ(gap.offered, 0U) << model::to_text(as);
    EXPECT_EQ(gap.not_offered, 100U);
    EXPECT_THAT(gap.causes, IsEmpty());
  }
}

TEST_F(GapsTest, GivesASliceItsOwnPeopleBack) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 100, ContributionState::committed);

  EXPECT_EQ(line().counted, 100U);
  EXPECT_THAT(answer().left_out, IsEmpty());
}

TEST_F(GapsTest, CountsAnOfferWhenItsOwnTimeFits) {
  declare("RUS:A", 100);
  auto slice = slice_of("RUS:A", "O-1", 100, ContributionState::accepted);
  slice.from = kNow + 48h;
  promise(slice);
  EXPECT_EQ(line().counted, 100U);

  slice.from = kNow + 48h + 1s;
  promise(slice);
  expect_cause(LeftOutReason::late, 100, "offered from 2022-01-09T13:00:01Z");

  slice.from = kNow - 48h;
  slice.to = kNow;
  promise(slice);
  expect_cause(LeftOutReason::not_available, 100, "offered until 2022-01-07T13:00:00Z");
}

TEST_F(GapsTest, CountsNobodyOfAUnitThatIsNotKnown) {
  offer("RUS:A", "O-1", 100);
  expect_cause(LeftOutReason::not_available, 100, "nothing is known of the unit");
}

// ---- who may, and who can -----------------------------------------------------------------------

TEST_F(GapsTest, CountsTheHostOnlyWhenItMay) {
  declare("KAZ:A", 100);
  offer("KAZ:A", "O-1", 100);
  expect_cause(LeftOutReason::host, 100, "KAZ is the host");

  auto operation = operation_of();
  operation.host_may_contribute = true;
  by_office({operation});
  EXPECT_EQ(line().counted, 100U);
}

TEST_F(GapsTest, DoesNotCountWhoTakesNoPart) {
  declare("BLR:A", 100);
  offer("BLR:A", "O-1", 100);
  declare("ARM:A", 50);
  model::RegistryStatement registry;
  registry.members = {
      {.nation = nation("BLR"),
       .participation_status = model::ParticipationStatus::suspended,
       .valid_from = kSampleTime - 8760h},
      {.nation = nation("ARM"), .valid_from = kSampleTime - 8760h, .valid_to = kSampleTime}};
  tell({registry}, {.node = "REG/root"});
  expect_cause(LeftOutReason::suspended, 100, "BLR is suspended");
  EXPECT_EQ(line().candidates, 0U);
}

TEST_F(GapsTest, AsksForTheKindTheTasksAndTheType) {
  by_ministry("RUS", ready_unit("RUS:A", {.tasks = {Task::t08, Task::t10}}));
  offer("RUS:A", "O-1", 100);
  auto wanted = line_of("L01", 100);
  wanted.tasks = {Task::t08, Task::t10};
  ask_for({wanted});
  EXPECT_EQ(line().counted, 100U);

  wanted.tasks.push_back(Task::t05);
  ask_for({wanted});
  expect_cause(LeftOutReason::wrong_capability, 100, "cannot do T05");

  wanted.element_kind = model::ElementKind::police;
  ask_for({wanted});
  expect_cause(LeftOutReason::wrong_capability, 100, "COMBAT, POLICE wanted");

  wanted = line_of("L01", 100);
  wanted.capability_type = 2;
  ask_for({wanted});
  expect_cause(LeftOutReason::wrong_capability, 100, "T08 of no stated type, type 2 wanted");
}

TEST_F(GapsTest, AcceptsABetterType) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 100);
  auto wanted = line_of("L01", 100);
  wanted.capability_type = 2;
  ask_for({wanted});
  const auto typed = [&](std::uint8_t type) {
    auto unit = able_unit("RUS:A", {Task::t08});
    unit.capabilities[0].type = type;
    by_ministry("RUS", {unit});
  };
  for (const auto type : {std::uint8_t{1}, std::uint8_t{2}}) {
    typed(type);
    EXPECT_EQ(line().counted, 100U) << int{type};
  }
  typed(3);
  expect_cause(LeftOutReason::wrong_capability, 100, "T08 of type 3, type 2 wanted");
}

TEST_F(GapsTest, AsksForTheWholeDuration) {
  auto available = ready_availability("RUS:A", {});
  available.available_until = kNow + 12h + 10 * 24h;
  declare("RUS:A", 100);
  by_ministry("RUS", {available});
  offer("RUS:A", "O-1", 100);
  auto wanted = line_of("L01", 100);
  wanted.duration_days = 10;
  ask_for({wanted});
  EXPECT_EQ(line().counted, 100U);  // It arrives after 12 hours.

  wanted.duration_days = 11;
  ask_for({wanted});
  expect_cause(LeftOutReason::not_available, 100,
               "available until 2022-01-18T01:00:00Z, 11 days wanted");
}

TEST_F(GapsTest, AddsTheWayToTheMiddleOfTheArea) {
  auto operation = operation_of();
  operation.area = {{40, 70}, {40, 80}, {46, 80}, {46, 70}};
  by_office({operation});
  auto unit = able_unit("RUS:A", {Task::t08});
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 100);
  expect_cause(LeftOutReason::late, 100, "neither current place nor home is stated");

  unit.home = model::Place{43, 75};
  auto available = ready_availability("RUS:A", {});
  available.movement = model::Movement{.mode = model::MovementMode::road};
  by_ministry("RUS", {unit, available});
  EXPECT_EQ(line().counted, 100U);

  unit.home = model::Place{55, 75};  // 1,334 km: 45 h by road.
  by_ministry("RUS", {unit});
  expect_cause(LeftOutReason::late, 100, "ready in 57 h, 48 wanted");
}

TEST(MiddleOf, IsTheMeanOfTheCorners) {
  EXPECT_EQ(middle_of({}), std::nullopt);
  EXPECT_EQ(middle_of({{40, 70}, {40, 80}, {46, 80}, {46, 70}}), (model::Place{43, 75}));
  EXPECT_EQ(middle_of({{60, 178}, {60, -178}, {62, -178}, {62, 178}})->lat, 61);
  EXPECT_EQ(std::abs(middle_of({{60, 178}, {60, -178}, {62, -178}, {62, 178}})->lon), 180);
}

// ---- caveats ------------------------------------------------------------------------------------

TEST_F(GapsTest, DoesNotCountWhomACaveatExcludes) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 100);
  auto caveat = caveat_of("RUS", "C-1", CaveatKind::task_excluded);
  caveat.tasks = {Task::t08};
  limit(caveat);

  expect_cause(LeftOutReason::caveat, 100, "caveat RUS/C-1: TASK_EXCLUDED");
}

TEST_F(GapsTest, WaitsForAnApproval) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 100);
  limit(caveat_of("RUS", "C-1", CaveatKind::approval_required));
  expect_cause(LeftOutReason::caveat, 100, "caveat RUS/C-1: APPROVAL_REQUIRED");

  for (const auto* approved : {"RUS/C-1", "RUS/O-1"}) {
    Operating after = *this;
    auto approval = decision_of("D-1", model::DecisionKind::caveat_approval);
    approval.contribution_id = approved;
    after.by_office({approval});
    const auto found = gaps(after.state, {code("EX-2201"), {}}, officer_at(kNow));
    EXPECT_EQ(found->counted, 100U) << approved;
  }
}

TEST_F(GapsTest, CountsAUnitUpToItsGreatestStrength) {
  declare("RUS:A", 100);
  offer("RUS:A", "O-1", 80);
  auto caveat = caveat_of("RUS", "C-1", CaveatKind::max_strength);
  caveat.unit = unit_id("RUS:A");
  caveat.max_people = 60;
  limit(caveat);
  EXPECT_EQ(line().counted, 60U);
  expect_cause(LeftOutReason::caveat, 20, "caveat RUS/C-1: MAX_STRENGTH of 60 people is reached");

  elsewhere("RUS:A", "E-1", 10, ContributionState::accepted);
  EXPECT_EQ(line().counted, 50U);
}

TEST_F(GapsTest, CountsANationUpToItsGreatestStrength) {
  ask_for({line_of("L01", 100), line_of("L02", 100)});
  declare("RUS:A", 100);
  declare("RUS:B", 100);
  offer("RUS:A", "O-1", 100, ContributionState::offered, "L02");
  offer("RUS:B", "O-2", 70, ContributionState::committed, "L01");
  auto caveat = caveat_of("RUS", "C-1", CaveatKind::max_strength);
  caveat.max_people = 120;
  limit(caveat);
  EXPECT_EQ(line(0).counted, 70U);
  EXPECT_EQ(line(1).counted, 50U);
  EXPECT_THAT(line(1).causes, ElementsAre(CausePeople{LeftOutReason::caveat, 50}));

  elsewhere("RUS:B", "E-1", 30, ContributionState::accepted);
  EXPECT_EQ(line(1).counted, 20U);
}

// ---- candidates and equipment -------------------------------------------------------------------

TEST_F(GapsTest, ListsWhoCouldOffer) {
  ask_for({line_of("L01", 100), line_of("L02", 0)});
  declare("RUS:A", 100);
  declare("RUS:B", 60);
  declare("BLR:C", 80);
  declare("KAZ:HOST", 90);
  by_ministry("ARM", ready_unit("ARM:LATE", {.notice_min = 4000}));
  by_ministry("ARM", ready_unit("ARM:T05", {.tasks = {Task::t05}}));
  offer("RUS:A", "O-1", 30, ContributionState::committed);
  offer("RUS:B", "O-2", 10, ContributionState::offered);

  const auto found = answer();

  EXPECT_EQ(found.lines[0].candidates, 3U);
  EXPECT_EQ(found.lines[0].candidate_people, 200U);
  const auto candidate = [](const char* unit, std::uint64_t people) {
    return model::LineCandidate{code("L01"), unit_id(unit), people, 720};
  };
  EXPECT_THAT(found.candidates,
              ElementsAre(candidate("BLR:C", 80), candidate("RUS:A", 70), candidate("RUS:B", 50)));
  EXPECT_EQ(found.lines[1].candidates, 3U);  // And nobody is listed: the line is met.
}

TEST_F(GapsTest, CountsItemsThatAreFitAndNoItemTwice) {
  auto wanted = line_of("L01", 100);
  wanted.equipment = {{model::EquipmentKind::wheeled_transport, 12},
                      {model::EquipmentKind::helicopter, 2}};
  ask_for({wanted, line_of("L02", 0)});
  declare("RUS:A", 100);  // It has 10 trucks.
  auto slice = slice_of("RUS:A", "O-1", 50, ContributionState::offered);
  slice.equipment = {{model::EquipmentKind::wheeled_transport, 7},
                     {model::EquipmentKind::helicopter, 1}};
  promise(slice);
  const auto cover = [&] { return std::pair(line().equipment.at(0), line().equipment.at(1)); };
  using Cover = model::EquipmentCover;
  EXPECT_EQ(cover(), std::pair(Cover{model::EquipmentKind::wheeled_transport, 12, 7},
                               Cover{model::EquipmentKind::helicopter, 2, 0}));

  slice.contribution_id = code("O-2");
  slice.people = 0;
  promise(slice);
  EXPECT_EQ(cover().first.counted, 10U);

  slice.contribution_id = code("O-3");
  slice.operation = code("EX-2202");
  slice.state = ContributionState::accepted;
  promise(slice);
  EXPECT_EQ(cover().first.counted, 3U);
}

// ---- what is asked about ------------------------------------------------------------------------

TEST_F(GapsTest, AsksForTheVersionThatIsWanted) {
  auto second = requirement_of({line_of("L01", 100), line_of("L02", 40)});
  second.version = 2;
  by_office({second});

  EXPECT_EQ(answer().needed, 140U);
  EXPECT_EQ(answer(2).needed, 140U);
  EXPECT_EQ(answer(1).needed, 100U);
  EXPECT_EQ(answer(1).version, 1U);
  EXPECT_EQ(gaps(state, {code("EX-2201"), 3}, officer_at(kNow)).error().message,
            "operation EX-2201 has no requirement of version 3");
}

TEST_F(GapsTest, DoesNotKnowAVersionOfTheFuture) {
  auto second = requirement_of({line_of("L01", 40)});
  second.version = 2;
  by_office({second}, {.valid_at = kNow + 1h});
  auto third = requirement_of({line_of("L01", 30)});
  third.version = 3;
  by_office({third}, {.valid_at = kNow + 2h});
  const auto then = at({kNow, kNow});

  const auto ask = [&](std::optional<std::uint32_t> version) {
    return gaps(then, {code("EX-2201"), version}, officer_at(kNow));
  };

  EXPECT_EQ(ask({})->needed, 100U);
  EXPECT_EQ(ask(2).error().code, model::ErrorCode::not_found);
}

TEST_F(GapsTest, AnswersTheCorrectionOfAnOldVersion) {
  auto first = requirement_of({line_of("L01", 40)}, "EX-2205");
  by_office({operation_of("EX-2205")});
  by_office({first});
  const auto corrected = heads["SEC/hq"];
  auto second = first;
  second.version = 2;
  by_office({second});
  first.lines[0].people_min = 50;
  by_office({first}, {.valid_at = kSampleTime, .corrects = corrected});

  const auto found = gaps(state, {code("EX-2205"), 1}, officer_at(kNow));

  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->needed, 50U);
}

TEST_F(GapsTest, KnowsNoVersionThatWasCorrectedAway) {
  auto mistaken = requirement_of({line_of("L01", 40)});
  mistaken.version = 2;
  by_office({mistaken});
  const auto corrected = heads["SEC/hq"];
  EXPECT_EQ(answer(2).needed, 40U);
  mistaken.version = 3;
  by_office({mistaken}, {.valid_at = kSampleTime, .corrects = corrected});

  EXPECT_EQ(answer().version, 3U);
  EXPECT_EQ(answer(1).needed, 100U);
  EXPECT_EQ(gaps(state, {code("EX-2201"), 2}, officer_at(kNow)).error().code,
            model::ErrorCode::not_found);
}

TEST_F(GapsTest, KnowsNoOperationThatNobodySpokeOf) {
  const auto message = [&](std::string_view operation, const Moment& moment) {
    return gaps(state, {code(operation), {}}, moment).error().message;
  };
  EXPECT_EQ(message("EX-9999", officer_at(kNow)), "operation EX-9999 is not known");
  EXPECT_EQ(message("EX-2201", ministry_at("RUS/mod", kNow)), "operation EX-2201 is not known");
  by_office({operation_of("EX-2204")});
  EXPECT_EQ(message("EX-2204", officer_at(kNow)), "operation EX-2204 has no requirement");
}

TEST_F(GapsTest, ShowsEachMinistryWhatIsReleasedToIt) {
  by_office({operation_of(), requirement_of({line_of("L01", 100)})},
            {.releasable_to = {nation("RUS"), nation("BLR")}});
  declare("RUS:A", 60);
  offer("RUS:A", "O-1", 60);

  const auto seen_by = [&](std::string_view node) {
    return gaps(state, {code("EX-2201"), {}}, ministry_at(node, kNow)).value().counted;
  };

  EXPECT_EQ(seen_by("RUS/mod"), 60U);
  EXPECT_EQ(seen_by("BLR/mod"), 0U);
}

}  // namespace
}  // namespace muster::core
