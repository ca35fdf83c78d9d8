// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play_tally.h"

#include <fmt/format.h>

namespace muster::exercise {

void PlayTally::take(const model::Report& report) {
  for (const auto& statement : report.statements) {
    if (const auto* said = std::get_if<model::ContributionStatement>(&statement)) {
      const auto key =
          fmt::format("{}/{}", said->unit.nation().view(), said->contribution_id.view());
      slices_[key] = {said->people.value_or(0), said->state};
    } else if (const auto* decision = std::get_if<model::DecisionStatement>(&statement)) {
      const auto slice = slices_.find(decision->contribution_id);
      if (slice != slices_.end() && decision->contribution_to) {
        slice->second.state = *decision->contribution_to;
      }
    }
  }
}

std::uint64_t PlayTally::people(model::ContributionState state) const {
  std::uint64_t sum = 0;
  for (const auto& [key, slice] : slices_) {
    sum += slice.state == state ? slice.people : 0;
  }
  return sum;
}

std::string line_of(const PlayEvent& event, const PlayTally& tally) {
  return fmt::format("{}  {:<11}  {:<40}  in place {}", model::format_time(event.at),
                     event.node.view(), event.what,
                     tally.people(model::ContributionState::in_place));
}

}  // namespace muster::exercise
