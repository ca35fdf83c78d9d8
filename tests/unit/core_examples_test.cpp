// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "broker/core/figures.h"
#include "broker/core/force_views.h"
#include "broker/core/readiness.h"
#include "broker/core/views.h"
#include "tests/unit/core_force_fixture.h"

// The worked examples of DOMAIN.md §6, in its order and with its figures. P, S, R, T, overall and
// mission percent stand in core_readiness_test.cpp; forecasts belong to a question that is not
// answered yet.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::LeftOutReason;
using model::Reconciliation;
using model::Task;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using tests::nation;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

model::UtcTime january(int day) { return std::chrono::sys_days{std::chrono::year{2022} / 1 / day}; }

model::StrengthStatement people_of(std::string_view id, model::Count n) {
  return strength_of(id, {.authorised = n, .assigned = n, .present = n, .deployable = n});
}

// ---- as-of --------------------------------------------------------------------------------------

class AsOf : public ::testing::Test {
 protected:
  AsOf() {
    const auto seq = force_.tell({unit_of("KAZ:A"), people_of("KAZ:A", 400)},
                                 {.valid_at = january(6), .received_at = january(6)});
    force_.tell({people_of("KAZ:A", 380)},
                {.valid_at = january(6), .received_at = january(8), .corrects = seq});
  }
  [[nodiscard]] std::uint64_t assigned_at(const model::Bitime& at) const {
    return strength(force_.at(at), {}, officer_at(at.valid_at)).total.figures.assigned;
  }
  Force force_;
};

TEST_F(AsOf, GivesWhatWasKnownThenAndWhatIsKnownNow) {
  EXPECT_EQ(assigned_at({january(7), january(7)}), 400U);
  EXPECT_EQ(assigned_at({january(7), january(9)}), 380U);
}

TEST_F(AsOf, TurnsAtTheMomentOfArrival) {
  EXPECT_EQ(assigned_at({january(7), january(8) - 1us}), 400U);
  EXPECT_EQ(assigned_at({january(7), january(8)}), 380U);
  EXPECT_EQ(assigned_at({january(6) - 1us, january(9)}), 0U);
  EXPECT_EQ(assigned_at({january(7), january(6) - 1us}), 0U);
}

TEST_F(AsOf, AnswersFromTheWordsAsFromTheState) {
  for (const auto known_at : {january(5), january(6), january(7), january(8), january(9)}) {
    auto moment = officer_at(january(7));
    moment.known_at = known_at;
    const auto answer = strength_from_words(force_.state, {}, moment, 0);
    EXPECT_EQ(std::get<model::StrengthAnswer>(answer.body).total.figures,
              strength(force_.at({january(7), known_at}), {}, moment).total.figures);
  }
}

TEST_F(AsOf, ShowsBothSidesAndTheMessageThatMadeTheDifference) {
  const model::DiffQuery query{.from = {january(7), january(7)}, .to = {january(7), january(9)}};

  const auto answer = diff(force_.at(query.from), force_.at(query.to), query, officer_at({}));

  EXPECT_EQ(answer.before.assigned, 400U);
  EXPECT_EQ(answer.after.assigned, 380U);
  const model::FieldChange expected{"assigned", "400", "380"};
  EXPECT_THAT(answer.rows, ::testing::Contains(Field(&model::DiffRow::change, expected)));
  for (const auto& row : answer.rows) {
    EXPECT_EQ(row.report.str(), "KAZ/mod#2");
  }
}

// ---- strength -----------------------------------------------------------------------------------

/// 380 + 10 - 20 = 370 = 352 present + 18 absent = 358 deployable + 12 not.
model::StrengthStatement three_seventy() {
  auto strength = strength_of("RUS:A", {.assigned = 380, .present = 352, .deployable = 358});
  strength.attached_in = 10;
  strength.detached_out = 20;
  strength.absences = {{model::AbsenceReason::leave, 18}};
  strength.non_deployable = {{model::NonDeployableReason::medical_temp, 12}};
  return strength;
}

TEST(OnStrength, IsAssignedAndAttachedLessDetached) {
  Force force;
  force.tell({unit_of("RUS:A"), three_seventy()}, {.node = "RUS/mod"});

  const auto figures = strength(force.state, {}, officer_at(kSampleTime)).total.figures;

  EXPECT_EQ(figures.on_strength, 370U);
  EXPECT_EQ(figures.present + 18, figures.on_strength);
  EXPECT_EQ(figures.deployable + 12, figures.on_strength);
}

/// RUS:A has 400 people, 20 of them in SEC:HQ; BLR:B has 100; the headquarters says that `attached`
/// serve there.
Force combined(model::Count attached) {
  Force force;
  auto a = people_of("RUS:A", 400);
  a.detached_out = 20;
  a.present = a.deployable = 380;
  auto headquarters = people_of("SEC:HQ", 0);
  headquarters.attached_in = attached;
  headquarters.present = headquarters.deployable = attached;
  force.tell({unit_of("RUS:A"), a}, {.node = "RUS/mod"});
  force.tell({unit_of("BLR:B"), people_of("BLR:B", 100)}, {.node = "BLR/mod"});
  force.tell({unit_of("SEC:HQ"), headquarters}, {.node = "SEC/hq"});
  return force;
}

TEST(CombinedStrength, IsTheSameByOwnerAndByPlace) {
  const auto answer = strength(combined(20).state, {.group_by = {model::Dimension::nation}},
                               officer_at(kSampleTime));

  EXPECT_EQ(answer.total.figures.assigned, 500U);
  EXPECT_EQ(answer.total.figures.on_strength, 500U);
  EXPECT_EQ(answer.attachment_balance, 0);
  ASSERT_EQ(answer.rows.size(), 3U);
  EXPECT_EQ(answer.rows[0].figures.on_strength, 100U);  // BLR
  EXPECT_EQ(answer.rows[1].figures.on_strength, 380U);  // RUS
  EXPECT_EQ(answer.rows[2].figures.on_strength, 20U);   // SEC
}

TEST(CombinedStrength, FindsPeopleWhomTwoCount) {
  const auto answer =
      strength(combined(22).state, {.basis = model::StrengthBasis::place}, officer_at(kSampleTime));

  EXPECT_EQ(answer.total.figures.assigned, 500U);
  EXPECT_EQ(answer.total.figures.on_strength, 502U);
  EXPECT_EQ(answer.attachment_balance, 2);
}

TEST(RollUp, AddsChildrenAndNothingElse) {
  Force force;
  auto opcon = unit_of("KAZ:OPCON");
  opcon.relations = {{model::RelationType::opcon, unit_id("KAZ:BN"), {}, {}}};
  force.tell({unit_of("KAZ:BN"), people_of("KAZ:BN", 40), unit_of("KAZ:CO1", "KAZ:BN"),
              people_of("KAZ:CO1", 120), unit_of("KAZ:CO2", "KAZ:BN"), people_of("KAZ:CO2", 118),
              unit_of("KAZ:CO3", "KAZ:BN"), people_of("KAZ:CO3", 110), opcon,
              people_of("KAZ:OPCON", 90)});

  const auto answer = tree(force.state, {nation("KAZ")}, officer_at(kSampleTime));

  EXPECT_EQ(answer->nodes.front().rolled_up.assigned, 388U);
}

// ---- who can be assembled -----------------------------------------------------------------------

TEST(FreePeople, AreDeployableAndNotCommittedUpToTheCap) {
  EXPECT_EQ(free_people({.deployable = 120, .committed = 20, .people_cap = 90}), 90U);
  EXPECT_EQ(free_people({.deployable = 120, .committed = 20}), 100U);
  EXPECT_EQ(free_people({.deployable = 120, .committed = 130}), 0U);
}

TEST(ReadyMinutes, AreNoticeLoadingAndMovement) {
  EXPECT_EQ(480 + 240 + *movement_minutes(900'000, model::Policy{}.air_kmh), 810U);
  EXPECT_EQ(movement_minutes(900'000, model::Policy{}.road_kmh), 1800U);
  EXPECT_EQ(movement_minutes(900'000, model::Policy{}.rail_kmh), 2160U);
  EXPECT_EQ(movement_minutes(1, 600), 1U);
  EXPECT_EQ(movement_minutes(0, 600), 0U);
  EXPECT_EQ(movement_minutes(1, 0), std::nullopt);
}

TEST(Distance, IsThatOfTheGreatCircle) {
  EXPECT_EQ(distance_m({0, 0}, {0, 0}), 0U);
  EXPECT_EQ(distance_m({0, 0}, {90, 0}), 10'007'557U);  // A quarter of a meridian.
  EXPECT_EQ(distance_m({0, 179}, {0, -179}), 222'390U);
  // Almaty to Bishkek.
  EXPECT_NEAR(static_cast<double>(distance_m({43.25, 76.95}, {42.87, 74.59})), 196'000, 1'000);
}

/// The case for N = 24 and K = {T08}.
class WorkedCase : public ::testing::Test {
 protected:
  static constexpr model::UtcTime kAsked = kSampleTime + 120h;

  WorkedCase() {
    tell("RUS", "RUS:EX-A", {.deployable = 150, .level = 2});
    tell("BLR", "BLR:EX-B", {.deployable = 120, .level = 3, .notice_min = 660});
    tell("ARM", "ARM:EX-C", {.deployable = 90, .level = 2, .notice_min = 840}, 30h);
    tell("KGZ", "KGZ:EX-D", {.deployable = 80, .level = 2, .notice_min = 1200}, 100h);
    tell("TJK", "TJK:EX-E", {.notice_min = 1260});
    tell("RUS", "RUS:EX-F", {.deployable = 140, .notice_min = 360});
    tell("BLR", "BLR:EX-G", {.deployable = 110, .notice_min = 360, .tasks = {Task::t14}});
    force_.tell({committed("BLR:EX-B", "C-1", 20)}, {.node = "BLR/mod", .valid_at = kAsked});
    auto caveat = caveat_of("RUS", "NOT-T08", model::CaveatKind::task_excluded);
    caveat.unit = unit_id("RUS:EX-F");
    caveat.tasks = {Task::t08};
    force_.tell({caveat}, {.node = "RUS/mod", .valid_at = kAsked});
  }

  void tell(const std::string& owner, std::string_view id, const ReadyUnit& unit,
            model::Duration age = 1h) {
    force_.tell(ready_unit(id, unit), {.node = owner + "/mod", .valid_at = kAsked - age});
  }

  Force force_;
};

TEST_F(WorkedCase, CountsCertainLikelyAndClaimed) {
  const auto answer =
      ready(force_.state, {.within_h = 24, .tasks = {Task::t08}}, officer_at(kAsked));

  EXPECT_EQ(answer.total.people, (model::Assurance{.certain = 150, .likely = 340, .claimed = 420}));
  EXPECT_EQ(answer.total.units, 4U);
  using model::ElementKind;
  EXPECT_THAT(answer.rows,
              ElementsAre(model::ReadyRow{nation("ARM"), ElementKind::combat, 1, {0, 90, 90}},
                          model::ReadyRow{nation("BLR"), ElementKind::combat, 1, {0, 100, 100}},
                          model::ReadyRow{nation("KGZ"), ElementKind::combat, 1, {0, 0, 80}},
                          model::ReadyRow{nation("RUS"), ElementKind::combat, 1, {150, 150, 150}}));
}

TEST_F(WorkedCase, SaysWhyTheOthersAreLeftOut) {
  const auto answer =
      ready(force_.state, {.within_h = 24, .tasks = {Task::t08}}, officer_at(kAsked));

  EXPECT_THAT(answer.left_out,
              ElementsAre(model::LeftOut{unit_id("BLR:EX-G"), LeftOutReason::wrong_capability,
                                         "cannot do T08", 110},
                          model::LeftOut{unit_id("RUS:EX-F"), LeftOutReason::caveat,
                                         "caveat RUS/NOT-T08: TASK_EXCLUDED", 140},
                          model::LeftOut{unit_id("TJK:EX-E"), LeftOutReason::late,
                                         "ready in 25 h, 24 wanted", 100}));
}

TEST_F(WorkedCase, BuildsUpInSteps) {
  const auto answer =
      buildup(force_.state, {.tasks = {Task::t08}, .horizon_h = 24}, officer_at(kAsked));

  std::vector<std::pair<int, std::uint64_t>> claimed;
  for (const auto& step : answer.steps) {
    claimed.emplace_back(step.hour, step.cumulative.claimed);
  }
  using Step = std::pair<int, std::uint64_t>;
  EXPECT_THAT(claimed, ElementsAre(Step{12, 150}, Step{15, 250}, Step{18, 340}, Step{24, 420}));
  EXPECT_EQ(answer.steps.back().cumulative,
            (model::Assurance{.certain = 150, .likely = 340, .claimed = 420}));
}

TEST_F(WorkedCase, BuildsUpToWhatCanBeAssembledAtEachHour) {
  const auto steps =
      buildup(force_.state, {.tasks = {Task::t08}, .horizon_h = 48}, officer_at(kAsked)).steps;

  for (std::uint16_t hour = 0; hour <= 48; ++hour) {
    model::Assurance reached;
    for (const auto& step : steps) {
      reached = step.hour <= hour ? step.cumulative : reached;
    }
    const auto answer =
        ready(force_.state, {.within_h = hour, .tasks = {Task::t08}}, officer_at(kAsked));
    EXPECT_EQ(reached, answer.total.people) << hour;
  }
}

TEST(Waves, FollowTheLift) {
  EXPECT_THAT(waves(400, 150, 360), ElementsAre(Wave{150, 0}, Wave{150, 360}, Wave{100, 720}));
  EXPECT_THAT(waves(400, 150, 360, 719), ElementsAre(Wave{150, 0}, Wave{150, 360}));
  EXPECT_THAT(waves(400, 0, 360), ElementsAre(Wave{400, 0}));
  EXPECT_THAT(waves(400, 150, 0), ElementsAre(Wave{400, 0}));
  EXPECT_THAT(waves(0, 150, 360), IsEmpty());
}

// ---- shares -------------------------------------------------------------------------------------

TEST(Permille, IsCutAndNeverRounded) {
  EXPECT_EQ(permille_of(1520, 1727), 880U);      // Depletion of RUS: 88.01 %.
  EXPECT_EQ(permille_of(217 + 100, 3417), 92U);  // Strength at risk: 9.27 %.
  EXPECT_EQ(permille_of(61, 65), 938U);          // Completeness: 93.84 %.
  EXPECT_EQ(permille_of(9, 12), 750U);           // Forecasts that came true.
  EXPECT_EQ(permille_of(359, 400), 897U);        // 89.75 %.
  EXPECT_EQ(permille_of(0, 0), std::nullopt);    // Nothing expected: not measured.
}

TEST(StrengthAtRisk, IsWhatRestsOnStaleAndExpiredWords) {
  Force force;
  const auto now = kSampleTime + 240h;
  force.tell(ready_unit("KGZ:A", {.deployable = 217}), {.node = "KGZ/mod", .valid_at = now - 100h});
  force.tell(ready_unit("ARM:A", {.deployable = 100}), {.node = "ARM/mod", .valid_at = now - 200h});
  force.tell(ready_unit("RUS:A", {.deployable = 3'100}), {.node = "RUS/mod", .valid_at = now});

  const auto answer = stale(force.state, {}, officer_at(now));

  EXPECT_EQ(answer.people_at_risk, 317U);
  EXPECT_EQ(answer.people, 3'417U);
  EXPECT_EQ(permille_of(answer.people_at_risk, answer.people), 92U);
  EXPECT_EQ(header_of(force.state, officer_at(now)).stale_strength, answer.people_at_risk);
}

TEST(Completeness, CountsUnitsWithAStrengthThatHasNotExpired) {
  Force force;
  const auto now = kSampleTime + 240h;
  for (int i = 0; i < 65; ++i) {
    const auto id = "KAZ:U" + std::to_string(i);
    force.tell({unit_of(id)}, {.valid_at = now - 200h});
    if (i != 0) {  // The first never said how many people it has; three said so long ago.
      force.tell({people_of(id, 50)}, {.valid_at = now - (i < 4 ? 200h : 100h)});
    }
  }
  auto gone = unit_of("KAZ:GONE");
  gone.lifecycle = model::Lifecycle::disbanded;
  force.tell({gone}, {.valid_at = now});

  const auto answer = stale(force.state, {}, officer_at(now));

  EXPECT_EQ(answer.complete_units, 61U);
  EXPECT_EQ(answer.expected_units, 65U);
  EXPECT_EQ(stale(force.state, {.nations = {nation("ARM")}}, officer_at(now)).expected_units, 0U);
}

TEST(Reconciliation, ComparesByTheWordsOfTheSource) {
  using model::Comparator;
  const auto over = reconciled(Comparator::over, 3'600, 3'612);
  const auto about = reconciled(Comparator::about, 4'000, 3'612);

  EXPECT_EQ(over.verdict, Reconciliation::consistent);
  EXPECT_EQ(over.difference, 12);
  EXPECT_EQ(about.verdict, Reconciliation::contradicts);
  EXPECT_EQ(about.difference, -388);
  EXPECT_EQ(about.permille, -97);
}

TEST(Gap, OfALineIsWhatIsNeededAndNotCounted) {
  // Need 260; counted 130 + 54; STALE 30 and LATE 26 are offered and do not count.
  EXPECT_EQ(gap_of(260, 130 + 54, 30 + 26), (Gap{.lacking = 76, .not_offered = 20}));
  EXPECT_EQ(gap_of(260, 260, 0), Gap{});
  EXPECT_EQ(gap_of(260, 300, 40), Gap{});
  EXPECT_EQ(gap_of(260, 200, 100), (Gap{.lacking = 60, .not_offered = 0}));
}

TEST(RotationDebt, IsWhoWasNotRelieved) {
  EXPECT_EQ(rotation_debt(40, 25), 15U);
  EXPECT_EQ(rotation_debt(25, 40), 0U);
}

TEST(Reconciliation, TurnsAtTheBounds) {
  using model::Comparator;
  const auto verdict = [](Comparator comparator, std::optional<std::uint64_t> computed) {
    return reconciled(comparator, 4'000, computed).verdict;
  };

  EXPECT_EQ(verdict(Comparator::over, 4'000), Reconciliation::consistent);
  EXPECT_EQ(verdict(Comparator::over, 3'999), Reconciliation::contradicts);
  EXPECT_EQ(verdict(Comparator::exact, 4'000), Reconciliation::consistent);
  EXPECT_EQ(verdict(Comparator::exact, 4'001), Reconciliation::contradicts);
  EXPECT_EQ(verdict(Comparator::about, 3'800), Reconciliation::consistent);
  EXPECT_EQ(verdict(Comparator::about, 4'200), Reconciliation::consistent);
  EXPECT_EQ(verdict(Comparator::about, 3'799), Reconciliation::contradicts);
  EXPECT_EQ(verdict(Comparator::about, std::nullopt), Reconciliation::not_comparable);
  EXPECT_EQ(verdict(static_cast<Comparator>(99), 4'000), Reconciliation::not_comparable);
}

}  // namespace
}  // namespace muster::core
