// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/unit/core_promises_fixture.h"

// Who is committed where until when, who is promised twice, who stays too long; and who stands by.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::ContributionState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;
constexpr auto kDay = 24h;

class Commitments : public ::testing::Test {
 protected:
  Commitments() { force_.by_office({operation_of(), operation_of("EX-2202")}); }

  model::CommitmentsAnswer answer(const model::CommitmentsQuery& query = {}) const {
    return *commitments(force_.state, query, officer_at(kNow));
  }
  /// From day to day, counted from now.
  static model::ContributionStatement lasting(model::ContributionStatement slice, int from,
                                              int to) {
    slice.from = kNow + from * kDay;
    slice.to = kNow + to * kDay;
    return slice;
  }
  static std::vector<std::string> names(const model::CommitmentsAnswer& answer) {
    std::vector<std::string> names;
    for (const auto& row : answer.rows) {
      names.push_back(row.contribution);
    }
    return names;
  }

  Operating force_;
};

TEST_F(Commitments, AreRowsOfWhatIsOfferedAndNotOver) {
  using enum ContributionState;
  force_.declare("RUS:A", 1'727);
  auto offer = lasting(slice_of("RUS:A", "A", 400, committed), 0, 30);
  offer.equipment = {{model::EquipmentKind::medical, 3}};
  offer.transfer_of_authority_at = kNow + 2h;
  offer.authority = model::Authority::opcon;
  offer.variation = "without tents";
  force_.promise(offer);
  auto elsewhere = slice_of("RUS:A", "B", 120, accepted);
  elsewhere.operation = code("EX-2202");
  force_.promise(elsewhere);
  force_.promise(slice_of("RUS:A", "C", 5, offered));
  force_.promise(slice_of("RUS:A", "D", 7, released));
  force_.promise(slice_of("RUS:A", "E", 9, declined));
  force_.promise(slice_of("RUS:A", "F", 11, withdrawn_by_nation));

  const auto found = answer();

  EXPECT_THAT(names(found), ElementsAre("RUS/A", "RUS/C", "RUS/B"));
  const auto& row = found.rows.front();
  EXPECT_EQ(row.unit, unit_id("RUS:A"));
  EXPECT_EQ(row.line, code("L01"));
  EXPECT_EQ(row.people, 400U);
  EXPECT_EQ(row.equipment, offer.equipment);
  EXPECT_EQ(row.from, offer.from);
  EXPECT_EQ(row.to, offer.to);
  EXPECT_EQ(row.transfer_of_authority_at, kNow + 2h);
  EXPECT_EQ(row.authority, model::Authority::opcon);
  EXPECT_EQ(row.variation, "without tents");
  EXPECT_EQ(row.report, (model::ReportId{tests::node_id("RUS/mod"), 2}));
  EXPECT_EQ(found.accepted, 520U);
  EXPECT_EQ(found.committed, 400U);
}

TEST_F(Commitments, DepleteANationOverAllOperations) {
  force_.declare("RUS:A", 1'727);
  force_.declare("KAZ:A", 493);
  force_.promise(slice_of("RUS:A", "A", 1'500, ContributionState::in_place));
  auto elsewhere = slice_of("RUS:A", "B", 20, ContributionState::accepted);
  elsewhere.operation = code("EX-2202");
  force_.promise(elsewhere);
  force_.promise(slice_of("RUS:A", "C", 100, ContributionState::offered));

  // DOMAIN.md §6: 1520 of 1727 is 88.0 %, whichever operation is asked about.
  EXPECT_THAT(answer({.operation = code("EX-2202")}).nations,
              ElementsAre(model::NationBurden{nation("KAZ"), 0, 493, 0},
                          model::NationBurden{nation("RUS"), 1'520, 1'727, 880}));
  EXPECT_THAT(answer({.nations = {nation("KAZ")}}).nations, SizeIs(1));
}

TEST_F(Commitments, AreFilteredByOperationNationAndPeriod) {
  force_.promise(lasting(slice_of("RUS:A", "A", 1, ContributionState::committed), 0, 10));
  force_.promise(lasting(slice_of("BLR:A", "B", 1, ContributionState::committed), 10, 20));
  auto open = slice_of("ARM:A", "C", 1, ContributionState::committed);
  open.operation = code("EX-2202");
  force_.promise(open);

  EXPECT_THAT(names(answer({.operation = code("EX-2202")})), ElementsAre("ARM/C"));
  EXPECT_THAT(names(answer({.nations = {nation("BLR"), nation("RUS")}})),
              ElementsAre("BLR/B", "RUS/A"));
  EXPECT_THAT(names(answer({.from = kNow + 10 * kDay})), ElementsAre("BLR/B", "ARM/C"));
  EXPECT_THAT(names(answer({.to = kNow + 10 * kDay})), ElementsAre("RUS/A", "ARM/C"));
  const auto none = commitments(force_.state, {.operation = code("EX-9")}, officer_at(kNow));
  EXPECT_EQ(none.error().code, model::ErrorCode::not_found);
}

TEST_F(Commitments, LastUntilPeopleAreBack) {
  force_.promise(lasting(slice_of("RUS:A", "A", 1, ContributionState::in_place), -20, -10));
  force_.promise(lasting(slice_of("RUS:A", "B", 1, ContributionState::committed), -20, -10));

  EXPECT_THAT(names(answer({.from = kNow})), ElementsAre("RUS/A"));
}

TEST_F(Commitments, ShowAMinistryItsOwn) {
  force_.promise(slice_of("RUS:A", "A", 40, ContributionState::committed));
  force_.promise(slice_of("BLR:A", "B", 30, ContributionState::committed));

  const auto own = *commitments(force_.state, {}, ministry_at("BLR/mod", kNow));

  EXPECT_THAT(names(own), ElementsAre("BLR/B"));
  EXPECT_EQ(own.accepted, 30U);
  EXPECT_THAT(own.nations, SizeIs(1));
}

// ---- promised twice -----------------------------------------------------------------------------

TEST_F(Commitments, OverlapByThePeopleThatAreNotThere) {
  force_.declare("RUS:A", 100);
  force_.promise(lasting(slice_of("RUS:A", "C", 90, ContributionState::accepted), 15, 20));
  force_.promise(lasting(slice_of("RUS:A", "A", 60, ContributionState::committed), 0, 10));
  force_.promise(lasting(slice_of("RUS:A", "B", 60, ContributionState::accepted), 5, 15));
  force_.promise(lasting(slice_of("RUS:A", "D", 70, ContributionState::offered), 12, 18));

  const auto found = answer();

  std::vector<std::uint64_t> people;
  for (const auto& row : found.rows) {
    people.push_back(row.overlap_people);
  }
  // A and B meet: 120. C follows B. The offer D would meet B, then C: it promises
  // nobody yet, and takes nothing from what was accepted.
  EXPECT_THAT(people, ElementsAre(20, 20, 0, 0));
  EXPECT_EQ(found.overlap_people, 20U) << "each of the unit's people once";
}

TEST_F(Commitments, OverlapOnlyWithWhatTheViewerMaySee) {
  const Telling to_blr{.node = "RUS/mod", .releasable_to = {nation("BLR")}};
  force_.tell(ready_unit("RUS:A", {.deployable = 100}), to_blr);
  force_.tell({slice_of("RUS:A", "A", 60, ContributionState::committed)}, to_blr);
  force_.promise(slice_of("RUS:A", "B", 60, ContributionState::committed));

  EXPECT_EQ(answer().overlap_people, 20U);
  const auto released = *commitments(force_.state, {}, ministry_at("BLR/mod", kNow));
  EXPECT_THAT(names(released), ElementsAre("RUS/A"));
  EXPECT_EQ(released.overlap_people, 0U);
}

TEST_F(Commitments, OverlapNobodyWhereNoStrengthSaysWhoIsDeployable) {
  force_.by_ministry("RUS", {tests::unit_of("RUS:A")});
  force_.promise(slice_of("RUS:A", "A", 60, ContributionState::committed));
  force_.promise(slice_of("RUS:A", "B", 60, ContributionState::committed));

  EXPECT_EQ(answer().overlap_people, 0U);
}

// ---- rotation debt ------------------------------------------------------------------------------

TEST_F(Commitments, OweReliefToWhoIsOverdue) {
  // DOMAIN.md §6: 40 overdue, 25 relieved: 15.
  force_.promise(lasting(slice_of("RUS:A", "A", 40, ContributionState::in_place), -30, 0));
  force_.promise(slice_of("BLR:A", "B", 25, ContributionState::in_transit));
  auto other_line = slice_of("BLR:A", "C", 99, ContributionState::accepted);
  other_line.sor_line = code("L02");
  force_.promise(other_line);
  force_.promise(slice_of("BLR:A", "D", 99, ContributionState::offered));
  force_.promise(slice_of("BLR:A", "E", 99, ContributionState::in_place));

  auto found = answer({.from = kNow + 100 * kDay});
  EXPECT_EQ(found.overdue, 40U);
  EXPECT_EQ(found.relieved, 25U);
  EXPECT_EQ(found.rotation_debt, 15U);
  EXPECT_EQ(answer({.nations = {nation("RUS")}}).rotation_debt, 15U) << "of whichever nation";
  EXPECT_EQ(answer({.nations = {nation("BLR")}}).overdue, 0U);

  force_.promise(slice_of("KGZ:A", "F", 50, ContributionState::accepted));
  found = answer();
  EXPECT_EQ(found.relieved, 40U) << "no more than are overdue";
  EXPECT_EQ(found.rotation_debt, 0U);
}

TEST_F(Commitments, AreOverdueAfterTheDaysOfTheirLine) {
  auto line = line_of("L01", 100);
  line.duration_days = 30;
  force_.by_office({requirement_of({line})});
  auto slice = slice_of("RUS:A", "A", 40, ContributionState::in_place);
  slice.from = kNow - 30 * kDay + 1us;
  force_.promise(slice);
  EXPECT_EQ(answer().overdue, 0U);

  slice.from = kNow - 30 * kDay;
  force_.promise(slice);
  EXPECT_EQ(answer().overdue, 40U);
  slice.to = kNow + kDay;
  force_.promise(slice);
  EXPECT_EQ(answer().overdue, 0U) << "its own end comes first";
  slice.from = slice.to = std::nullopt;
  force_.promise(slice);
  EXPECT_EQ(answer().overdue, 0U) << "nobody said since when";
}

// ---- stand-by -----------------------------------------------------------------------------------

class Slots : public ::testing::Test {
 protected:
  void stand_by(std::string_view unit, model::StandbyRole role, int from, int to,
                model::Count people = 100) {
    force_.by_ministry(unit.substr(0, 3), {model::StandbyStatement{.unit = unit_id(unit),
                                                                   .from = kNow + from * kDay,
                                                                   .to = kNow + to * kDay,
                                                                   .role = role,
                                                                   .people = people}});
  }
  /// "FIRST_ECHELON RUS:A 0-10", days from now; "nobody" with the days that are empty.
  std::vector<std::string> rows(const model::StandbyQuery& query,
                                const Moment& moment = officer_at(kNow)) const {
    std::vector<std::string> rows;
    for (const auto& row : standby(force_.state, query, moment).rows) {
      const auto day = [](model::UtcTime at) {
        return std::to_string(std::chrono::floor<std::chrono::days>(at - kNow).count());
      };
      const auto who = row.unit ? row.unit->str() : "nobody " + std::to_string(row.empty_days);
      rows.push_back(model::to_text(row.role) + " " + who + " " + day(row.from) + "-" +
                     day(row.to));
    }
    return rows;
  }

  static constexpr auto kFirst = model::StandbyRole::first_echelon;
  static constexpr auto kMain = model::StandbyRole::main;
  const model::StandbyQuery month_{.from = kNow, .to = kNow + 30 * kDay};
  Operating force_;
};

TEST_F(Slots, AreTheSlotsOfThePeriodAndWhatIsBetweenThem) {
  stand_by("RUS:A", kFirst, -5, 10);
  stand_by("KGZ:A", kFirst, 1, 3);
  stand_by("BLR:A", kFirst, 8, 12);
  stand_by("ARM:A", kFirst, 15, 40);
  stand_by("KAZ:A", kMain, 40, 50);

  EXPECT_THAT(rows(month_), ElementsAre("FIRST_ECHELON RUS:A -5-10", "FIRST_ECHELON KGZ:A 1-3",
                                        "FIRST_ECHELON BLR:A 8-12", "FIRST_ECHELON nobody 3 12-15",
                                        "FIRST_ECHELON ARM:A 15-40", "MAIN nobody 30 0-30",
                                        "RESERVE nobody 30 0-30"));
}

TEST_F(Slots, OfNobodyFillNothingAndABegunDayCounts) {
  stand_by("RUS:A", kFirst, 0, 10, 0);

  const auto answer =
      standby(force_.state, {.from = kNow, .to = kNow + kDay + 1us}, officer_at(kNow));

  ASSERT_THAT(answer.rows, SizeIs(4));
  EXPECT_EQ(answer.rows[0].unit, unit_id("RUS:A"));
  EXPECT_EQ(answer.rows[1].unit, std::nullopt);
  EXPECT_EQ(answer.rows[1].empty_days, 2U);
}

TEST_F(Slots, AreOfTheComingYearUnlessSaidOtherwise) {
  const auto answer = standby(force_.state, {}, officer_at(kNow));

  EXPECT_EQ(answer.from, kNow);
  EXPECT_EQ(answer.to, kNow + 365 * kDay);
  stand_by("RUS:A", kFirst, -5, 10);
  EXPECT_THAT(rows({.from = kNow + kDay, .to = kNow}), IsEmpty()) << "no time, no slots";
}

TEST_F(Slots, AreThoseOfTheNationsAndOfWhatTheViewerMaySee) {
  stand_by("RUS:A", kFirst, 0, 30);
  stand_by("BLR:A", kMain, 0, 30);

  EXPECT_THAT(
      rows({.nations = {nation("BLR")}, .from = month_.from, .to = month_.to}),
      ElementsAre("FIRST_ECHELON nobody 30 0-30", "MAIN BLR:A 0-30", "RESERVE nobody 30 0-30"));
  EXPECT_THAT(
      rows(month_, ministry_at("RUS/mod", kNow)),
      ElementsAre("FIRST_ECHELON RUS:A 0-30", "MAIN nobody 30 0-30", "RESERVE nobody 30 0-30"));
}

}  // namespace
}  // namespace muster::core
