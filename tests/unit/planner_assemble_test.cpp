// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/assemble.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "tests/unit/planner_fixture.h"

namespace muster::planner {
namespace {

using core::line_of;
using model::FixKind;
using model::LeftOutReason;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using namespace std::chrono_literals;

std::vector<std::pair<std::string, std::uint64_t>> people_of(const model::AssembleAnswer& answer) {
  std::vector<std::pair<std::string, std::uint64_t>> people;
  for (const auto& slice : answer.slices) {
    people.emplace_back(slice.line.str() + " " + slice.unit.str(), slice.people);
  }
  return people;
}

auto left_out(const char* unit, LeftOutReason reason, const char* detail) {
  return AllOf(Field(&model::LeftOut::unit, unit_id(unit)), Field(&model::LeftOut::reason, reason),
               Field(&model::LeftOut::detail, HasSubstr(detail)));
}

// ---- packages -----------------------------------------------------------------------------------

TEST(Assemble, TakesAsFewUnitsAsItCanAndSlicesTheLast) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.declare("BLR:EX-B", 40);
  force.declare("ARM:EX-C", 40);
  force.require({line_of("L01", 80), line_of("L02", 20)});

  const auto answer = force.package();

  EXPECT_THAT(people_of(answer), ElementsAre(Pair("L01 RUS:EX-A", 80), Pair("L02 RUS:EX-A", 20)));
  EXPECT_TRUE(answer.is_met);
  EXPECT_TRUE(answer.is_optimal);
  EXPECT_EQ(answer.units, 1U);
  EXPECT_EQ(answer.people, (model::Assurance{100, 100, 100}));
  EXPECT_EQ(answer.complete_min, 720U);
  EXPECT_THAT(answer.unused,
              ElementsAre(left_out("ARM:EX-C", LeftOutReason::not_needed, "L01, L02"),
                          left_out("BLR:EX-B", LeftOutReason::not_needed, "L01, L02")));
  EXPECT_EQ(answer.nations.at(0).depletion_permille, 1000U);
}

TEST(Assemble, GivesMustHaveLinesThePeopleFirst) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  auto optional = line_of("L01", 100);
  auto must_have = line_of("L02", 70);
  must_have.must_have = true;
  force.require({optional, must_have});

  const auto answer = force.package();

  EXPECT_EQ(answer.lines.at(0).lacking, 70U);
  EXPECT_EQ(answer.lines.at(1).lacking, 0U);
  EXPECT_FALSE(answer.is_met);
  EXPECT_EQ(answer.complete_min, std::nullopt);
}

TEST(Assemble, LeavesOutTheHostAndSaysSo) {
  Planning force;
  force.declare("KAZ:EX-A", 100);
  force.require({line_of("L01", 10)});

  const auto answer = force.package();

  EXPECT_THAT(answer.slices, IsEmpty());
  EXPECT_THAT(answer.unused, ElementsAre(left_out("KAZ:EX-A", LeftOutReason::host, "L01: KAZ")));
  EXPECT_THAT(answer.lines.at(0).blocked,
              ElementsAre(model::CausePeople{LeftOutReason::host, 100}));
}

TEST(Assemble, KeepsWhatWasAcceptedWhereItIs) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.declare("BLR:EX-B", 100);
  force.require({line_of("L01", 120)});
  force.promise(core::slice_of("BLR:EX-B", "OFFER", 30, model::ContributionState::accepted));

  const auto answer = force.package();

  EXPECT_THAT(people_of(answer), ElementsAre(Pair("L01 BLR:EX-B", 30), Pair("L01 RUS:EX-A", 90)));
  EXPECT_EQ(answer.slices.at(0).contribution, "BLR/OFFER");
  EXPECT_EQ(answer.lines.at(0).people, 120U);
  EXPECT_EQ(answer.nations.at(0).depletion_permille, 300U) << "30 of 100, once";
}

TEST(Assemble, NeverUsesPeopleThatArePromisedElsewhere) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.require({line_of("L01", 100)});
  auto elsewhere = core::slice_of("RUS:EX-A", "OTHER", 60, model::ContributionState::accepted);
  elsewhere.operation = code("EX-2202");
  force.promise(elsewhere);

  const auto answer = force.package();

  EXPECT_EQ(answer.lines.at(0).people, 40U);
  EXPECT_EQ(answer.lines.at(0).lacking, 60U);
}

TEST(Assemble, RespectsTheGreatestDepletionAndMaxStrength) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.declare("BLR:EX-B", 100);
  auto cap = core::caveat_of("BLR", "CAP", model::CaveatKind::max_strength);
  cap.max_people = 25;
  force.by_ministry("BLR", {cap});
  force.require({line_of("L01", 100)});

  auto query = Planning::asked();
  query.max_depletion_percent = 60;
  const auto answer = force.package(query);

  EXPECT_THAT(people_of(answer), ElementsAre(Pair("L01 BLR:EX-B", 25), Pair("L01 RUS:EX-A", 60)));
}

TEST(Assemble, PlansTwoOperationsTogetherWithoutCountingAnybodyTwice) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.require({line_of("L01", 60)});
  force.by_office(
      {core::operation_of("EX-2202"), core::requirement_of({line_of("L01", 60)}, "EX-2202")});

  const auto answer = force.package(Planning::asked(), {code("EX-2202")});

  ASSERT_THAT(answer.lines, SizeIs(2));
  EXPECT_EQ(answer.lines.at(0).people, 60U);
  EXPECT_EQ(answer.lines.at(1).operation, code("EX-2202"));
  EXPECT_EQ(answer.lines.at(1).people, 40U);
  EXPECT_EQ(answer.people.claimed, 100U);
}

TEST(Assemble, BringsEquipmentAndSaysWhatIsMissing) {
  Planning force;
  force.declare("RUS:EX-A", 100);  // With ten trucks.
  auto line = line_of("L01", 50);
  line.equipment = {{model::EquipmentKind::wheeled_transport, 8},
                    {model::EquipmentKind::medical, 2}};
  force.require({line});

  const auto answer = force.package();

  EXPECT_THAT(answer.lines.at(0).equipment,
              ElementsAre(model::EquipmentCover{model::EquipmentKind::wheeled_transport, 8, 8},
                          model::EquipmentCover{model::EquipmentKind::medical, 2, 0}));
  EXPECT_FALSE(answer.is_met) << "people alone are not the line";
  ASSERT_TRUE(answer.lines.at(0).fix);
  EXPECT_THAT(answer.lines.at(0).fix->text, HasSubstr("2 MEDICAL"));
  force.carry_out(*answer.lines.at(0).fix, answer.lines.at(0), Planning::asked());
  EXPECT_TRUE(force.package().is_met);
}

TEST(Assemble, CountsAnOperationOnceHoweverOftenItIsNamed) {
  Planning force;
  force.declare("RUS:EX-A", 100);
  force.require({line_of("L01", 100)});
  force.by_office(
      {core::operation_of("EX-2202"), core::requirement_of({line_of("L01", 60)}, "EX-2202")});
  auto standing = core::slice_of("RUS:EX-A", "S-1", 50, model::ContributionState::accepted);
  standing.operation = code("EX-2202");
  force.promise(standing);

  const auto answer = force.package(Planning::asked(), {code("EX-2202"), code("EX-2202")});

  EXPECT_THAT(answer.lines, SizeIs(2));
  EXPECT_EQ(answer.people.claimed, 100U);
  EXPECT_EQ(answer.nations.at(0).depletion_permille, 1000U);
}

TEST(Assemble, CountsAcceptedItemsOnceAndNoMoreThanAreFit) {
  Planning force;
  force.declare("RUS:EX-A", 100);  // With ten trucks.
  std::vector<model::RequirementLine> lines = {line_of("L01", 10), line_of("L02", 10)};
  for (auto& line : lines) {
    line.equipment = {{model::EquipmentKind::wheeled_transport, 10}};
  }
  force.require(lines);
  for (const auto* line : {"L01", "L02"}) {
    auto slice = core::slice_of("RUS:EX-A", line, 10, model::ContributionState::accepted);
    slice.sor_line = code(line);
    slice.equipment = {{model::EquipmentKind::wheeled_transport, 10}};
    force.promise(slice);
  }

  const auto answer = force.package();

  EXPECT_EQ(answer.lines.at(0).equipment.at(0).counted, 10U);
  EXPECT_EQ(answer.lines.at(1).equipment.at(0).counted, 0U);
  EXPECT_FALSE(answer.is_met);
}

TEST(Assemble, CountsPeopleElsewhereAgainstMaxStrength) {
  Planning force;
  force.declare("RUS:EX-A", 200);
  auto cap = core::caveat_of("RUS", "CAP", model::CaveatKind::max_strength);
  cap.max_people = 100;
  force.by_ministry("RUS", {cap});
  auto elsewhere = core::slice_of("RUS:EX-A", "S-1", 80, model::ContributionState::accepted);
  elsewhere.operation = code("EX-2202");
  force.promise(elsewhere);
  force.require({line_of("L01", 100)});

  const auto answer = force.package();

  EXPECT_EQ(answer.lines.at(0).people, 20U);
  EXPECT_THAT(answer.lines.at(0).blocked,
              ElementsAre(model::CausePeople{LeftOutReason::depletion, 100}));
}

TEST(Assemble, ShowsAMinistryNothingThatWasNotReleasedToIt) {
  Planning force;
  const std::vector<model::Nation> everybody = {tests::nation("BLR")};
  force.by_office({core::operation_of(), core::requirement_of({line_of("L01", 100)})},
                  {.releasable_to = everybody});
  force.tell(core::ready_unit("RUS:EX-A"), {.node = "RUS/mod", .releasable_to = everybody});
  auto hidden = core::slice_of("RUS:EX-A", "S-1", 60, model::ContributionState::accepted);
  hidden.operation = code("EX-2202");
  force.promise(hidden);

  const auto answer =
      assemble(force.state, Planning::asked(), {}, core::ministry_at("BLR/mod", kSampleTime));

  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->lines.at(0).people, 100U) << "as if the promise had not been made";
  EXPECT_EQ(answer->nations.at(0).committed, 0U);
}

TEST(Assemble, GivesNoAdviceWhenItsTimeIsOver) {
  Planning force;
  force.require({line_of("L01", 100)});

  const auto answer = assemble(force.state, Planning::asked(), {}, now(), [] { return true; });

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->lines.at(0).lacking, 100U);
  EXPECT_FALSE(answer->lines.at(0).fix) << "none was proven";
}

TEST(Assemble, SaysWhatIsWrongWithTheQuestion) {
  Planning force;
  force.by_office(
      {core::operation_of(), core::operation_of("EX-2202"), core::requirement_of({}, "EX-2202")});

  const auto without = force.tried(Planning::asked());
  const auto unknown = force.tried({.operation = code("EX-9")});
  const auto empty = force.tried({.operation = code("EX-2202")});

  EXPECT_EQ(without.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(unknown.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(empty.error().code, model::ErrorCode::malformed);
  EXPECT_THAT(empty.error().message, HasSubstr("no lines"));
}

// ---- advice that is carried out -----------------------------------------------------------------

/// A line of 100 that lacks people for one cause; `kind` closes it.
void expect_advice(Planning force, FixKind kind, const char* text,
                   const model::AssembleQuery& query = Planning::asked()) {
  const auto before = force.package(query);
  ASSERT_GT(before.lines.at(0).lacking, 0U);
  ASSERT_TRUE(before.lines.at(0).fix);
  const auto& fix = *before.lines.at(0).fix;
  EXPECT_EQ(fix.kind, kind) << fix.text;
  EXPECT_THAT(fix.text, HasSubstr(text));

  const auto then = force.carry_out(fix, before.lines.at(0), query);

  EXPECT_EQ(force.package(then).lines.at(0).lacking, 0U) << fix.text;
}

Planning wanting(model::Count people) {
  Planning force;
  force.require({line_of("L01", people)});
  return force;
}

TEST(Advice, AsksForAnApproval) {
  auto force = wanting(100);
  force.declare("RUS:EX-A", 100);
  force.by_ministry("RUS", {core::caveat_of("RUS", "C-1", model::CaveatKind::approval_required)});
  expect_advice(std::move(force), FixKind::approve_caveat, "RUS/C-1");
}

TEST(Advice, AsksForNewerReports) {
  auto force = wanting(100);
  force.tell(core::ready_unit("RUS:EX-A"), {.node = "RUS/mod", .valid_at = kSampleTime - 96h});
  expect_advice(std::move(force), FixKind::renew_report, "RUS:EX-A renews its STRENGTH");
}

TEST(Advice, AsksForShorterNotice) {
  auto force = wanting(100);
  force.by_ministry("RUS", core::ready_unit("RUS:EX-A", {.notice_min = 3'000}));
  expect_advice(std::move(force), FixKind::shorten_notice, "shortens its notice to move by 6 h");
}

TEST(Advice, AsksToLiftACaveat) {
  auto force = wanting(100);
  force.declare("RUS:EX-A", 100);
  auto caveat = core::caveat_of("RUS", "C-1", model::CaveatKind::task_excluded);
  caveat.tasks = {model::Task::t08};
  force.by_ministry("RUS", {caveat});
  expect_advice(std::move(force), FixKind::lift_caveat, "RUS withdraws caveat RUS/C-1");
}

TEST(Advice, AsksForAHigherLimitAndNoMoreThanItTakes) {
  auto force = wanting(80);
  force.declare("RUS:EX-A", 100);
  auto query = Planning::asked();
  query.max_depletion_percent = 50;
  expect_advice(force, FixKind::raise_limit, "up to 80 %", query);
  query.max_depletion_percent = 79;
  EXPECT_EQ(force.package(query).lines.at(0).lacking, 1U);
}

TEST(Advice, AsksForPeopleOfAnotherOperation) {
  auto force = wanting(100);
  force.declare("RUS:EX-A", 100);
  auto elsewhere = core::slice_of("RUS:EX-A", "OTHER", 100, model::ContributionState::committed);
  elsewhere.operation = code("EX-2202");
  force.promise(elsewhere);
  expect_advice(std::move(force), FixKind::release, "RUS releases RUS/OTHER from EX-2202");
}

TEST(Advice, AsksForAUnitThatIsNotThere) {
  expect_advice(wanting(45), FixKind::new_unit,
                "one platoon of COMBAT, 45 people, able to T08, ready within 48 h");
}

TEST(Advice, TakesTheCheapestThatIsEnoughAlone) {
  auto force = wanting(100);
  force.declare("BLR:EX-B", 60);
  force.by_ministry("BLR", {core::caveat_of("BLR", "C-1", model::CaveatKind::approval_required)});
  force.by_ministry("RUS", core::ready_unit("RUS:EX-A", {.notice_min = 3'000}));
  expect_advice(std::move(force), FixKind::shorten_notice, "RUS:EX-A");
}

TEST(Advice, CountsThePeopleThatEarlierLinesWouldTake) {
  Planning force;
  auto first = line_of("L01", 30);
  first.weight = 9;
  force.require({line_of("L02", 50), first});

  const auto answer = force.package();

  EXPECT_EQ(answer.lines.at(0).line.line_id, code("L02"));
  EXPECT_EQ(answer.lines.at(0).fix->people, 80U) << "L01 comes first and gets its 30";
  EXPECT_EQ(answer.lines.at(1).fix->people, 30U);
}

TEST(Advice, DoesNotMoveAUnitFromALineThatNeedsIt) {
  Planning force;
  force.by_ministry("RUS", core::ready_unit("RUS:EX-A", {.notice_min = 3'000}));
  auto early = line_of("L02", 100);
  auto late = line_of("L01", 100);
  late.needed_within_h = 72;
  late.must_have = true;
  force.require({early, late});

  const auto answer = force.package();

  ASSERT_EQ(answer.lines.at(0).lacking, 100U);
  EXPECT_EQ(answer.lines.at(0).fix->kind, FixKind::new_unit) << answer.lines.at(0).fix->text;
}

// ---- forces by chance ---------------------------------------------------------------------------

using Dice = std::mt19937;
unsigned roll(Dice& dice, unsigned sides) { return static_cast<unsigned>(dice() % sides); }

void add_random_unit(Planning& force, Dice& dice, unsigned number) {
  static constexpr std::array kNations = {"RUS", "BLR", "ARM", "KGZ"};
  const std::string nation = kNations.at(roll(dice, kNations.size()));
  const auto id = nation + ":EX-" + std::to_string(number);
  const core::ReadyUnit of{.deployable = 20 + 10 * roll(dice, 9),
                           .level = static_cast<model::Level>(1 + roll(dice, 4)),
                           .notice_min = roll(dice, 4) == 0 ? 3'600U : 480U,
                           .tasks = roll(dice, 3) == 0
                                        ? std::vector{model::Task::t08, model::Task::t03}
                                        : std::vector{model::Task::t08}};
  const auto age = roll(dice, 5) == 0 ? 96h : 0h;
  force.tell(core::ready_unit(id, of), {.node = nation + "/mod", .valid_at = kSampleTime - age});
  if (roll(dice, 6) == 0) {
    auto elsewhere = core::slice_of(id, "S-" + std::to_string(number), of.deployable / 2,
                                    model::ContributionState::committed);
    elsewhere.operation = code("EX-2202");
    force.promise(elsewhere);
  }
  if (roll(dice, 6) == 0) {
    auto caveat = core::caveat_of(nation, "C-" + std::to_string(number),
                                  roll(dice, 2) == 0 ? model::CaveatKind::approval_required
                                                     : model::CaveatKind::task_excluded);
    caveat.tasks = {model::Task::t08};
    if (roll(dice, 2) == 0) {
      caveat.unit = unit_id(id);
    }
    force.by_ministry(nation, {caveat});
  }
  if (roll(dice, 8) == 0) {
    auto cap =
        core::caveat_of(nation, "M-" + std::to_string(number), model::CaveatKind::max_strength);
    cap.max_people = 10 + 20 * roll(dice, 5);
    force.by_ministry(nation, {cap});
  }
}

Planning random_force(Dice& dice) {
  Planning force;
  std::vector<model::RequirementLine> lines;
  for (unsigned i = 0; i < 2 + roll(dice, 3); ++i) {
    auto line = line_of("L0" + std::to_string(i + 1), 40 + 20 * roll(dice, 6));
    line.must_have = roll(dice, 2) == 0;
    line.weight = static_cast<std::uint8_t>(1 + roll(dice, 3));
    line.needed_within_h = roll(dice, 2) == 0 ? 48 : 72;
    if (roll(dice, 3) == 0) {
      line.tasks.push_back(model::Task::t03);
    }
    lines.push_back(line);
  }
  force.require(lines);
  for (unsigned i = 0; i < 3 + roll(dice, 5); ++i) {
    add_random_unit(force, dice, i);
  }
  return force;
}

TEST(Advice, IsTrueForForcesByChance) {
  std::map<FixKind, int> kinds;
  for (unsigned seed = 0; seed < 150; ++seed) {
    Dice dice(seed);
    const auto force = random_force(dice);
    auto query = Planning::asked();
    query.max_depletion_percent = static_cast<std::uint8_t>(70 + 30 * roll(dice, 2));
    const auto before = force.package(query);
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
      const auto& line = before.lines[i];
      if (line.lacking == 0) {
        EXPECT_FALSE(line.fix);
        continue;
      }
      ASSERT_TRUE(line.fix);
      ++kinds[line.fix->kind];
      auto mended = force;
      const auto then = mended.carry_out(*line.fix, line, query);
      EXPECT_EQ(mended.package(then).lines.at(i).lacking, 0U)
          << "seed " << seed << ", " << line.line.line_id.view() << ": " << line.fix->text;
    }
  }
  for (const auto kind : {FixKind::approve_caveat, FixKind::renew_report, FixKind::shorten_notice,
                          FixKind::lift_caveat, FixKind::release, FixKind::new_unit}) {
    EXPECT_GT(kinds[kind], 0) << model::to_text(kind) << " was never advised";
  }
}

}  // namespace
}  // namespace muster::planner
