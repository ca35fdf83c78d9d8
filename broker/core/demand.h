// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "broker/core/candidates.h"
#include "broker/core/slices.h"
#include "schemas/model/operation_query.h"
#include "schemas/model/result.h"

/// What a line of a requirement asks of a unit: the one set of tests behind gaps, the build-up of
/// an operation and its force package. Internal to the broker.
namespace muster::core {

/// An operation with the requirement that a question is about. Pointers into the state.
struct Demanded {
  model::Code code;
  const Operation* operation = nullptr;
  const model::OperationStatement* said = nullptr;
  const model::RequirementStatement* requirement = nullptr;
};
/// Errors: not_found, as in operation_views.h, and for an operation that is WITHDRAWN or in a final
/// state, which asks for nothing any more. `version` absent: the highest.
model::Result<Demanded> demanded(const State& state, const Viewer& viewer, const model::Code& code,
                                 std::optional<std::uint32_t> version);

/// The middle of the operation's area: the mean of its corners; nothing without an area.
std::optional<model::Place> middle_of(const std::vector<model::Place>& area);

/// How long people of the line are wanted who come at `from`, or now: for its duration, or without
/// an end.
Period stay_on(const model::RequirementLine& line, const Moment& moment,
               std::optional<model::UtcTime> from = {});

/// The slices of a unit that hold people who are then on no line of the requirement: ACCEPTED or
/// later for other operations or for lines that it does not have, and RETURNING. By their keys.
std::vector<Slice> slices_elsewhere(const State& state, const Viewer& viewer,
                                    const model::UnitId& unit, const Demanded& demanded);
/// The most people that `slices` hold at one moment of `during`, from `now` on. Who has left is
/// away until they are back, whatever the period of the slice.
std::uint64_t held_by(const std::vector<Slice>& slices, const Period& during, model::UtcTime now);
/// The same of items of one kind.
std::uint64_t items_held_by(const std::vector<Slice>& slices, model::EquipmentKind kind,
                            const Period& during, model::UtcTime now);

/// One line against units. Keeps references: the state, the moment and the demanded outlive it.
/// Thread rule: one thread.
class LineDemand {
 public:
  LineDemand(const State& state, const Moment& moment, const Demanded& demanded,
             const model::RequirementLine& line, model::Freshness min_freshness);

  [[nodiscard]] const model::RequirementLine& line() const { return line_; }
  [[nodiscard]] const Demanded& demanded() const { return demanded_; }
  [[nodiscard]] model::Freshness min_freshness() const { return min_freshness_; }

  /// The unit against the line's mission. `free` and `people` are f(u): without who is COMMITTED to
  /// any operation, this one included; `people` also within its MAX_STRENGTH, to which the
  /// COMMITTED ones count.
  [[nodiscard]] Candidate candidate(const model::UnitId& id, const UnitState& unit,
                                    const Spared& spared = {}) const;
  /// The least MAX_STRENGTH that the nation set for itself and that touches the line; null when
  /// there is none. It holds for all its people together, so that candidates know nothing of it.
  [[nodiscard]] const model::CaveatStatement* cap_of(const model::Nation& nation,
                                                     const Spared& spared = {}) const {
    return assembly_.cap_of(nation, spared);
  }

  /// Why `candidate` cannot be counted on this line; the first cause that holds, in the order HOST,
  /// SUSPENDED, then that of DOMAIN.md §6: WRONG_CAPABILITY (element kind, tasks, capability type),
  /// CAVEAT (also an APPROVAL_REQUIRED that is outstanding), ALREADY_COMMITTED, LATE, STALE or
  /// EXPIRED, NOT_READY, UNDER_STRENGTH (nobody is free), NOT_AVAILABLE (the window, which covers
  /// the line's duration from the arrival on). Nothing when it can.
  [[nodiscard]] std::optional<model::LeftOut> left_out(const Candidate& candidate,
                                                       const UnitState& unit) const;

  /// The causes that no time and no number changes: HOST, SUSPENDED, WRONG_CAPABILITY.
  [[nodiscard]] std::optional<model::LeftOut> barred(const Candidate& candidate,
                                                     const UnitState& unit) const;
  /// Could the unit do it at all: is there no such cause?
  [[nodiscard]] bool is_able(const Candidate& candidate, const UnitState& unit) const;

 private:
  const State& state_;
  const Moment& moment_;
  const Demanded& demanded_;
  const model::RequirementLine& line_;
  model::Freshness min_freshness_;
  Assembly assembly_;
};

}  // namespace muster::core
