// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/query.h"

/// Answers to questions, from a snapshot of State. Pure: what time it is, and who asks, is passed
/// in. A state of the past (past.h) answers as that of today does. force_views.h has the questions
/// about readiness and change.
namespace muster::core {

/// As of when, on whose word, and what is missing: of `nations`, or of all when it is empty. Who
/// has reported is no strength, so those who keep the bus healthy and those who audit it see it of
/// every nation; the strength at risk is that of the units that the viewer may see.
model::AnswerHeader header_of(const State& state, const Moment& moment,
                              const std::vector<model::Nation>& nations = {});

/// Combined strength: own figures of each unit that is not disbanded, grouped and filtered. By
/// owner and by place are sums over the same units; they differ by the attachment balance.
model::StrengthAnswer strength(const State& state, const model::StrengthQuery& query,
                               const Moment& moment);

/// The same with its header, in one scan.
model::Answer strength_answer(const State& state, const model::StrengthQuery& query,
                              const Moment& moment);

/// True when a question about the past can be answered from the times and briefs of words, so that
/// no state of the past has to be recalled: who asks sees all, and no level is asked for.
bool words_suffice(const model::Query& query, const Viewer& viewer);
/// Combined strength at a past moment, from the words of the newest state. Only when
/// words_suffice(). `ledger_seq` is the last record that was known.
model::Answer strength_from_words(const State& now, const model::StrengthQuery& query,
                                  const Moment& moment, std::uint64_t ledger_seq);

/// The units of a nation, parents before children, with own and rolled-up figures. A unit whose
/// parent is missing is a root. Nothing when the viewer sees no unit of it.
std::optional<model::TreeAnswer> tree(const State& state, const model::TreeQuery& query,
                                      const Moment& moment);

/// One unit, or nothing when it is not known or not to be seen: the two are not told apart. Of its
/// statements those that the viewer may see; a roster's people only their own nation.
std::optional<model::UnitAnswer> unit(const State& state, const model::UnitQuery& query,
                                      const Moment& moment);

}  // namespace muster::core
