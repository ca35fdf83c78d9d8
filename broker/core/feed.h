// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/feed.h"

/// What subscribers are told, from snapshots of State. Pure, as views.h.
namespace muster::core {

/// What differs between two states in the eyes of the feed. Sorted, each once.
struct Changed {
  std::vector<model::UnitId> units;     ///< By a word on them, a slice of them, or a threshold.
  std::vector<model::Code> operations;  ///< By a word or decision on them, or a contribution.
};
/// Costs what changed and not what is there: parts that the two states share are passed over. A row
/// that differs between the two at one moment is never left out; one that is named may be the same.
/// Levels that end with a certificate, and ages, change with the time alone and are not named.
Changed changed(const State& before, const State& after);

/// The row of one unit: nothing when it is not known, is disbanded, or is not to be seen. Its ages
/// are by the cadences that count at `moment.now`: a new policy or membership makes all rows anew.
std::optional<model::FeedUnit> feed_unit(const State& state, const model::UnitId& unit,
                                         const Moment& moment);
/// The row of one operation: nothing when it is not known or not to be seen.
std::optional<model::FeedOperation> feed_operation(const State& state, const model::Code& operation,
                                                   const Moment& moment);

/// Is the row in focus?
bool passes(const model::FeedFilter& filter, const model::FeedUnit& row);
bool passes(const model::FeedFilter& filter, const model::FeedOperation& row);

}  // namespace muster::core
