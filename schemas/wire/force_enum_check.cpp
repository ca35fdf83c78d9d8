// SPDX-License-Identifier: Apache-2.0
// The numbers of force_codes.h are those of the schemas, as enum_check.cpp says of codes.h.
#include "schemas/fbs/query_generated.h"
#include "schemas/model/force_codes.h"

namespace muster {

#define MUSTER_SAME(noun, value, name) \
  static_assert(static_cast<int>(model::noun::value) == static_cast<int>(fbs::noun::name))

MUSTER_SAME(SelfSustainmentCategory, catering, CATERING);
MUSTER_SAME(SelfSustainmentCategory, communications, COMMUNICATIONS);
MUSTER_SAME(SelfSustainmentCategory, office, OFFICE);
MUSTER_SAME(SelfSustainmentCategory, electrical, ELECTRICAL);
MUSTER_SAME(SelfSustainmentCategory, minor_engineering, MINOR_ENGINEERING);
MUSTER_SAME(SelfSustainmentCategory, eod, EOD);
MUSTER_SAME(SelfSustainmentCategory, laundry_cleaning, LAUNDRY_CLEANING);
MUSTER_SAME(SelfSustainmentCategory, tentage, TENTAGE);
MUSTER_SAME(SelfSustainmentCategory, accommodation, ACCOMMODATION);
MUSTER_SAME(SelfSustainmentCategory, firefighting, FIREFIGHTING);
MUSTER_SAME(SelfSustainmentCategory, medical, MEDICAL);
MUSTER_SAME(SelfSustainmentCategory, observation, OBSERVATION);
MUSTER_SAME(SelfSustainmentCategory, identification, IDENTIFICATION);
MUSTER_SAME(SelfSustainmentCategory, cbrn_protection, CBRN_PROTECTION);
MUSTER_SAME(SelfSustainmentCategory, field_defence_stores, FIELD_DEFENCE_STORES);
MUSTER_SAME(SelfSustainmentCategory, misc_general_stores, MISC_GENERAL_STORES);

MUSTER_SAME(TrainingState, trained, TRAINED);
MUSTER_SAME(TrainingState, needs_practice, NEEDS_PRACTICE);
MUSTER_SAME(TrainingState, untrained, UNTRAINED);

MUSTER_SAME(DutyStatus, leave, LEAVE);
MUSTER_SAME(DutyStatus, course_tdy, COURSE_TDY);
MUSTER_SAME(DutyStatus, hospital, HOSPITAL);
MUSTER_SAME(DutyStatus, unauthorised, UNAUTHORISED);
MUSTER_SAME(DutyStatus, confined, CONFINED);
MUSTER_SAME(DutyStatus, missing, MISSING);
MUSTER_SAME(DutyStatus, in_transit, IN_TRANSIT);
MUSTER_SAME(DutyStatus, other, OTHER);
MUSTER_SAME(DutyStatus, present, PRESENT);

MUSTER_SAME(RankGrade, or_1, OR_1);
MUSTER_SAME(RankGrade, or_2, OR_2);
MUSTER_SAME(RankGrade, or_3, OR_3);
MUSTER_SAME(RankGrade, or_4, OR_4);
MUSTER_SAME(RankGrade, or_5, OR_5);
MUSTER_SAME(RankGrade, or_6, OR_6);
MUSTER_SAME(RankGrade, or_7, OR_7);
MUSTER_SAME(RankGrade, or_8, OR_8);
MUSTER_SAME(RankGrade, or_9, OR_9);
MUSTER_SAME(RankGrade, of_1, OF_1);
MUSTER_SAME(RankGrade, of_2, OF_2);
MUSTER_SAME(RankGrade, of_3, OF_3);
MUSTER_SAME(RankGrade, of_4, OF_4);
MUSTER_SAME(RankGrade, of_5, OF_5);
MUSTER_SAME(RankGrade, of_6, OF_6);
MUSTER_SAME(RankGrade, of_7, OF_7);
MUSTER_SAME(RankGrade, of_8, OF_8);
MUSTER_SAME(RankGrade, of_9, OF_9);
MUSTER_SAME(RankGrade, of_10, OF_10);
MUSTER_SAME(RankGrade, pol, POL);
MUSTER_SAME(RankGrade, civ, CIV);

MUSTER_SAME(RosterForm, full, FULL);
MUSTER_SAME(RosterForm, delta, DELTA);

MUSTER_SAME(CaveatKind, task_excluded, TASK_EXCLUDED);
MUSTER_SAME(CaveatKind, area_excluded, AREA_EXCLUDED);
MUSTER_SAME(CaveatKind, period, PERIOD);
MUSTER_SAME(CaveatKind, max_strength, MAX_STRENGTH);
MUSTER_SAME(CaveatKind, approval_required, APPROVAL_REQUIRED);
MUSTER_SAME(CaveatKind, night_or_mode, NIGHT_OR_MODE);

MUSTER_SAME(StandbyRole, first_echelon, FIRST_ECHELON);
MUSTER_SAME(StandbyRole, main, MAIN);
MUSTER_SAME(StandbyRole, reserve, RESERVE);

MUSTER_SAME(ContributionState, offered, OFFERED);
MUSTER_SAME(ContributionState, acknowledged, ACKNOWLEDGED);
MUSTER_SAME(ContributionState, accepted, ACCEPTED);
MUSTER_SAME(ContributionState, declined, DECLINED);
MUSTER_SAME(ContributionState, committed, COMMITTED);
MUSTER_SAME(ContributionState, in_transit, IN_TRANSIT);
MUSTER_SAME(ContributionState, in_place, IN_PLACE);
MUSTER_SAME(ContributionState, returning, RETURNING);
MUSTER_SAME(ContributionState, released, RELEASED);
MUSTER_SAME(ContributionState, withdrawn_by_nation, WITHDRAWN_BY_NATION);

MUSTER_SAME(Authority, none, NONE);
MUSTER_SAME(Authority, opcon, OPCON);
MUSTER_SAME(Authority, tacon, TACON);

MUSTER_SAME(Partner, none, NONE);
MUSTER_SAME(Partner, un, UN);
MUSTER_SAME(Partner, sco, SCO);
MUSTER_SAME(Partner, osce, OSCE);

MUSTER_SAME(Comparator, over, OVER);
MUSTER_SAME(Comparator, about, ABOUT);
MUSTER_SAME(Comparator, exact, EXACT);

MUSTER_SAME(Body, host, HOST);
MUSTER_SAME(Body, council, COUNCIL);
MUSTER_SAME(Body, ministers, MINISTERS);
MUSTER_SAME(Body, secretariat, SECRETARIAT);
MUSTER_SAME(Body, nation, NATION);
MUSTER_SAME(Body, commander, COMMANDER);
MUSTER_SAME(Body, un, UN);

MUSTER_SAME(DecisionKind, state_change, STATE_CHANGE);
MUSTER_SAME(DecisionKind, offer_response, OFFER_RESPONSE);
MUSTER_SAME(DecisionKind, authorised_strength, AUTHORISED_STRENGTH);
MUSTER_SAME(DecisionKind, commander, COMMANDER);
MUSTER_SAME(DecisionKind, waiver, WAIVER);
MUSTER_SAME(DecisionKind, caveat_approval, CAVEAT_APPROVAL);
MUSTER_SAME(DecisionKind, extension, EXTENSION);
MUSTER_SAME(DecisionKind, return_home, RETURN);

MUSTER_SAME(OperationState, draft, DRAFT);
MUSTER_SAME(OperationState, threat_reported, THREAT_REPORTED);
MUSTER_SAME(OperationState, requested, REQUESTED);
MUSTER_SAME(OperationState, consultation, CONSULTATION);
MUSTER_SAME(OperationState, decided, DECIDED);
MUSTER_SAME(OperationState, generating, GENERATING);
MUSTER_SAME(OperationState, advance_deployed, ADVANCE_DEPLOYED);
MUSTER_SAME(OperationState, deploying, DEPLOYING);
MUSTER_SAME(OperationState, deployed, DEPLOYED);
MUSTER_SAME(OperationState, reinforcing, REINFORCING);
MUSTER_SAME(OperationState, relocating, RELOCATING);
MUSTER_SAME(OperationState, stabilised, STABILISED);
MUSTER_SAME(OperationState, withdrawing, WITHDRAWING);
MUSTER_SAME(OperationState, withdrawn, WITHDRAWN);
MUSTER_SAME(OperationState, closed, CLOSED);
MUSTER_SAME(OperationState, refused, REFUSED);
MUSTER_SAME(OperationState, cancelled, CANCELLED);

MUSTER_SAME(StrengthBasis, owner, OWNER);
MUSTER_SAME(StrengthBasis, place, PLACE);

MUSTER_SAME(LeftOutReason, wrong_capability, WRONG_CAPABILITY);
MUSTER_SAME(LeftOutReason, caveat, CAVEAT);
MUSTER_SAME(LeftOutReason, already_committed, ALREADY_COMMITTED);
MUSTER_SAME(LeftOutReason, late, LATE);
MUSTER_SAME(LeftOutReason, stale, STALE);
MUSTER_SAME(LeftOutReason, expired, EXPIRED);
MUSTER_SAME(LeftOutReason, not_ready, NOT_READY);
MUSTER_SAME(LeftOutReason, under_strength, UNDER_STRENGTH);
MUSTER_SAME(LeftOutReason, not_available, NOT_AVAILABLE);
MUSTER_SAME(LeftOutReason, host, HOST);
MUSTER_SAME(LeftOutReason, suspended, SUSPENDED);
MUSTER_SAME(LeftOutReason, depletion, DEPLETION);
MUSTER_SAME(LeftOutReason, not_needed, NOT_NEEDED);
MUSTER_SAME(LeftOutReason, not_used, NOT_USED);

MUSTER_SAME(Certainty, certain, CERTAIN);
MUSTER_SAME(Certainty, likely, LIKELY);
MUSTER_SAME(Certainty, claimed, CLAIMED);

MUSTER_SAME(Reconciliation, consistent, CONSISTENT);
MUSTER_SAME(Reconciliation, contradicts, CONTRADICTS);
MUSTER_SAME(Reconciliation, not_comparable, NOT_COMPARABLE);

MUSTER_SAME(FixKind, approve_caveat, APPROVE_CAVEAT);
MUSTER_SAME(FixKind, renew_report, RENEW_REPORT);
MUSTER_SAME(FixKind, ask_offer, ASK_OFFER);
MUSTER_SAME(FixKind, shorten_notice, SHORTEN_NOTICE);
MUSTER_SAME(FixKind, lift_caveat, LIFT_CAVEAT);
MUSTER_SAME(FixKind, raise_limit, RAISE_LIMIT);
MUSTER_SAME(FixKind, release, RELEASE);
MUSTER_SAME(FixKind, new_unit, NEW_UNIT);

MUSTER_SAME(AssemblyGoal, earliest, EARLIEST);
MUSTER_SAME(AssemblyGoal, fewest_nations, FEWEST_NATIONS);
MUSTER_SAME(AssemblyGoal, balanced, BALANCED);

MUSTER_SAME(DeploymentEchelon, advance, ADVANCE);
MUSTER_SAME(DeploymentEchelon, first, FIRST);
MUSTER_SAME(DeploymentEchelon, main, MAIN);

MUSTER_SAME(RosterDimension, grade, GRADE);
MUSTER_SAME(RosterDimension, specialty, SPECIALTY);
MUSTER_SAME(RosterDimension, language, LANGUAGE);
MUSTER_SAME(RosterDimension, duty_status, DUTY_STATUS);
MUSTER_SAME(RosterDimension, sex, SEX);
MUSTER_SAME(RosterDimension, category, CATEGORY);

#undef MUSTER_SAME

}  // namespace muster
