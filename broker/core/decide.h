// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "broker/core/state.h"
#include "schemas/model/finding.h"
#include "schemas/model/limits.h"

namespace muster::core {

/// The circumstances of a report: everything that decide() needs and the report does not say.
struct Arrival {
  model::ReportId report;
  model::UtcTime issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
};

/// What a report means. `findings` names every broken rule and its place, not the first alone.
/// The caller commits BEFORE anything leaves the process, and only then announces and acknowledges.
/// `changes` is empty when the report is refused: no statement of it takes effect.
struct Decision {
  model::Verdict verdict = model::Verdict::accepted;
  std::vector<model::Finding> findings;
  std::vector<Change> changes;
};

/// Decides what `report` means to `state`, by the rules V05 to V42 (README.md lists them). The same
/// arguments always give the same answer; nothing here reads a clock. `recall` gives back what was
/// said before, where a rule asks for more than the newest word.
/// Errors: those of `recall` only: then nothing was decided.
[[nodiscard]] model::Result<Decision> decide(const State& state, model::Report report,
                                             const Arrival& arrival, const model::Limits& limits,
                                             const Recall& recall);

/// The changes of a report that was accepted: what decide() gives, without judging again. Recovery
/// uses it, since the ledger's verdicts stand even when the rules have changed.
/// Errors: those of `recall`, which is asked only when a correction lets an older word count again.
[[nodiscard]] model::Result<std::vector<Change>> changes_of(const State& state,
                                                            model::Report report,
                                                            const Arrival& arrival,
                                                            const Recall& recall);

/// At most this many findings are kept of one report; the last then says how many more there were.
inline constexpr std::size_t kFindingsMax = 100;
/// And about this many bytes of them: they go back to the sender and are kept for ever.
inline constexpr std::size_t kFindingBytesMax = 8 * 1024;

}  // namespace muster::core
