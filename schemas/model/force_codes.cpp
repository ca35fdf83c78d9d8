// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/force_codes.h"

namespace muster::model {

std::span<const CodeName<SelfSustainmentCategory>> code_names(SelfSustainmentCategory) {
  static constexpr std::array kNames{
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::catering, "CATERING"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::communications, "COMMUNICATIONS"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::office, "OFFICE"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::electrical, "ELECTRICAL"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::minor_engineering,
                                        "MINOR_ENGINEERING"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::eod, "EOD"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::laundry_cleaning,
                                        "LAUNDRY_CLEANING"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::tentage, "TENTAGE"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::accommodation, "ACCOMMODATION"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::firefighting, "FIREFIGHTING"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::medical, "MEDICAL"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::observation, "OBSERVATION"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::identification, "IDENTIFICATION"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::cbrn_protection,
                                        "CBRN_PROTECTION"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::field_defence_stores,
                                        "FIELD_DEFENCE_STORES"},
      CodeName<SelfSustainmentCategory>{SelfSustainmentCategory::misc_general_stores,
                                        "MISC_GENERAL_STORES"},
  };
  return kNames;
}
std::span<const CodeName<TrainingState>> code_names(TrainingState) {
  static constexpr std::array kNames{
      CodeName<TrainingState>{TrainingState::trained, "TRAINED"},
      CodeName<TrainingState>{TrainingState::needs_practice, "NEEDS_PRACTICE"},
      CodeName<TrainingState>{TrainingState::untrained, "UNTRAINED"},
  };
  return kNames;
}
std::span<const CodeName<DutyStatus>> code_names(DutyStatus) {
  static constexpr std::array kNames{
      CodeName<DutyStatus>{DutyStatus::leave, "LEAVE"},
      CodeName<DutyStatus>{DutyStatus::course_tdy, "COURSE_TDY"},
      CodeName<DutyStatus>{DutyStatus::hospital, "HOSPITAL"},
      CodeName<DutyStatus>{DutyStatus::unauthorised, "UNAUTHORISED"},
      CodeName<DutyStatus>{DutyStatus::confined, "CONFINED"},
      CodeName<DutyStatus>{DutyStatus::missing, "MISSING"},
      CodeName<DutyStatus>{DutyStatus::in_transit, "IN_TRANSIT"},
      CodeName<DutyStatus>{DutyStatus::other, "OTHER"},
      CodeName<DutyStatus>{DutyStatus::present, "PRESENT"},
  };
  return kNames;
}
std::span<const CodeName<RankGrade>> code_names(RankGrade) {
  static constexpr std::array kNames{
      CodeName<RankGrade>{RankGrade::or_1, "OR-1"},   CodeName<RankGrade>{RankGrade::or_2, "OR-2"},
      CodeName<RankGrade>{RankGrade::or_3, "OR-3"},   CodeName<RankGrade>{RankGrade::or_4, "OR-4"},
      CodeName<RankGrade>{RankGrade::or_5, "OR-5"},   CodeName<RankGrade>{RankGrade::or_6, "OR-6"},
      CodeName<RankGrade>{RankGrade::or_7, "OR-7"},   CodeName<RankGrade>{RankGrade::or_8, "OR-8"},
      CodeName<RankGrade>{RankGrade::or_9, "OR-9"},   CodeName<RankGrade>{RankGrade::of_1, "OF-1"},
      CodeName<RankGrade>{RankGrade::of_2, "OF-2"},   CodeName<RankGrade>{RankGrade::of_3, "OF-3"},
      CodeName<RankGrade>{RankGrade::of_4, "OF-4"},   CodeName<RankGrade>{RankGrade::of_5, "OF-5"},
      CodeName<RankGrade>{RankGrade::of_6, "OF-6"},   CodeName<RankGrade>{RankGrade::of_7, "OF-7"},
      CodeName<RankGrade>{RankGrade::of_8, "OF-8"},   CodeName<RankGrade>{RankGrade::of_9, "OF-9"},
      CodeName<RankGrade>{RankGrade::of_10, "OF-10"}, CodeName<RankGrade>{RankGrade::pol, "POL"},
      CodeName<RankGrade>{RankGrade::civ, "CIV"},
  };
  return kNames;
}
std::span<const CodeName<RosterForm>> code_names(RosterForm) {
  static constexpr std::array kNames{
      CodeName<RosterForm>{RosterForm::full, "FULL"},
      CodeName<RosterForm>{RosterForm::delta, "DELTA"},
  };
  return kNames;
}
std::span<const CodeName<CaveatKind>> code_names(CaveatKind) {
  static constexpr std::array kNames{
      CodeName<CaveatKind>{CaveatKind::task_excluded, "TASK_EXCLUDED"},
      CodeName<CaveatKind>{CaveatKind::area_excluded, "AREA_EXCLUDED"},
      CodeName<CaveatKind>{CaveatKind::period, "PERIOD"},
      CodeName<CaveatKind>{CaveatKind::max_strength, "MAX_STRENGTH"},
      CodeName<CaveatKind>{CaveatKind::approval_required, "APPROVAL_REQUIRED"},
      CodeName<CaveatKind>{CaveatKind::night_or_mode, "NIGHT_OR_MODE"},
  };
  return kNames;
}
std::span<const CodeName<StandbyRole>> code_names(StandbyRole) {
  static constexpr std::array kNames{
      CodeName<StandbyRole>{StandbyRole::first_echelon, "FIRST_ECHELON"},
      CodeName<StandbyRole>{StandbyRole::main, "MAIN"},
      CodeName<StandbyRole>{StandbyRole::reserve, "RESERVE"},
  };
  return kNames;
}
std::span<const CodeName<ContributionState>> code_names(ContributionState) {
  static constexpr std::array kNames{
      CodeName<ContributionState>{ContributionState::offered, "OFFERED"},
      CodeName<ContributionState>{ContributionState::acknowledged, "ACKNOWLEDGED"},
      CodeName<ContributionState>{ContributionState::accepted, "ACCEPTED"},
      CodeName<ContributionState>{ContributionState::declined, "DECLINED"},
      CodeName<ContributionState>{ContributionState::committed, "COMMITTED"},
      CodeName<ContributionState>{ContributionState::in_transit, "IN_TRANSIT"},
      CodeName<ContributionState>{ContributionState::in_place, "IN_PLACE"},
      CodeName<ContributionState>{ContributionState::returning, "RETURNING"},
      CodeName<ContributionState>{ContributionState::released, "RELEASED"},
      CodeName<ContributionState>{ContributionState::withdrawn_by_nation, "WITHDRAWN_BY_NATION"},
  };
  return kNames;
}
std::span<const CodeName<Authority>> code_names(Authority) {
  static constexpr std::array kNames{
      CodeName<Authority>{Authority::none, "NONE"},
      CodeName<Authority>{Authority::opcon, "OPCON"},
      CodeName<Authority>{Authority::tacon, "TACON"},
  };
  return kNames;
}
std::span<const CodeName<Partner>> code_names(Partner) {
  static constexpr std::array kNames{
      CodeName<Partner>{Partner::none, "NONE"},
      CodeName<Partner>{Partner::un, "UN"},
      CodeName<Partner>{Partner::sco, "SCO"},
      CodeName<Partner>{Partner::osce, "OSCE"},
  };
  return kNames;
}
std::span<const CodeName<Comparator>> code_names(Comparator) {
  static constexpr std::array kNames{
      CodeName<Comparator>{Comparator::over, "OVER"},
      CodeName<Comparator>{Comparator::about, "ABOUT"},
      CodeName<Comparator>{Comparator::exact, "EXACT"},
  };
  return kNames;
}
std::span<const CodeName<Body>> code_names(Body) {
  static constexpr std::array kNames{
      CodeName<Body>{Body::host, "HOST"},
      CodeName<Body>{Body::council, "COUNCIL"},
      CodeName<Body>{Body::ministers, "MINISTERS"},
      CodeName<Body>{Body::secretariat, "SECRETARIAT"},
      CodeName<Body>{Body::nation, "NATION"},
      CodeName<Body>{Body::commander, "COMMANDER"},
      CodeName<Body>{Body::un, "UN"},
  };
  return kNames;
}
std::span<const CodeName<DecisionKind>> code_names(DecisionKind) {
  static constexpr std::array kNames{
      CodeName<DecisionKind>{DecisionKind::state_change, "STATE_CHANGE"},
      CodeName<DecisionKind>{DecisionKind::offer_response, "OFFER_RESPONSE"},
      CodeName<DecisionKind>{DecisionKind::authorised_strength, "AUTHORISED_STRENGTH"},
      CodeName<DecisionKind>{DecisionKind::commander, "COMMANDER"},
      CodeName<DecisionKind>{DecisionKind::waiver, "WAIVER"},
      CodeName<DecisionKind>{DecisionKind::caveat_approval, "CAVEAT_APPROVAL"},
      CodeName<DecisionKind>{DecisionKind::extension, "EXTENSION"},
      CodeName<DecisionKind>{DecisionKind::return_home, "RETURN"},
  };
  return kNames;
}
std::span<const CodeName<OperationState>> code_names(OperationState) {
  static constexpr std::array kNames{
      CodeName<OperationState>{OperationState::draft, "DRAFT"},
      CodeName<OperationState>{OperationState::threat_reported, "THREAT_REPORTED"},
      CodeName<OperationState>{OperationState::requested, "REQUESTED"},
      CodeName<OperationState>{OperationState::consultation, "CONSULTATION"},
      CodeName<OperationState>{OperationState::decided, "DECIDED"},
      CodeName<OperationState>{OperationState::generating, "GENERATING"},
      CodeName<OperationState>{OperationState::advance_deployed, "ADVANCE_DEPLOYED"},
      CodeName<OperationState>{OperationState::deploying, "DEPLOYING"},
      CodeName<OperationState>{OperationState::deployed, "DEPLOYED"},
      CodeName<OperationState>{OperationState::reinforcing, "REINFORCING"},
      CodeName<OperationState>{OperationState::relocating, "RELOCATING"},
      CodeName<OperationState>{OperationState::stabilised, "STABILISED"},
      CodeName<OperationState>{OperationState::withdrawing, "WITHDRAWING"},
      CodeName<OperationState>{OperationState::withdrawn, "WITHDRAWN"},
      CodeName<OperationState>{OperationState::closed, "CLOSED"},
      CodeName<OperationState>{OperationState::refused, "REFUSED"},
      CodeName<OperationState>{OperationState::cancelled, "CANCELLED"},
  };
  return kNames;
}
std::span<const CodeName<StrengthBasis>> code_names(StrengthBasis) {
  static constexpr std::array kNames{
      CodeName<StrengthBasis>{StrengthBasis::owner, "OWNER"},
      CodeName<StrengthBasis>{StrengthBasis::place, "PLACE"},
  };
  return kNames;
}
std::span<const CodeName<Certainty>> code_names(Certainty) {
  static constexpr std::array kNames{
      CodeName<Certainty>{Certainty::certain, "CERTAIN"},
      CodeName<Certainty>{Certainty::likely, "LIKELY"},
      CodeName<Certainty>{Certainty::claimed, "CLAIMED"},
  };
  return kNames;
}
std::span<const CodeName<LeftOutReason>> code_names(LeftOutReason) {
  static constexpr std::array kNames{
      CodeName<LeftOutReason>{LeftOutReason::wrong_capability, "WRONG_CAPABILITY"},
      CodeName<LeftOutReason>{LeftOutReason::caveat, "CAVEAT"},
      CodeName<LeftOutReason>{LeftOutReason::already_committed, "ALREADY_COMMITTED"},
      CodeName<LeftOutReason>{LeftOutReason::late, "LATE"},
      CodeName<LeftOutReason>{LeftOutReason::stale, "STALE"},
      CodeName<LeftOutReason>{LeftOutReason::expired, "EXPIRED"},
      CodeName<LeftOutReason>{LeftOutReason::not_ready, "NOT_READY"},
      CodeName<LeftOutReason>{LeftOutReason::under_strength, "UNDER_STRENGTH"},
      CodeName<LeftOutReason>{LeftOutReason::not_available, "NOT_AVAILABLE"},
      CodeName<LeftOutReason>{LeftOutReason::host, "HOST"},
      CodeName<LeftOutReason>{LeftOutReason::suspended, "SUSPENDED"},
      CodeName<LeftOutReason>{LeftOutReason::depletion, "DEPLETION"},
      CodeName<LeftOutReason>{LeftOutReason::not_needed, "NOT_NEEDED"},
      CodeName<LeftOutReason>{LeftOutReason::not_used, "NOT_USED"},
  };
  return kNames;
}
std::span<const CodeName<RosterDimension>> code_names(RosterDimension) {
  static constexpr std::array kNames{
      CodeName<RosterDimension>{RosterDimension::grade, "GRADE"},
      CodeName<RosterDimension>{RosterDimension::specialty, "SPECIALTY"},
      CodeName<RosterDimension>{RosterDimension::language, "LANGUAGE"},
      CodeName<RosterDimension>{RosterDimension::duty_status, "DUTY_STATUS"},
      CodeName<RosterDimension>{RosterDimension::sex, "SEX"},
      CodeName<RosterDimension>{RosterDimension::category, "CATEGORY"},
  };
  return kNames;
}
std::span<const CodeName<Reconciliation>> code_names(Reconciliation) {
  static constexpr std::array kNames{
      CodeName<Reconciliation>{Reconciliation::consistent, "CONSISTENT"},
      CodeName<Reconciliation>{Reconciliation::contradicts, "CONTRADICTS"},
      CodeName<Reconciliation>{Reconciliation::not_comparable, "NOT_COMPARABLE"},
  };
  return kNames;
}
std::span<const CodeName<FixKind>> code_names(FixKind) {
  static constexpr std::array kNames{
      CodeName<FixKind>{FixKind::approve_caveat, "APPROVE_CAVEAT"},
      CodeName<FixKind>{FixKind::renew_report, "RENEW_REPORT"},
      CodeName<FixKind>{FixKind::ask_offer, "ASK_OFFER"},
      CodeName<FixKind>{FixKind::shorten_notice, "SHORTEN_NOTICE"},
      CodeName<FixKind>{FixKind::lift_caveat, "LIFT_CAVEAT"},
      CodeName<FixKind>{FixKind::raise_limit, "RAISE_LIMIT"},
      CodeName<FixKind>{FixKind::release, "RELEASE"},
      CodeName<FixKind>{FixKind::new_unit, "NEW_UNIT"},
  };
  return kNames;
}
std::span<const CodeName<AssemblyGoal>> code_names(AssemblyGoal) {
  static constexpr std::array kNames{
      CodeName<AssemblyGoal>{AssemblyGoal::earliest, "EARLIEST"},
      CodeName<AssemblyGoal>{AssemblyGoal::fewest_nations, "FEWEST_NATIONS"},
      CodeName<AssemblyGoal>{AssemblyGoal::balanced, "BALANCED"},
  };
  return kNames;
}
std::span<const CodeName<DeploymentEchelon>> code_names(DeploymentEchelon) {
  static constexpr std::array kNames{
      CodeName<DeploymentEchelon>{DeploymentEchelon::advance, "ADVANCE"},
      CodeName<DeploymentEchelon>{DeploymentEchelon::first, "FIRST"},
      CodeName<DeploymentEchelon>{DeploymentEchelon::main, "MAIN"},
  };
  return kNames;
}

MUSTER_FORCE_CODE_LISTS(MUSTER_DEFINE_CODES)

}  // namespace muster::model
