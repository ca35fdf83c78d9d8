// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "broker/core/candidates.h"
#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

namespace {

/// "KAZ/OFFER-1 85, KAZ/OFFER-2 24": what each slice needs at the peak, by their keys.
template <typename CountOf>
std::string slices_at(std::vector<Slice> slices, const Peak& peak, CountOf count_of) {
  std::erase_if(slices, [&](const Slice& slice) {
    return !includes(slice.said->from, slice.said->to, peak.at) || count_of(*slice.said) == 0;
  });
  std::sort(slices.begin(), slices.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  std::string words;
  for (const auto& slice : slices) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", slice.key, count_of(*slice.said));
  }
  return words;
}

/// The slice and those that take from the same unit at the same time. An offer that nobody has
/// accepted takes nothing from what was accepted.
std::vector<Slice> rivals_of(Inquiry& inquiry, const Slice& slice) {
  const bool is_binding = is_accepted(slice.state);
  return slices_meeting(inquiry.agreed(), slice, [&](const Contribution& known) {
    return is_binding ? is_accepted(known.state) : is_live(known.state);
  });
}

void report_promised_twice(Inquiry& inquiry, Field field, const Slice& slice, std::string found,
                           std::string expected) {
  if (is_accepted(slice.state)) {
    inquiry.refuse(Rule::v26, field, std::move(found), std::move(expected));
  } else {
    inquiry.flag(Rule::v26, field, std::move(found), std::move(expected));
  }
}

std::uint64_t sum_of(const std::vector<Slice>& slices, std::string_view but_for = {}) {
  std::uint64_t people = 0;
  for (const auto& slice : slices) {
    people += slice.key != but_for ? people_of(*slice.said) : 0;
  }
  return people;
}

bool has_line(const model::RequirementStatement& requirement, const model::Code& id) {
  return std::any_of(requirement.lines.begin(), requirement.lines.end(),
                     [&](const model::RequirementLine& line) { return line.line_id == id; });
}

/// The kinds of which the slice promises any; not those of a newer schema, which do not count.
std::set<model::EquipmentKind> kinds_of(const model::ContributionStatement& said) {
  std::set<model::EquipmentKind> kinds;
  for (const auto& item : said.equipment) {
    if (item.count > 0 && model::is_known(item.kind)) {
      kinds.insert(item.kind);
    }
  }
  return kinds;
}

/// The slices of the unit that are ACCEPTED or later and do not end before the report is true.
std::vector<Slice> promised_from(Inquiry& inquiry, const model::UnitId& unit) {
  const auto at = inquiry.report.valid_at;
  return slices_of(inquiry.agreed(), unit, [&](const std::string&, const Contribution& known) {
    const auto& to = known.said->statement.to;
    return is_accepted(known.state) && (!to || at < *to);
  });
}

}  // namespace

void check_people(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto* strength = inquiry.counting<model::StrengthStatement>(slice.said->unit);
  if (!is_live(slice.state) || strength == nullptr || !strength->deployable) {
    return;  // Absent is not 0: there is nothing to compare with.
  }
  const auto slices = rivals_of(inquiry, slice);
  const auto peak = peak_of(slices, people_of);
  if (peak.count > *strength->deployable) {
    report_promised_twice(inquiry, field, slice,
                          inquiry.has_room() ? fmt::format("{} people of {} at once: {}",
                                                           peak.count, slice.said->unit.view(),
                                                           slices_at(slices, peak, people_of))
                                             : std::string(),
                          fmt::format("at most the {} deployable", *strength->deployable));
  }
}

void check_items(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto kinds = kinds_of(*slice.said);
  if (kinds.empty() || !is_live(slice.state)) {
    return;
  }
  const auto* equipment = inquiry.counting<model::EquipmentStatement>(slice.said->unit);
  if (equipment == nullptr) {
    return;  // Absent is not 0: there is nothing to compare with.
  }
  const auto slices = rivals_of(inquiry, slice);
  for (const auto kind : kinds) {
    const auto count_of = [&](const model::ContributionStatement& said) {
      return items_of(said, kind);
    };
    const auto peak = peak_of(slices, count_of);
    const auto fit = fit_items(*equipment, kind);
    if (peak.count > fit) {
      report_promised_twice(
          inquiry, field, slice,
          inquiry.has_room()
              ? fmt::format("{} {} of {} at once: {}", peak.count, model::to_text(kind),
                            slice.said->unit.view(), slices_at(slices, peak, count_of))
              : std::string(),
          fmt::format("at most the {} fully mission capable", fit));
    }
  }
}

void check_promised(Inquiry& inquiry, const model::StrengthStatement& strength) {
  if (!strength.deployable) {
    return;
  }
  const auto slices = promised_from(inquiry, strength.unit);
  const auto peak = peak_of(slices, people_of);
  if (peak.count > *strength.deployable) {
    inquiry.flag(Rule::v26, "deployable", std::to_string(*strength.deployable),
                 inquiry.has_room() ? fmt::format("the {} people that are promised: {}", peak.count,
                                                  slices_at(slices, peak, people_of))
                                    : std::string());
  }
}

void check_promised(Inquiry& inquiry, const model::EquipmentStatement& equipment) {
  const auto slices = promised_from(inquiry, equipment.unit);
  std::set<model::EquipmentKind> kinds;
  for (const auto& slice : slices) {
    kinds.merge(kinds_of(*slice.said));
  }
  for (const auto kind : kinds) {
    const auto count_of = [&](const model::ContributionStatement& said) {
      return items_of(said, kind);
    };
    const auto peak = peak_of(slices, count_of);
    const auto fit = fit_items(equipment, kind);
    if (peak.count > fit) {
      inquiry.flag(Rule::v26, "holdings",
                   fmt::format("{} {} fully mission capable", fit, model::to_text(kind)),
                   inquiry.has_room() ? fmt::format("the {} that are promised: {}", peak.count,
                                                    slices_at(slices, peak, count_of))
                                      : std::string());
    }
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

std::vector<Slice> accepted_for(Inquiry& inquiry, const model::Code& operation) {
  std::vector<Slice> slices;
  inquiry.agreed().contributions.for_each([&](const std::string& key, const Contribution& known) {
    if (known.said && known.said->statement.operation == operation && is_accepted(known.state)) {
      slices.push_back({key, &known.said->statement, known.state});
    }
  });
  std::sort(slices.begin(), slices.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return slices;
}

void check_lowered(Inquiry& inquiry, Field field, const model::Code& operation,
                   std::uint64_t authorised) {
  const auto accepted = sum_of(accepted_for(inquiry, operation));
  if (authorised < accepted) {
    inquiry.flag(Rule::v28, field, std::to_string(authorised),
                 fmt::format("at least the {} people that are accepted for {} already", accepted,
                             operation.view()));
  }
}

void check_asked(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto& said = *slice.said;
  const auto* operation = inquiry.agreed().operations.find(said.operation.str());
  if (operation == nullptr || !operation->said) {
    return;
  }
  const bool is_acceptance = is_accepted(slice.state);
  if (is_final(operation->state)) {
    auto found = fmt::format("{} for {}", slice.key, said.operation.view());
    auto expected = fmt::format("an operation that goes on: {} is {}", said.operation.view(),
                                model::to_text(operation->state));
    if (is_acceptance) {
      inquiry.refuse(Rule::v29, field, std::move(found), std::move(expected));
    } else {
      inquiry.flag(Rule::v29, field, std::move(found), std::move(expected));
    }
  }
  if (!operation->requirement || has_line(operation->requirement->statement, said.sor_line)) {
    return;
  }
  auto found = fmt::format("{} for line {}", slice.key, said.sor_line.view());
  auto expected = fmt::format("a line of version {} of the requirement of {}",
                              operation->requirement->statement.version, said.operation.view());
  if (is_acceptance) {
    inquiry.refuse(Rule::v39, field, std::move(found), std::move(expected));
  } else {
    inquiry.flag(Rule::v39, field, std::move(found), std::move(expected));
  }
}

void check_authorised(Inquiry& inquiry, Field field, const Slice& slice) {
  const auto* operation = inquiry.agreed().operations.find(slice.said->operation.str());
  if (operation == nullptr || !operation->authorised_strength || !is_accepted(slice.state)) {
    return;
  }
  const auto sum = sum_of(accepted_for(inquiry, slice.said->operation), slice.key);
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
