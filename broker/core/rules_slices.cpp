// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

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

/// "KAZ/OFFER-1 85, KAZ/OFFER-2 24".
std::string in_words(const std::vector<Slice>& slices) {
  std::string words;
  for (const auto& slice : slices) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", slice.key, people_of(*slice.said));
  }
  return words;
}

/// The most people that slices need at one moment, and the moment.
struct Peak {
  std::uint64_t people = 0;
  model::UtcTime at{};
};

/// Goes through the beginnings and ends in their order; where one slice ends as another begins they
/// do not meet.
Peak peak_of(const std::vector<Slice>& slices) {
  struct Edge {
    model::UtcTime at;
    bool begins;
    std::uint64_t people;
  };
  std::vector<Edge> edges;
  for (const auto& slice : slices) {
    edges.push_back({start_of(*slice.said), true, people_of(*slice.said)});
    if (slice.said->to) {
      edges.push_back({*slice.said->to, false, people_of(*slice.said)});
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.at, a.begins) < std::tie(b.at, b.begins);
  });
  Peak peak;
  std::uint64_t people = 0;
  for (const auto& edge : edges) {
    people += edge.begins ? edge.people : 0;
    people -= edge.begins ? 0 : std::min(edge.people, people);
    if (people > peak.people) {
      peak = {people, edge.at};
    }
  }
  return peak;
}

/// The slices at the peak, by their keys.
std::string slices_at(std::vector<Slice> slices, const Peak& peak) {
  std::erase_if(slices, [&](const Slice& slice) { return !is_on(*slice.said, peak.at); });
  std::sort(slices.begin(), slices.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return in_words(slices);
}

/// The slices of a unit that `counts` lets through.
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
  const auto counts = [&](const std::string& key, const Contribution& known) {
    return key != slice.key && (is_binding ? is_accepted(known.state) : is_live(known.state)) &&
           overlap(period_of(known.said->statement), period_of(*slice.said));
  };
  auto slices = slices_of(inquiry.agreed(), slice.said->unit, counts);
  slices.push_back(slice);
  const auto peak = peak_of(slices);
  if (peak.people <= *strength->deployable) {
    return;
  }
  const auto found = inquiry.has_room()
                         ? fmt::format("{} people of {} at once: {}", peak.people,
                                       slice.said->unit.view(), slices_at(slices, peak))
                         : std::string();
  const auto expected = fmt::format("at most the {} deployable", *strength->deployable);
  if (is_binding) {
    inquiry.refuse(Rule::v26, field, found, expected);
  } else {
    inquiry.flag(Rule::v26, field, found, expected);
  }
}

void check_promised(Inquiry& inquiry, const model::StrengthStatement& strength) {
  if (!strength.deployable) {
    return;
  }
  const auto at = inquiry.report.valid_at;
  const auto counts = [&](const std::string&, const Contribution& known) {
    const auto& to = known.said->statement.to;
    return is_accepted(known.state) && (!to || at < *to);
  };
  const auto slices = slices_of(inquiry.agreed(), strength.unit, counts);
  const auto peak = peak_of(slices);
  if (peak.people > *strength.deployable) {
    inquiry.flag(Rule::v26, "deployable", std::to_string(*strength.deployable),
                 inquiry.has_room() ? fmt::format("the {} people that are promised: {}",
                                                  peak.people, slices_at(slices, peak))
                                    : std::string());
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
  std::uint64_t sum = 0;
  inquiry.agreed().contributions.for_each([&](const std::string& key, const Contribution& known) {
    const auto& said = known.said->statement;
    if (key != slice.key && said.operation == slice.said->operation && is_accepted(known.state)) {
      sum += people_of(said);
    }
  });
  const auto people = people_of(*slice.said);
  const std::uint64_t authorised = *operation->authorised_strength;
  const std::uint64_t percent =
      inquiry.state.registry->policy(inquiry.report.valid_at).authorised_flag_percent;
  const auto found = [&] {
    return fmt::format("{} accepted so far + {} of {} = {}", sum, people, slice.key, sum + people);
  };
  if (sum + people > authorised) {
    inquiry.refuse(Rule::v28, field, found(),
                   fmt::format("at most {}, the authorised strength of {}", authorised,
                               slice.said->operation.view()));
  } else if (people > 0 && 100 * (sum + people) >= percent * authorised) {
    inquiry.flag(Rule::v28, field, found(),
                 fmt::format("below {} % of {}, the authorised strength of {}", percent, authorised,
                             slice.said->operation.view()));
  }
}

}  // namespace muster::core
