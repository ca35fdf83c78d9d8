// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "nodes/exercise/kazakhstan_2022.h"

namespace muster::exercise {

/// The people of a play's contributions by what has become of them, report by report. It believes
/// every report: the broker judges.
class PlayTally {
 public:
  void take(const model::Report& report);
  /// People of slices in exactly this state.
  [[nodiscard]] std::uint64_t people(model::ContributionState state) const;

 private:
  struct Slice {
    std::uint64_t people = 0;
    model::ContributionState state = model::ContributionState::offered;
  };
  std::map<std::string, Slice> slices_;  // By "KAZ/ID".
};

/// One line of a play, once the tally has taken its report: when, who, what, and how many people
/// are in place then.
std::string line_of(const PlayEvent& event, const PlayTally& tally);

}  // namespace muster::exercise
