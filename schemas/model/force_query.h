// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/readiness.h"
#include "schemas/model/report.h"

/// Questions of the secretariat about the force, and their answers (DOMAIN.md §7). An empty list
/// filters nothing. Each is answered as of any moment (Request::as_of, Request::known_at).
namespace muster::model {

/// Whose word a statement is, and since when.
struct StatementStamp {
  StatementKind kind = StatementKind::unit;
  ReportId report;
  UtcTime valid_at{}, issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
  Freshness freshness = Freshness::fresh;
};

// ---- 1: who can be assembled within N hours for these tasks ------------------------------------

struct ReadyQuery {
  std::uint16_t within_h = 0;  ///< 0 to 8760.
  std::vector<Task> tasks;     ///< The unit's capabilities together cover all of them.
  std::optional<Place> area;   ///< Adds the movement to it.
  std::optional<Freshness> min_freshness;
  std::vector<Nation> nations;
  std::vector<ElementKind> element_kinds;
};
struct ReadyRow {
  Nation nation;
  ElementKind element_kind = ElementKind::other;
  std::uint32_t units = 0;  ///< Those counted in `claimed`.
  Assurance people;
  friend bool operator==(const ReadyRow&, const ReadyRow&) = default;
};
/// A unit that is counted nowhere, and the first cause that holds.
struct LeftOut {
  UnitId unit;
  LeftOutReason reason = LeftOutReason::not_available;
  std::string detail;        ///< "ready in 25 h, 24 wanted"; names the caveat.
  std::uint64_t people = 0;  ///< Free people that it would bring.
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};
struct ReadyAnswer {
  std::uint16_t within_h = 0;
  std::vector<Task> tasks;
  std::vector<ReadyRow> rows;
  ReadyRow total;
  std::vector<LeftOut> left_out;
};

// ---- 8: build-up against hours ------------------------------------------------------------------

struct BuildupQuery {
  std::vector<Task> tasks;
  std::uint16_t horizon_h = 168;
  std::optional<Place> area;
  std::vector<Nation> nations;
};
/// Units of one nation that become ready at one hour. `cumulative` is of the whole force up to and
/// with this row.
struct BuildupStep {
  std::uint16_t hour = 0;
  Nation nation;
  std::optional<StandbyRole> role;  ///< First echelon, main body, reserve, where they stand by.
  std::uint32_t units = 0;
  Assurance people, cumulative;
  friend bool operator==(const BuildupStep&, const BuildupStep&) = default;
};
struct BuildupAnswer {
  std::uint16_t horizon_h = 0;
  std::vector<Task> tasks;
  std::vector<BuildupStep> steps;  ///< By hour, then nation, then role.
};

// ---- 9: readiness matrix ------------------------------------------------------------------------

struct MatrixQuery {
  bool by_task = false;  ///< Columns are tasks instead of element kinds.
  std::vector<Task> tasks;
  std::uint16_t trend_days = 30;
  std::vector<Nation> nations;
};
struct MatrixCell {
  Nation nation;
  std::string capability;  ///< "T08" or "COMBAT".
  std::uint32_t units = 0;
  std::uint64_t people = 0;        ///< Deployable.
  Level level = kNotMeasured;      ///< The worst effective level of its units that is measured.
  std::int64_t change = 0;         ///< People, against `trend_days` before.
  std::uint64_t stale_people = 0;  ///< Of `people`, in STALE and EXPIRED units.
  friend bool operator==(const MatrixCell&, const MatrixCell&) = default;
};
struct MatrixAnswer {
  bool by_task = false;
  std::uint16_t trend_days = 0;
  std::vector<MatrixCell> cells;  ///< By nation, then capability; only those with units.
};

// ---- rosters ------------------------------------------------------------------------------------

/// Of one unit, or of all units below and with it.
struct RosterQuery {
  UnitId unit;
  bool with_subordinates = false;
  std::vector<RosterDimension> by;  ///< Empty: all.
};
struct RosterRow {
  RosterDimension dimension = RosterDimension::grade;
  std::string key;
  std::uint32_t people = 0, present = 0, deployable = 0;
  friend bool operator==(const RosterRow&, const RosterRow&) = default;
};
struct RosterAnswer {
  UnitId unit;
  std::uint32_t units = 0;               ///< Units with a roster.
  std::optional<std::uint64_t> version;  ///< Of a single unit.
  std::optional<UtcTime> valid_at;       ///< The oldest.
  std::uint32_t people = 0, present = 0, deployable = 0;
  /// The same counts of the newest Strength, to compare; absent without one.
  std::optional<Figures> strength;
  std::vector<RosterRow> rows;
};

// ---- history and what changed (4, 6) ------------------------------------------------------------

struct HistoryQuery {
  UnitId unit;
  std::vector<StatementKind> kinds;
  std::optional<UtcTime> from, to;  ///< Of valid time.
};
/// A field that two statements say differently; absent is empty.
struct FieldChange {
  std::string field, before, after;
  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};
struct HistoryRow {
  StatementKind kind = StatementKind::unit;
  ReportId report;
  ReportKind report_kind = ReportKind::regular;
  UtcTime valid_at{}, issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
  std::optional<ReportId> corrected_by;  ///< Its word no longer counts.
  std::vector<FieldChange> changes;      ///< Against what counted before it came.
};
struct HistoryAnswer {
  UnitId unit;
  std::vector<HistoryRow> rows;  ///< In the order of the ledger.
};

/// A point in both times.
struct Bitime {
  UtcTime valid_at{}, known_at{};
  friend bool operator==(const Bitime&, const Bitime&) = default;
};
/// What differs between two points: two valid times (what changed), or one valid time known at two
/// moments (what did we learn).
struct DiffQuery {
  Bitime from, to;
  std::vector<Nation> nations;
};
struct DiffRow {
  UnitId unit;
  StatementKind kind = StatementKind::unit;
  FieldChange change;
  ReportId report;  ///< Whose word changed it.
  UtcTime valid_at{}, received_at{};
};
struct DiffAnswer {
  Bitime from, to;
  Figures before, after;  ///< Combined strength on both sides.
  std::vector<DiffRow> rows;
};

// ---- 5: stale or missing ------------------------------------------------------------------------

struct StaleQuery {
  std::vector<Nation> nations;
  std::vector<StatementKind> kinds;  ///< Empty: Strength, Readiness and Availability.
};
struct StaleRow {
  UnitId unit;
  StatementKind kind = StatementKind::strength;
  std::optional<UtcTime> valid_at;  ///< Absent: never said.
  Freshness freshness = Freshness::stale;
  std::uint64_t people = 0;  ///< Deployable people that rest on it.
};
struct StaleAnswer {
  std::vector<StaleRow> rows;                            ///< Worst first, then most people.
  std::uint64_t people_at_risk = 0, people = 0;          ///< Each unit once; of all deployable.
  std::uint32_t complete_units = 0, expected_units = 0;  ///< Completeness (DOMAIN.md §6).
};

// ---- 12: caveats --------------------------------------------------------------------------------

struct CaveatsQuery {
  std::vector<Task> tasks;
  std::optional<Place> area;
  std::vector<Nation> nations;
};
struct CaveatRow {
  Code caveat_id;
  Nation nation;
  std::optional<UnitId> unit;
  CaveatKind kind = CaveatKind::approval_required;
  std::vector<Task> tasks;
  std::optional<UtcTime> from, to;
  std::optional<Count> max_people;
  std::string text;
  std::uint64_t people_removed = 0, people_left = 0;  ///< Free people of its scope.
  ReportId report;
};
struct CaveatsAnswer {
  std::vector<CaveatRow> rows;
};

// ---- 17: reported against computed --------------------------------------------------------------

struct OverridesQuery {
  std::vector<Nation> nations;
};
struct OverrideRow {
  UnitId unit;
  Levels computed;
  Level reported = kNotMeasured, effective = kNotMeasured;
  std::optional<OverrideDirection> direction;  ///< Absent when no override was given.
  std::string reason_code, authority, waiver_id, remark;
  ReportId report;
  UtcTime valid_at{};
};
struct OverridesAnswer {
  std::vector<OverrideRow> rows;
};

}  // namespace muster::model
