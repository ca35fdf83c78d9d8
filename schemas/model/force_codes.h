// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/code_table.h"

/// The code lists of rosters, agreements and operations (DOMAIN.md §2, §3, §9). The same promises
/// as codes.h: numbers travel and are stored, and are never renumbered.
namespace muster::model {

/// Categories of self-sustainment (UN COE manual).
enum class SelfSustainmentCategory : std::uint8_t {
  catering = 1,
  communications = 2,
  office = 3,
  electrical = 4,
  minor_engineering = 5,
  eod = 6,
  laundry_cleaning = 7,
  tentage = 8,
  accommodation = 9,
  firefighting = 10,
  medical = 11,
  observation = 12,
  identification = 13,
  cbrn_protection = 14,
  field_defence_stores = 15,
  misc_general_stores = 16
};
enum class TrainingState : std::uint8_t { trained = 1, needs_practice = 2, untrained = 3 };
/// Where a person of a roster is: present, or away for an AbsenceReason of the same number.
enum class DutyStatus : std::uint8_t {
  leave = 1,
  course_tdy = 2,
  hospital = 3,
  unauthorised = 4,
  confined = 5,
  missing = 6,
  in_transit = 7,
  other = 8,
  present = 100
};
/// STANAG 2116 grades; POL and CIV stand beside them. Written "OF-3", "OR-7".
enum class RankGrade : std::uint8_t {
  or_1 = 1,
  or_2 = 2,
  or_3 = 3,
  or_4 = 4,
  or_5 = 5,
  or_6 = 6,
  or_7 = 7,
  or_8 = 8,
  or_9 = 9,
  of_1 = 11,
  of_2 = 12,
  of_3 = 13,
  of_4 = 14,
  of_5 = 15,
  of_6 = 16,
  of_7 = 17,
  of_8 = 18,
  of_9 = 19,
  of_10 = 20,
  pol = 30,
  civ = 31
};
/// FULL lists everyone on strength; DELTA says what changed since one version.
enum class RosterForm : std::uint8_t { full = 1, delta = 2 };
enum class CaveatKind : std::uint8_t {
  task_excluded = 1,
  area_excluded = 2,
  period = 3,
  max_strength = 4,
  approval_required = 5,
  night_or_mode = 6
};
enum class StandbyRole : std::uint8_t { first_echelon = 1, main = 2, reserve = 3 };
/// Life of a contribution (DOMAIN.md §2).
enum class ContributionState : std::uint8_t {
  offered = 1,
  acknowledged = 2,
  accepted = 3,
  declined = 4,
  committed = 5,
  in_transit = 6,
  in_place = 7,
  returning = 8,
  released = 9,
  withdrawn_by_nation = 10
};
/// Authority that a nation transfers with a slice.
enum class Authority : std::uint8_t { none = 1, opcon = 2, tacon = 3 };
enum class Partner : std::uint8_t { none = 1, un = 2, sco = 3, osce = 4 };
enum class Comparator : std::uint8_t { over = 1, about = 2, exact = 3 };
/// Who takes a decision (DOMAIN.md §2).
enum class Body : std::uint8_t {
  host = 1,
  council = 2,
  ministers = 3,
  secretariat = 4,
  nation = 5,
  commander = 6,
  un = 7
};
enum class DecisionKind : std::uint8_t {
  state_change = 1,
  offer_response = 2,
  authorised_strength = 3,
  commander = 4,
  waiver = 5,
  caveat_approval = 6,
  extension = 7,
  return_home = 8
};
/// Life of an operation (DOMAIN.md §2).
enum class OperationState : std::uint8_t {
  draft = 1,
  threat_reported = 2,
  requested = 3,
  consultation = 4,
  decided = 5,
  generating = 6,
  advance_deployed = 7,
  deploying = 8,
  deployed = 9,
  reinforcing = 10,
  relocating = 11,
  stabilised = 12,
  withdrawing = 13,
  withdrawn = 14,
  closed = 15,
  refused = 16,
  cancelled = 17
};
/// Combined strength by who owns the people, or by the place where they serve (DOMAIN.md §6).
enum class StrengthBasis : std::uint8_t { owner = 1, place = 2 };
/// How sure people are counted: each includes the one before (DOMAIN.md §6).
enum class Certainty : std::uint8_t { certain = 1, likely = 2, claimed = 3 };
/// Why a unit is not among those that can be assembled.
enum class LeftOutReason : std::uint8_t {
  wrong_capability = 1,
  caveat = 2,
  already_committed = 3,
  late = 4,
  stale = 5,
  expired = 6,
  not_ready = 7,
  under_strength = 8,
  not_available = 9,
  host = 10,        ///< The host does not contribute to its own operation.
  suspended = 11,   ///< Its nation takes no part.
  depletion = 12,   ///< Its nation would give more than it may.
  not_needed = 13,  ///< It could, and others do.
  not_used = 14     ///< It could in part: what it has would not make a line better.
};
/// What the people of a roster are counted by.
enum class RosterDimension : std::uint8_t {
  grade = 1,
  specialty = 2,
  language = 3,
  duty_status = 4,
  sex = 5,
  category = 6
};
/// How a published figure stands to the computed one (DOMAIN.md §6).
enum class Reconciliation : std::uint8_t { consistent = 1, contradicts = 2, not_comparable = 3 };
/// What would make a line met, from the cheapest to the dearest.
enum class FixKind : std::uint8_t {
  approve_caveat = 1,  ///< A CAVEAT_APPROVAL of the secretariat.
  renew_report = 2,    ///< The unit's word is too old to count.
  ask_offer = 3,       ///< A unit that fits and is free offers its people.
  shorten_notice = 4,
  lift_caveat = 5,  ///< The nation withdraws it, or raises a MAX_STRENGTH.
  raise_limit = 6,  ///< The greatest depletion of a nation.
  release = 7,      ///< People leave another operation.
  new_unit = 8
};
/// What a force package is made for, after its lines are met (DOMAIN.md §7, question 3).
enum class AssemblyGoal : std::uint8_t { earliest = 1, fewest_nations = 2, balanced = 3 };
/// When the people of a line are needed: by the hours of the policy.
enum class DeploymentEchelon : std::uint8_t { advance = 1, first = 2, main = 3 };

#define MUSTER_FORCE_CODE_LISTS(X)                                                          \
  X(SelfSustainmentCategory)                                                                \
  X(TrainingState)                                                                          \
  X(DutyStatus)                                                                             \
  X(RankGrade) X(RosterForm) X(CaveatKind) X(StandbyRole) X(ContributionState) X(Authority) \
      X(Partner) X(Comparator) X(Body) X(DecisionKind) X(OperationState) X(StrengthBasis)   \
          X(Certainty) X(LeftOutReason) X(RosterDimension) X(Reconciliation) X(FixKind)     \
              X(AssemblyGoal) X(DeploymentEchelon)
MUSTER_FORCE_CODE_LISTS(MUSTER_DECLARE_CODES)

}  // namespace muster::model
