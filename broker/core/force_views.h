// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/core/kept.h"
#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/force_query.h"

/// Answers to the questions about readiness and change (DOMAIN.md §6 and §7), from snapshots of
/// State. Pure, as those of views.h: a state of the past (past.h) answers as that of today does.
///
/// All of them count units that are there, are not disbanded and that the viewer may see, unless
/// they say otherwise; a statement that was not released to the viewer is as if it had not been
/// said. figures.h has the arithmetic, candidates.h what a unit could bring.
namespace muster::core {

/// 1: who can be assembled within N hours for these tasks, and why the other units are left out.
///
/// A unit counts with its free people when its tasks cover what is asked, its notice, loading and
/// movement fit into the hours, its window is open when it would be ready, no caveat excludes it
/// and its word is not EXPIRED and not level 5. What cannot be known counts as too late: notice or
/// loading that nobody stated, and, with an area, a place or a way of moving that nobody stated.
/// A caveat counts while its period covers moment.now. A MAX_STRENGTH of a nation caps the nation's
/// sum: surer people take the places first, then those that are ready sooner.
/// `left_out` is sorted by unit and gives the first cause that holds, in the order of
/// LeftOutReason; a word older than `min_freshness` is given as `stale`.
model::ReadyAnswer ready(const State& state, const model::ReadyQuery& query, const Moment& moment);

/// 8: who becomes ready at which hour: the sums of ready() for each hour up to the horizon, as
/// steps. The hour is that of the last minute of ready().
///
/// With an area, a unit that states a lift moves in waves: the k-th arrives (k - 1) cycles after
/// the first, and a cycle is the way to the area and back. A unit already there, and one without a
/// lift, comes at once; without an area nobody is split. `role` is that of the stand-by slot that
/// covers moment.now, of two the earlier in the list of roles.
/// `cumulative` always keeps certain <= likely <= claimed. Where a nation's MAX_STRENGTH binds, a
/// single step may not: surer people that come later take the places of others.
model::BuildupAnswer buildup(const State& state, const model::BuildupQuery& query,
                             const Moment& moment);

/// 9: units, people and levels of each nation by element kind, or by task, where a unit counts in
/// each task that it can do. `before` is the state at moment.now - trend_days, known at the same
/// moment; it is only asked for people. With tasks, the columns are those tasks, or, by element
/// kind, the units are those that can do all of them.
model::MatrixAnswer matrix(const State& state, const State& before, const model::MatrixQuery& query,
                           const Moment& moment);

/// The people of a unit counted by what they are, never named. Nothing when the unit is not known
/// or not to be seen. `strength` is of those units alone that have a roster, so that the two are
/// comparable. Rows stand in the order of the dimensions, then by the number of the code, or by
/// text; a person without a specialty counts under the empty key, and one who speaks several
/// languages in each of them.
std::optional<model::RosterAnswer> roster(const State& state, const model::RosterQuery& query,
                                          const Moment& moment);

/// What was said of a unit, word by word in the order of the ledger, up to the two times of
/// `moment`, and what each changed: a correction against the word that it replaces, any other
/// against what counted for its valid time before it came. Words that were not released to the
/// viewer are left out. Kinds that are not about one unit are not looked for. Nothing when the unit
/// is not known or not to be seen.
/// Errors: those of `recall`.
model::Result<std::optional<model::HistoryAnswer>> history(const State& state,
                                                           const model::HistoryQuery& query,
                                                           const Moment& moment,
                                                           const Recall& recall);

/// 4 and 6: each fact that differs between two states, which state_at() gave for query.from and
/// query.to, by unit, kind and field. The viewer is that of `moment`; its times are not used.
/// Levels that follow from the facts are rows of kind Readiness, "computed.p" to "effective". The
/// report is that of the later side's word, or of the earlier one's where nothing is left to see.
/// Disbanded units are included, but not in the figures.
model::DiffAnswer diff(const State& before, const State& after, const model::DiffQuery& query,
                       const Moment& moment);

/// 5: words that are STALE, EXPIRED or missing, worst first, then most people, and how much rests
/// on them. People are at risk when a word of the kinds asked for is STALE or EXPIRED, also one
/// that the viewer may not see.
model::StaleAnswer stale(const State& state, const model::StaleQuery& query, const Moment& moment);

/// 12: the caveats that count at moment.now and touch a task or the area that is asked for; all of
/// them when neither is. People are the free people of those units of its scope that can do the
/// tasks; removed are those that this caveat alone keeps from being counted, so an approval that is
/// outstanding removes nobody. Sorted by nation, then id.
model::CaveatsAnswer caveats(const State& state, const model::CaveatsQuery& query,
                             const Moment& moment);

/// 17: units whose reported overall level differs from the computed one, or that carry an override.
/// Sorted by unit.
model::OverridesAnswer overrides(const State& state, const model::OverridesQuery& query,
                                 const Moment& moment);

}  // namespace muster::core
