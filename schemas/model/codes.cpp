// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/codes.h"

#include <fmt/format.h>

namespace muster::model {
std::string name_or_number(std::string_view name, unsigned value) {
  return name.empty() ? fmt::format("UNKNOWN({})", value) : std::string(name);
}

std::span<const CodeName<ReportKind>> code_names(ReportKind) {
  static constexpr std::array kNames{
      CodeName<ReportKind>{ReportKind::regular, "REGULAR"},
      CodeName<ReportKind>{ReportKind::change, "CHANGE"},
      CodeName<ReportKind>{ReportKind::validation, "VALIDATION"},
      CodeName<ReportKind>{ReportKind::correction, "CORRECTION"},
  };
  return kNames;
}
std::span<const CodeName<Classification>> code_names(Classification) {
  static constexpr std::array kNames{
      CodeName<Classification>{Classification::unclassified, "UNCLASSIFIED"},
      CodeName<Classification>{Classification::confidential, "CONFIDENTIAL"},
      CodeName<Classification>{Classification::secret, "SECRET"},
      CodeName<Classification>{Classification::top_secret, "TOP_SECRET"},
  };
  return kNames;
}
std::span<const CodeName<Realm>> code_names(Realm) {
  static constexpr std::array kNames{
      CodeName<Realm>{Realm::exercise, "EXERCISE"},
      CodeName<Realm>{Realm::live, "LIVE"},
  };
  return kNames;
}
std::span<const CodeName<StatementKind>> code_names(StatementKind) {
  static constexpr std::array kNames{
      CodeName<StatementKind>{StatementKind::unit, "UNIT"},
      CodeName<StatementKind>{StatementKind::strength, "STRENGTH"},
      CodeName<StatementKind>{StatementKind::equipment, "EQUIPMENT"},
      CodeName<StatementKind>{StatementKind::self_sustainment, "SELF_SUSTAINMENT"},
      CodeName<StatementKind>{StatementKind::training, "TRAINING"},
      CodeName<StatementKind>{StatementKind::readiness, "READINESS"},
      CodeName<StatementKind>{StatementKind::availability, "AVAILABILITY"},
      CodeName<StatementKind>{StatementKind::roster, "ROSTER"},
      CodeName<StatementKind>{StatementKind::caveat, "CAVEAT"},
      CodeName<StatementKind>{StatementKind::standby, "STANDBY"},
      CodeName<StatementKind>{StatementKind::contribution, "CONTRIBUTION"},
      CodeName<StatementKind>{StatementKind::operation, "OPERATION"},
      CodeName<StatementKind>{StatementKind::requirement, "REQUIREMENT"},
      CodeName<StatementKind>{StatementKind::decision, "DECISION"},
      CodeName<StatementKind>{StatementKind::registry, "REGISTRY"},
  };
  return kNames;
}
std::span<const CodeName<Verdict>> code_names(Verdict) {
  static constexpr std::array kNames{
      CodeName<Verdict>{Verdict::accepted, "ACCEPTED"},
      CodeName<Verdict>{Verdict::refused, "REFUSED"},
  };
  return kNames;
}
std::span<const CodeName<Severity>> code_names(Severity) {
  static constexpr std::array kNames{
      CodeName<Severity>{Severity::refuse, "REFUSE"},
      CodeName<Severity>{Severity::flag, "FLAG"},
  };
  return kNames;
}
std::span<const CodeName<Role>> code_names(Role) {
  static constexpr std::array kNames{
      CodeName<Role>{Role::publisher, "PUBLISHER"}, CodeName<Role>{Role::officer, "OFFICER"},
      CodeName<Role>{Role::planner, "PLANNER"},     CodeName<Role>{Role::registrar, "REGISTRAR"},
      CodeName<Role>{Role::auditor, "AUDITOR"},     CodeName<Role>{Role::ops, "OPS"},
      CodeName<Role>{Role::member, "MEMBER"},       CodeName<Role>{Role::partner, "PARTNER"},
  };
  return kNames;
}
std::span<const CodeName<NackCode>> code_names(NackCode) {
  static constexpr std::array kNames{
      CodeName<NackCode>{NackCode::malformed, "MALFORMED"},
      CodeName<NackCode>{NackCode::version, "VERSION"},
      CodeName<NackCode>{NackCode::too_large, "TOO_LARGE"},
      CodeName<NackCode>{NackCode::unauthorised, "UNAUTHORISED"},
      CodeName<NackCode>{NackCode::wrong_node, "WRONG_NODE"},
      CodeName<NackCode>{NackCode::bad_signature, "BAD_SIGNATURE"},
      CodeName<NackCode>{NackCode::gap, "GAP"},
      CodeName<NackCode>{NackCode::conflict, "CONFLICT"},
      CodeName<NackCode>{NackCode::broken_chain, "BROKEN_CHAIN"},
      CodeName<NackCode>{NackCode::unavailable, "UNAVAILABLE"},
      CodeName<NackCode>{NackCode::wrong_nation, "WRONG_NATION"},
      CodeName<NackCode>{NackCode::key_expired, "KEY_EXPIRED"},
  };
  return kNames;
}
std::span<const CodeName<QueryError>> code_names(QueryError) {
  static constexpr std::array kNames{
      CodeName<QueryError>{QueryError::malformed, "MALFORMED"},
      CodeName<QueryError>{QueryError::version, "VERSION"},
      CodeName<QueryError>{QueryError::too_large, "TOO_LARGE"},
      CodeName<QueryError>{QueryError::unauthorised, "UNAUTHORISED"},
      CodeName<QueryError>{QueryError::unsupported, "UNSUPPORTED"},
      CodeName<QueryError>{QueryError::not_found, "NOT_FOUND"},
      CodeName<QueryError>{QueryError::deadline, "DEADLINE"},
      CodeName<QueryError>{QueryError::unavailable, "UNAVAILABLE"},
  };
  return kNames;
}
std::span<const CodeName<ByeReason>> code_names(ByeReason) {
  static constexpr std::array kNames{
      CodeName<ByeReason>{ByeReason::drained, "DRAINED"},
      CodeName<ByeReason>{ByeReason::unauthorised, "UNAUTHORISED"},
      CodeName<ByeReason>{ByeReason::protocol, "PROTOCOL"},
      CodeName<ByeReason>{ByeReason::restart, "RESTART"},
  };
  return kNames;
}
std::span<const CodeName<FeedByeReason>> code_names(FeedByeReason) {
  static constexpr std::array kNames{
      CodeName<FeedByeReason>{FeedByeReason::unsubscribed, "UNSUBSCRIBED"},
      CodeName<FeedByeReason>{FeedByeReason::slow, "SLOW"},
      CodeName<FeedByeReason>{FeedByeReason::revoked, "REVOKED"},
      CodeName<FeedByeReason>{FeedByeReason::unauthorised, "UNAUTHORISED"},
      CodeName<FeedByeReason>{FeedByeReason::too_many, "TOO_MANY"},
      CodeName<FeedByeReason>{FeedByeReason::malformed, "MALFORMED"},
      CodeName<FeedByeReason>{FeedByeReason::drained, "DRAINED"},
      CodeName<FeedByeReason>{FeedByeReason::unknown, "UNKNOWN"},
      CodeName<FeedByeReason>{FeedByeReason::replaced, "REPLACED"},
  };
  return kNames;
}
std::span<const CodeName<Component>> code_names(Component) {
  static constexpr std::array kNames{
      CodeName<Component>{Component::military, "MILITARY"},
      CodeName<Component>{Component::police, "POLICE"},
      CodeName<Component>{Component::civilian, "CIVILIAN"},
  };
  return kNames;
}
std::span<const CodeName<ElementKind>> code_names(ElementKind) {
  static constexpr std::array kNames{
      CodeName<ElementKind>{ElementKind::command, "COMMAND"},
      CodeName<ElementKind>{ElementKind::combat, "COMBAT"},
      CodeName<ElementKind>{ElementKind::police, "POLICE"},
      CodeName<ElementKind>{ElementKind::observer_group, "OBSERVER_GROUP"},
      CodeName<ElementKind>{ElementKind::combat_support, "COMBAT_SUPPORT"},
      CodeName<ElementKind>{ElementKind::technical_support, "TECHNICAL_SUPPORT"},
      CodeName<ElementKind>{ElementKind::rear_support, "REAR_SUPPORT"},
      CodeName<ElementKind>{ElementKind::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<ForcePool>> code_names(ForcePool) {
  static constexpr std::array kNames{
      CodeName<ForcePool>{ForcePool::cpf, "CPF"},
      CodeName<ForcePool>{ForcePool::crrf, "CRRF"},
      CodeName<ForcePool>{ForcePool::pkb, "PKB"},
      CodeName<ForcePool>{ForcePool::caf, "CAF"},
      CodeName<ForcePool>{ForcePool::shared, "SHARED"},
  };
  return kNames;
}
std::span<const CodeName<Lifecycle>> code_names(Lifecycle) {
  static constexpr std::array kNames{
      CodeName<Lifecycle>{Lifecycle::forming, "FORMING"},
      CodeName<Lifecycle>{Lifecycle::training, "TRAINING"},
      CodeName<Lifecycle>{Lifecycle::standby, "STANDBY"},
      CodeName<Lifecycle>{Lifecycle::committed, "COMMITTED"},
      CodeName<Lifecycle>{Lifecycle::recovering, "RECOVERING"},
      CodeName<Lifecycle>{Lifecycle::converting, "CONVERTING"},
      CodeName<Lifecycle>{Lifecycle::disbanded, "DISBANDED"},
  };
  return kNames;
}
std::span<const CodeName<Echelon>> code_names(Echelon) {
  static constexpr std::array kNames{
      CodeName<Echelon>{Echelon::none, "NONE"},
      CodeName<Echelon>{Echelon::team, "TEAM"},
      CodeName<Echelon>{Echelon::crew, "CREW"},
      CodeName<Echelon>{Echelon::squad, "SQUAD"},
      CodeName<Echelon>{Echelon::section, "SECTION"},
      CodeName<Echelon>{Echelon::platoon, "PLATOON"},
      CodeName<Echelon>{Echelon::detachment, "DETACHMENT"},
      CodeName<Echelon>{Echelon::company, "COMPANY"},
      CodeName<Echelon>{Echelon::battery, "BATTERY"},
      CodeName<Echelon>{Echelon::troop, "TROOP"},
      CodeName<Echelon>{Echelon::battalion, "BATTALION"},
      CodeName<Echelon>{Echelon::squadron, "SQUADRON"},
      CodeName<Echelon>{Echelon::regiment, "REGIMENT"},
      CodeName<Echelon>{Echelon::group, "GROUP"},
      CodeName<Echelon>{Echelon::brigade, "BRIGADE"},
      CodeName<Echelon>{Echelon::division, "DIVISION"},
      CodeName<Echelon>{Echelon::corps, "CORPS"},
      CodeName<Echelon>{Echelon::army, "ARMY"},
      CodeName<Echelon>{Echelon::armygroup, "ARMYGROUP"},
      CodeName<Echelon>{Echelon::front, "FRONT"},
      CodeName<Echelon>{Echelon::region, "REGION"},
      CodeName<Echelon>{Echelon::command, "COMMAND"},
  };
  return kNames;
}
std::span<const CodeName<Reinforcement>> code_names(Reinforcement) {
  static constexpr std::array kNames{
      CodeName<Reinforcement>{Reinforcement::norm, "NORM"},
      CodeName<Reinforcement>{Reinforcement::rein, "REIN"},
      CodeName<Reinforcement>{Reinforcement::detd, "DETD"},
      CodeName<Reinforcement>{Reinforcement::ridt, "RIDT"},
      CodeName<Reinforcement>{Reinforcement::nkn, "NKN"},
  };
  return kNames;
}
std::span<const CodeName<RelationType>> code_names(RelationType) {
  static constexpr std::array kNames{
      CodeName<RelationType>{RelationType::child_of, "CHILD_OF"},
      CodeName<RelationType>{RelationType::member_of, "MEMBER_OF"},
      CodeName<RelationType>{RelationType::attached, "ATTACHED"},
      CodeName<RelationType>{RelationType::opcon, "OPCON"},
      CodeName<RelationType>{RelationType::tacon, "TACON"},
      CodeName<RelationType>{RelationType::adcon, "ADCON"},
  };
  return kNames;
}
std::span<const CodeName<Task>> code_names(Task) {
  static constexpr std::array kNames{
      CodeName<Task>{Task::t01, "T01"}, CodeName<Task>{Task::t02, "T02"},
      CodeName<Task>{Task::t03, "T03"}, CodeName<Task>{Task::t04, "T04"},
      CodeName<Task>{Task::t05, "T05"}, CodeName<Task>{Task::t06, "T06"},
      CodeName<Task>{Task::t07, "T07"}, CodeName<Task>{Task::t08, "T08"},
      CodeName<Task>{Task::t09, "T09"}, CodeName<Task>{Task::t10, "T10"},
      CodeName<Task>{Task::t11, "T11"}, CodeName<Task>{Task::t12, "T12"},
      CodeName<Task>{Task::t13, "T13"}, CodeName<Task>{Task::t14, "T14"},
      CodeName<Task>{Task::t15, "T15"}, CodeName<Task>{Task::t99, "T99"},
  };
  return kNames;
}
std::span<const CodeName<AbsenceReason>> code_names(AbsenceReason) {
  static constexpr std::array kNames{
      CodeName<AbsenceReason>{AbsenceReason::leave, "LEAVE"},
      CodeName<AbsenceReason>{AbsenceReason::course_tdy, "COURSE_TDY"},
      CodeName<AbsenceReason>{AbsenceReason::hospital, "HOSPITAL"},
      CodeName<AbsenceReason>{AbsenceReason::unauthorised, "UNAUTHORISED"},
      CodeName<AbsenceReason>{AbsenceReason::confined, "CONFINED"},
      CodeName<AbsenceReason>{AbsenceReason::missing, "MISSING"},
      CodeName<AbsenceReason>{AbsenceReason::in_transit, "IN_TRANSIT"},
      CodeName<AbsenceReason>{AbsenceReason::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<NonDeployableReason>> code_names(NonDeployableReason) {
  static constexpr std::array kNames{
      CodeName<NonDeployableReason>{NonDeployableReason::medical_temp, "MEDICAL_TEMP"},
      CodeName<NonDeployableReason>{NonDeployableReason::medical_perm, "MEDICAL_PERM"},
      CodeName<NonDeployableReason>{NonDeployableReason::legal, "LEGAL"},
      CodeName<NonDeployableReason>{NonDeployableReason::administrative, "ADMINISTRATIVE"},
      CodeName<NonDeployableReason>{NonDeployableReason::untrained, "UNTRAINED"},
      CodeName<NonDeployableReason>{NonDeployableReason::consent_or_term, "CONSENT_OR_TERM"},
      CodeName<NonDeployableReason>{NonDeployableReason::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<PersonCategory>> code_names(PersonCategory) {
  static constexpr std::array kNames{
      CodeName<PersonCategory>{PersonCategory::officer, "OFFICER"},
      CodeName<PersonCategory>{PersonCategory::warrant_nco, "WARRANT_NCO"},
      CodeName<PersonCategory>{PersonCategory::enlisted, "ENLISTED"},
      CodeName<PersonCategory>{PersonCategory::police, "POLICE"},
      CodeName<PersonCategory>{PersonCategory::civilian, "CIVILIAN"},
  };
  return kNames;
}
std::span<const CodeName<Sex>> code_names(Sex) {
  static constexpr std::array kNames{
      CodeName<Sex>{Sex::female, "F"},
      CodeName<Sex>{Sex::male, "M"},
      CodeName<Sex>{Sex::unstated, "UNSTATED"},
  };
  return kNames;
}
std::span<const CodeName<LedgerChange>> code_names(LedgerChange) {
  static constexpr std::array kNames{
      CodeName<LedgerChange>{LedgerChange::replacement, "REPLACEMENT"},
      CodeName<LedgerChange>{LedgerChange::return_to_duty, "RETURN_TO_DUTY"},
      CodeName<LedgerChange>{LedgerChange::transfer_in, "TRANSFER_IN"},
      CodeName<LedgerChange>{LedgerChange::transfer_out, "TRANSFER_OUT"},
      CodeName<LedgerChange>{LedgerChange::discharge, "DISCHARGE"},
      CodeName<LedgerChange>{LedgerChange::medical, "MEDICAL"},
      CodeName<LedgerChange>{LedgerChange::casualty_aggregate, "CASUALTY_AGGREGATE"},
      CodeName<LedgerChange>{LedgerChange::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<EquipmentKind>> code_names(EquipmentKind) {
  static constexpr std::array kNames{
      CodeName<EquipmentKind>{EquipmentKind::wheeled_transport, "WHEELED_TRANSPORT"},
      CodeName<EquipmentKind>{EquipmentKind::armoured_transport, "ARMOURED_TRANSPORT"},
      CodeName<EquipmentKind>{EquipmentKind::engineer, "ENGINEER"},
      CodeName<EquipmentKind>{EquipmentKind::medical, "MEDICAL"},
      CodeName<EquipmentKind>{EquipmentKind::communication, "COMMUNICATION"},
      CodeName<EquipmentKind>{EquipmentKind::water_fuel, "WATER_FUEL"},
      CodeName<EquipmentKind>{EquipmentKind::aircraft_fixed, "AIRCRAFT_FIXED"},
      CodeName<EquipmentKind>{EquipmentKind::helicopter, "HELICOPTER"},
      CodeName<EquipmentKind>{EquipmentKind::uas, "UAS"},
      CodeName<EquipmentKind>{EquipmentKind::field_camp, "FIELD_CAMP"},
      CodeName<EquipmentKind>{EquipmentKind::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<Criticality>> code_names(Criticality) {
  static constexpr std::array kNames{
      CodeName<Criticality>{Criticality::pacing, "PACING"},
      CodeName<Criticality>{Criticality::essential, "ESSENTIAL"},
      CodeName<Criticality>{Criticality::other, "OTHER"},
  };
  return kNames;
}
std::span<const CodeName<Lease>> code_names(Lease) {
  static constexpr std::array kNames{
      CodeName<Lease>{Lease::none, "NONE"},
      CodeName<Lease>{Lease::wet, "WET"},
      CodeName<Lease>{Lease::dry, "DRY"},
  };
  return kNames;
}
std::span<const CodeName<OverrideDirection>> code_names(OverrideDirection) {
  static constexpr std::array kNames{
      CodeName<OverrideDirection>{OverrideDirection::down, "DOWN"},
      CodeName<OverrideDirection>{OverrideDirection::up, "UP"},
  };
  return kNames;
}
std::span<const CodeName<Dimension>> code_names(Dimension) {
  static constexpr std::array kNames{
      CodeName<Dimension>{Dimension::nation, "NATION"},
      CodeName<Dimension>{Dimension::component, "COMPONENT"},
      CodeName<Dimension>{Dimension::element_kind, "ELEMENT_KIND"},
      CodeName<Dimension>{Dimension::level, "LEVEL"},
  };
  return kNames;
}
std::span<const CodeName<Freshness>> code_names(Freshness) {
  static constexpr std::array kNames{
      CodeName<Freshness>{Freshness::fresh, "FRESH"},
      CodeName<Freshness>{Freshness::ageing, "AGEING"},
      CodeName<Freshness>{Freshness::stale, "STALE"},
      CodeName<Freshness>{Freshness::expired, "EXPIRED"},
  };
  return kNames;
}
std::span<const CodeName<OperationalStatus>> code_names(OperationalStatus) {
  static constexpr std::array kNames{
      CodeName<OperationalStatus>{OperationalStatus::opr, "OPR"},
      CodeName<OperationalStatus>{OperationalStatus::sops, "SOPS"},
      CodeName<OperationalStatus>{OperationalStatus::mops, "MOPS"},
      CodeName<OperationalStatus>{OperationalStatus::tnops, "TNOPS"},
      CodeName<OperationalStatus>{OperationalStatus::nop, "NOP"},
      CodeName<OperationalStatus>{OperationalStatus::nkn, "NKN"},
  };
  return kNames;
}
std::span<const CodeName<MovementMode>> code_names(MovementMode) {
  static constexpr std::array kNames{
      CodeName<MovementMode>{MovementMode::road, "ROAD"},
      CodeName<MovementMode>{MovementMode::rail, "RAIL"},
      CodeName<MovementMode>{MovementMode::air, "AIR"},
  };
  return kNames;
}
std::span<const CodeName<ParticipationStatus>> code_names(ParticipationStatus) {
  static constexpr std::array kNames{
      CodeName<ParticipationStatus>{ParticipationStatus::full, "FULL"},
      CodeName<ParticipationStatus>{ParticipationStatus::suspended, "SUSPENDED"},
      CodeName<ParticipationStatus>{ParticipationStatus::observer, "OBSERVER"},
  };
  return kNames;
}

MUSTER_CODE_LISTS(MUSTER_DEFINE_CODES)

std::string to_text(Rule rule) {
  if (rule == Rule::uninterpreted) {
    return "NOT-INTERPRETED";
  }
  return fmt::format("V{:02}", static_cast<unsigned>(rule));
}

}  // namespace muster::model
