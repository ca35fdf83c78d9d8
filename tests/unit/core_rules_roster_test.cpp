// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "broker/core/roster.h"
#include "tests/unit/core_rules_fixture.h"

// Rules about the people of a unit, one by one.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Rule;
using model::Severity;
using ::testing::HasSubstr;
using tests::kSampleTime;
using tests::report_of;

model::PersonRef person_ref(std::uint32_t number) {
  model::PersonRef ref{};
  ref[0] = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    ref[1 + i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return ref;
}

model::RosterEntry person(std::uint32_t number, model::RankGrade grade = model::RankGrade::or_2) {
  model::RosterEntry entry;
  entry.person_ref = person_ref(number);
  entry.rank_grade = grade;
  entry.deployable = true;
  return entry;
}

model::RosterStatement roster_of(std::string_view unit, std::vector<model::RosterEntry> people,
                                 std::uint64_t version = 1) {
  return {.unit = tests::unit_id(unit),
          .version = version,
          .form = model::RosterForm::full,
          .base_version = std::nullopt,
          .upserts = std::move(people),
          .removals = {}};
}

class RosterRules : public Rules {
 protected:
  static model::RosterStatement full(std::vector<model::RosterEntry> people,
                                     std::uint64_t version = 1) {
    return roster_of("KAZ:EX-COMBAT-1", std::move(people), version);
  }
  static model::RosterStatement delta(std::uint64_t base, std::vector<model::RosterEntry> people,
                                      std::vector<model::PersonRef> removals = {}) {
    auto roster = full(std::move(people), base + 1);
    roster.form = model::RosterForm::delta;
    roster.base_version = base;
    roster.removals = std::move(removals);
    return roster;
  }
  [[nodiscard]] const Roster& stored() const {
    return world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->roster->statement;
  }
};

// ---- versions -----------------------------------------------------------------------------------

TEST_F(RosterRules, V42AcceptsADeltaOnTheVersionThatIsStored) {
  accepts(report_of({full({person(1), person(2)})}, kSampleTime - 1h));

  accepts(report_of({delta(1, {person(3)}, {person_ref(1)})}));

  EXPECT_EQ(stored().version, 2U);
  EXPECT_EQ(stored().people.size(), 2U);
  EXPECT_EQ(stored().find(person_ref(1)), nullptr);
}

TEST_F(RosterRules, V42RefusesADeltaOnAnotherVersion) {
  world_.accept(report_of({full({person(1)}, 42)}, kSampleTime - 1h));

  for (const std::uint64_t base : {41U, 43U}) {
    const auto finding = finds(delta(base, {person(2)}),
                               {.rule = Rule::v42, .statement = 0, .field = "base_version"});

    EXPECT_EQ(finding.expected, "version 42 is stored; send FULL");
  }
}

TEST_F(RosterRules, V42RefusesADeltaOnNothing) {
  const auto finding =
      finds(delta(1, {person(1)}), {.rule = Rule::v42, .statement = 0, .field = "base_version"});

  EXPECT_THAT(finding.expected, HasSubstr("send FULL"));
}

TEST_F(RosterRules, V42RefusesAVersionThatIsNotTheNext) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));
  for (const std::uint64_t version : {1U, 3U}) {
    auto roster = delta(1, {person(2)});
    roster.version = version;

    finds(roster, {.rule = Rule::v42, .statement = 0, .field = "version"});
  }
}

TEST_F(RosterRules, V42RefusesToRemoveSomebodyWhoIsNotThere) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));

  finds(delta(1, {}, {person_ref(1), person_ref(2)}),
        {.rule = Rule::v42, .statement = 0, .field = "removals[1]"});
}

TEST_F(RosterRules, V42RefusesADeltaThatWasAppliedBefore) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));
  const auto change = report_of({delta(1, {person(2)})});
  accepts(change);

  finds(change, {.rule = Rule::v42, .statement = 0, .field = "base_version"});
}

TEST_F(RosterRules, V42LetsACorrectionReplaceTheNewestRosterWhole) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));
  world_.accept(report_of({delta(1, {person(2)})}));

  finds(correction_of(3, {delta(1, {person(3)})}),
        {.rule = Rule::v42, .statement = 0, .field = "form"});
  finds(correction_of(2, {full({person(3)}, 3)}),
        {.rule = Rule::v42, .statement = 0, .field = "corrects"});
  const auto too_early = finds(correction_of(3, {full({person(3)}, 3)}, kSampleTime - 1h - 1us),
                               {.rule = Rule::v42, .statement = 0, .field = "valid_at"});
  EXPECT_THAT(too_early.expected, HasSubstr("send FULL"));

  accepts(correction_of(3, {full({person(1), person(3)}, 3)}, kSampleTime - 1h));
  EXPECT_EQ(stored().people.size(), 2U);
  EXPECT_EQ(stored().version, 3U);
}

TEST_F(RosterRules, V42LeavesACorrectionOfNothingToV09) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));

  finds(correction_of(1, {full({person(2)}, 2)}), {.rule = Rule::v09, .field = "corrects"});
}

// ---- people -------------------------------------------------------------------------------------

TEST_F(RosterRules, V10RefusesMorePeopleThanThereCanBeInARoster) {
  std::vector<model::RosterEntry> many;
  many.reserve(200'001);
  for (std::uint32_t i = 0; i < 200'001; ++i) {
    many.push_back(person(i));
  }
  const auto finding = finds(full(many), {.rule = Rule::v10, .statement = 0, .field = "upserts"});
  EXPECT_EQ(finding.found, "200001 people");

  many.pop_back();
  accepts(report_of({full(many)}, kSampleTime - 1h));
  finds(delta(1, {person(200'001)}), {.rule = Rule::v10, .statement = 0, .field = "upserts"});
}

TEST_F(RosterRules, V10RefusesASealedNameThatIsNone) {
  auto entry = person(1);
  for (const std::size_t size : {48U, 305U}) {
    entry.sealed_name.assign(size, 7);
    finds(full({entry}), {.rule = Rule::v10, .statement = 0, .field = "upserts[0].sealed_name"});
  }
  for (const std::size_t size : {0U, 49U, 304U}) {
    entry.sealed_name.assign(size, 7);
    accepts(report_of({full({entry})}));
  }
}

TEST_F(RosterRules, V10RefusesALanguageOrAYearThatIsNone) {
  auto entry = person(1);
  entry.languages = {"kaz", "Kazakh"};
  finds(full({entry}), {.rule = Rule::v10, .statement = 0, .field = "upserts[0].languages"});

  entry = person(1);
  entry.qualifications = {{tests::code("DRIVER-C"), model::UtcTime{}}};
  finds(full({entry}), {.rule = Rule::v10, .statement = 0, .field = "upserts[0].qualifications"});
}

TEST_F(RosterRules, V18AsksForAReasonIfAndOnlyIfSomebodyIsNotDeployable) {
  const Expected expected{
      .rule = Rule::v18, .statement = 0, .field = "upserts[0].non_deployable_reason"};
  auto entry = person(1);
  entry.deployable = false;
  finds(full({entry}), expected);

  entry.deployable = true;
  entry.non_deployable_reason = model::NonDeployableReason::legal;
  finds(full({entry}), expected);

  entry.deployable = false;
  accepts(report_of({full({entry})}));
}

TEST_F(RosterRules, V33RefusesAPersonOfZeros) {
  auto entry = person(1);
  entry.person_ref = {};
  finds(full({entry}), {.rule = Rule::v33, .statement = 0, .field = "upserts[0]"});
}

TEST_F(RosterRules, V36RefusesAPersonTwiceInARoster) {
  const auto finding = finds(full({person(1), person(2), person(1)}),
                             {.rule = Rule::v36, .statement = 0, .field = "upserts[2]"});

  EXPECT_EQ(finding.found, "the person of upserts[0] and upserts[2]");
}

TEST_F(RosterRules, V36RefusesToPutAndRemoveAPersonAtOnce) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1h));

  finds(delta(1, {person(1)}, {person_ref(1)}),
        {.rule = Rule::v36, .statement = 0, .field = "removals[0]"});
}

TEST_F(RosterRules, V36FlagsAPersonInTwoUnitsOfANation) {
  world_.accept(report_of({roster_of("KAZ:EX-COMMAND-1", {person(1)})}));

  const auto finding =
      finds(full({person(2), person(1)}),
            {.rule = Rule::v36, .severity = Severity::flag, .statement = 0, .field = "upserts[1]"});

  EXPECT_THAT(finding.found, HasSubstr("the roster of KAZ:EX-COMMAND-1"));
}

TEST_F(RosterRules, V36FlagsAPersonInTwoUnitsOfAReport) {
  const auto finding =
      finds(report_of({roster_of("KAZ:EX-COMMAND-1", {person(1)}), full({person(1)})}),
            {.rule = Rule::v36, .severity = Severity::flag, .statement = 1, .field = "upserts[0]"});

  EXPECT_THAT(finding.found, HasSubstr("upserts[0] of statement 0, KAZ:EX-COMMAND-1"));
}

TEST_F(RosterRules, V36LetsAReportMoveSomebodyFromUnitToUnit) {
  world_.accept(report_of({roster_of("KAZ:EX-COMMAND-1", {person(1), person(9)})}));
  auto leaves = roster_of("KAZ:EX-COMMAND-1", {}, 2);
  leaves.form = model::RosterForm::delta;
  leaves.base_version = 1;
  leaves.removals = {person_ref(1)};
  accepts(report_of({full({person(1)}), leaves}));

  accepts(report_of({full({person(1), person(9)}, 2), roster_of("KAZ:EX-COMMAND-1", {}, 3)}));
}

TEST_F(RosterRules, V36LeavesPeopleOfOtherNationsAlone) {
  world_.accept(report_of({tests::unit_of("ARM:A"), roster_of("ARM:A", {person(1)})}), "ARM/mod");

  accepts(report_of({full({person(1)})}));
}

TEST_F(RosterRules, V38FlagsEachCodeOfAnEntryThatIsNotKnown) {
  const auto flagged = [&](auto change, const std::string& field) {
    auto entry = person(1);
    change(entry);
    finds(full({entry}), {.rule = Rule::v38,
                          .severity = Severity::flag,
                          .statement = 0,
                          .field = "upserts[0]." + field});
  };
  flagged([](auto& e) { e.rank_grade = static_cast<model::RankGrade>(99); }, "rank_grade");
  flagged([](auto& e) { e.sex = static_cast<model::Sex>(99); }, "sex");
  flagged([](auto& e) { e.duty_status = static_cast<model::DutyStatus>(99); }, "duty_status");
}

// ---- V41: the same people, counted twice --------------------------------------------------------

/// Three people and the Strength that counts them: an officer, a sergeant in hospital, a soldier.
class RosterCounts : public RosterRules {
 protected:
  static std::vector<model::RosterEntry> three() {
    auto sergeant = person(2, model::RankGrade::or_5);
    sergeant.sex = model::Sex::female;
    sergeant.duty_status = model::DutyStatus::hospital;
    sergeant.deployable = false;
    sergeant.non_deployable_reason = model::NonDeployableReason::medical_temp;
    auto officer = person(1, model::RankGrade::of_10);
    officer.sex = model::Sex::male;
    auto soldier = person(3, model::RankGrade::or_4);
    soldier.sex = model::Sex::male;
    return {officer, sergeant, soldier};
  }
  static model::StrengthStatement counted() {
    auto strength = people({.authorised = 3, .assigned = 3, .present = 2, .deployable = 2});
    strength.absences = {{model::AbsenceReason::hospital, 1}};
    strength.non_deployable = {{model::NonDeployableReason::medical_temp, 1}};
    strength.cells = {{model::PersonCategory::officer, model::Sex::male, 1, 1, 1},
                      {model::PersonCategory::warrant_nco, model::Sex::female, 1, 0, 0},
                      {model::PersonCategory::enlisted, model::Sex::unstated, 1, 1, 1}};
    return strength;
  }
};

TEST_F(RosterCounts, V41AcceptsCountsThatAgree) {
  accepts(report_of({counted(), full(three())}));
  accepts(report_of({full(three(), 2)}));
  accepts(report_of({counted()}));
}

TEST_F(RosterCounts, V41RefusesEachCountThatDiffersInOneReport) {
  auto strength = counted();
  strength.cells[2] = {model::PersonCategory::police, model::Sex::unstated, 1, 1, 1};
  const auto decision = world_.take(report_of({strength, full(three())}));
  EXPECT_EQ(decision.verdict, model::Verdict::refused);
  EXPECT_EQ(decision.findings.size(), 6U) << "three counts of a soldier, three of a policeman";

  strength = counted();
  strength.cells[0].sex = model::Sex::unstated;
  accepts(report_of({strength, full(three())}));

  auto held_back = counted();
  held_back.cells.clear();
  held_back.deployable = 1;
  held_back.non_deployable.push_back({model::NonDeployableReason::legal, 1});
  const auto both = world_.take(report_of({held_back, full(three(), 2)}));
  ASSERT_EQ(both.findings.size(), 2U);
  EXPECT_EQ(both.findings[0].field, "deployable");
  EXPECT_EQ(both.findings[0].found, "2 in the Roster");
  EXPECT_EQ(both.findings[0].expected, "1 of the Strength of the same moment; +1 here");
  EXPECT_EQ(both.findings[1].field, "not deployable LEGAL");

  auto cells = counted();
  cells.cells = {{model::PersonCategory::officer, model::Sex::unstated, 1, 1, 1},
                 {model::PersonCategory::warrant_nco, model::Sex::unstated, 1, 1, 0},
                 {model::PersonCategory::enlisted, model::Sex::unstated, 1, 0, 1}};
  const auto finding = world_.take(report_of({cells, full(three(), 2)}));
  ASSERT_EQ(finding.findings.size(), 2U);
  EXPECT_EQ(finding.findings[0].field, "cell ENLISTED UNSTATED present");
  EXPECT_EQ(finding.findings[1].field, "cell WARRANT_NCO UNSTATED present");
}

TEST_F(RosterCounts, V41RefusesAPersonTooFewInOneReport) {
  auto two = three();
  two.pop_back();
  auto strength = counted();
  strength.cells.clear();

  const auto decision = world_.take(report_of({strength, full(two)}));

  ASSERT_EQ(decision.findings.size(), 3U);
  EXPECT_EQ(decision.findings[0].field, "PRESENT");
  EXPECT_EQ(decision.findings[1].field, "deployable");
  EXPECT_EQ(decision.findings[2].field, "entries");
  for (const auto& finding : decision.findings) {
    EXPECT_EQ(finding.rule, Rule::v41);
    EXPECT_EQ(finding.severity, Severity::refuse);
    EXPECT_EQ(finding.statement, 1U);
  }
}

TEST_F(RosterCounts, V41ComparesACategoryAsAWholeWhereTheRosterLeavesOutASex) {
  auto unstated = three();
  unstated[0].sex = model::Sex::unstated;
  accepts(report_of({counted(), full(unstated)}));

  unstated[0].rank_grade = model::RankGrade::or_5;
  const auto decision = world_.take(report_of({counted(), full(unstated, 2)}));
  EXPECT_EQ(decision.verdict, model::Verdict::refused);
  ASSERT_FALSE(decision.findings.empty());
  EXPECT_EQ(decision.findings[0].field, "cell OFFICER M deployable");
  EXPECT_EQ(decision.findings.back().field, "cell WARRANT_NCO UNSTATED present");
}

TEST_F(RosterCounts, V41ComparesNoCellsWithAGradeThatItDoesNotKnow) {
  auto people = three();
  people[0].rank_grade = static_cast<model::RankGrade>(99);

  finds(report_of({counted(), full(people)}), {.rule = Rule::v38,
                                               .severity = Severity::flag,
                                               .statement = 1,
                                               .field = "upserts[0].rank_grade"});
}

TEST_F(RosterCounts, V42CountsNobodyOfADeltaThatDoesNotFit) {
  world_.accept(report_of({full(three())}, kSampleTime - 1h));

  finds(report_of({counted(), delta(7, {person(9)})}),
        {.rule = Rule::v42, .statement = 1, .field = "base_version"});
}

TEST_F(RosterCounts, V41FlagsARosterThatContradictsAStrengthOfItsMoment) {
  auto elsewhere = counted();
  elsewhere.absences = {{model::AbsenceReason::confined, 1}};
  world_.accept(report_of({elsewhere}));

  const auto decision = world_.take(report_of({full(three())}));

  EXPECT_EQ(decision.verdict, model::Verdict::accepted);
  ASSERT_EQ(decision.findings.size(), 2U);
  EXPECT_EQ(decision.findings[0].field, "absent CONFINED");
  EXPECT_EQ(decision.findings[1].field, "absent HOSPITAL");
  EXPECT_EQ(decision.findings[1].severity, Severity::flag);
}

TEST_F(RosterCounts, V41FlagsAStrengthThatContradictsARosterOfItsMoment) {
  world_.accept(report_of({full(three())}));
  auto strength = counted();
  strength.cells.clear();
  strength.non_deployable = {{model::NonDeployableReason::medical_perm, 1}};

  const auto decision = world_.take(report_of({strength}));

  EXPECT_EQ(decision.verdict, model::Verdict::accepted);
  ASSERT_EQ(decision.findings.size(), 2U);
  EXPECT_EQ(decision.findings[0].rule, Rule::v41);
  EXPECT_EQ(decision.findings[0].field, "not deployable MEDICAL_PERM");
  EXPECT_EQ(decision.findings[0].found, "1 in the Strength");
}

TEST_F(RosterCounts, V41ComparesOneMomentOnly) {
  world_.accept(report_of({full({person(1)})}, kSampleTime - 1us));

  accepts(report_of({counted()}));
  accepts(report_of({full({person(1)}, 2)}, kSampleTime + 1us));
}

TEST_F(RosterCounts, V41CountsTheRosterThatADeltaLeaves) {
  auto two = three();
  two.pop_back();
  world_.accept(report_of({full(two)}, kSampleTime - 1h));

  accepts(report_of({counted(), delta(1, {three().back()})}));
}

TEST_F(RosterCounts, V41AsksOlderWordsOfACorrection) {
  world_.accept(report_of({counted()}, kSampleTime - 2h));
  world_.accept(report_of({full(three())}, kSampleTime - 2h));
  world_.accept(
      report_of({people({.assigned = 50, .present = 50, .deployable = 50})}, kSampleTime - 1h));

  accepts(correction_of(3, {full(three(), 2)}, kSampleTime - 2h));
  const auto decision = world_.take(correction_of(3, {full({person(1)}, 3)}, kSampleTime - 2h));
  EXPECT_FALSE(decision.findings.empty());
  EXPECT_EQ(decision.findings[0].rule, Rule::v41);
}

// A ministry may number its people instead of hashing their numbers; a map of them must not become
// a list then, whichever bytes they share.
TEST(PersonHash, SpreadsReferencesThatShareAllButFourBytes) {
  constexpr std::uint32_t kPeople = 10'000;
  for (const std::size_t at : {std::size_t{0}, std::size_t{6}, std::size_t{12}}) {
    std::set<std::size_t> hashes;
    for (std::uint32_t number = 0; number < kPeople; ++number) {
      Person one;
      for (std::size_t i = 0; i < 4; ++i) {
        one.ref[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
      }
      hashes.insert(std::hash<Person>{}(one));
    }
    EXPECT_EQ(hashes.size(), kPeople) << "the bytes from " << at << " on differ";
  }
}

}  // namespace
}  // namespace muster::core
