// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"

/// The statements of DOMAIN.md §3 as plain values, as they were said: nothing here is validated
/// beyond the form of keys. An absent value is absent, never 0; whether it may be absent is rule
/// V18's business.
namespace muster::model {

using Count = std::uint32_t;  ///< People 0 to 200,000; items 0 to 1,000,000 (V10).

/// WGS84 degrees: latitude -90 to 90, longitude -180 to 180 (V24).
struct Place {
  double lat = 0;
  double lon = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

// ---- Unit
// -------------------------------------------------------------------------------------------------------

struct Relation {
  RelationType type = RelationType::child_of;
  UnitId unit;
  std::optional<UtcTime> from, to;
  friend bool operator==(const Relation&, const Relation&) = default;
};
struct Metric {
  std::string name;
  double value = 0;
  friend bool operator==(const Metric&, const Metric&) = default;
};
/// What a unit can do, typed as NIMS does: 1 is best.
struct Capability {
  std::vector<Task> tasks;
  std::optional<std::uint8_t> type;
  std::vector<Metric> metrics;
  friend bool operator==(const Capability&, const Capability&) = default;
};
/// Identity of a unit. Sent by its nation, or by the secretariat for a combined headquarters.
struct UnitStatement {
  UnitId unit;
  std::optional<std::array<std::uint8_t, 16>> uuid;
  std::string name, short_name;  ///< At most 120 and 24 code points.
  std::optional<UtcTime> valid_from, valid_to;
  std::optional<Component> component;
  std::optional<ElementKind> element_kind;
  std::vector<ForcePool> pools;
  std::optional<Lifecycle> lifecycle;
  std::optional<Echelon> echelon;
  std::string sidc;  ///< 20 or 30 digits, or empty (V23).
  std::optional<Reinforcement> reinforcement;
  std::optional<Place> home, current;
  std::vector<Relation> relations;
  std::vector<Capability> capabilities;
  std::vector<std::string> languages;  ///< ISO 639-3.
  friend bool operator==(const UnitStatement&, const UnitStatement&) = default;
};

// ---- Strength
// ---------------------------------------------------------------------------------------------------

struct Absence {
  AbsenceReason reason = AbsenceReason::other;
  Count count = 0;
  friend bool operator==(const Absence&, const Absence&) = default;
};
struct NonDeployable {
  NonDeployableReason reason = NonDeployableReason::other;
  Count count = 0;
  friend bool operator==(const NonDeployable&, const NonDeployable&) = default;
};
struct Cell {
  PersonCategory category = PersonCategory::enlisted;
  Sex sex = Sex::unstated;
  Count on_strength = 0, present = 0, deployable = 0;
  friend bool operator==(const Cell&, const Cell&) = default;
};
struct Speciality {
  Code code;
  Count required = 0, qualified = 0;
  bool critical = false;
  friend bool operator==(const Speciality&, const Speciality&) = default;
};
struct StrengthChange {
  LedgerChange kind = LedgerChange::other;
  Count count = 0;
  friend bool operator==(const StrengthChange&, const StrengthChange&) = default;
};
/// Own people of one unit, never those of its children. on_strength is computed, not sent.
struct StrengthStatement {
  UnitId unit;
  std::optional<Count> authorised, assigned, attached_in, detached_out, present,
      deployable;  ///< Mandatory (V18).
  std::vector<Absence> absences;
  std::vector<NonDeployable> non_deployable;
  std::vector<Cell> cells;
  std::optional<Count> duty_qualified, senior_authorised, senior_deployable;
  std::vector<Speciality> specialties;
  std::optional<UtcTime> ledger_from;
  std::vector<StrengthChange> gains, losses;
  friend bool operator==(const StrengthStatement&, const StrengthStatement&) = default;
};

// ---- Equipment
// --------------------------------------------------------------------------------------------------

/// One kind of item a unit holds (JC3IEDM Holding).
struct Holding {
  Code item_code;
  std::string nsn;  ///< 13 digits, or empty.
  EquipmentKind kind = EquipmentKind::other;
  std::optional<Count> authorised, required, on_hand, fmc, pmc, nmc;
  Criticality criticality = Criticality::other;
  Lease lease = Lease::none;
  friend bool operator==(const Holding&, const Holding&) = default;
};
struct EquipmentStatement {
  UnitId unit;
  std::vector<Holding> holdings;
  friend bool operator==(const EquipmentStatement&, const EquipmentStatement&) = default;
};

// ---- Readiness, availability
// ------------------------------------------------------------------------------------

struct LevelOverride {
  OverrideDirection direction = OverrideDirection::down;
  std::string reason_code, remark, authority, waiver_id;
  friend bool operator==(const LevelOverride&, const LevelOverride&) = default;
};
struct MissionLevel {
  Code operation;
  std::optional<Level> mission_level;
  std::optional<std::uint8_t> percent_effective;
  friend bool operator==(const MissionLevel&, const MissionLevel&) = default;
};
struct Forecast {
  Level level = 0;
  UtcTime when{};
  friend bool operator==(const Forecast&, const Forecast&) = default;
};
/// What the nation itself says of its readiness. The broker computes its own beside it (DOMAIN.md
/// §4).
struct ReadinessStatement {
  UnitId unit;
  std::optional<Level> p, s, r, t;        ///< 1 to 4, or 6.
  std::optional<Level> reported_overall;  ///< 1 to 6.
  std::optional<LevelOverride> level_override;
  std::vector<MissionLevel> missions;
  std::optional<Forecast> forecast;
  std::optional<OperationalStatus> operational_status;
  std::string remarks;
  friend bool operator==(const ReadinessStatement&, const ReadinessStatement&) = default;
};

struct Lift {
  Count people = 0, tonnes = 0, vehicles = 0;
  friend bool operator==(const Lift&, const Lift&) = default;
};
struct Movement {
  MovementMode mode = MovementMode::road;
  std::optional<Place> embark_point;
  std::optional<Lift> lift;
  friend bool operator==(const Movement&, const Movement&) = default;
};
struct ProfilePoint {
  std::uint16_t within_h = 0;
  Count people = 0;
  friend bool operator==(const ProfilePoint&, const ProfilePoint&) = default;
};
struct AvailabilityStatement {
  UnitId unit;
  std::optional<Count> notice_to_move_min, load_min;  ///< Missing: not countable within any hours.
  std::optional<UtcTime> available_from, available_until;
  std::optional<std::uint8_t> pledge_level;
  std::optional<UtcTime> pledge_valid_until;
  std::optional<std::uint16_t> sustain_days;
  std::optional<Count> people_cap;
  std::optional<Movement> movement;
  std::vector<ProfilePoint> profile;  ///< Cumulative.
  friend bool operator==(const AvailabilityStatement&, const AvailabilityStatement&) = default;
};

// ---- Registry
// ---------------------------------------------------------------------------------------------------

struct ReportInterval {
  StatementKind statement = StatementKind::strength;
  std::uint32_t seconds = 0;  ///< 3,600 to 31,622,400.
  friend bool operator==(const ReportInterval&, const ReportInterval&) = default;
};
/// A nation's membership, dated: the record has members that join, leave and are suspended.
struct Member {
  Nation nation;
  ParticipationStatus participation_status = ParticipationStatus::full;
  UtcTime valid_from{};
  std::optional<UtcTime> valid_to;
  std::vector<ReportInterval> intervals;
  friend bool operator==(const Member&, const Member&) = default;
};
/// A node, its keys and what they may do. The same node with another key is a second entry: keys
/// overlap in rotation.
struct RegisteredNode {
  NodeId node_id;
  PublicKey key{};        ///< Ed25519: checks what the node signs.
  PublicKey curve_key{};  ///< Curve25519: lets it connect.
  std::vector<Role> roles;
  UtcTime valid_from{};
  std::optional<UtcTime> valid_to;
  friend bool operator==(const RegisteredNode&, const RegisteredNode&) = default;
};
struct UnitTransfer {
  UnitId unit;
  NodeId from_node, to_node;
  UtcTime at{};
  friend bool operator==(const UnitTransfer&, const UnitTransfer&) = default;
};
/// Who may speak for whom. Each entry adds or replaces: a member by nation and valid_from, a node
/// by node_id and key.
struct RegistryStatement {
  Realm realm = Realm::exercise;
  std::vector<Member> members;
  std::vector<RegisteredNode> nodes;
  std::vector<UnitTransfer> unit_transfers;
  friend bool operator==(const RegistryStatement&, const RegistryStatement&) = default;
};

/// A statement that is kept in the ledger as it was signed and not read yet.
struct UninterpretedStatement {
  StatementKind kind = StatementKind::roster;
  friend bool operator==(const UninterpretedStatement&, const UninterpretedStatement&) = default;
};

using Statement =
    std::variant<UnitStatement, StrengthStatement, EquipmentStatement, ReadinessStatement,
                 AvailabilityStatement, RegistryStatement, UninterpretedStatement>;

StatementKind kind_of(const Statement& statement);

/// The unit a statement is about, or null when it is about none.
const UnitId* unit_of(const Statement& statement);

}  // namespace muster::model
