// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <array>
#include <map>
#include <optional>
#include <set>

#include "nodes/exercise/slices.h"
#include "tests/unit/exercise_kazakhstan_fixture.h"

/// The figures of operation EX-2201, stage by stage, as DOMAIN.md §11 has them: typed in again here
/// on purpose.
namespace muster::exercise {
namespace {

using model::ContributionState;
using model::ElementKind;
using model::EquipmentKind;
using model::OperationState;
using model::Task;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::moment;
using tests::PlayedOperation;

const std::array<std::string, 5> kNations{"RUS", "BLR", "ARM", "KGZ", "TJK"};
const auto kAccepted = moment("2022-01-07T07:00:00Z");

// ---- the time table -----------------------------------------------------------------------------

struct StageRow {
  const char* at;
  OperationState state;
  std::uint64_t accepted, in_transit, in_place;
};
void PrintTo(const StageRow& row, std::ostream* out) { *out << row.at; }

class Stage : public ::testing::TestWithParam<StageRow> {};
INSTANTIATE_TEST_SUITE_P(
    Kazakhstan, Stage,
    ::testing::Values(
        StageRow{"2022-01-06T23:59:59Z", OperationState::draft, 0, 0, 0},
        StageRow{"2022-01-07T00:00:00Z", OperationState::requested, 0, 0, 0},
        StageRow{"2022-01-07T01:00:00Z", OperationState::consultation, 0, 0, 0},
        StageRow{"2022-01-07T03:00:00Z", OperationState::decided, 0, 0, 0},
        StageRow{"2022-01-07T04:00:00Z", OperationState::generating, 0, 0, 0},
        StageRow{"2022-01-07T07:00:00Z", OperationState::generating, 2500, 0, 0},
        StageRow{"2022-01-07T12:00:00Z", OperationState::advance_deployed, 2500, 0, 400},
        StageRow{"2022-01-07T18:00:00Z", OperationState::deploying, 2500, 0, 680},
        StageRow{"2022-01-08T12:00:00Z", OperationState::deploying, 2500, 340, 1370},
        StageRow{"2022-01-08T18:00:00Z", OperationState::deploying, 2500, 0, 1710},
        StageRow{"2022-01-09T12:00:00Z", OperationState::deployed, 2500, 440, 2060},
        StageRow{"2022-01-10T06:00:00Z", OperationState::relocating, 2500, 440, 2060},
        StageRow{"2022-01-11T18:00:00Z", OperationState::deployed, 2500, 440, 2060},
        StageRow{"2022-01-13T09:00:00Z", OperationState::stabilised, 2500, 440, 2060},
        StageRow{"2022-01-13T12:00:00Z", OperationState::withdrawing, 2500, 440, 2060},
        StageRow{"2022-01-14T23:00:00Z", OperationState::withdrawing, 2060, 0, 2060},
        StageRow{"2022-01-15T23:00:00Z", OperationState::withdrawing, 2060, 0, 1200},
        StageRow{"2022-01-17T23:00:00Z", OperationState::withdrawing, 1200, 0, 400},
        StageRow{"2022-01-19T12:00:00Z", OperationState::withdrawn, 400, 0, 0},
        StageRow{"2022-01-19T18:00:00Z", OperationState::closed, 0, 0, 0}),
    [](const auto& instance) {
      return std::to_string(instance.index) + "_" + model::to_text(instance.param.state);
    });

TEST_P(Stage, HasTheFiguresOfTheTable) {
  PlayedOperation played;

  played.play(moment(GetParam().at));

  const auto* operation = played.state().agreements.operations.find("EX-2201");
  EXPECT_EQ(operation == nullptr ? OperationState::draft : operation->state, GetParam().state);
  EXPECT_EQ(played.accepted(), GetParam().accepted);
  EXPECT_EQ(played.people(ContributionState::in_transit), GetParam().in_transit);
  EXPECT_EQ(played.people(ContributionState::in_place), GetParam().in_place);
}

TEST(PlayOfKazakhstan, ClosesWithNobodyCommitted) {
  PlayedOperation played;

  played.play();

  EXPECT_EQ(played.operation().state, OperationState::closed);
  for (const auto& [key, slice] : played.slices()) {
    EXPECT_EQ(slice.state, ContributionState::released) << key;
  }
  EXPECT_EQ(played.people(ContributionState::released), 2500U);
}

// ---- what is given ------------------------------------------------------------------------------

TEST(PlayOfKazakhstan, HasTheAcceptedSlicesOfTheTable) {
  const std::map<std::string, std::array<std::uint64_t, 5>> lines{
      {"L01", {44, 14, 7, 7, 8}},       {"L02", {400, 0, 0, 0, 0}},
      {"L03", {570, 280, 75, 85, 140}}, {"L04", {130, 54, 20, 30, 26}},
      {"L05", {165, 52, 0, 21, 22}},    {"L06", {95, 30, 5, 10, 10}},
      {"L07", {110, 38, 12, 14, 16}},   {"L08", {6, 2, 2, 0, 0}}};
  PlayedOperation played;

  played.play(kAccepted);

  for (const auto& [line, people] : lines) {
    for (std::size_t i = 0; i < kNations.size(); ++i) {
      const auto found = played.people([&](const core::Contribution& slice) {
        const auto& said = slice.said->statement;
        return slice.state == ContributionState::accepted && said.sor_line.view() == line &&
               said.unit.nation().view() == kNations.at(i);
      });
      EXPECT_EQ(found, people.at(i)) << line << " " << kNations.at(i);
    }
  }
}

TEST(PlayOfKazakhstan, DepletesEachNationAsTheTableSays) {
  // Accepted, deployable, and their share in permille, cut.
  const std::map<std::string, std::array<std::uint64_t, 3>> rows{{"RUS", {1520, 1727, 880}},
                                                                 {"BLR", {470, 521, 902}},
                                                                 {"ARM", {121, 206, 587}},
                                                                 {"KGZ", {167, 217, 769}},
                                                                 {"TJK", {222, 253, 877}}};
  PlayedOperation played;

  played.play(kAccepted);

  std::uint64_t deployable_of_all = 0;
  for (const auto& [nation, row] : rows) {
    std::uint64_t deployable = 0;
    played.state().units.for_each([&](const model::UnitId& id, const core::UnitState& unit) {
      deployable += id.nation().view() == nation ? *unit.strength->statement.deployable : 0;
    });
    EXPECT_EQ(played.accepted(nation), row[0]) << nation;
    EXPECT_EQ(deployable, row[1]) << nation;
    EXPECT_EQ(1000 * played.accepted(nation) / deployable, row[2]) << nation;
    deployable_of_all += deployable;
  }
  EXPECT_EQ(1000 * played.accepted() / deployable_of_all, 854U);
}

TEST(PlayOfKazakhstan, HasAStatedZeroOfArmeniaAndNoWordOfTheHost) {
  PlayedOperation played;

  played.play();

  std::set<std::string> zeros;
  for (const auto& [key, slice] : played.slices()) {
    const auto& said = slice.said->statement;
    EXPECT_NE(said.unit.nation().view(), "KAZ");
    if (*said.people == 0) {
      zeros.insert(said.unit.nation().str() + " " + said.sor_line.str());
    }
  }
  EXPECT_THAT(zeros, ElementsAre("ARM L05"));
}

constexpr std::array kKinds{EquipmentKind::wheeled_transport, EquipmentKind::armoured_transport,
                            EquipmentKind::engineer,          EquipmentKind::medical,
                            EquipmentKind::communication,     EquipmentKind::water_fuel};

/// Vehicles of the accepted slices that `counts` lets through, by kind.
template <typename Counts>
std::map<EquipmentKind, std::uint64_t> vehicles_of(const PlayedOperation& played, Counts counts) {
  std::map<EquipmentKind, std::uint64_t> sum;
  for (const auto& [key, slice] : played.slices()) {
    for (const auto& item : slice.said->statement.equipment) {
      sum[item.kind] += counts(slice.said->statement) ? item.count : 0;
    }
  }
  return sum;
}

class PlayOfManySeeds : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Exercise, PlayOfManySeeds, ::testing::Range<std::uint64_t>(0, 12));

TEST_P(PlayOfManySeeds, BringsTheVehiclesOfTheTable) {
  const std::map<std::string, std::array<std::uint64_t, 6>> rows{{"RUS", {72, 60, 12, 8, 5, 3}},
                                                                 {"BLR", {22, 14, 3, 3, 2, 1}},
                                                                 {"ARM", {6, 2, 0, 1, 1, 0}},
                                                                 {"KGZ", {8, 4, 0, 1, 1, 1}},
                                                                 {"TJK", {12, 4, 1, 1, 1, 1}}};
  PlayedOperation played(GetParam());
  played.play(kAccepted);

  std::uint64_t all = 0;
  for (const auto& [nation, row] : rows) {
    const auto found = vehicles_of(played, [&](const model::ContributionStatement& slice) {
      return slice.unit.nation().view() == nation;
    });
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
      const auto entry = found.find(kKinds.at(i));
      const auto count = entry == found.end() ? 0 : entry->second;
      EXPECT_EQ(count, row.at(i)) << nation << " " << model::to_text(kKinds.at(i));
      all += count;
    }
  }
  EXPECT_EQ(all, 250U);
}

TEST_P(PlayOfManySeeds, GivesNoMoreThanEachUnitHas) {
  PlayedOperation played(GetParam());
  played.play(kAccepted);

  played.state().units.for_each([&](const model::UnitId& id, const core::UnitState& unit) {
    const auto is_of_unit = [&](const model::ContributionStatement& slice) {
      return slice.unit == id;
    };
    const auto people = played.people(
        [&](const core::Contribution& slice) { return is_of_unit(slice.said->statement); });
    EXPECT_LE(people, *unit.strength->statement.deployable) << id.str();
    std::map<EquipmentKind, std::uint64_t> serviceable;
    for (const auto& holding : unit.equipment->statement.holdings) {
      serviceable[holding.kind] += *holding.fmc;
    }
    for (const auto& [kind, count] : vehicles_of(played, is_of_unit)) {
      EXPECT_LE(count, serviceable[kind]) << id.str() << " " << model::to_text(kind);
    }
  });
}

/// Sets how many of its carriers a unit can use.
void set_serviceable_carriers(std::vector<Contingent>& contingents, std::string_view unit,
                              model::Count fmc) {
  for (auto& contingent : contingents) {
    for (auto& statement : contingent.reports.front().statements) {
      auto* equipment = std::get_if<model::EquipmentStatement>(&statement);
      if (equipment == nullptr || equipment->unit.view() != unit) {
        continue;
      }
      for (auto& holding : equipment->holdings) {
        if (holding.kind == EquipmentKind::armoured_transport) {
          holding.fmc = fmc;
        }
      }
    }
  }
}

TEST(PlanSlices, TakesVehiclesFromUnitsThatStillHaveOne) {
  auto contingents = make_contingents(model::ForcePool::cpf, 2022, kAccepted);
  set_serviceable_carriers(contingents, "RUS:EX-CBT-05", 1);
  set_serviceable_carriers(contingents, "RUS:EX-CBT-06", 0);

  const auto slices = plan_slices(contingents);

  std::map<std::string, std::uint64_t> carriers;
  std::uint64_t all = 0;
  for (const auto& slice : slices) {
    for (const auto& item : slice.equipment) {
      if (item.kind == EquipmentKind::armoured_transport) {
        carriers[slice.unit.str()] += item.count;
        all += item.count;
      }
    }
  }
  EXPECT_EQ(carriers["RUS:EX-CBT-05"], 1U);
  EXPECT_EQ(carriers["RUS:EX-CBT-06"], 0U);
  EXPECT_EQ(all, 84U);
}

// ---- what is asked for --------------------------------------------------------------------------

struct AskedRow {
  const char* line;
  ElementKind kind;
  std::vector<Task> tasks;
  std::uint16_t within_h;
  model::Count people;
  bool must_have;
};

TEST(RequirementOfKazakhstan, AsksForTheLinesOfTheTable) {
  const std::vector<AskedRow> rows{
      {"L01", ElementKind::command, {Task::t09}, 48, 80, true},
      {"L02", ElementKind::combat, {Task::t08}, 12, 400, true},
      {"L03", ElementKind::combat, {Task::t08}, 36, 1150, true},
      {"L04", ElementKind::police, {Task::t05, Task::t03}, 48, 260, true},
      {"L05", ElementKind::combat_support, {Task::t06, Task::t11}, 72, 260, false},
      {"L06", ElementKind::technical_support, {Task::t11}, 72, 150, false},
      {"L07", ElementKind::rear_support, {Task::t14, Task::t15}, 72, 190, false},
      {"L08", ElementKind::observer_group, {Task::t09, Task::t12}, 72, 10, false}};
  PlayedOperation played;

  played.play(moment("2022-01-07T04:00:00Z"));

  const auto& lines = played.operation().requirement->statement.lines;
  ASSERT_THAT(lines, SizeIs(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(lines[i].line_id.view(), rows[i].line);
    EXPECT_EQ(lines[i].element_kind, rows[i].kind) << rows[i].line;
    EXPECT_EQ(lines[i].tasks, rows[i].tasks) << rows[i].line;
    EXPECT_EQ(lines[i].needed_within_h, rows[i].within_h) << rows[i].line;
    EXPECT_EQ(lines[i].people_min, rows[i].people) << rows[i].line;
    EXPECT_EQ(lines[i].people_max, rows[i].people) << rows[i].line;
    EXPECT_EQ(lines[i].must_have, rows[i].must_have) << rows[i].line;
  }
}

TEST(RequirementOfKazakhstan, AsksForTheVehiclesThatAreGiven) {
  PlayedOperation played;
  played.play(kAccepted);

  std::map<EquipmentKind, std::uint64_t> all;
  for (const auto& line : played.operation().requirement->statement.lines) {
    const auto given = vehicles_of(played, [&](const model::ContributionStatement& slice) {
      return slice.sor_line == line.line_id;
    });
    for (const auto& item : line.equipment) {
      EXPECT_EQ(given.at(item.kind), item.count) << line.line_id.str();
      all[item.kind] += item.count;
    }
  }
  EXPECT_THAT(all, ElementsAre(std::pair(EquipmentKind::wheeled_transport, 120U),
                               std::pair(EquipmentKind::armoured_transport, 84U),
                               std::pair(EquipmentKind::engineer, 16U),
                               std::pair(EquipmentKind::medical, 14U),
                               std::pair(EquipmentKind::communication, 10U),
                               std::pair(EquipmentKind::water_fuel, 6U)));
}

// ---- what is said of the operation --------------------------------------------------------------

TEST(OperationOfKazakhstan, HasNoCommanderUntilTheDeploymentHasBegun) {
  PlayedOperation played;

  played.play(moment("2022-01-07T19:59:59Z"));
  EXPECT_THAT(played.operation().commander, IsEmpty());
  EXPECT_EQ(played.operation().state, OperationState::deploying);

  played.play(moment("2022-01-07T20:00:00Z"));
  EXPECT_THAT(played.operation().commander, ::testing::EndsWith("(fictional)"));
}

TEST(OperationOfKazakhstan, TakesPlaceInTheHostWithoutAnAreaOrAnEnd) {
  PlayedOperation played;

  played.play();

  const auto& said = played.operation().said->statement;
  EXPECT_EQ(said.host, *model::Nation::parse("KAZ"));
  EXPECT_FALSE(said.host_may_contribute);
  EXPECT_THAT(said.area, IsEmpty());
  EXPECT_FALSE(said.planned_end.has_value());
  EXPECT_THAT(said.tasks, ElementsAre(Task::t08, Task::t05, Task::t03));
  EXPECT_EQ(played.operation().authorised_strength, 2500U);
  EXPECT_EQ(said.decided_at, moment("2022-01-07T03:00:00Z"));
}

TEST(OperationOfKazakhstan, KeepsEachPublishedFigureWithItsTime) {
  PlayedOperation played;

  played.play(moment("2022-01-07T06:59:59Z"));
  EXPECT_THAT(played.operation().said->statement.published_figures, IsEmpty());

  played.play();
  const auto& figures = played.operation().said->statement.published_figures;
  ASSERT_THAT(figures, SizeIs(2));
  EXPECT_EQ(figures[0].figure, "accepted");
  EXPECT_EQ(figures[0].comparator, model::Comparator::over);
  EXPECT_EQ(figures[0].value, 2500U);
  EXPECT_EQ(figures[0].as_of, kAccepted);
  EXPECT_EQ(figures[1].figure, "in place");
  EXPECT_EQ(figures[1].comparator, model::Comparator::over);
  EXPECT_EQ(figures[1].value, 2000U);
  EXPECT_EQ(figures[1].as_of, moment("2022-01-09T12:00:00Z"));
}

TEST(SlicesOfKazakhstan, TransferAuthorityWhenTheyArriveAndSayWhenTheyEnd) {
  PlayedOperation played;

  played.play(moment("2022-01-14T00:00:00Z"));

  for (const auto& [key, slice] : played.slices()) {
    const auto& said = slice.said->statement;
    const bool is_there = slice.state == ContributionState::in_place;
    EXPECT_EQ(said.authority, is_there ? model::Authority::opcon : model::Authority::none) << key;
    EXPECT_EQ(said.transfer_of_authority_at.has_value(), is_there) << key;
    EXPECT_EQ(said.to.has_value(), is_there) << key;
  }
  EXPECT_EQ(played.people(ContributionState::returning), 440U);
}

}  // namespace
}  // namespace muster::exercise
