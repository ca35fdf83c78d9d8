// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/operation_query.h"
#include "schemas/model/result.h"

/// Answers to the questions about operations (DOMAIN.md §6 and §7), from snapshots of State. Pure,
/// as those of views.h: a state of the past (past.h) or a branch (branch.h) answers as that of
/// today does. What was not released to the viewer is as if it had not been said.
///
/// Errors, wherever a Result is given: not_found when the operation is not known or not to be seen,
/// or has no requirement (of that version) and the question needs one; gaps() and
/// operation_buildup() also when it is WITHDRAWN or in a final state, which asks for nothing more.
namespace muster::core {

/// The operations that the viewer may see, by their codes.
model::OperationsAnswer operations(const State& state, const Moment& moment);
/// The row of it about one operation: nothing when it is not known or not to be seen.
std::optional<model::OperationRow> operation_row(const State& state, const model::Code& code,
                                                 const Moment& moment);

/// Everything of one: what was said and decided, what each nation gives, published figures beside
/// the computed ones of the time that it is of. A figure is compared by what it is called:
/// "authorised" or "accepted" with the people ACCEPTED or later, "in place" with those IN_PLACE;
/// any other name is not comparable.
model::Result<model::OperationAnswer> operation(const State& state,
                                                const model::OperationQuery& query,
                                                const Moment& moment);

/// 2: need against counted offers, line by line, and why the others are not counted (demand.h).
model::Result<model::GapsAnswer> gaps(const State& state, const model::GapsQuery& query,
                                      const Moment& moment);

/// 7: slices that are offered or more and not over, who is promised twice, and who stays too long.
/// A slice whose people are away lasts until they are back, also past its end. Who is overdue is
/// counted whatever the period, and relieved by a slice of the same line of any nation. A nation's
/// burden is what it has promised to all operations, ACCEPTED or later.
model::Result<model::CommitmentsAnswer> commitments(const State& state,
                                                    const model::CommitmentsQuery& query,
                                                    const Moment& moment);

/// 8: who of those that count is there at which hour, against what the requirement asks for. Who is
/// IN_PLACE is there at hour 0; others when they are ready and, with an area, have moved there.
model::Result<model::OperationBuildupAnswer> operation_buildup(
    const State& state, const model::OperationBuildupQuery& query, const Moment& moment);

/// 11: slots of the period with who stands by in them, and what is between them. A slot of 0 people
/// fills nothing.
model::StandbyAnswer standby(const State& state, const model::StandbyQuery& query,
                             const Moment& moment);

/// 13: figures of `now` beside those of `then`, a branch of it.
model::RemainingAnswer remaining(const State& now, const State& then,
                                 const model::RemainingQuery& query, const Moment& moment);

/// 14: what the units of an operation have for so many people and days, by category. Its units are
/// those with a slice ACCEPTED or later; while there is none, those with an offer. What a unit has
/// counts with the people that it covers, for the days that are asked for at most.
/// Errors: not_found also when nobody says for how many people and no strength is authorised.
model::Result<model::SustainmentAnswer> sustainment(const State& state,
                                                    const model::SustainmentQuery& query,
                                                    const Moment& moment);

/// 15: who is still in place, who is on the way back, and until when the others stay.
model::Result<model::WithdrawalAnswer> withdrawal(const State& state,
                                                  const model::WithdrawalQuery& query,
                                                  const Moment& moment);

}  // namespace muster::core
