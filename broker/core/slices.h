// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/agreements.h"
#include "schemas/model/statement.h"

/// Slices of units over time, and how much of a unit they need at one moment: what V26 refuses and
/// what the answers about commitments count is the same arithmetic. Internal to core.
namespace muster::core {

/// From when to when; an absent end is open.
struct Period {
  std::optional<model::UtcTime> from, to;
};
/// Do the two have a moment in common?
bool overlap(const Period& a, const Period& b);

/// A slice as it would stand, and in which state.
struct Slice {
  std::string key;  ///< "KAZ/OFFER-1".
  const model::ContributionStatement* said = nullptr;
  model::ContributionState state = model::ContributionState::offered;
};

Period period_of(const model::ContributionStatement& slice);
std::uint64_t people_of(const model::ContributionStatement& slice);
std::uint64_t items_of(const model::ContributionStatement& slice, model::EquipmentKind kind);

/// Items of a kind that are fully mission capable. A kind that the unit does not list it has not.
std::uint64_t fit_items(const model::EquipmentStatement& equipment, model::EquipmentKind kind);

/// People, or items, that are needed over a period.
struct Need {
  Period period;
  std::uint64_t count = 0;
};
/// The most that is needed at one moment, and the first such moment: 0 when nothing is.
struct Peak {
  std::uint64_t count = 0;
  model::UtcTime at{};
};
/// Where one need ends as another begins they do not meet.
Peak peak_of(const std::vector<Need>& needs);
/// What slices need of that which `count_of(statement)` counts.
template <typename CountOf>
Peak peak_of(const std::vector<Slice>& slices, CountOf count_of) {
  std::vector<Need> needs;
  needs.reserve(slices.size());
  for (const auto& slice : slices) {
    needs.push_back({period_of(*slice.said), count_of(*slice.said)});
  }
  return peak_of(needs);
}

/// The slices of a unit that `counts(key, contribution)` lets through.
template <typename Counts>
std::vector<Slice> slices_of(const Agreements& agreed, const model::UnitId& unit, Counts counts) {
  std::vector<Slice> slices;
  const auto* keys = agreed.slices.find(unit);
  for (const auto& key : keys != nullptr ? *keys : std::vector<std::string>{}) {
    const auto* known = agreed.contributions.find(key);
    if (known != nullptr && counts(key, *known)) {
      slices.push_back({key, &known->said->statement, known->state});
    }
  }
  return slices;
}

/// `slice`, and the others of its unit that meet it in time and that `counts(contribution)` lets
/// through. Their peak lies within the period of `slice`.
template <typename Counts>
std::vector<Slice> slices_meeting(const Agreements& agreed, const Slice& slice, Counts counts) {
  const auto period = period_of(*slice.said);
  auto slices =
      slices_of(agreed, slice.said->unit, [&](const std::string& key, const Contribution& known) {
        return key != slice.key && counts(known) &&
               overlap(period_of(known.said->statement), period);
      });
  slices.push_back(slice);
  return slices;
}

}  // namespace muster::core
