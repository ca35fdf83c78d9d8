// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/force_query.h"
#include "schemas/model/statement.h"

/// Questions about operations, and their answers (DOMAIN.md §7: 2, 3, 7, 8, 11, 13, 14, 15). Each
/// is answered as of any moment, and as a what-if. People are people; hours and minutes count from
/// the moment of the question.
namespace muster::model {

// ---- what operations there are ------------------------------------------------------------------

struct OperationsQuery {};
/// People of an operation's contributions, by the state that they are in.
struct PromisedPeople {
  std::uint64_t offered = 0;    ///< OFFERED and ACKNOWLEDGED.
  std::uint64_t accepted = 0;   ///< ACCEPTED, not yet committed.
  std::uint64_t committed = 0;  ///< COMMITTED, not yet on the way.
  std::uint64_t in_transit = 0, in_place = 0, returning = 0;
  std::uint64_t released = 0;  ///< Over.
  PromisedPeople& operator+=(const PromisedPeople& other);
  friend bool operator==(const PromisedPeople&, const PromisedPeople&) = default;
};
struct OperationRow {
  Code operation;
  std::string name;
  std::optional<Nation> host;
  OperationState state = OperationState::draft;
  std::optional<Count> authorised_strength;
  std::optional<std::uint32_t> requirement_version;
  std::uint64_t required = 0;  ///< Sum of people_min.
  std::uint32_t nations = 0;   ///< With a contribution that is not over.
  PromisedPeople people;
  friend bool operator==(const OperationRow&, const OperationRow&) = default;
};
struct OperationsAnswer {
  std::vector<OperationRow> rows;  ///< By operation.
};

/// All that is known of one operation.
struct OperationQuery {
  Code operation;
};
struct OperationNation {
  Nation nation;
  std::uint32_t units = 0;  ///< With a slice that is not over.
  PromisedPeople people;
  std::vector<EquipmentCount> equipment;  ///< Of slices ACCEPTED or later and not over, by kind.
  std::uint64_t committed = 0;            ///< To all operations: ACCEPTED or later and not over.
  std::uint64_t deployable = 0;           ///< Of all its units.
  std::optional<std::uint64_t> depletion_permille;
  friend bool operator==(const OperationNation&, const OperationNation&) = default;
};
/// A published figure beside what the record gives.
struct FigureCheck {
  PublishedFigure published;
  Reconciliation verdict = Reconciliation::not_comparable;
  std::optional<std::uint64_t> computed;
  std::int64_t difference = 0;           ///< Computed less published.
  std::optional<std::int64_t> permille;  ///< The difference, of the published figure.
  friend bool operator==(const FigureCheck&, const FigureCheck&) = default;
};
struct OperationAnswer {
  Code operation;
  OperationState state = OperationState::draft;
  std::string next_states;  ///< "CONSULTATION (SECRETARIAT, COUNCIL), …".
  std::optional<Count> authorised_strength;
  std::string commander;
  /// The Operation, the Requirement that counts, and each Decision about it in the order in which
  /// they count. One stamp a statement.
  std::vector<Statement> statements;
  std::vector<StatementStamp> stamps;
  std::vector<OperationNation> nations;  ///< By nation.
  std::vector<FigureCheck> figures;
};

// ---- 2: which lines cannot be met, why, what would close them -----------------------------------

/// What would make a line met, applied alone. Kinds stand from the cheapest to the dearest.
struct Fix {
  FixKind kind = FixKind::new_unit;
  std::optional<UnitId> unit;  ///< Whose word or offer it takes; absent for a new unit.
  std::string subject;         ///< The caveat or contribution that it is about: "KAZ/C-1".
  std::uint64_t people = 0;    ///< That it brings.
  /// Of a new unit: what it must be able to do, and when it must be there.
  ElementKind element_kind = ElementKind::other;
  std::vector<Task> tasks;
  std::optional<std::uint8_t> capability_type;
  std::uint16_t within_h = 0;
  std::string text;  ///< The same in plain words: "one company of COMBAT_SUPPORT, 90 people, …".
  friend bool operator==(const Fix&, const Fix&) = default;
};
struct CausePeople {
  LeftOutReason reason = LeftOutReason::not_available;
  std::uint64_t people = 0;
  friend bool operator==(const CausePeople&, const CausePeople&) = default;
};
struct EquipmentCover {
  EquipmentKind kind = EquipmentKind::other;
  std::uint64_t needed = 0, counted = 0;
  friend bool operator==(const EquipmentCover&, const EquipmentCover&) = default;
};

struct GapsQuery {
  Code operation;
  std::optional<std::uint32_t> version;  ///< Of the requirement; absent: the highest.
};
/// Lines are named as the operation names them.
struct LineGap {
  RequirementLine line;
  std::uint64_t offered = 0;        ///< People of offers that are not over.
  std::uint64_t counted = 0;        ///< Of them, those that pass every test.
  std::uint64_t lacking = 0;        ///< G = max(0, people_min - counted).
  std::vector<CausePeople> causes;  ///< Why offered people are not counted; in the order of causes.
  std::uint64_t not_offered = 0;    ///< max(0, G - sum of causes).
  std::vector<EquipmentCover> equipment;
  std::uint32_t candidates = 0;  ///< Units that would pass and have people to offer.
  std::uint64_t candidate_people = 0;
  std::optional<Fix> fix;  ///< Where something is lacking.
  friend bool operator==(const LineGap&, const LineGap&) = default;
};
/// An offer some of whose people are not counted, for the first cause that holds.
struct OfferLeftOut {
  std::string contribution;  ///< "KAZ/OFFER-1".
  Code line;
  UnitId unit;
  ContributionState state = ContributionState::offered;
  std::uint64_t people = 0, counted = 0;
  LeftOutReason reason = LeftOutReason::not_available;
  std::string detail;
  friend bool operator==(const OfferLeftOut&, const OfferLeftOut&) = default;
};
/// A unit that could offer people to a line.
struct LineCandidate {
  Code line;
  UnitId unit;
  std::uint64_t people = 0;
  std::uint64_t ready_min = 0;
  friend bool operator==(const LineCandidate&, const LineCandidate&) = default;
};
struct GapsAnswer {
  Code operation;
  std::uint32_t version = 0;
  std::uint64_t needed = 0, offered = 0, counted = 0, lacking = 0;
  std::vector<LineGap> lines;             ///< As the requirement has them.
  std::vector<OfferLeftOut> left_out;     ///< By line, then contribution.
  std::vector<LineCandidate> candidates;  ///< Of lines that lack people; most people first.
};

// ---- 3: the best force package ------------------------------------------------------------------

struct AssembleQuery {
  Code operation;
  std::optional<std::uint32_t> version;  ///< Of the requirement; absent: the highest.
  AssemblyGoal goal = AssemblyGoal::earliest;
  /// No nation has more of its deployable people committed than this, 1 to 100; absent: the policy.
  std::optional<std::uint8_t> max_depletion_percent;
  Freshness min_freshness = Freshness::ageing;  ///< Older words do not count.
  std::uint32_t time_limit_ms = 10'000;         ///< Of the search, 1 to 600,000.
};
/// People of one unit on one line.
struct PackageSlice {
  Code operation, line;
  UnitId unit;
  std::uint64_t people = 0;
  std::vector<EquipmentCount> equipment;
  std::uint64_t ready_min = 0;  ///< 0 for who is already in place.
  Freshness freshness = Freshness::fresh;
  Level level = kNotMeasured;
  Certainty certainty = Certainty::claimed;
  std::string contribution;  ///< Of what was accepted already: it stays where it is.
  friend bool operator==(const PackageSlice&, const PackageSlice&) = default;
};
struct PackageLine {
  Code operation;
  RequirementLine line;
  std::uint64_t people = 0, lacking = 0;
  std::vector<EquipmentCover> equipment;
  std::optional<std::uint64_t> complete_min;  ///< When its last slice is there; absent: not met.
  std::vector<CausePeople> blocked;  ///< Free people of its element kind that cannot be used.
  std::optional<Fix> fix;            ///< Where something is lacking.
  friend bool operator==(const PackageLine&, const PackageLine&) = default;
};
struct PackageNation {
  Nation nation;
  std::uint32_t units = 0;
  std::uint64_t people = 0;     ///< Of the package.
  std::uint64_t committed = 0;  ///< Outside of it.
  std::uint64_t deployable = 0;
  std::optional<std::uint64_t> depletion_permille;  ///< With the package.
  friend bool operator==(const PackageNation&, const PackageNation&) = default;
};
struct AssembleAnswer {
  Code operation;
  std::uint32_t version = 0;
  AssemblyGoal goal = AssemblyGoal::earliest;
  std::vector<PackageLine> lines;
  std::vector<PackageSlice> slices;    ///< By operation, line, unit.
  std::vector<PackageNation> nations;  ///< By nation; only those that give people.
  std::vector<LeftOut> unused;         ///< By unit: why it is not in the package.
  std::uint32_t units = 0;
  Assurance people;
  bool is_met = false;                        ///< Every line; false also when there is no line.
  bool is_optimal = false;                    ///< Proven for every objective.
  std::string open_objective;                 ///< The first whose optimum is not proven.
  std::uint64_t gap_permille = 0;             ///< How far it may be from its optimum at most.
  std::optional<std::uint64_t> complete_min;  ///< When the last line is met; absent: some is not.
};

// ---- 7: who is committed where until when; promised twice? --------------------------------------

struct CommitmentsQuery {
  std::optional<Code> operation;
  std::vector<Nation> nations;
  std::optional<UtcTime> from, to;  ///< Slices that overlap this period; absent: open.
};
struct CommitmentRow {
  std::string contribution;
  Code operation, line;
  UnitId unit;
  std::uint64_t people = 0;
  std::vector<EquipmentCount> equipment;
  ContributionState state = ContributionState::offered;
  std::optional<UtcTime> from, to, transfer_of_authority_at;
  Authority authority = Authority::none;
  std::string variation;
  /// People of the unit beyond its deployable ones, where its slices that are ACCEPTED or later
  /// meet this one.
  std::uint64_t overlap_people = 0;
  ReportId report;
  friend bool operator==(const CommitmentRow&, const CommitmentRow&) = default;
};
struct NationBurden {
  Nation nation;
  std::uint64_t committed = 0, deployable = 0;
  std::optional<std::uint64_t> depletion_permille;
  friend bool operator==(const NationBurden&, const NationBurden&) = default;
};
struct CommitmentsAnswer {
  std::vector<CommitmentRow> rows;  ///< Offered or more and not over; by operation, line, unit.
  std::uint64_t accepted = 0;       ///< People ACCEPTED or later, not over.
  std::uint64_t committed = 0;      ///< People COMMITTED or later, not over.
  std::uint64_t overlap_people = 0;
  std::uint64_t overdue = 0, relieved = 0, rotation_debt = 0;
  std::vector<NationBurden> nations;
};

// ---- 8: build-up of an operation ----------------------------------------------------------------

struct OperationBuildupQuery {
  Code operation;
  std::uint16_t horizon_h = 168;
};
/// Slices of one nation and echelon that are there at one hour.
struct DeploymentStep {
  std::uint16_t hour = 0;
  Nation nation;
  DeploymentEchelon echelon = DeploymentEchelon::main;
  std::uint32_t slices = 0;
  Assurance people, cumulative;
  friend bool operator==(const DeploymentStep&, const DeploymentStep&) = default;
};
/// People that the requirement asks for by an hour, all lines up to it together.
struct DeploymentNeed {
  std::uint16_t hour = 0;
  std::uint64_t people = 0;
  friend bool operator==(const DeploymentNeed&, const DeploymentNeed&) = default;
};
struct OperationBuildupAnswer {
  Code operation;
  std::uint16_t horizon_h = 0;
  std::optional<Count> authorised_strength;
  std::vector<DeploymentStep> steps;  ///< By hour, nation, echelon.
  std::vector<DeploymentNeed> needs;  ///< By hour.
};

// ---- 11: who stands by, which slots are empty ---------------------------------------------------

struct StandbyQuery {
  std::vector<Nation> nations;
  std::optional<UtcTime> from, to;  ///< Absent: from the moment of the question, for a year.
};
struct StandbyRow {
  StandbyRole role = StandbyRole::main;
  std::optional<UnitId> unit;  ///< Absent: nobody stands by in this role.
  std::uint64_t people = 0;
  UtcTime from{}, to{};
  std::uint32_t empty_days = 0;  ///< Of a slot without a unit, a begun day counted.
  friend bool operator==(const StandbyRow&, const StandbyRow&) = default;
};
struct StandbyAnswer {
  UtcTime from{}, to{};
  std::vector<StandbyRow> rows;  ///< By role, from, unit.
};

// ---- 13: what remains ---------------------------------------------------------------------------

/// Asked with a what-if: each figure as it is, and as it would be.
struct RemainingQuery {
  std::uint16_t within_h = 48;
  std::vector<Task> tasks;
};
struct RemainingRow {
  std::string figure;  ///< "deployable", "ready certain", "EX-2201 counted".
  std::uint64_t now = 0, then = 0;
  friend bool operator==(const RemainingRow&, const RemainingRow&) = default;
};
struct RemainingAnswer {
  std::uint16_t within_h = 0;
  std::vector<Task> tasks;
  std::vector<RemainingRow> rows;
};

// ---- 14: sustainment ----------------------------------------------------------------------------

struct SustainmentQuery {
  Code operation;
  std::optional<std::uint64_t> people;  ///< S; absent: the authorised strength.
  std::uint16_t days = 30;              ///< D.
};
struct SustainmentRow {
  SelfSustainmentCategory category = SelfSustainmentCategory::catering;
  std::uint64_t covered_people = 0;
  std::uint16_t days = 0;  ///< The shortest supply among those who cover anybody.
  std::uint64_t supplied_person_days = 0, shortfall_person_days = 0;
  std::uint32_t units = 0, silent_units = 0;  ///< Units that say nothing of it are not 0.
  friend bool operator==(const SustainmentRow&, const SustainmentRow&) = default;
};
struct SustainmentAnswer {
  Code operation;
  std::uint64_t people = 0;
  std::uint16_t days = 0;
  std::vector<SustainmentRow>
      rows;  ///< By category; those that anyone states or the lines ask for.
};

// ---- 15: withdrawal -----------------------------------------------------------------------------

struct WithdrawalQuery {
  Code operation;
};
struct WithdrawalRow {
  UnitId unit;
  std::uint64_t in_place = 0, returning = 0, released = 0;
  std::optional<UtcTime> planned_release;  ///< The latest `to` of its slices; absent: not stated.
  friend bool operator==(const WithdrawalRow&, const WithdrawalRow&) = default;
};
struct WithdrawalAnswer {
  Code operation;
  std::vector<WithdrawalRow> rows;  ///< By unit.
  std::uint64_t in_place = 0, returning = 0, released = 0;
};

}  // namespace muster::model
