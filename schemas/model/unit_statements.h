// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/codes.h"
#include "schemas/model/force_codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"

/// What a nation says of one of its units (DOMAIN.md §3), as it was said: nothing here is validated
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

// ---- Unit ---------------------------------------------------------------------------------------

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

// ---- Strength -----------------------------------------------------------------------------------

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

// ---- Equipment ----------------------------------------------------------------------------------

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

// ---- Self-sustainment, training -----------------------------------------------------------------

/// What a unit can do without for itself, by category of the UN COE manual.
struct SustainmentLine {
  SelfSustainmentCategory category = SelfSustainmentCategory::catering;
  std::optional<std::uint16_t> days_of_supply;  ///< 0 to 180.
  std::optional<Count> covered_people;
  friend bool operator==(const SustainmentLine&, const SustainmentLine&) = default;
};
struct SelfSustainmentStatement {
  UnitId unit;
  std::vector<SustainmentLine> lines;
  friend bool operator==(const SelfSustainmentStatement&,
                         const SelfSustainmentStatement&) = default;
};

/// A task that is assigned to a unit, and how well it is trained for it.
struct TrainedTask {
  Task task = Task::t99;
  TrainingState state = TrainingState::untrained;
  std::optional<UtcTime> last_exercise;
  std::string certified_by;
  std::optional<UtcTime> certified_until;  ///< Past it the task counts as NEEDS_PRACTICE.
  friend bool operator==(const TrainedTask&, const TrainedTask&) = default;
};
/// The listed tasks are the unit's assigned tasks.
struct TrainingStatement {
  UnitId unit;
  std::vector<TrainedTask> tasks;
  friend bool operator==(const TrainingStatement&, const TrainingStatement&) = default;
};

// ---- Readiness, availability --------------------------------------------------------------------

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

// ---- Roster -------------------------------------------------------------------------------------

/// A keyed hash that the ministry makes under a key of its own; never a service number. All zero is
/// nobody (V33).
using PersonRef = std::array<std::uint8_t, 16>;

struct Qualification {
  Code code;
  std::optional<UtcTime> valid_until;  ///< Past it the qualification does not count.
  friend bool operator==(const Qualification&, const Qualification&) = default;
};
struct RosterEntry {
  PersonRef person_ref{};
  RankGrade rank_grade = RankGrade::or_1;
  std::optional<Code> specialty;
  Sex sex = Sex::unstated;
  std::vector<std::string> languages;  ///< ISO 639-3.
  std::vector<Qualification> qualifications;
  DutyStatus duty_status = DutyStatus::present;
  bool deployable = false;
  std::optional<NonDeployableReason> non_deployable_reason;  ///< If and only if not deployable.
  Bytes sealed_name;      ///< 49 to 304 bytes of a libsodium sealed box; never opened here.
  std::string sealed_to;  ///< Name of the key that opens it.
  friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};
/// The people of one unit: everyone on strength here, assigned + attached in - detached out.
struct RosterStatement {
  UnitId unit;
  std::uint64_t version = 0;
  RosterForm form = RosterForm::full;
  std::optional<std::uint64_t> base_version;  ///< Of a DELTA: the one version that it fits (V42).
  std::vector<RosterEntry> upserts;
  std::vector<PersonRef> removals;
  friend bool operator==(const RosterStatement&, const RosterStatement&) = default;
};

}  // namespace muster::model
