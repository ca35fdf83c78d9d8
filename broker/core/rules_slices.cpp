// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

namespace {

Period period_of(const model::ContributionStatement& s) { return {s.from, s.to}; }

std::uint64_t people_of(const model::ContributionStatement& s) { return s.people.value_or(0); }

/// The moment from which on the slice counts.
model::UtcTime start_of(const model::ContributionStatement& s) {
  return s.from.value_or(model::UtcTime::min());
}

bool is_on(const model::ContributionStatement& s, model::UtcTime at) {
  return start_of(s) <= at && (!s.to || at < *s.to);
}

/// The most people that slices need at one moment, and which slices those are.
struct Peak {
  std::uint64_t people = 0;
  std::string slices;
};

/// The sum only grows where a slice begins: the peak is at one of the beginnings.
Peak peak_of(const std::vector<Slice>& slices) {
  Peak peak;
  for (const auto& first : slices) {
    Peak here;
    for (const auto& slice : slices) {
      if (is_on(*slice.said, start_of(*first.said))) {
        here.people += people_of(*slice.said);
        here.slices += fmt::format("{}{} {}", here.slices.empty() ? "" : ", ", slice.key,
                                   people_of(*slice.said));
      }
    }
    if (here.people > peak.people) {
      peak = std::move(here);
    }
  }
  return peak;
}

/// The slices that `counts` lets through, by their keys.
template <typename Counts>
std::vector<Slice> slices_of(const Agreements& agreed, Counts counts) {
  std::vector<Slice> slices;
  agreed.contributions.for_each([&](const std::string& key, const Contribution& known) {
    if (counts(key, known)) {
      slices.push_back({key, &known.said->statement, known.state});
    }
  });
  std::sort(slices.begin(), slices.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return slices;
}

}  // namespace

bool overlap(const Period& a, const Period& b) {
  const auto begins_before_end = [](const Period& x, const Period& y) {
    return !x.from || !y.to || *x.from < *y.to;
  };
  return begins_before_end(a, b) && begins_before_end(b, a);
}

void check_slices(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto* strength = inquiry.counting<model::StrengthStatement>(slice.said->unit);
  if (!is_live(slice.state) || strength == nullptr || !strength->deployable) {
    return;  // Absent is not 0: there is nothing to compare with.
  }
  // An offer that nobody has accepted takes no people from what was accepted.
  const bool is_binding = is_accepted(slice.state);
  auto slices = slices_of(inquiry.agreed(), [&](const std::string& key, const Contribution& known) {
    const auto& said = known.said->statement;
    return key != slice.key && said.unit == slice.said->unit &&
           (is_binding ? is_accepted(known.state) : is_live(known.state)) &&
           overlap(period_of(said), period_of(*slice.said));
  });
  slices.push_back(slice);
  const auto peak = peak_of(slices);
  if (peak.people <= *strength->deployable) {
    return;
  }
  const auto found =
      fmt::format("{} people of {} at once: {}", peak.people, slice.said->unit.view(), peak.slices);
  const auto expected = fmt::format("at most the {} deployable", *strength->deployable);
  if (is_binding) {
    inquiry.refuse(Rule::v26, field, found, expected);
  } else {
    inquiry.flag(Rule::v26, field, found, expected);
  }
}

void check_promised(Inquiry& inquiry, const model::StrengthStatement& strength) {
  if (!strength.deployable || inquiry.state.agreements.contributions.empty()) {
    return;
  }
  const auto at = inquiry.report.valid_at;
  const auto slices = slices_of(inquiry.agreed(), [&](const std::string&,
                                                      const Contribution& known) {
    const auto& said = known.said->statement;
    return said.unit == strength.unit && is_accepted(known.state) && (!said.to || at < *said.to);
  });
  const auto peak = peak_of(slices);
  if (peak.people > *strength.deployable) {
    inquiry.flag(Rule::v26, "deployable", std::to_string(*strength.deployable),
                 fmt::format("the {} people that are promised: {}", peak.people, peak.slices));
  }
}

void check_host(Inquiry& inquiry, Field field, const Slice& slice) {
  using enum model::ContributionState;
  const auto* operation = inquiry.agreed().operations.find(slice.said->operation.str());
  const bool is_on_its_way_out =
      slice.state == returning || slice.state == released || slice.state == withdrawn_by_nation;
  if (operation == nullptr || !operation->said || is_on_its_way_out) {
    return;
  }
  const auto& said = operation->said->statement;
  if (said.host == slice.said->unit.nation() && !said.host_may_contribute) {
    inquiry.refuse(Rule::v27, field,
                   fmt::format("{} from {}, the host", slice.key, said.host->view()),
                   fmt::format("another nation: the host of {} does not contribute to it",
                               said.operation.view()));
  }
}

void check_authorised(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto* operation = inquiry.agreed().operations.find(slice.said->operation.str());
  if (operation == nullptr || !operation->authorised_strength || !is_accepted(slice.state)) {
    return;
  }
  const auto others =
      slices_of(inquiry.agreed(), [&](const std::string& key, const Contribution& known) {
        return key != slice.key && known.said->statement.operation == slice.said->operation &&
               is_accepted(known.state);
      });
  std::uint64_t sum = 0;
  for (const auto& other : others) {
    sum += people_of(*other.said);
  }
  const auto people = people_of(*slice.said);
  const std::uint64_t authorised = *operation->authorised_strength;
  const std::uint64_t percent =
      inquiry.state.registry->policy(inquiry.report.valid_at).authorised_flag_percent;
  const auto found =
      fmt::format("{} accepted so far + {} of {} = {}", sum, people, slice.key, sum + people);
  if (sum + people > authorised) {
    inquiry.refuse(Rule::v28, field, found,
                   fmt::format("at most {}, the authorised strength of {}", authorised,
                               slice.said->operation.view()));
  } else if (people > 0 && 100 * (sum + people) >= percent * authorised) {
    inquiry.flag(Rule::v28, field, found,
                 fmt::format("below {} % of {}, the authorised strength of {}", percent, authorised,
                             slice.said->operation.view()));
  }
}

}  // namespace muster::core
