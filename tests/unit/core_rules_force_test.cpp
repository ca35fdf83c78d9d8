// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// Rules about what nations promise: contributions, caveats, stand-by slots (V26, V27, V28, V30,
// V31). KAZ:EX-COMBAT-1 has 108 deployable people.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::ContributionState;
using model::Rule;
using model::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tests::kSampleTime;
using tests::report_of;

class ForceRules : public Rules {
 protected:
  ForceRules() { open_operation(); }

  /// Another slice of the unit, over the same time.
  static model::ContributionStatement other_slice(
      model::Count people, ContributionState state = ContributionState::offered) {
    auto other = slice(people, state);
    other.contribution_id = tests::code("OFFER-2");
    return other;
  }
  /// The same with so many armoured carriers.
  static model::ContributionStatement slice_with(model::Count carriers,
                                                 model::ContributionStatement slice) {
    slice.equipment = {{model::EquipmentKind::armoured_transport, carriers}};
    return slice;
  }
  void declare(const model::CaveatStatement& caveat) {
    world_.accept(report_of({caveat}, kDayBefore));
  }
  static model::CaveatStatement caveat(model::CaveatKind kind) {
    model::CaveatStatement caveat;
    caveat.caveat_id = tests::code("CAV-1");
    caveat.nation = tests::nation("KAZ");
    caveat.kind = kind;
    caveat.declared_at = kDayBefore;
    return caveat;
  }
  void suspend(std::string_view nation) {
    model::RegistryStatement registry;
    registry.members = {{.nation = tests::nation(nation),
                         .participation_status = model::ParticipationStatus::suspended,
                         .valid_from = kSampleTime - 8760h}};
    world_.accept(report_of({registry}), "REG/registry");
  }
};

// ---- who says it, and what it needs -------------------------------------------------------------

TEST_F(ForceRules, AcceptAllThatANationCanPromise) {
  auto offer = tests::full_contribution();
  offer.equipment = {{model::EquipmentKind::armoured_transport, 8},
                     {model::EquipmentKind::medical, 0}};
  accepts(report_of({tests::full_self_sustainment(), tests::full_training(), tests::full_caveat(),
                     tests::full_standby(), offer}));
}

TEST_F(ForceRules, V05RefusesAPromiseOfAUnitOfAnotherNode) {
  finds(report_of({slice()}), {.rule = Rule::v05, .statement = 0, .field = "unit"}, "KAZ/mod-2");
  finds(report_of({tests::full_standby()}), {.rule = Rule::v05, .statement = 0, .field = "unit"},
        "KAZ/mod-2");
  finds(report_of({tests::full_caveat()}), {.rule = Rule::v05, .statement = 0, .field = "unit"},
        "KAZ/mod-2");
}

TEST_F(ForceRules, V05RefusesACaveatForAnotherNation) {
  auto foreign = caveat(model::CaveatKind::approval_required);
  foreign.nation = tests::nation("ARM");
  finds(foreign, {.rule = Rule::v05, .statement = 0, .field = "nation"});

  auto crossed = caveat(model::CaveatKind::approval_required);
  crossed.unit = tests::unit_id("ARM:A");
  finds(crossed, {.rule = Rule::v05, .statement = 0, .field = "unit"});
}

TEST_F(ForceRules, V05RefusesAnOperationOfANation) {
  finds(report_of({tests::full_operation()}),
        {.rule = Rule::v05, .statement = 0, .field = "operation"});
  finds(report_of({tests::full_requirement()}),
        {.rule = Rule::v05, .statement = 0, .field = "operation"});
}

TEST_F(ForceRules, V09RefusesAnOlderWordOnAPromise) {
  world_.accept(report_of({slice()}));
  finds(report_of({slice()}, kSampleTime - 1us),
        {.rule = Rule::v09, .statement = 0, .field = "valid_at"});

  world_.accept(report_of({tests::full_standby()}));
  finds(report_of({tests::full_standby()}, kSampleTime - 1us),
        {.rule = Rule::v09, .statement = 0, .field = "valid_at"});
  finds(report_of({tests::full_operation()}, kDayBefore - 1us),
        {.rule = Rule::v09, .statement = 0, .field = "valid_at"}, "SEC/hq");
}

TEST_F(ForceRules, V10RefusesWhatNoPromiseCanHold) {
  auto offer = slice(200'001);
  world_.accept(report_of({tests::unit_of("KAZ:NEW")}));
  offer.unit = tests::unit_id("KAZ:NEW");
  finds(offer, {.rule = Rule::v10, .statement = 0, .field = "people"});

  offer = slice();
  offer.to = offer.from;
  finds(offer, {.rule = Rule::v10, .statement = 0, .field = "to"});

  auto standby = tests::full_standby();
  standby.to = model::kTimeMax;
  finds(standby, {.rule = Rule::v10, .statement = 0, .field = "to"});

  auto cap = caveat(model::CaveatKind::max_strength);
  cap.max_people = 200'001;
  finds(cap, {.rule = Rule::v10, .statement = 0, .field = "max_people"});
}

TEST_F(ForceRules, V18AsksEachCaveatForWhatItLimits) {
  using enum model::CaveatKind;
  const std::vector<std::pair<model::CaveatKind, std::string>> needs = {
      {task_excluded, "tasks"},
      {area_excluded, "area"},
      {period, "from"},
      {max_strength, "max_people"},
      {night_or_mode, "mode"}};
  for (const auto& [kind, field] : needs) {
    finds(caveat(kind), {.rule = Rule::v18, .statement = 0, .field = field});
  }
  accepts(report_of({caveat(approval_required)}));
}

TEST_F(ForceRules, V18AcceptsASliceOfNobodyAndRefusesOneThatSaysNothing) {
  auto offer = slice();
  offer.people = std::nullopt;
  finds(offer, {.rule = Rule::v18, .statement = 0, .field = "people"});

  accepts(report_of({slice(0)}));
}

TEST_F(ForceRules, V18RefusesAnAreaOfTwoCorners) {
  auto excluded = caveat(model::CaveatKind::area_excluded);
  excluded.area = {{43, 76}, {44, 77}};

  finds(excluded, {.rule = Rule::v18, .statement = 0, .field = "area"});
}

TEST_F(ForceRules, V24RefusesACornerThatIsNowhere) {
  auto excluded = caveat(model::CaveatKind::area_excluded);
  excluded.area = {{43, 76}, {44, 77}, {0, 0}};

  finds(excluded, {.rule = Rule::v24, .statement = 0, .field = "area[2]"});
}

TEST_F(ForceRules, V33FlagsPeopleInTheTextOfPromises) {
  auto limit = caveat(model::CaveatKind::approval_required);
  limit.text = "ask И. И. Иванов.";
  const auto finding = finds(
      limit, {.rule = Rule::v33, .severity = Severity::flag, .statement = 0, .field = "text"});
  EXPECT_EQ(finding.found, "a name with initials in bytes 4 to 23");

  limit.text = "";
  limit.withdrawn_at = kSampleTime;
  world_.accept(report_of({limit}));
  auto offer = slice();
  offer.variation = "Without 123456.";
  finds(offer,
        {.rule = Rule::v33, .severity = Severity::flag, .statement = 0, .field = "variation"});
}

TEST_F(ForceRules, V36RefusesEachPromiseTwiceInAReport) {
  auto later = tests::full_standby();
  later.from += 1us;
  accepts(report_of({tests::full_standby(), later}));
  finds(report_of({tests::full_standby(), tests::full_standby()}),
        {.rule = Rule::v36, .statement = 1, .field = "unit"});
  finds(report_of({slice(), slice()}),
        {.rule = Rule::v36, .statement = 1, .field = "contribution_id"});
  const auto limit = caveat(model::CaveatKind::approval_required);
  const auto finding = finds(report_of({limit, tests::full_standby(), limit}),
                             {.rule = Rule::v36, .statement = 2, .field = "caveat_id"});
  EXPECT_EQ(finding.found, "a second CAVEAT of KAZ/CAV-1; statement 0 is the first");
}

TEST_F(ForceRules, V36RefusesAnIdentifierThatIsOfAnotherSlice) {
  world_.accept(report_of({slice()}));
  auto other = slice();
  other.unit = tests::unit_id("KAZ:EX-COMMAND-1");

  finds(other, {.rule = Rule::v36, .statement = 0, .field = "contribution_id"});
}

TEST_F(ForceRules, V38FlagsCodesOfPromisesThatAreNotKnown) {
  auto offer = slice();
  offer.authority = static_cast<model::Authority>(99);
  finds(offer,
        {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "authority"});

  auto standby = tests::full_standby();
  standby.role = static_cast<model::StandbyRole>(99);
  finds(standby, {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "role"});

  auto limit = caveat(static_cast<model::CaveatKind>(99));
  finds(limit, {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "kind"});
}

// ---- V26 ----------------------------------------------------------------------------------------

TEST_F(ForceRules, V26FlagsOffersOfMorePeopleThanAreDeployable) {
  world_.accept(report_of({slice(85)}));

  const auto finding =
      finds(other_slice(24),
            {.rule = Rule::v26, .severity = Severity::flag, .statement = 0, .field = "people"});

  EXPECT_EQ(finding.found, "109 people of KAZ:EX-COMBAT-1 at once: KAZ/OFFER-1 85, KAZ/OFFER-2 24");
  EXPECT_EQ(finding.expected, "at most the 108 deployable");
}

TEST_F(ForceRules, V26AcceptsSlicesThatTakeEverybody) {
  world_.accept(report_of({slice(85)}));

  accepts(report_of({other_slice(23)}));
}

TEST_F(ForceRules, V26AcceptsSlicesOneAfterTheOther) {
  world_.accept(report_of({slice(85)}));
  auto after = other_slice(108);
  after.from = slice().to;
  after.to = std::nullopt;

  accepts(report_of({after}));
}

TEST_F(ForceRules, V26RefusesToAcceptWhatIsPromisedTwice) {
  accept_slice(slice(85));
  world_.take(report_of({other_slice(24)}));
  by_office({response("D-1", ContributionState::acknowledged, "KAZ/OFFER-2")});

  const auto finding =
      office_finds(response("D-2", ContributionState::accepted, "KAZ/OFFER-2"),
                   {.rule = Rule::v26, .statement = 0, .field = "contribution_to"});

  EXPECT_THAT(finding.found, HasSubstr("KAZ/OFFER-1 85"));
}

TEST_F(ForceRules, V26LetsAnOfferThatNobodyAcceptedTakeNothing) {
  world_.accept(report_of({slice(85)}));
  world_.take(report_of({other_slice(100)}));
  by_office({response("D-1", ContributionState::acknowledged, "KAZ/OFFER-2")});

  accepts(report_of({response("D-2", ContributionState::accepted, "KAZ/OFFER-2")}), "SEC/hq");
}

TEST_F(ForceRules, V26RefusesASliceThatGrowsBeyondItsUnit) {
  commit_slice(slice(85));

  finds(slice(109, ContributionState::committed),
        {.rule = Rule::v26, .statement = 0, .field = "people"});
  accepts(report_of({slice(108, ContributionState::committed)}));
}

TEST_F(ForceRules, V26RefusesToCommitWhatIsNoLongerThere) {
  accept_slice(slice(85));
  world_.take(report_of({people({.assigned = 84, .present = 84, .deployable = 84})}));

  finds(slice(85, ContributionState::committed),
        {.rule = Rule::v26, .statement = 0, .field = "people"});
}

TEST_F(ForceRules, V26FlagsAStrengthThatCannotKeepThePromise) {
  commit_slice(slice(85));
  const auto finding =
      finds(people({.assigned = 84, .present = 84, .deployable = 84}),
            {.rule = Rule::v26, .severity = Severity::flag, .statement = 0, .field = "deployable"});
  EXPECT_EQ(finding.expected, "the 85 people that are promised: KAZ/OFFER-1 85");

  // What was committed moves all the same.
  accepts(report_of({slice(85, ContributionState::in_transit)}));
}

TEST_F(ForceRules, V26FlagsNoStrengthForAnOfferOrForWhatIsOver) {
  world_.accept(report_of({slice(85)}));

  accepts(report_of({people({.assigned = 84, .present = 84, .deployable = 84})}));
}

// ---- V26 of items: 8 carriers and 3 helicopters of KAZ:EX-COMBAT-1 are fully mission capable
// -------

TEST_F(ForceRules, V26FlagsOffersOfMoreItemsThanAreFit) {
  world_.accept(report_of({slice_with(5, slice(40))}));

  const auto finding =
      finds(slice_with(4, other_slice(40)),
            {.rule = Rule::v26, .severity = Severity::flag, .statement = 0, .field = "equipment"});

  EXPECT_EQ(finding.found,
            "9 ARMOURED_TRANSPORT of KAZ:EX-COMBAT-1 at once: KAZ/OFFER-1 5, KAZ/OFFER-2 4");
  EXPECT_EQ(finding.expected, "at most the 8 fully mission capable");
  accepts(report_of({slice_with(3, other_slice(40))}));
}

TEST_F(ForceRules, V26RefusesToAcceptItemsThatArePromisedTwice) {
  accept_slice(slice_with(5, slice(40)));
  world_.take(report_of({slice_with(4, other_slice(40))}));
  by_office({response("D-1", ContributionState::acknowledged, "KAZ/OFFER-2")});

  office_finds(response("D-2", ContributionState::accepted, "KAZ/OFFER-2"),
               {.rule = Rule::v26, .statement = 0, .field = "contribution_to"});
}

TEST_F(ForceRules, V26CountsItemsOfEachKindAndOfSlicesThatMeet) {
  world_.accept(report_of({slice_with(8, slice(40))}));
  auto after = slice_with(8, other_slice(40));
  after.from = slice().to;
  after.to = std::nullopt;
  accepts(report_of({after}));

  auto helicopters = other_slice(40);
  helicopters.equipment = {{model::EquipmentKind::helicopter, 3}};
  helicopters.contribution_id = tests::code("OFFER-3");
  accepts(report_of({helicopters}));
}

TEST_F(ForceRules, V26RefusesASliceWhoseItemsGrowBeyondItsUnit) {
  commit_slice(slice_with(8, slice(85)));
  world_.take(report_of({people({.assigned = 84, .present = 84, .deployable = 84})}));
  const auto more = slice_with(9, slice(85, ContributionState::committed));

  finds(more, {.rule = Rule::v26, .statement = 0, .field = "equipment"});
  accepts(report_of({slice_with(8, slice(85, ContributionState::in_transit))}));
}

TEST_F(ForceRules, V26FlagsAnEquipmentThatCannotKeepThePromise) {
  commit_slice(slice_with(8, slice(40)));
  auto equipment = tests::full_equipment();
  auto& carriers = *std::find_if(equipment.holdings.begin(), equipment.holdings.end(),
                                 [](const model::Holding& holding) {
                                   return holding.kind == model::EquipmentKind::armoured_transport;
                                 });
  *carriers.fmc -= 1;
  *carriers.nmc += 1;

  const auto finding =
      finds(equipment,
            {.rule = Rule::v26, .severity = Severity::flag, .statement = 0, .field = "holdings"});

  EXPECT_EQ(finding.found, "7 ARMOURED_TRANSPORT fully mission capable");
  EXPECT_EQ(finding.expected, "the 8 that are promised: KAZ/OFFER-1 8");
}

TEST_F(ForceRules, V26FlagsItemsThatTheUnitDoesNotList) {
  auto offer = slice();
  offer.equipment = {{model::EquipmentKind::medical, 1}};

  const auto finding = finds(
      offer, {.rule = Rule::v26, .severity = Severity::flag, .statement = 0, .field = "equipment"});

  EXPECT_EQ(finding.expected, "at most the 0 fully mission capable");
}

TEST_F(ForceRules, V26ComparesNoItemsWithoutAnEquipment) {
  world_.accept(report_of({tests::unit_of("KAZ:NEW"), tests::strength_of("KAZ:NEW")}));
  auto offer = slice_with(9, slice());
  offer.unit = tests::unit_id("KAZ:NEW");

  accepts(report_of({offer}));
}

// ---- V27, V28, V30 ------------------------------------------------------------------------------

TEST_F(ForceRules, V27RefusesAnOfferOfTheHost) {
  auto operation = tests::full_operation();
  operation.host = tests::nation("KAZ");
  operation.host_may_contribute = false;
  by_office({operation});

  const auto finding = finds(slice(), {.rule = Rule::v27, .statement = 0, .field = "operation"});

  EXPECT_EQ(finding.found, "KAZ/OFFER-1 from KAZ, the host");
  operation.host_may_contribute = true;
  by_office({operation});
  accepts(report_of({slice()}));
}

TEST_F(ForceRules, V27RefusesToAcceptWhatTheHostOffered) {
  world_.accept(report_of({slice()}, kDayBefore));
  by_office({response("D-1", ContributionState::acknowledged)});
  auto operation = tests::full_operation();
  operation.host = tests::nation("KAZ");
  operation.host_may_contribute = false;
  by_office({operation});

  office_finds(response("D-2", ContributionState::accepted),
               {.rule = Rule::v27, .statement = 0, .field = "contribution_id"});
  accepts(report_of({slice(85, ContributionState::withdrawn_by_nation)}));
}

TEST_F(ForceRules, V28RefusesAboveTheAuthorisedStrengthAndFlagsNearIt) {
  auto operation = tests::full_operation();
  operation.authorised_strength = 100;
  by_office({operation});
  accept_slice(slice(50));
  world_.accept(report_of({other_slice(51)}));
  by_office({response("D-1", ContributionState::acknowledged, "KAZ/OFFER-2")});
  const auto acceptance = response("D-2", ContributionState::accepted, "KAZ/OFFER-2");

  const auto above =
      office_finds(acceptance, {.rule = Rule::v28, .statement = 0, .field = "contribution_to"});
  EXPECT_EQ(above.found, "50 accepted so far + 51 of KAZ/OFFER-2 = 101");
  EXPECT_EQ(above.expected, "at most 100, the authorised strength of EX-2203");

  world_.accept(report_of({other_slice(40, ContributionState::acknowledged)}, kSampleTime + 1us));
  const auto near = world_.take(report_of({acceptance}), "SEC/hq");
  EXPECT_EQ(near.verdict, model::Verdict::accepted);
  ASSERT_EQ(near.findings.size(), 1U);
  EXPECT_EQ(near.findings[0].rule, Rule::v28);
  EXPECT_EQ(near.findings[0].severity, Severity::flag);
}

TEST_F(ForceRules, V28SaysNothingBelowNineTenths) {
  auto operation = tests::full_operation();
  operation.authorised_strength = 100;
  by_office({operation});
  world_.accept(report_of({slice(89)}));
  by_office({response("D-1", ContributionState::acknowledged)});

  accepts(report_of({response("D-2", ContributionState::accepted)}), "SEC/hq");
}

TEST_F(ForceRules, V28FollowsTheDecisionOnTheStrength) {
  auto decision = tests::full_decision();
  decision.kind = model::DecisionKind::authorised_strength;
  decision.from_state = decision.to_state = std::nullopt;
  decision.body = model::Body::council;
  decision.value = 84;
  by_office({decision});
  world_.accept(report_of({slice(85)}));
  by_office({response("D-1", ContributionState::acknowledged)});

  office_finds(response("D-2", ContributionState::accepted),
               {.rule = Rule::v28, .statement = 0, .field = "contribution_to"});
}

TEST_F(ForceRules, V28FlagsAStrengthBelowWhatIsAccepted) {
  accept_slice(slice(85));
  auto decision = tests::full_decision();
  decision.decision_id = tests::code("D-LESS");
  decision.kind = model::DecisionKind::authorised_strength;
  decision.from_state = decision.to_state = std::nullopt;
  decision.body = model::Body::council;
  decision.value = 84;

  const auto finding = office_finds(
      decision, {.rule = Rule::v28, .severity = Severity::flag, .statement = 0, .field = "value"});

  EXPECT_EQ(finding.expected, "at least the 85 people that are accepted for EX-2203 already");
  decision.decision_id = tests::code("D-SAME");
  decision.value = 85;
  accepts(report_of({decision}), "SEC/hq");
}

TEST_F(ForceRules, V30RefusesTheOfferOfASuspendedNation) {
  suspend("KAZ");

  const auto finding = finds(slice(), {.rule = Rule::v30, .statement = 0, .field = "state"});

  EXPECT_THAT(finding.found, HasSubstr("SUSPENDED from 2021-01-07T12:00:00Z on"));
  accepts(report_of({tests::full_strength()}));
}

TEST_F(ForceRules, V30RefusesToCommitAndLetsWhatIsCommittedComeHome) {
  accept_slice(slice());
  auto second = other_slice(10);
  commit_slice(second);
  suspend("KAZ");

  finds(slice(85, ContributionState::committed),
        {.rule = Rule::v30, .statement = 0, .field = "state"});
  accepts(report_of({other_slice(10, ContributionState::in_transit)}));
}

// ---- V31 ----------------------------------------------------------------------------------------

TEST_F(ForceRules, V31MarksAnOfferThatACaveatTouches) {
  auto excluded = caveat(model::CaveatKind::task_excluded);
  excluded.tasks = {model::Task::t08};
  declare(excluded);

  const auto finding = finds(
      slice(),
      {.rule = Rule::v31, .severity = Severity::flag, .statement = 0, .field = "contribution_id"});

  EXPECT_EQ(finding.found, "KAZ/OFFER-1 is touched by KAZ/CAV-1, TASK_EXCLUDED");
  EXPECT_THAT(finding.expected, HasSubstr("BLOCKED"));
}

TEST_F(ForceRules, V31MarksByKind) {
  using enum model::CaveatKind;
  const auto marked = [&](model::CaveatStatement limit, const std::string& mark) {
    tests::World world = world_;
    world.accept(report_of({limit}, kDayBefore));
    const auto decision = world.take(report_of({slice()}));
    ASSERT_EQ(decision.findings.size(), mark.empty() ? 0U : 1U);
    if (!mark.empty()) {
      EXPECT_EQ(decision.findings[0].rule, Rule::v31);
      EXPECT_THAT(decision.findings[0].expected, HasSubstr(mark));
    }
  };
  auto limit = caveat(area_excluded);
  limit.area = {{38.75, 69.0}, {38.75, 70.0}, {40.0, 70.0}};  // A corner in the area of EX-2203.
  marked(limit, "BLOCKED");
  limit.area = {{38.0, 69.0}, {40.0, 69.0}, {40.0, 69.1}, {38.0, 69.1}};  // Sides that cross it.
  marked(limit, "BLOCKED");
  limit.area = {{43.0, 76.5}, {43.5, 76.5}, {43.5, 77.25}};
  marked(limit, "");

  limit = caveat(period);
  limit.from = *slice().to - 1us;
  marked(limit, "BLOCKED");
  limit.from = slice().to;
  marked(limit, "");

  limit = caveat(max_strength);
  limit.max_people = 84;
  marked(limit, "BLOCKED");
  limit.max_people = 85;
  marked(limit, "");

  limit = caveat(night_or_mode);
  limit.mode = "AIR";
  marked(limit, "APPROVAL_REQUIRED");
  limit = caveat(approval_required);
  marked(limit, "APPROVAL_REQUIRED");
  limit.tasks = {model::Task::t15};
  marked(limit, "");
  limit = caveat(approval_required);
  limit.unit = tests::unit_id("KAZ:EX-COMMAND-1");
  marked(limit, "");
  limit = caveat(approval_required);
  limit.withdrawn_at = kSampleTime;
  marked(limit, "");
}

TEST_F(ForceRules, V31CountsAMaximumOverAllThatIsAccepted) {
  auto limit = caveat(model::CaveatKind::max_strength);
  limit.max_people = 100;
  declare(limit);
  accept_slice(slice(85));

  accepts(report_of({other_slice(15)}));
  finds(
      other_slice(16),
      {.rule = Rule::v31, .severity = Severity::flag, .statement = 0, .field = "contribution_id"});
}

TEST_F(ForceRules, V31RefusesToAcceptWithoutAnApproval) {
  declare(caveat(model::CaveatKind::approval_required));
  world_.take(report_of({slice()}, kDayBefore));
  by_office({response("D-1", ContributionState::acknowledged)});
  const auto acceptance = response("D-2", ContributionState::accepted);

  const auto finding =
      office_finds(acceptance, {.rule = Rule::v31, .statement = 0, .field = "contribution_to"});

  EXPECT_THAT(finding.found, HasSubstr("APPROVAL_REQUIRED by KAZ/CAV-1"));
  for (const auto* named : {"KAZ/OFFER-1", "KAZ/CAV-1"}) {
    tests::World world = world_;
    auto approval = response("D-3", ContributionState::accepted, named);
    approval.kind = model::DecisionKind::caveat_approval;
    approval.contribution_to = std::nullopt;
    world.accept(report_of({approval}), "SEC/hq");

    EXPECT_THAT(world.take(report_of({acceptance}), "SEC/hq").findings, IsEmpty()) << named;
  }
}

}  // namespace
}  // namespace muster::core
