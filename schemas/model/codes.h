// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/code_table.h"

/// The code lists of DOMAIN.md §2, §3 and §9. Numbers travel and are stored: never renumber, only
/// append. A value that a list does not know (from a newer schema) is kept as it is, shown as
/// "UNKNOWN(n)" and flagged by V38.
namespace muster::model {

// ---- reports
// ---------------------------------------------------------------------------------------------------

enum class ReportKind : std::uint8_t { regular = 1, change = 2, validation = 3, correction = 4 };
enum class Classification : std::uint8_t {
  unclassified = 1,
  confidential = 2,
  secret = 3,
  top_secret = 4
};
enum class Realm : std::uint8_t { exercise = 1, live = 2 };

/// What a statement speaks of. The numbers are those of the union in report.fbs.
enum class StatementKind : std::uint8_t {
  unit = 1,
  strength = 2,
  equipment = 3,
  self_sustainment = 4,
  training = 5,
  readiness = 6,
  availability = 7,
  roster = 8,
  caveat = 9,
  standby = 10,
  contribution = 11,
  operation = 12,
  requirement = 13,
  decision = 14,
  registry = 15,
};

/// What became of an authentic report.
enum class Verdict : std::uint8_t { accepted = 1, refused = 2 };
/// REFUSE: no statement of the report takes effect. FLAG: it counts, and the finding is kept and
/// shown.
enum class Severity : std::uint8_t { refuse = 1, flag = 2 };

/// The rules of DOMAIN.md §5. `uninterpreted` marks a statement that is kept but not read yet.
enum class Rule : std::uint8_t {
  none = 0,
  v01 = 1,
  v02,
  v03,
  v04,
  v05,
  v06,
  v07,
  v08,
  v09,
  v10,
  v11,
  v12,
  v13,
  v14,
  v15,
  v16,
  v17,
  v18,
  v19,
  v20,
  v21,
  v22,
  v23,
  v24,
  v25,
  v26,
  v27,
  v28,
  v29,
  v30,
  v31,
  v32,
  v33,
  v34,
  v35,
  v36,
  v37,
  v38,
  v39,
  v40,
  v41,
  v42,
  uninterpreted = 100,
};

// ---- the bus
// ---------------------------------------------------------------------------------------------------

/// What a key may do. A node may have several.
enum class Role : std::uint8_t {
  publisher = 1,  ///< Publishes for its nation and sees its own.
  officer = 2,    ///< Secretariat: sees all.
  planner = 3,    ///< Secretariat: operations, requirements, decisions; sees all.
  registrar = 4,  ///< Members, nodes and keys.
  auditor = 5,    ///< Reads the ledger; sees all.
  ops = 6,        ///< Health of the bus; sees no strengths.
  member = 7,     ///< Another ministry: its own detail, and what others release to it.
  partner = 8,    ///< Released aggregates only.
};

/// Why the broker answered NACK: nothing was stored. PROTOCOL.md says what the sender does about
/// each.
enum class NackCode : std::uint8_t {
  malformed = 1,
  version = 2,
  too_large = 3,
  unauthorised = 4,
  wrong_node = 5,
  bad_signature = 6,
  gap = 7,
  conflict = 8,
  broken_chain = 9,
  unavailable = 10,
  wrong_nation = 11,
  key_expired = 12,
};

/// Why a query was not answered.
enum class QueryError : std::uint8_t {
  malformed = 1,
  version = 2,
  too_large = 3,
  unauthorised = 4,
  unsupported = 5,
  not_found = 6,
  deadline = 7,
  unavailable = 8,
};

/// What combined strength can be grouped by.
enum class Dimension : std::uint8_t { nation = 1, component = 2, element_kind = 3, level = 4 };

/// How old the newest word on a unit is, against its cadence (DOMAIN.md §4).
enum class Freshness : std::uint8_t { fresh = 1, ageing = 2, stale = 3, expired = 4 };

/// Why a session ended.
enum class ByeReason : std::uint8_t { drained = 1, unauthorised = 2, protocol = 3, restart = 4 };

/// Why a subscription ended. Each has its place in the log, in a metric and in PROTOCOL.md §8.
enum class FeedByeReason : std::uint8_t {
  unsubscribed = 1,  ///< The subscriber asked for it.
  slow = 2,          ///< No credit, or a full connection, for longer than the broker waits.
  revoked = 3,       ///< The key is no longer valid, or its roles are others now.
  unauthorised = 4,  ///< The key's roles see no figures.
  too_many = 5,      ///< More subscriptions than one connection, or the broker, may have.
  malformed = 6,     ///< What was asked cannot be read, or makes no sense.
  drained = 7,       ///< The broker stops.
  unknown = 8,       ///< Credit for a subscription that there is not.
  replaced = 9,      ///< Another SUBSCRIBE with the same number.
};

// ---- people, units, equipment
// ------------------------------------------------------------------------------------

enum class Component : std::uint8_t { military = 1, police = 2, civilian = 3 };
enum class ElementKind : std::uint8_t {
  command = 1,
  combat = 2,
  police = 3,
  observer_group = 4,
  combat_support = 5,
  technical_support = 6,
  rear_support = 7,
  other = 8,
};
enum class ForcePool : std::uint8_t { cpf = 1, crrf = 2, pkb = 3, caf = 4, shared = 5 };
enum class Lifecycle : std::uint8_t {
  forming = 1,
  training = 2,
  standby = 3,
  committed = 4,
  recovering = 5,
  converting = 6,
  disbanded = 7,
};
/// MSDL echelons and COMMAND; the SIDC digits of each stand in DOMAIN.md §9.
enum class Echelon : std::uint8_t {
  none = 1,
  team = 2,
  crew = 3,
  squad = 4,
  section = 5,
  platoon = 6,
  detachment = 7,
  company = 8,
  battery = 9,
  troop = 10,
  battalion = 11,
  squadron = 12,
  regiment = 13,
  group = 14,
  brigade = 15,
  division = 16,
  corps = 17,
  army = 18,
  armygroup = 19,
  front = 20,
  region = 21,
  command = 22,
};
enum class Reinforcement : std::uint8_t { norm = 1, rein = 2, detd = 3, ridt = 4, nkn = 5 };
enum class RelationType : std::uint8_t {
  child_of = 1,
  member_of = 2,
  attached = 3,
  opcon = 4,
  tacon = 5,
  adcon = 6,
};
/// The task catalogue: T01 to T15 as 1 to 15, T99 as 99.
enum class Task : std::uint8_t {
  t01 = 1,
  t02,
  t03,
  t04,
  t05,
  t06,
  t07,
  t08,
  t09,
  t10,
  t11,
  t12,
  t13,
  t14,
  t15,
  t99 = 99,
};
enum class AbsenceReason : std::uint8_t {
  leave = 1,
  course_tdy = 2,
  hospital = 3,
  unauthorised = 4,
  confined = 5,
  missing = 6,
  in_transit = 7,
  other = 8,
};
enum class NonDeployableReason : std::uint8_t {
  medical_temp = 1,
  medical_perm = 2,
  legal = 3,
  administrative = 4,
  untrained = 5,
  consent_or_term = 6,
  other = 7,
};
enum class PersonCategory : std::uint8_t {
  officer = 1,
  warrant_nco = 2,
  enlisted = 3,
  police = 4,
  civilian = 5
};
enum class Sex : std::uint8_t { female = 1, male = 2, unstated = 3 };
enum class LedgerChange : std::uint8_t {
  replacement = 1,
  return_to_duty = 2,
  transfer_in = 3,
  transfer_out = 4,
  discharge = 5,
  medical = 6,
  casualty_aggregate = 7,
  other = 8,
};
enum class EquipmentKind : std::uint8_t {
  wheeled_transport = 1,
  armoured_transport = 2,
  engineer = 3,
  medical = 4,
  communication = 5,
  water_fuel = 6,
  aircraft_fixed = 7,
  helicopter = 8,
  uas = 9,
  field_camp = 10,
  other = 11,
};
enum class Criticality : std::uint8_t { pacing = 1, essential = 2, other = 3 };
enum class Lease : std::uint8_t { none = 1, wet = 2, dry = 3 };
enum class OverrideDirection : std::uint8_t { down = 1, up = 2 };
enum class OperationalStatus : std::uint8_t {
  opr = 1,
  sops = 2,
  mops = 3,
  tnops = 4,
  nop = 5,
  nkn = 6
};
enum class MovementMode : std::uint8_t { road = 1, rail = 2, air = 3 };
enum class ParticipationStatus : std::uint8_t { full = 1, suspended = 2, observer = 3 };

/// Readiness: 1 (best) to 4, 5 reorganising, 6 not measured (AR 220-1).
using Level = std::uint8_t;
inline constexpr Level kReorganising = 5;
inline constexpr Level kNotMeasured = 6;

// ---- names
// -----------------------------------------------------------------------------------------------------

/// `code_names(Component{})` lists every code of a list with its name, in the order of its numbers.
#define MUSTER_CODE_LISTS(X)                                                                       \
  X(ReportKind)                                                                                    \
  X(Classification)                                                                                \
  X(Realm) X(StatementKind) X(Verdict) X(Severity) X(Role) X(NackCode) X(QueryError) X(ByeReason)  \
      X(FeedByeReason)                                                                             \
      X(Component) X(ElementKind) X(ForcePool) X(Lifecycle) X(Echelon) X(Reinforcement)            \
          X(RelationType) X(Task) X(AbsenceReason) X(NonDeployableReason) X(PersonCategory) X(Sex) \
              X(LedgerChange) X(EquipmentKind) X(Criticality) X(Lease) X(OverrideDirection)        \
                  X(Dimension) X(Freshness) X(OperationalStatus) X(MovementMode)                   \
                      X(ParticipationStatus)

MUSTER_CODE_LISTS(MUSTER_DECLARE_CODES)

/// "V08", or "NOT-INTERPRETED".
std::string to_text(Rule rule);

}  // namespace muster::model
