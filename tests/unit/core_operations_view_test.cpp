// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <array>

#include "broker/core/views.h"
#include "tests/unit/core_promises_fixture.h"

// What is known of operations: the list, one of them, its withdrawal and its stores; and who stands
// by. Figures of EX-2201 are those of DOMAIN.md §11.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::ContributionState;
using model::OperationState;
using model::Reconciliation;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;

/// What one nation gives to the eight lines of EX-2201, and its vehicles by kind.
struct Share {
  std::string_view nation;
  model::Count deployable = 0;
  std::array<model::Count, 8> people{};
  std::array<model::Count, 6> vehicles{};
};
constexpr std::array kShares = {
    Share{"RUS", 1727, {44, 400, 570, 130, 165, 95, 110, 6}, {72, 60, 12, 8, 5, 3}},
    Share{"BLR", 521, {14, 0, 280, 54, 52, 30, 38, 2}, {22, 14, 3, 3, 2, 1}},
    Share{"ARM", 206, {7, 0, 75, 20, 0, 5, 12, 2}, {6, 2, 0, 1, 1, 0}},
    Share{"KGZ", 217, {7, 0, 85, 30, 21, 10, 14, 0}, {8, 4, 0, 1, 1, 1}},
    Share{"TJK", 253, {8, 0, 140, 26, 22, 10, 16, 0}, {12, 4, 1, 1, 1, 1}}};
constexpr std::array kKinds = {
    model::EquipmentKind::wheeled_transport, model::EquipmentKind::armoured_transport,
    model::EquipmentKind::engineer,          model::EquipmentKind::medical,
    model::EquipmentKind::communication,     model::EquipmentKind::water_fuel};

std::string unit_of_share(const Share& share) { return std::string(share.nation) + ":CPF"; }

/// The five nations with all that they have in one unit each, and KAZ, which has said nothing of a
/// contribution. Line L0n has slice Ln of each nation; a 0 is said as well.
class January : public ::testing::Test {
 protected:
  January() {
    auto operation = operation_of();
    operation.authorised_strength = 2'500;
    operation.published_figures = {
        {"authorised", model::Comparator::over, 2'500, kSampleTime, "record"},
        {"in place", model::Comparator::over, 2'000, kSampleTime, "record"},
        {"sent by the host", model::Comparator::about, 100, kSampleTime, "record"}};
    force_.by_office({operation, requirement_of({line_of("L01", 80), line_of("L02", 400)}),
                      step_to("D-1", OperationState::requested),
                      step_to("D-2", OperationState::consultation),
                      step_to("D-3", OperationState::decided)});
    force_.declare("KAZ:CPF", 493);
    for (const auto& share : kShares) {
      force_.declare(unit_of_share(share), share.deployable);
    }
  }
  /// Every slice, in the state that `state_of(nation, line)` gives; lines count from 1.
  template <typename StateOf>
  void promise_all(StateOf state_of) {
    for (const auto& share : kShares) {
      for (std::size_t i = 0; i < share.people.size(); ++i) {
        const auto id = "L0" + std::to_string(i + 1);
        auto slice =
            slice_of(unit_of_share(share), id, share.people.at(i), state_of(share.nation, i + 1));
        slice.sor_line = code(id);
        for (std::size_t kind = 0; i == 0 && kind < kKinds.size(); ++kind) {
          slice.equipment.push_back({kKinds.at(kind), share.vehicles.at(kind)});
        }
        force_.promise(slice);
      }
    }
  }
  void promise_all(ContributionState state) {
    promise_all([&](std::string_view, std::size_t) { return state; });
  }
  model::OperationAnswer answer() const {
    return *operation(force_.state, {code("EX-2201")}, officer_at(kNow));
  }
  model::OperationRow row() const { return operations(force_.state, officer_at(kNow)).rows.at(0); }

  Operating force_;
};

TEST_F(January, TellsWhatEachNationGives) {
  promise_all(ContributionState::accepted);

  const auto nations = answer().nations;

  std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t>> rows;
  std::uint64_t vehicles = 0;
  for (const auto& each : nations) {
    rows.emplace_back(each.nation.str(), each.people.accepted, each.depletion_permille.value());
    EXPECT_EQ(each.committed, each.people.accepted);
    EXPECT_EQ(each.units, 1U);
    for (const auto& item : each.equipment) {
      vehicles += item.count;
    }
  }
  using Row = std::tuple<std::string, std::uint64_t, std::uint64_t>;
  EXPECT_THAT(rows, ElementsAre(Row{"ARM", 121, 587}, Row{"BLR", 470, 902}, Row{"KGZ", 167, 769},
                                Row{"RUS", 1'520, 880}, Row{"TJK", 222, 877}));
  EXPECT_EQ(vehicles, 250U);
  EXPECT_THAT(
      nations.at(3).equipment,
      ElementsAre(model::EquipmentCount{kKinds[0], 72}, model::EquipmentCount{kKinds[1], 60},
                  model::EquipmentCount{kKinds[2], 12}, model::EquipmentCount{kKinds[3], 8},
                  model::EquipmentCount{kKinds[4], 5}, model::EquipmentCount{kKinds[5], 3}));
}

TEST_F(January, ListsTheOperationWithItsPeopleByState) {
  // 9 January 12:00: L05 and 180 people of L03 of RUS are on the way, who stand in one slice here.
  promise_all([](std::string_view from, std::size_t line) {
    const bool is_moving = line == 5 || (line == 3 && from == "RUS");
    return is_moving ? ContributionState::in_transit : ContributionState::in_place;
  });

  const auto listed = row();

  EXPECT_EQ(listed.operation, code("EX-2201"));
  EXPECT_EQ(listed.name, "Steppe (fictional)");
  EXPECT_EQ(listed.host, nation("KAZ"));
  EXPECT_EQ(listed.state, OperationState::decided);
  EXPECT_EQ(listed.authorised_strength, 2'500U);
  EXPECT_EQ(listed.requirement_version, 1U);
  EXPECT_EQ(listed.required, 480U);
  EXPECT_EQ(listed.nations, 5U);
  EXPECT_EQ(listed.people, (model::PromisedPeople{.in_transit = 260 + 570, .in_place = 1'670}));
}

TEST_F(January, ReconcilesPublishedFiguresByWhatTheyAreCalled) {
  EXPECT_EQ(answer().figures.at(0).verdict, Reconciliation::not_comparable) << "nobody has spoken";
  promise_all([](std::string_view, std::size_t line) {
    return line == 5 ? ContributionState::in_transit : ContributionState::in_place;
  });

  const auto figures = answer().figures;

  ASSERT_THAT(figures, SizeIs(3));
  EXPECT_EQ(figures[0].verdict, Reconciliation::consistent);
  EXPECT_EQ(figures[0].computed, 2'500U);
  EXPECT_EQ(figures[0].difference, 0);
  EXPECT_EQ(figures[1].verdict, Reconciliation::consistent);
  EXPECT_EQ(figures[1].computed, 2'240U);
  EXPECT_EQ(figures[1].difference, 240);
  EXPECT_EQ(figures[1].permille, 120);
  EXPECT_EQ(figures[2].verdict, Reconciliation::not_comparable);
  EXPECT_EQ(figures[2].computed, std::nullopt);
}

TEST_F(January, ComparesAFigureWithItsOwnTime) {
  promise_all(ContributionState::in_place);
  const auto withdrawn_at = kSampleTime + std::chrono::hours(240);
  const auto promised = force_.state.agreements.contributions;  // It changes as they are released.
  promised.for_each([&](const std::string&, const auto& known) {
    auto slice = known.said->statement;
    slice.state = ContributionState::released;
    force_.tell({slice},
                {.node = ministry_of(slice.unit.nation().view()), .valid_at = withdrawn_at});
  });

  const auto later = *operation(force_.state, {code("EX-2201")}, officer_at(withdrawn_at));
  const auto before =
      *operation(force_.state, {code("EX-2201")}, officer_at(kSampleTime - std::chrono::hours(1)));

  EXPECT_EQ(later.nations.at(0).people.in_place, 0U);
  EXPECT_EQ(later.figures.at(1).computed, 2'500U) << "of the day that it was published for";
  EXPECT_EQ(before.figures.at(1).verdict, Reconciliation::not_comparable) << "not yet";
}

TEST_F(January, TellsOfANationOfWhoseUnitsNothingIsReleased) {
  force_.by_office({operation_of()}, {.releasable_to = {nation("BLR")}});
  force_.tell({slice_of("RUS:SECRET", "S-1", 70, ContributionState::offered)},
              {.node = "RUS/mod", .releasable_to = {nation("BLR")}});
  const auto seen = operation(force_.state, {code("EX-2201")}, ministry_at("BLR/mod", kNow));

  ASSERT_TRUE(seen);
  const auto row = std::find_if(seen->nations.begin(), seen->nations.end(),
                                [](const auto& each) { return each.nation == nation("RUS"); });
  ASSERT_NE(row, seen->nations.end());
  EXPECT_EQ(row->people.offered, 70U);
  EXPECT_EQ(row->deployable, 0U);
  EXPECT_EQ(row->depletion_permille, std::nullopt);
}

TEST_F(January, KeepsInAFigureWhoLeftLater) {
  promise_all([](auto, auto) { return ContributionState::in_place; });
  auto registry = *force_.state.registry;
  const auto arm = std::find_if(registry.members.begin(), registry.members.end(),
                                [](const auto& each) { return each.nation == nation("ARM"); });
  ASSERT_NE(arm, registry.members.end());
  arm->valid_to = kSampleTime + 1min;
  force_.state.registry = std::make_shared<const Registry>(registry);

  const auto found = *operation(force_.state, {code("EX-2201")}, officer_at(kNow));

  EXPECT_EQ(found.figures.at(1).computed, 2'500U);
}

TEST_F(January, HasNobodyCommittedAtTheEnd) {
  promise_all(ContributionState::released);
  force_.by_office({step_to("D-4", OperationState::closed)});

  EXPECT_EQ(row().people, (model::PromisedPeople{.released = 2'500}));
  EXPECT_EQ(row().nations, 0U);
  const auto closed = answer();
  EXPECT_EQ(closed.state, OperationState::closed);
  EXPECT_EQ(closed.next_states, "nothing: CLOSED is final");
  for (const auto& each : closed.nations) {
    EXPECT_EQ(each.committed, 0U);
    EXPECT_EQ(each.units, 0U);
    EXPECT_THAT(each.equipment, IsEmpty());
  }
  EXPECT_EQ(closed.figures.at(0).computed, 0U);
}

// ---- statements and decisions -------------------------------------------------------------------

std::vector<std::string> decisions_in(const model::OperationAnswer& answer) {
  std::vector<std::string> ids;
  for (const auto& statement : answer.statements) {
    if (const auto* decision = std::get_if<model::DecisionStatement>(&statement)) {
      ids.push_back(decision->decision_id.str());
    }
  }
  return ids;
}

TEST_F(January, TellsWhatWasDecidedInTheOrderInWhichItCounts) {
  promise_all(ContributionState::accepted);
  auto response = decision_of("A-1", model::DecisionKind::offer_response);
  response.operation = std::nullopt;
  response.contribution_id = "RUS/L02";
  auto elsewhere = authorise("A-2", 9);
  elsewhere.operation = code("EX-2202");
  force_.by_office({operation_of("EX-2202"), response, elsewhere});

  const auto told = answer();

  ASSERT_EQ(told.statements.size(), told.stamps.size());
  EXPECT_TRUE(std::holds_alternative<model::OperationStatement>(told.statements.at(0)));
  EXPECT_TRUE(std::holds_alternative<model::RequirementStatement>(told.statements.at(1)));
  EXPECT_EQ(told.stamps.at(1).kind, model::StatementKind::requirement);
  EXPECT_EQ(told.stamps.at(1).report, (model::ReportId{tests::node_id("SEC/hq"), 1}));
  EXPECT_THAT(decisions_in(told), ElementsAre("D-1", "D-2", "D-3", "A-1"));
}

TEST_F(January, ShowsACorrectedDecisionInItsPlace) {
  force_.by_office({authorise("D-4", 3'000)});  // Report 2.
  force_.by_office({step_to("D-5", OperationState::generating)});
  force_.by_office({authorise("D-4", 2'700)}, {.corrects = 2});

  const auto told = answer();

  EXPECT_THAT(decisions_in(told), ElementsAre("D-1", "D-2", "D-3", "D-4", "D-5"));
  EXPECT_EQ(std::get<model::DecisionStatement>(told.statements.at(5)).value, 2'700);
  EXPECT_EQ(told.authorised_strength, 2'700U);
  EXPECT_EQ(told.state, OperationState::generating);
}

TEST_F(January, OfThePastTellsWhatWasDecidedByThen) {
  force_.by_office({step_to("D-4", OperationState::generating)}, {.valid_at = kNow});
  const auto past = force_.at({kSampleTime, kSampleTime});

  const auto told = operation(past, {code("EX-2201")}, officer_at(kSampleTime));

  ASSERT_TRUE(told);
  EXPECT_EQ(told->state, OperationState::decided);
  EXPECT_THAT(decisions_in(*told), ElementsAre("D-1", "D-2", "D-3"));
}

TEST_F(January, IsNotFoundUnderAnotherCode) {
  const auto none = operation(force_.state, {code("EX-9")}, officer_at(kNow));

  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(none.error().message, "EX-9: there is no such operation");
}

// ---- who may see it -----------------------------------------------------------------------------

TEST_F(January, IsUnknownToWhomItWasNotReleased) {
  const auto moment = ministry_at("RUS/mod", kNow);

  EXPECT_THAT(operations(force_.state, moment).rows, IsEmpty());
  EXPECT_FALSE(operation(force_.state, {code("EX-2201")}, moment));
  EXPECT_FALSE(withdrawal(force_.state, {code("EX-2201")}, moment));
  EXPECT_FALSE(sustainment(force_.state, {.operation = code("EX-2201")}, moment));
}

TEST_F(January, ShowsAMinistryWhatWasReleasedToItAndWhatIsItsOwn) {
  promise_all(ContributionState::accepted);
  auto operation = operation_of();
  operation.authorised_strength = 2'500;
  const Telling to_rus{.releasable_to = {nation("RUS")}};
  force_.by_office({operation}, to_rus);
  force_.by_office({step_to("D-4", OperationState::generating)}, to_rus);
  force_.by_office({authorise("D-5", 2'600), step_to("D-6", OperationState::deploying)});
  auto commander = decision_of("D-7", model::DecisionKind::commander);
  commander.reference = "General (fictional)";
  force_.by_office({commander}, to_rus);

  const auto told = core::operation(force_.state, {code("EX-2201")}, ministry_at("RUS/mod", kNow));

  ASSERT_TRUE(told);
  EXPECT_THAT(decisions_in(*told), ElementsAre("D-4", "D-7"));
  EXPECT_EQ(told->state, OperationState::generating) << "DEPLOYING was not released";
  EXPECT_EQ(told->authorised_strength, 2'500U) << "nor were the 2,600";
  EXPECT_EQ(told->commander, "General (fictional)");
  ASSERT_THAT(told->nations, SizeIs(1));
  EXPECT_EQ(told->nations[0].people.accepted, 1'520U);
  EXPECT_EQ(told->statements.size(), 3U) << "the requirement was not released";

  force_.by_office({authorise("D-8", 2'700)}, to_rus);
  const auto later = core::operation(force_.state, {code("EX-2201")}, ministry_at("RUS/mod", kNow));
  EXPECT_EQ(later->authorised_strength, 2'700U);
}

TEST_F(January, TellsWhoseAnswerIsWithheld) {
  EXPECT_FALSE(header_of(force_.state, officer_at(kNow)).is_withheld);
  EXPECT_TRUE(header_of(force_.state, ministry_at("RUS/mod", kNow)).is_withheld);
  EXPECT_TRUE(strength_answer(force_.state, {}, ministry_at("RUS/mod", kNow)).header.is_withheld);
}

// ---- withdrawal ---------------------------------------------------------------------------------

class OneOperation : public ::testing::Test {
 protected:
  OneOperation() { force_.by_office({operation_of()}); }

  model::WithdrawalAnswer withdrawal_now() const {
    return *withdrawal(force_.state, {code("EX-2201")}, officer_at(kNow));
  }
  model::SustainmentAnswer stores(std::uint64_t people, std::uint16_t days) const {
    return *sustainment(force_.state,
                        {.operation = code("EX-2201"), .people = people, .days = days},
                        officer_at(kNow));
  }

  Operating force_;
};

TEST_F(OneOperation, CountsTheWithdrawalUnitByUnit) {
  auto staying = slice_of("RUS:A", "S-1", 400, ContributionState::in_place);
  staying.to = kNow + 96h;
  auto leaving = slice_of("RUS:A", "S-2", 800, ContributionState::returning);
  leaving.to = kNow + 48h;
  auto gone = slice_of("BLR:A", "S-1", 860, ContributionState::released);
  gone.to = kNow - 1h;
  force_.promise(staying);
  force_.promise(leaving);
  force_.promise(gone);
  force_.promise(slice_of("KGZ:A", "S-1", 50, ContributionState::in_place));
  force_.promise(slice_of("TJK:A", "S-1", 70, ContributionState::committed));

  const auto answer = withdrawal_now();

  EXPECT_THAT(answer.rows,
              ElementsAre(model::WithdrawalRow{unit_id("BLR:A"), 0, 0, 860, kNow - 1h},
                          model::WithdrawalRow{unit_id("KGZ:A"), 50, 0, 0, std::nullopt},
                          model::WithdrawalRow{unit_id("RUS:A"), 400, 800, 0, kNow + 96h}));
  EXPECT_EQ(answer.in_place, 450U);
  EXPECT_EQ(answer.returning, 800U);
  EXPECT_EQ(answer.released, 860U);
}

TEST_F(OneOperation, PlansNoReleaseWhileASliceOfTheUnitIsOpen) {
  auto staying = slice_of("RUS:A", "S-1", 400, ContributionState::in_place);
  staying.to = kNow + 96h;
  force_.promise(staying);
  force_.promise(slice_of("RUS:A", "S-2", 10, ContributionState::in_place));

  EXPECT_EQ(withdrawal_now().rows.at(0).planned_release, std::nullopt);
}

// ---- sustainment --------------------------------------------------------------------------------

model::SelfSustainmentStatement stores_of(std::string_view unit,
                                          std::vector<model::SustainmentLine> lines) {
  return {.unit = unit_id(unit), .lines = std::move(lines)};
}

TEST_F(OneOperation, MultipliesPeopleByDaysAndCutsAtWhatIsAskedFor) {
  using enum model::SelfSustainmentCategory;
  for (const auto* unit : {"RUS:A", "BLR:A", "KGZ:A"}) {
    force_.declare(unit, 500);
    force_.promise(slice_of(unit, "S-1", 100, ContributionState::accepted));
  }
  force_.by_ministry("RUS", {stores_of("RUS:A", {{catering, 40, 100}, {medical, 10, 300}})});
  force_.by_ministry("BLR", {stores_of("BLR:A", {{catering, 12, 50}, {medical, 5, std::nullopt}})});

  const auto answer = stores(200, 30);

  ASSERT_THAT(answer.rows, SizeIs(2));
  const auto& food = answer.rows[0];
  EXPECT_EQ(food.category, catering);
  EXPECT_EQ(food.covered_people, 150U);
  EXPECT_EQ(food.days, 12U);
  EXPECT_EQ(food.supplied_person_days, 100U * 30 + 50 * 12);
  EXPECT_EQ(food.shortfall_person_days, 200U * 30 - 3'600);
  EXPECT_EQ(food.units, 2U);
  EXPECT_EQ(food.silent_units, 1U);
  const auto& doctors = answer.rows[1];
  EXPECT_EQ(doctors.category, medical);
  EXPECT_EQ(doctors.covered_people, 300U) << "silence is not 0";
  EXPECT_EQ(doctors.units, 1U);
  EXPECT_EQ(doctors.silent_units, 2U);
  EXPECT_EQ(stores(100, 10).rows[1].shortfall_person_days, 0U);
}

TEST_F(OneOperation, TakesOffersOnlyWhileNothingIsAccepted) {
  using enum model::SelfSustainmentCategory;
  for (const auto* unit : {"RUS:A", "BLR:A"}) {
    force_.declare(unit, 500);
    force_.by_ministry(std::string_view(unit).substr(0, 3),
                       {stores_of(unit, {{catering, 10, 100}})});
    force_.promise(slice_of(unit, "S-1", 100, ContributionState::offered));
  }
  EXPECT_EQ(stores(200, 30).rows.at(0).units, 2U);

  force_.promise(slice_of("RUS:A", "S-1", 100, ContributionState::accepted));
  EXPECT_EQ(stores(200, 30).rows.at(0).units, 1U);
}

TEST_F(OneOperation, AsksForWhatTheLinesNeedAndNobodyHas) {
  auto line = line_of("L01", 100);
  line.self_sustainment = {{model::SelfSustainmentCategory::tentage, 15, 100}};
  force_.by_office({requirement_of({line})});
  EXPECT_FALSE(sustainment(force_.state, {.operation = code("EX-2201")}, officer_at(kNow)))
      << "for nobody knows how many people";
  force_.by_office({authorise("D-1", 2'500)});

  const auto answer =
      *sustainment(force_.state, {.operation = code("EX-2201"), .days = 2}, officer_at(kNow));

  EXPECT_EQ(answer.people, 2'500U);
  ASSERT_THAT(answer.rows, SizeIs(1));
  EXPECT_EQ(answer.rows[0].category, model::SelfSustainmentCategory::tentage);
  EXPECT_EQ(answer.rows[0].shortfall_person_days, 5'000U);
}

}  // namespace
}  // namespace muster::core
