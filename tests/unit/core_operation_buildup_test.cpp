// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/unit/core_promises_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Assurance;
using model::ContributionState;
using model::DeploymentEchelon;
using model::DeploymentNeed;
using model::DeploymentStep;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;
constexpr Assurance sure(std::uint64_t people) { return {people, people, people}; }

/// EX-2201 with a line for each echelon: 400 people within 24 hours, 600 within 48, 100 within 49.
class OperationBuildup : public ::testing::Test, protected Operating {
 protected:
  OperationBuildup() {
    by_office({operation_of(), authorise("D-1", 1'000)});
    const auto within = [](std::string_view id, model::Count people, std::uint16_t hours) {
      auto line = line_of(id, people);
      line.needed_within_h = hours;
      return line;
    };
    by_office(
        {requirement_of({within("L02", 600, 48), within("L01", 400, 24), within("L03", 100, 49)})});
  }
  void arrive(std::string_view unit, ContributionState as, std::string_view line,
              const ReadyUnit& of = {}) {
    by_ministry(unit.substr(0, 3), ready_unit(unit, of));
    auto slice = slice_of(unit, "O-" + std::string(unit.substr(4)), of.deployable, as);
    slice.sor_line = code(line);
    promise(slice);
  }
  [[nodiscard]] model::OperationBuildupAnswer answer(std::uint16_t horizon_h = 168) const {
    return operation_buildup(state, {code("EX-2201"), horizon_h}, officer_at(kNow)).value();
  }
};

TEST_F(OperationBuildup, StandsByHourNationAndEchelon) {
  arrive("RUS:A", ContributionState::in_place, "L01", {.deployable = 200});
  arrive("RUS:B", ContributionState::offered, "L02", {.deployable = 150});
  arrive("RUS:C", ContributionState::accepted, "L02", {.deployable = 50});
  arrive("BLR:D", ContributionState::committed, "L01", {.deployable = 80});
  arrive("ARM:E", ContributionState::offered, "L03", {.deployable = 30, .notice_min = 12 * 60 + 1});

  EXPECT_THAT(
      answer().steps,
      ElementsAre(
          DeploymentStep{0, nation("RUS"), DeploymentEchelon::advance, 1, sure(200), sure(200)},
          DeploymentStep{12, nation("BLR"), DeploymentEchelon::advance, 1, sure(80), sure(280)},
          DeploymentStep{12, nation("RUS"), DeploymentEchelon::first, 2, sure(200), sure(480)},
          DeploymentStep{17, nation("ARM"), DeploymentEchelon::main, 1, sure(30), sure(510)}));
}

TEST_F(OperationBuildup, IsNotAskedOfAnOperationThatIsOver) {
  by_office({step_to("D-2", model::OperationState::withdrawing)});
  const auto asked = [&] {
    return operation_buildup(state, {code("EX-2201"), 168}, officer_at(kNow));
  };
  EXPECT_TRUE(asked());
  by_office({step_to("D-3", model::OperationState::withdrawn)});

  const auto over = asked();

  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(over.error().message,
            "operation EX-2201 is WITHDRAWN: it asks for nothing any more; ask as of an earlier "
            "moment");
  by_office({step_to("D-4", model::OperationState::closed)});
  EXPECT_FALSE(asked());
  EXPECT_FALSE(gaps(state, {code("EX-2201"), {}}, officer_at(kNow)));
}

TEST_F(OperationBuildup, HidesAStrengthThatWasNotReleased) {
  by_office({operation_of(), requirement_of({line_of("L01", 400)})},
            {.releasable_to = {nation("RUS"), nation("BLR")}});
  by_office({authorise("D-2", 2'000)}, {.releasable_to = {nation("RUS")}});
  const auto seen_by = [&](std::string_view node) {
    return operation_buildup(state, {code("EX-2201"), 168}, ministry_at(node, kNow))
        .value()
        .authorised_strength;
  };

  EXPECT_EQ(seen_by("RUS/mod"), 2'000U);
  EXPECT_EQ(seen_by("BLR/mod"), std::nullopt);
}

TEST_F(OperationBuildup, SumsUpWhatTheLinesAskFor) {
  EXPECT_THAT(answer().needs, ElementsAre(DeploymentNeed{24, 400}, DeploymentNeed{48, 1000},
                                          DeploymentNeed{49, 1100}));
  EXPECT_EQ(answer().authorised_strength, 1'000U);
  EXPECT_THAT(answer().steps, IsEmpty());
}

TEST_F(OperationBuildup, TakesItsEchelonsFromThePolicy) {
  arrive("RUS:A", ContributionState::in_place, "L01");
  arrive("RUS:B", ContributionState::in_place, "L02");
  arrive("RUS:C", ContributionState::in_place, "L03");
  model::RegistryStatement registry;
  registry.policies = {{.valid_from = kSampleTime, .advance_within_h = 23, .first_within_h = 49}};
  tell({registry}, {.node = "REG/root"});

  const auto steps = answer().steps;

  ASSERT_THAT(steps, SizeIs(1));  // Nobody comes in the advance any more.
  EXPECT_EQ(steps[0].echelon, DeploymentEchelon::first);
  EXPECT_EQ(steps[0].slices, 3U);
}

TEST_F(OperationBuildup, ShowsNobodyWhoDoesNotCount) {
  arrive("RUS:LATE", ContributionState::offered, "L01", {.notice_min = 24 * 60});
  arrive("RUS:BACK", ContributionState::returning, "L01");
  arrive("KAZ:HOST", ContributionState::offered, "L01");

  EXPECT_THAT(answer().steps, IsEmpty());
}

TEST_F(OperationBuildup, EndsAtTheHorizon) {
  arrive("RUS:A", ContributionState::offered, "L01");  // Ready after 12 hours.

  EXPECT_THAT(answer(12).steps, SizeIs(1));
  EXPECT_THAT(answer(11).steps, IsEmpty());
}

TEST_F(OperationBuildup, IsAsSureAsEachUnit) {
  arrive("RUS:A", ContributionState::offered, "L01", {.level = 3});
  arrive("RUS:B", ContributionState::offered, "L01", {.level = 4});

  EXPECT_THAT(answer().steps,
              ElementsAre(DeploymentStep{12,
                                         nation("RUS"),
                                         DeploymentEchelon::advance,
                                         2,
                                         {.certain = 0, .likely = 100, .claimed = 200},
                                         {.certain = 0, .likely = 100, .claimed = 200}}));
}

TEST_F(OperationBuildup, ClaimsWhoStandsThereWithoutAWord) {
  tell(ready_unit("RUS:A"), {.node = "RUS/mod", .valid_at = kSampleTime - 400h});
  promise(slice_of("RUS:A", "O-1", 100, ContributionState::in_place));
  declare("RUS:B", 50);
  model::ReadinessStatement level_5;
  level_5.unit = unit_id("RUS:B");
  level_5.reported_overall = model::kReorganising;
  by_ministry("RUS", {level_5});
  promise(slice_of("RUS:B", "O-2", 50, ContributionState::in_place));

  const auto steps = answer().steps;

  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps[0].people, (Assurance{.certain = 0, .likely = 0, .claimed = 150}));
}

TEST_F(OperationBuildup, MovesToTheAreaInLots) {
  auto operation = operation_of();
  operation.area = {{40, 70}, {40, 80}, {46, 80}, {46, 70}};
  by_office({operation});
  auto unit = able_unit("RUS:A", {model::Task::t08});
  unit.home = model::Place{52, 75};  // 1,000 km: 101 minutes by air.
  auto available = ready_availability("RUS:A", {});
  available.movement = model::Movement{
      .mode = model::MovementMode::air, .embark_point = {}, .lift = model::Lift{.people = 40}};
  arrive("RUS:A", ContributionState::offered, "L01");
  by_ministry("RUS", {unit, available});

  const auto steps = answer().steps;

  // Ready after 720 + 101 minutes, and 202 there and back: 40, 40 and 20.
  ASSERT_THAT(steps, SizeIs(3));
  EXPECT_EQ(steps[0].hour, 14);
  EXPECT_EQ(steps[1].hour, 18);
  EXPECT_EQ(steps[2].hour, 21);
  EXPECT_EQ(steps[0].slices, 1U);
  EXPECT_EQ(steps[1].slices, 0U);
  EXPECT_EQ(steps[2].people, sure(20));
  EXPECT_EQ(steps[2].cumulative, sure(100));

  auto there = slice_of("RUS:A", "O-A", 100, ContributionState::in_place);
  promise(there);
  ASSERT_THAT(answer().steps, SizeIs(1));
  EXPECT_EQ(answer().steps[0].hour, 0);
}

TEST_F(OperationBuildup, LeavesOutWhoseArrivalNobodyKnows) {
  arrive("RUS:A", ContributionState::in_transit, "L01");
  EXPECT_EQ(answer().steps.at(0).hour, 12);

  auto silent = ready_availability("RUS:A", {});
  silent.notice_to_move_min = std::nullopt;
  by_ministry("RUS", {silent});
  EXPECT_THAT(answer().steps, IsEmpty());
}

TEST_F(OperationBuildup, NeedsAnOperationWithARequirement) {
  by_office({operation_of("EX-2204")});
  const auto error = [&](std::string_view operation) {
    return operation_buildup(state, {code(operation)}, officer_at(kNow)).error().message;
  };
  EXPECT_EQ(error("EX-2204"), "operation EX-2204 has no requirement");
  EXPECT_EQ(error("EX-9999"), "operation EX-9999 is not known");
}

}  // namespace
}  // namespace muster::core
