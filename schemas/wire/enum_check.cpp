// SPDX-License-Identifier: Apache-2.0
// The numbers of the nouns are those of the schemas. A number that changes on one side does not
// compile.
#include "schemas/fbs/feed_generated.h"
#include "schemas/fbs/query_generated.h"
#include "schemas/model/codes.h"

namespace muster {

#define MUSTER_SAME(noun, value, schema, name) \
  static_assert(static_cast<int>(model::noun::value) == static_cast<int>(fbs::schema::name))

MUSTER_SAME(ReportKind, regular, ReportKind, REGULAR);
MUSTER_SAME(ReportKind, change, ReportKind, CHANGE);
MUSTER_SAME(ReportKind, validation, ReportKind, VALIDATION);
MUSTER_SAME(ReportKind, correction, ReportKind, CORRECTION);

MUSTER_SAME(Classification, unclassified, Classification, UNCLASSIFIED);
MUSTER_SAME(Classification, confidential, Classification, CONFIDENTIAL);
MUSTER_SAME(Classification, secret, Classification, SECRET);
MUSTER_SAME(Classification, top_secret, Classification, TOP_SECRET);

MUSTER_SAME(Realm, exercise, Realm, EXERCISE);
MUSTER_SAME(Realm, live, Realm, LIVE);

MUSTER_SAME(StatementKind, unit, StatementBody, Unit);
MUSTER_SAME(StatementKind, strength, StatementBody, Strength);
MUSTER_SAME(StatementKind, equipment, StatementBody, Equipment);
MUSTER_SAME(StatementKind, self_sustainment, StatementBody, SelfSustainment);
MUSTER_SAME(StatementKind, training, StatementBody, Training);
MUSTER_SAME(StatementKind, readiness, StatementBody, Readiness);
MUSTER_SAME(StatementKind, availability, StatementBody, Availability);
MUSTER_SAME(StatementKind, roster, StatementBody, Roster);
MUSTER_SAME(StatementKind, caveat, StatementBody, Caveat);
MUSTER_SAME(StatementKind, standby, StatementBody, Standby);
MUSTER_SAME(StatementKind, contribution, StatementBody, Contribution);
MUSTER_SAME(StatementKind, operation, StatementBody, Operation);
MUSTER_SAME(StatementKind, requirement, StatementBody, Requirement);
MUSTER_SAME(StatementKind, decision, StatementBody, Decision);
MUSTER_SAME(StatementKind, registry, StatementBody, Registry);

MUSTER_SAME(Severity, refuse, Severity, REFUSE);
MUSTER_SAME(Severity, flag, Severity, FLAG);

MUSTER_SAME(Role, publisher, Role, PUBLISHER);
MUSTER_SAME(Role, officer, Role, OFFICER);
MUSTER_SAME(Role, planner, Role, PLANNER);
MUSTER_SAME(Role, registrar, Role, REGISTRAR);
MUSTER_SAME(Role, auditor, Role, AUDITOR);
MUSTER_SAME(Role, ops, Role, OPS);
MUSTER_SAME(Role, member, Role, MEMBER);
MUSTER_SAME(Role, partner, Role, PARTNER);

MUSTER_SAME(NackCode, malformed, NackCode, MALFORMED);
MUSTER_SAME(NackCode, version, NackCode, VERSION);
MUSTER_SAME(NackCode, too_large, NackCode, TOO_LARGE);
MUSTER_SAME(NackCode, unauthorised, NackCode, UNAUTHORISED);
MUSTER_SAME(NackCode, wrong_node, NackCode, WRONG_NODE);
MUSTER_SAME(NackCode, bad_signature, NackCode, BAD_SIGNATURE);
MUSTER_SAME(NackCode, gap, NackCode, GAP);
MUSTER_SAME(NackCode, conflict, NackCode, CONFLICT);
MUSTER_SAME(NackCode, broken_chain, NackCode, BROKEN_CHAIN);
MUSTER_SAME(NackCode, unavailable, NackCode, UNAVAILABLE);
MUSTER_SAME(NackCode, wrong_nation, NackCode, WRONG_NATION);
MUSTER_SAME(NackCode, key_expired, NackCode, KEY_EXPIRED);

MUSTER_SAME(QueryError, malformed, QueryError, MALFORMED);
MUSTER_SAME(QueryError, version, QueryError, VERSION);
MUSTER_SAME(QueryError, too_large, QueryError, TOO_LARGE);
MUSTER_SAME(QueryError, unauthorised, QueryError, UNAUTHORISED);
MUSTER_SAME(QueryError, unsupported, QueryError, UNSUPPORTED);
MUSTER_SAME(QueryError, not_found, QueryError, NOT_FOUND);
MUSTER_SAME(QueryError, deadline, QueryError, DEADLINE);
MUSTER_SAME(QueryError, unavailable, QueryError, UNAVAILABLE);

MUSTER_SAME(Dimension, nation, Dimension, NATION);
MUSTER_SAME(Dimension, component, Dimension, COMPONENT);
MUSTER_SAME(Dimension, element_kind, Dimension, ELEMENT_KIND);
MUSTER_SAME(Dimension, level, Dimension, LEVEL);

MUSTER_SAME(Freshness, fresh, Freshness, FRESH);
MUSTER_SAME(Freshness, ageing, Freshness, AGEING);
MUSTER_SAME(Freshness, stale, Freshness, STALE);
MUSTER_SAME(Freshness, expired, Freshness, EXPIRED);

MUSTER_SAME(ByeReason, drained, ByeReason, DRAINED);
MUSTER_SAME(ByeReason, unauthorised, ByeReason, UNAUTHORISED);
MUSTER_SAME(ByeReason, protocol, ByeReason, PROTOCOL);
MUSTER_SAME(ByeReason, restart, ByeReason, RESTART);

MUSTER_SAME(FeedByeReason, unsubscribed, FeedByeReason, UNSUBSCRIBED);
MUSTER_SAME(FeedByeReason, slow, FeedByeReason, SLOW);
MUSTER_SAME(FeedByeReason, revoked, FeedByeReason, REVOKED);
MUSTER_SAME(FeedByeReason, unauthorised, FeedByeReason, UNAUTHORISED);
MUSTER_SAME(FeedByeReason, too_many, FeedByeReason, TOO_MANY);
MUSTER_SAME(FeedByeReason, malformed, FeedByeReason, MALFORMED);
MUSTER_SAME(FeedByeReason, drained, FeedByeReason, DRAINED);
MUSTER_SAME(FeedByeReason, unknown, FeedByeReason, UNKNOWN);
MUSTER_SAME(FeedByeReason, replaced, FeedByeReason, REPLACED);

MUSTER_SAME(Component, military, Component, MILITARY);
MUSTER_SAME(Component, police, Component, POLICE);
MUSTER_SAME(Component, civilian, Component, CIVILIAN);

MUSTER_SAME(ElementKind, command, ElementKind, COMMAND);
MUSTER_SAME(ElementKind, combat, ElementKind, COMBAT);
MUSTER_SAME(ElementKind, police, ElementKind, POLICE);
MUSTER_SAME(ElementKind, observer_group, ElementKind, OBSERVER_GROUP);
MUSTER_SAME(ElementKind, combat_support, ElementKind, COMBAT_SUPPORT);
MUSTER_SAME(ElementKind, technical_support, ElementKind, TECHNICAL_SUPPORT);
MUSTER_SAME(ElementKind, rear_support, ElementKind, REAR_SUPPORT);
MUSTER_SAME(ElementKind, other, ElementKind, OTHER);

MUSTER_SAME(ForcePool, cpf, ForcePool, CPF);
MUSTER_SAME(ForcePool, crrf, ForcePool, CRRF);
MUSTER_SAME(ForcePool, pkb, ForcePool, PKB);
MUSTER_SAME(ForcePool, caf, ForcePool, CAF);
MUSTER_SAME(ForcePool, shared, ForcePool, SHARED);

MUSTER_SAME(Lifecycle, forming, Lifecycle, FORMING);
MUSTER_SAME(Lifecycle, training, Lifecycle, TRAINING);
MUSTER_SAME(Lifecycle, standby, Lifecycle, STANDBY);
MUSTER_SAME(Lifecycle, committed, Lifecycle, COMMITTED);
MUSTER_SAME(Lifecycle, recovering, Lifecycle, RECOVERING);
MUSTER_SAME(Lifecycle, converting, Lifecycle, CONVERTING);
MUSTER_SAME(Lifecycle, disbanded, Lifecycle, DISBANDED);

MUSTER_SAME(Echelon, none, Echelon, NONE);
MUSTER_SAME(Echelon, team, Echelon, TEAM);
MUSTER_SAME(Echelon, crew, Echelon, CREW);
MUSTER_SAME(Echelon, squad, Echelon, SQUAD);
MUSTER_SAME(Echelon, section, Echelon, SECTION);
MUSTER_SAME(Echelon, platoon, Echelon, PLATOON);
MUSTER_SAME(Echelon, detachment, Echelon, DETACHMENT);
MUSTER_SAME(Echelon, company, Echelon, COMPANY);
MUSTER_SAME(Echelon, battery, Echelon, BATTERY);
MUSTER_SAME(Echelon, troop, Echelon, TROOP);
MUSTER_SAME(Echelon, battalion, Echelon, BATTALION);
MUSTER_SAME(Echelon, squadron, Echelon, SQUADRON);
MUSTER_SAME(Echelon, regiment, Echelon, REGIMENT);
MUSTER_SAME(Echelon, group, Echelon, GROUP);
MUSTER_SAME(Echelon, brigade, Echelon, BRIGADE);
MUSTER_SAME(Echelon, division, Echelon, DIVISION);
MUSTER_SAME(Echelon, corps, Echelon, CORPS);
MUSTER_SAME(Echelon, army, Echelon, ARMY);
MUSTER_SAME(Echelon, armygroup, Echelon, ARMYGROUP);
MUSTER_SAME(Echelon, front, Echelon, FRONT);
MUSTER_SAME(Echelon, region, Echelon, REGION);
MUSTER_SAME(Echelon, command, Echelon, COMMAND);

MUSTER_SAME(Reinforcement, norm, Reinforcement, NORM);
MUSTER_SAME(Reinforcement, rein, Reinforcement, REIN);
MUSTER_SAME(Reinforcement, detd, Reinforcement, DETD);
MUSTER_SAME(Reinforcement, ridt, Reinforcement, RIDT);
MUSTER_SAME(Reinforcement, nkn, Reinforcement, NKN);

MUSTER_SAME(RelationType, child_of, RelationType, CHILD_OF);
MUSTER_SAME(RelationType, member_of, RelationType, MEMBER_OF);
MUSTER_SAME(RelationType, attached, RelationType, ATTACHED);
MUSTER_SAME(RelationType, opcon, RelationType, OPCON);
MUSTER_SAME(RelationType, tacon, RelationType, TACON);
MUSTER_SAME(RelationType, adcon, RelationType, ADCON);

MUSTER_SAME(AbsenceReason, leave, AbsenceReason, LEAVE);
MUSTER_SAME(AbsenceReason, course_tdy, AbsenceReason, COURSE_TDY);
MUSTER_SAME(AbsenceReason, hospital, AbsenceReason, HOSPITAL);
MUSTER_SAME(AbsenceReason, unauthorised, AbsenceReason, UNAUTHORISED);
MUSTER_SAME(AbsenceReason, confined, AbsenceReason, CONFINED);
MUSTER_SAME(AbsenceReason, missing, AbsenceReason, MISSING);
MUSTER_SAME(AbsenceReason, in_transit, AbsenceReason, IN_TRANSIT);
MUSTER_SAME(AbsenceReason, other, AbsenceReason, OTHER);

MUSTER_SAME(NonDeployableReason, medical_temp, NonDeployableReason, MEDICAL_TEMP);
MUSTER_SAME(NonDeployableReason, medical_perm, NonDeployableReason, MEDICAL_PERM);
MUSTER_SAME(NonDeployableReason, legal, NonDeployableReason, LEGAL);
MUSTER_SAME(NonDeployableReason, administrative, NonDeployableReason, ADMINISTRATIVE);
MUSTER_SAME(NonDeployableReason, untrained, NonDeployableReason, UNTRAINED);
MUSTER_SAME(NonDeployableReason, consent_or_term, NonDeployableReason, CONSENT_OR_TERM);
MUSTER_SAME(NonDeployableReason, other, NonDeployableReason, OTHER);

MUSTER_SAME(PersonCategory, officer, PersonCategory, OFFICER);
MUSTER_SAME(PersonCategory, warrant_nco, PersonCategory, WARRANT_NCO);
MUSTER_SAME(PersonCategory, enlisted, PersonCategory, ENLISTED);
MUSTER_SAME(PersonCategory, police, PersonCategory, POLICE);
MUSTER_SAME(PersonCategory, civilian, PersonCategory, CIVILIAN);

MUSTER_SAME(Sex, female, Sex, F);
MUSTER_SAME(Sex, male, Sex, M);
MUSTER_SAME(Sex, unstated, Sex, UNSTATED);

MUSTER_SAME(LedgerChange, replacement, LedgerChange, REPLACEMENT);
MUSTER_SAME(LedgerChange, return_to_duty, LedgerChange, RETURN_TO_DUTY);
MUSTER_SAME(LedgerChange, transfer_in, LedgerChange, TRANSFER_IN);
MUSTER_SAME(LedgerChange, transfer_out, LedgerChange, TRANSFER_OUT);
MUSTER_SAME(LedgerChange, discharge, LedgerChange, DISCHARGE);
MUSTER_SAME(LedgerChange, medical, LedgerChange, MEDICAL);
MUSTER_SAME(LedgerChange, casualty_aggregate, LedgerChange, CASUALTY_AGGREGATE);
MUSTER_SAME(LedgerChange, other, LedgerChange, OTHER);

MUSTER_SAME(EquipmentKind, wheeled_transport, EquipmentKind, WHEELED_TRANSPORT);
MUSTER_SAME(EquipmentKind, armoured_transport, EquipmentKind, ARMOURED_TRANSPORT);
MUSTER_SAME(EquipmentKind, engineer, EquipmentKind, ENGINEER);
MUSTER_SAME(EquipmentKind, medical, EquipmentKind, MEDICAL);
MUSTER_SAME(EquipmentKind, communication, EquipmentKind, COMMUNICATION);
MUSTER_SAME(EquipmentKind, water_fuel, EquipmentKind, WATER_FUEL);
MUSTER_SAME(EquipmentKind, aircraft_fixed, EquipmentKind, AIRCRAFT_FIXED);
MUSTER_SAME(EquipmentKind, helicopter, EquipmentKind, HELICOPTER);
MUSTER_SAME(EquipmentKind, uas, EquipmentKind, UAS);
MUSTER_SAME(EquipmentKind, field_camp, EquipmentKind, FIELD_CAMP);
MUSTER_SAME(EquipmentKind, other, EquipmentKind, OTHER);

MUSTER_SAME(Criticality, pacing, Criticality, PACING);
MUSTER_SAME(Criticality, essential, Criticality, ESSENTIAL);
MUSTER_SAME(Criticality, other, Criticality, OTHER);

MUSTER_SAME(Lease, none, Lease, NONE);
MUSTER_SAME(Lease, wet, Lease, WET);
MUSTER_SAME(Lease, dry, Lease, DRY);

MUSTER_SAME(OverrideDirection, down, OverrideDirection, DOWN);
MUSTER_SAME(OverrideDirection, up, OverrideDirection, UP);

MUSTER_SAME(OperationalStatus, opr, OperationalStatus, OPR);
MUSTER_SAME(OperationalStatus, sops, OperationalStatus, SOPS);
MUSTER_SAME(OperationalStatus, mops, OperationalStatus, MOPS);
MUSTER_SAME(OperationalStatus, tnops, OperationalStatus, TNOPS);
MUSTER_SAME(OperationalStatus, nop, OperationalStatus, NOP);
MUSTER_SAME(OperationalStatus, nkn, OperationalStatus, NKN);

MUSTER_SAME(MovementMode, road, MovementMode, ROAD);
MUSTER_SAME(MovementMode, rail, MovementMode, RAIL);
MUSTER_SAME(MovementMode, air, MovementMode, AIR);

MUSTER_SAME(ParticipationStatus, full, ParticipationStatus, FULL);
MUSTER_SAME(ParticipationStatus, suspended, ParticipationStatus, SUSPENDED);
MUSTER_SAME(ParticipationStatus, observer, ParticipationStatus, OBSERVER);

#undef MUSTER_SAME

}  // namespace muster
