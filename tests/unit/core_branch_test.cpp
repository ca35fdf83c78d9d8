// SPDX-License-Identifier: Apache-2.0
#include "broker/core/branch.h"

#include <gmock/gmock.h>

#include "broker/core/force_views.h"
#include "broker/core/views.h"
#include "tests/unit/core_promises_fixture.h"

// What would be if: every view answers from a branch as from a state in which it is so, and the
// state that it came from stays what it was.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::CaveatKind;
using model::ContributionState;
using model::OperationState;
using model::Task;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;

/// RUS and KGZ, and what the two tell whether or not KAZ is there.
void tell_the_others(Operating& force) {
  force.declare("RUS:A", 1'727);
  force.declare("KGZ:A", 217);
  auto offer = slice_of("RUS:A", "A", 400, ContributionState::committed);
  force.promise(offer);
  force.promise(slice_of("KGZ:A", "A", 85, ContributionState::offered));
  force.by_ministry(
      "RUS",
      {model::StandbyStatement{
          .unit = unit_id("RUS:A"), .from = kSampleTime, .to = kSampleTime + 240h, .people = 100}});
  force.by_ministry("KGZ", {caveat_of("KGZ", "C-1", CaveatKind::approval_required)});
}

/// What KAZ alone tells.
void tell_kaz(Operating& force) {
  force.declare("KAZ:A", 493);
  force.promise(slice_of("KAZ:A", "A", 60, ContributionState::committed));
  force.by_ministry("KAZ", {caveat_of("KAZ", "C-1", CaveatKind::period),
                            model::StandbyStatement{.unit = unit_id("KAZ:A"),
                                                    .from = kSampleTime,
                                                    .to = kSampleTime + 480h,
                                                    .people = 493}});
}

class Branch : public ::testing::Test {
 protected:
  Branch() {
    auto operation = operation_of();
    operation.host = nation("TJK");
    force_.by_office({operation, requirement_of({line_of("L01", 500)})});
    tell_the_others(force_);
    tell_kaz(force_);
  }
  State branch_of(const model::WhatIf& what_if) const {
    auto supposed = branch(force_.state, what_if, kNow);
    EXPECT_TRUE(supposed) << supposed.error().message;
    EXPECT_THAT(broken_invariants(*supposed), IsEmpty());
    return *std::move(supposed);
  }
  static std::uint64_t ready_people(const State& state, std::uint16_t within_h = 24) {
    return ready(state, {.within_h = within_h, .tasks = {Task::t08}}, officer_at(kNow))
        .total.people.claimed;
  }
  static model::OperationRow row(const State& state) {
    return operations(state, officer_at(kNow)).rows.at(0);
  }

  Operating force_;
};

// ---- without ------------------------------------------------------------------------------------

/// The force of Branch into which KAZ never came.
Operating without_kaz() {
  Operating force;
  force.state = State{};
  auto members = tests::six_members();
  std::erase_if(members.members, [](const auto& m) { return m.nation == nation("KAZ"); });
  evolve(force.state, StatementTaken{.said = {.statement = members}});
  auto operation = operation_of();
  operation.host = nation("TJK");
  force.by_office({operation, requirement_of({line_of("L01", 500)})});
  tell_the_others(force);
  return force;
}

void expect_same_header(const model::AnswerHeader& a, const model::AnswerHeader& b) {
  EXPECT_EQ(a.nations_reporting, b.nations_reporting);
  EXPECT_EQ(a.nations_missing, b.nations_missing);
  EXPECT_EQ(a.nations_stale, b.nations_stale);
  EXPECT_EQ(a.stale_strength, b.stale_strength);
}

TEST_F(Branch, WithoutANationAnswersAsIfItHadNeverSpoken) {
  const auto supposed = branch_of({.without = {nation("KAZ")}});
  const auto never = without_kaz();

  for (const auto& moment : {officer_at(kNow), officer_at(kNow + 100h), officer_at(kNow + 9000h),
                             ministry_at("KAZ/mod", kNow), ministry_at("RUS/mod", kNow)}) {
    for (const auto& by :
         {std::vector{model::Dimension::nation}, std::vector{model::Dimension::level}}) {
      const auto found = strength_answer(supposed, {.group_by = by}, moment);
      const auto wanted = strength_answer(never.state, {.group_by = by}, moment);
      expect_same_header(found.header, wanted.header);
      EXPECT_EQ(std::get<model::StrengthAnswer>(found.body).rows,
                std::get<model::StrengthAnswer>(wanted.body).rows);
    }
    expect_same_header(header_of(supposed, moment), header_of(never.state, moment));
    EXPECT_EQ(ready(supposed, {.within_h = 24}, moment).rows,
              ready(never.state, {.within_h = 24}, moment).rows);
    EXPECT_EQ(stale(supposed, {}, moment).rows.size(), stale(never.state, {}, moment).rows.size());
    EXPECT_EQ(caveats(supposed, {}, moment).rows.size(),
              caveats(never.state, {}, moment).rows.size());
    EXPECT_EQ(operations(supposed, moment).rows, operations(never.state, moment).rows);
    EXPECT_EQ(standby(supposed, {}, moment).rows, standby(never.state, {}, moment).rows);
    EXPECT_EQ(commitments(supposed, {}, moment)->rows, commitments(never.state, {}, moment)->rows);
    EXPECT_EQ(commitments(supposed, {}, moment)->nations,
              commitments(never.state, {}, moment)->nations);
  }
  EXPECT_EQ(unit(supposed, {unit_id("KAZ:A")}, officer_at(kNow)), std::nullopt);
  EXPECT_EQ(tree(supposed, {nation("KAZ")}, officer_at(kNow)), std::nullopt);
}

TEST_F(Branch, WithoutANationItIsNotMissedEvenInThePast) {
  const auto supposed = branch_of({.without = {nation("KAZ")}});
  const auto moment = officer_at(kNow);

  const auto words = strength_from_words(supposed, {}, moment, 9);

  EXPECT_THAT(words.header.nations_missing,
              ElementsAre(nation("BLR"), nation("ARM"), nation("TJK")));
  EXPECT_EQ(std::get<model::StrengthAnswer>(words.body).total.figures.deployable, 1'944U);
}

TEST_F(Branch, WithoutANationKeepsNoDecisionAboutItsOffers) {
  auto response = decision_of("D-1", model::DecisionKind::offer_response);
  response.contribution_id = "KAZ/A";
  auto other = decision_of("D-2", model::DecisionKind::offer_response);
  other.contribution_id = "KGZ/A";
  force_.by_office({response, other});

  const auto supposed = branch_of({.without = {nation("KAZ")}});

  EXPECT_THAT(operation(force_.state, {code("EX-2201")}, officer_at(kNow))->statements, SizeIs(4));
  const auto told = *operation(supposed, {code("EX-2201")}, officer_at(kNow));
  ASSERT_THAT(told.statements, SizeIs(3));
  EXPECT_EQ(std::get<model::DecisionStatement>(told.statements[2]).decision_id, code("D-2"));
}

TEST(BranchOfTheExercise, HasTheFiguresOfTheForceWithoutItsHost) {
  // DOMAIN.md §11: without KAZ the CPF has 3,092 authorised and 2,924 deployable.
  constexpr std::array<std::tuple<std::string_view, model::Count, model::Count>, 6> kForce = {
      {{"RUS", 1'820, 1'727},
       {"BLR", 550, 521},
       {"ARM", 220, 206},
       {"KAZ", 520, 493},
       {"KGZ", 232, 217},
       {"TJK", 270, 253}}};
  Operating force;
  for (const auto& [name, authorised, deployable] : kForce) {
    const auto id = std::string(name) + ":CPF";
    force.by_ministry(name,
                      {tests::unit_of(id), tests::strength_of(id, {.authorised = authorised,
                                                                   .assigned = authorised,
                                                                   .present = authorised,
                                                                   .deployable = deployable})});
  }

  const auto supposed = branch(force.state, {.without = {nation("KAZ")}}, kNow);

  const auto now = strength(force.state, {}, officer_at(kNow)).total.figures;
  const auto then = strength(*supposed, {}, officer_at(kNow)).total.figures;
  EXPECT_EQ(now.authorised, 3'612U);
  EXPECT_EQ(now.deployable, 3'417U);
  EXPECT_EQ(then.authorised, 3'092U);
  EXPECT_EQ(then.deployable, 2'924U);
}

// ---- host ---------------------------------------------------------------------------------------

TEST_F(Branch, ElsewhereTheNewHostDoesNotContribute) {
  EXPECT_EQ(ready_people(force_.state), 1'727U - 400 + 217) << "the caveat of KAZ holds it back";

  const auto supposed = branch_of({.host = nation("RUS")});

  EXPECT_EQ(row(supposed).host, nation("RUS"));
  EXPECT_EQ(row(supposed).people, (model::PromisedPeople{.offered = 85, .committed = 60}));
  EXPECT_EQ(ready_people(supposed), 1'727U + 217);
  EXPECT_THAT(*supposed.agreements.slices.find(unit_id("RUS:A")), IsEmpty());
  EXPECT_THAT(*supposed.agreements.slices.find(unit_id("KAZ:A")), ElementsAre("KAZ/A"));
}

TEST_F(Branch, ElsewhereTheNewHostContributesWhereItMay) {
  auto operation = operation_of();
  operation.host_may_contribute = true;
  force_.by_office({operation});

  const auto supposed = branch_of({.host = nation("RUS")});

  EXPECT_EQ(row(supposed).host, nation("RUS"));
  EXPECT_EQ(row(supposed).people.committed, 460U);
}

TEST_F(Branch, ElsewhereLeavesWhatIsOverWhereItWas) {
  force_.by_office({step_to("D-1", OperationState::closed)});

  const auto supposed = branch_of({.host = nation("RUS")});

  EXPECT_EQ(row(supposed).host, nation("TJK"));
  EXPECT_EQ(row(supposed).people.committed, 460U);
}

// ---- also, notice -------------------------------------------------------------------------------

TEST_F(Branch, AlsoCommitsWhatIsOffered) {
  auto second = operation_of("EX-2202");
  force_.by_office({second});
  for (const auto state : {ContributionState::offered, ContributionState::accepted,
                           ContributionState::in_place, ContributionState::declined}) {
    auto offer = slice_of("KGZ:A", "S-" + std::to_string(static_cast<int>(state)), 10, state);
    offer.operation = code("EX-2202");
    force_.promise(offer);
  }

  const auto supposed = branch_of({.also = {code("EX-2202")}});

  const auto rows = operations(supposed, officer_at(kNow)).rows;
  EXPECT_EQ(rows.at(0).people, row(force_.state).people) << "EX-2201 stays";
  EXPECT_EQ(rows.at(1).people, (model::PromisedPeople{.committed = 20, .in_place = 10}));
  EXPECT_EQ(ready_people(force_.state) - ready_people(supposed), 20U);
}

TEST_F(Branch, OfALongerNoticeMakesUnitsLate) {
  EXPECT_EQ(ready_people(force_.state, 12), 1'544U);
  const auto supposed = branch_of({.notice_min = 24 * 60});

  EXPECT_EQ(ready_people(supposed, 35), 0U);
  EXPECT_EQ(ready_people(supposed, 36), 1'544U);
  const auto said = unit(supposed, {unit_id("RUS:A")}, officer_at(kNow));
  EXPECT_EQ(std::get<model::AvailabilityStatement>(said->statements.at(5)).notice_to_move_min,
            480U + 1'440);
  EXPECT_EQ(said->stamps.at(5).report, (model::ReportId{tests::node_id("RUS/mod"), 1}));
}

TEST_F(Branch, OfAShorterNoticeStopsAtNone) {
  const auto supposed = branch_of({.notice_min = -525'600});

  EXPECT_EQ(ready_people(supposed, 3), 0U) << "loading takes 4 hours";
  EXPECT_EQ(ready_people(supposed, 4), 1'544U);
}

TEST_F(Branch, AddsNothingToANoticeThatIsNotStated) {
  auto silent = ready_availability("RUS:A", {});
  silent.notice_to_move_min = std::nullopt;
  force_.by_ministry("RUS", {silent});

  const auto supposed = branch_of({.notice_min = 60});

  EXPECT_EQ(ready_people(supposed, 48), 217U);
}

// ---- all of it ----------------------------------------------------------------------------------

TEST_F(Branch, LeavesTheStateAsItWas) {
  const auto before = force_.state;
  const auto text = describe(before);
  const auto people = row(before).people;
  const auto ready_before = ready_people(before);

  branch_of({.without = {nation("KAZ"), nation("RUS")},
             .host = nation("KGZ"),
             .also = {code("EX-2201")},
             .notice_min = 600});

  EXPECT_TRUE(force_.state == before);
  EXPECT_EQ(describe(force_.state), text);
  EXPECT_EQ(row(force_.state).people, people);
  EXPECT_EQ(row(force_.state).host, nation("TJK"));
  EXPECT_EQ(ready_people(force_.state), ready_before);
  EXPECT_THAT(header_of(force_.state, officer_at(kNow)).nations_missing,
              ElementsAre(nation("BLR"), nation("ARM"), nation("TJK")));
}

TEST_F(Branch, RefusesWhatCannotBeSupposed) {
  const auto code_of = [&](const model::WhatIf& what_if) {
    const auto refused = branch(force_.state, what_if, kNow);
    return refused ? std::optional<model::ErrorCode>{} : refused.error().code;
  };
  using enum model::ErrorCode;

  EXPECT_EQ(code_of({}), malformed);
  EXPECT_EQ(code_of({.without = {nation("KAZ"), nation("UZB")}}), not_found);
  EXPECT_EQ(code_of({.host = nation("UZB")}), not_found);
  EXPECT_EQ(code_of({.also = {code("EX-9")}}), not_found);
  EXPECT_EQ(code_of({.notice_min = 525'601}), malformed);
  EXPECT_EQ(code_of({.notice_min = -525'601}), malformed);
  EXPECT_EQ(code_of({.notice_min = 525'600}), std::nullopt);
  // A requirement alone, without its Operation, is none.
  force_.by_office({requirement_of({line_of("L01", 1)}, "EX-9")});
  EXPECT_EQ(code_of({.also = {code("EX-9")}}), not_found);
}

// ---- 13: what remains ---------------------------------------------------------------------------

TEST_F(Branch, ShowsWhatRemains) {
  force_.promise(slice_of("KGZ:A", "A", 85, ContributionState::released));
  force_.promise(slice_of("RUS:A", "A", 400, ContributionState::accepted));
  force_.declare("BLR:A", 200);
  force_.promise(slice_of("BLR:A", "A", 150, ContributionState::accepted));
  force_.by_office({step_to("D-1", OperationState::requested), operation_of("EX-2202"),
                    requirement_of({line_of("L01", 10)}, "EX-2202")});
  const auto supposed = branch_of({.without = {nation("BLR")}});

  const auto answer =
      remaining(force_.state, supposed, {.within_h = 24, .tasks = {Task::t08}}, officer_at(kNow));

  // EX-2202 is a DRAFT. EX-2201 needs 500, of which RUS brings 400 and BLR 150. An approval is
  // outstanding for KGZ, and a caveat of KAZ keeps its people at home.
  EXPECT_EQ(answer.within_h, 24U);
  EXPECT_THAT(answer.rows, ElementsAre(model::RemainingRow{"units", 4, 3},
                                       model::RemainingRow{"authorised", 2'637, 2'437},
                                       model::RemainingRow{"deployable", 2'637, 2'437},
                                       model::RemainingRow{"ready certain", 1'927, 1'727},
                                       model::RemainingRow{"ready likely", 2'144, 1'944},
                                       model::RemainingRow{"ready claimed", 2'144, 1'944},
                                       model::RemainingRow{"EX-2201 counted", 550, 400},
                                       model::RemainingRow{"EX-2201 lacking", 0, 100}));
}

}  // namespace
}  // namespace muster::core
