// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "broker/core/operation_views.h"
#include "tests/unit/exercise_kazakhstan_fixture.h"

/// What the broker answers about operation EX-2201 at the stages of DOMAIN.md §11: the same
/// figures, by the code that answers the secretariat.
namespace muster::exercise {
namespace {

using model::OperationState;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::moment;
using tests::PlayedOperation;

const model::Code kCode = *model::Code::parse("EX-2201");

core::Moment officer_at(model::UtcTime at) {
  return {.viewer = {*model::NodeId::parse("SEC/officer"), {model::Role::officer}},
          .now = at,
          .known_at = at,
          .limits = {}};
}

struct StageRow {
  const char* at;
  OperationState state;
  std::uint64_t in_place, in_transit, released, committed;
};
void PrintTo(const StageRow& row, std::ostream* out) { *out << row.at; }

class AnsweredStage : public ::testing::TestWithParam<StageRow> {};
INSTANTIATE_TEST_SUITE_P(
    Kazakhstan, AnsweredStage,
    ::testing::Values(
        StageRow{"2022-01-07T04:00:00Z", OperationState::generating, 0, 0, 0, 0},
        StageRow{"2022-01-07T12:00:00Z", OperationState::advance_deployed, 400, 0, 0, 2500},
        StageRow{"2022-01-07T18:00:00Z", OperationState::deploying, 680, 0, 0, 2500},
        StageRow{"2022-01-08T12:00:00Z", OperationState::deploying, 1370, 340, 0, 2500},
        StageRow{"2022-01-08T18:00:00Z", OperationState::deploying, 1710, 0, 0, 2500},
        StageRow{"2022-01-09T12:00:00Z", OperationState::deployed, 2060, 440, 0, 2500},
        StageRow{"2022-01-13T12:00:00Z", OperationState::withdrawing, 2060, 440, 0, 2500},
        StageRow{"2022-01-15T12:00:00Z", OperationState::withdrawing, 1200, 0, 440, 2060},
        StageRow{"2022-01-17T12:00:00Z", OperationState::withdrawing, 400, 0, 1300, 1200},
        StageRow{"2022-01-19T12:00:00Z", OperationState::withdrawn, 0, 0, 2100, 400},
        StageRow{"2022-01-19T18:00:00Z", OperationState::closed, 0, 0, 2500, 0}),
    [](const auto& instance) {
      return std::to_string(instance.index) + "_" + model::to_text(instance.param.state);
    });

model::PromisedPeople sum_of(const model::OperationAnswer& answer) {
  model::PromisedPeople sum;
  for (const auto& nation : answer.nations) {
    sum += nation.people;
  }
  return sum;
}

TEST_P(AnsweredStage, HasTheFiguresOfTheTable) {
  const auto at = moment(GetParam().at);
  PlayedOperation played;
  played.play(at);

  const auto answer = core::operation(played.state(), {kCode}, officer_at(at));
  const auto promised = core::commitments(played.state(), {kCode, {}, {}, {}}, officer_at(at));

  ASSERT_TRUE(answer && promised);
  EXPECT_EQ(answer->state, GetParam().state);
  EXPECT_EQ(sum_of(*answer).in_place, GetParam().in_place);
  EXPECT_EQ(sum_of(*answer).in_transit, GetParam().in_transit);
  EXPECT_EQ(sum_of(*answer).released, GetParam().released);
  EXPECT_EQ(promised->committed, GetParam().committed);
  EXPECT_EQ(promised->overlap_people, 0U);
  EXPECT_EQ(promised->rotation_debt, 0U);
}

TEST(AnswersAboutKazakhstan, GiveDepletionAndVehiclesOfEachNation) {
  // Permille of the deployable people, vehicles.
  const std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> rows{{"RUS", {880, 160}},
                                                                            {"BLR", {902, 45}},
                                                                            {"ARM", {587, 10}},
                                                                            {"KGZ", {769, 15}},
                                                                            {"TJK", {877, 20}}};
  const auto at = moment("2022-01-09T12:00:00Z");
  PlayedOperation played;
  played.play(at);

  const auto answer = core::operation(played.state(), {kCode}, officer_at(at));

  ASSERT_TRUE(answer);
  ASSERT_THAT(answer->nations, SizeIs(rows.size()));
  for (const auto& nation : answer->nations) {
    std::uint64_t vehicles = 0;
    for (const auto& item : nation.equipment) {
      vehicles += item.count;
    }
    EXPECT_EQ(nation.depletion_permille, rows.at(nation.nation.str()).first) << nation.nation.str();
    EXPECT_EQ(vehicles, rows.at(nation.nation.str()).second) << nation.nation.str();
  }
}

TEST(AnswersAboutKazakhstan, ReconcileBothPublishedFigures) {
  const auto at = moment("2022-01-09T12:00:00Z");
  PlayedOperation played;
  played.play(at);

  const auto answer = core::operation(played.state(), {kCode}, officer_at(at));

  ASSERT_TRUE(answer);
  EXPECT_THAT(answer->figures, SizeIs(2));
  EXPECT_THAT(answer->figures,
              Each(Field(&model::FigureCheck::verdict, model::Reconciliation::consistent)));
}

TEST(AnswersAboutKazakhstan, MissWhatTwoNationsHaveNotOfferedYet) {
  const auto at = moment("2022-01-07T05:40:00Z");
  PlayedOperation played;
  played.play(at);

  const auto gaps = core::gaps(played.state(), {kCode, {}}, officer_at(at));

  ASSERT_TRUE(gaps);
  EXPECT_EQ(gaps->needed, 2500U);
  EXPECT_EQ(gaps->counted, 2111U);
  EXPECT_EQ(gaps->lacking, 389U);
  EXPECT_THAT(gaps->left_out, IsEmpty());
}

TEST(AnswersAboutKazakhstan, MeetEveryLineOnceAllHaveOffered) {
  const auto at = moment("2022-01-07T08:00:00Z");
  PlayedOperation played;
  played.play(at);

  const auto gaps = core::gaps(played.state(), {kCode, {}}, officer_at(at));

  ASSERT_TRUE(gaps);
  EXPECT_EQ(gaps->lacking, 0U);
  for (const auto& line : gaps->lines) {
    for (const auto& item : line.equipment) {
      EXPECT_EQ(item.counted, item.needed) << line.line.line_id.str();
    }
  }
}

}  // namespace
}  // namespace muster::exercise
