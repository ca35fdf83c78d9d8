// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::ContributionState;
using model::Rule;

namespace {

/// V36: an identifier is of one slice for ever: the same unit and the same operation.
void check_identity(Inquiry& inquiry, const std::string& key,
                    const model::ContributionStatement& said, const Contribution& known) {
  const auto& before = known.said->statement;
  if (before.unit != said.unit || before.operation != said.operation) {
    inquiry.refuse(
        Rule::v36, "contribution_id",
        fmt::format("{} for {} in {}", key, said.unit.view(), said.operation.view()),
        fmt::format("another identifier: {} made it {} in {}", known.said->stamp.report.str(),
                    before.unit.view(), before.operation.view()));
  }
}

/// V29: a nation takes its slice the ways of DOMAIN.md §2, and may always repeat where it is.
void check_step(Inquiry& inquiry, const model::ContributionStatement& said,
                const Contribution* known) {
  if (inquiry.is_correction()) {
    const auto* replaced =
        replaced_word(inquiry.state.agreement_words, *inquiry.report.corrects, said);
    const auto* before = replaced != nullptr
                             ? std::get_if<model::ContributionStatement>(&replaced->said.statement)
                             : nullptr;
    if (before != nullptr && before->state == said.state) {
      return;  // The step was judged when it was made.
    }
  }
  if (known == nullptr) {
    if (said.state != ContributionState::offered) {
      inquiry.refuse(
          Rule::v29, "state",
          fmt::format("{} of a slice that was never offered", model::to_text(said.state)),
          "OFFERED (NATION)");
    }
    return;
  }
  if (said.state != known->state &&
      !may_change(known->state, said.state, ContributionActor::nation)) {
    inquiry.refuse(
        Rule::v29, "state",
        fmt::format("{} -> {} by NATION", model::to_text(known->state), model::to_text(said.state)),
        next_states(known->state));
  }
}

/// V30: a suspended nation neither offers nor commits.
void check_participation(Inquiry& inquiry, const model::ContributionStatement& said,
                         const Contribution* before) {
  const bool is_repeated = before != nullptr && before->state == said.state;
  const bool is_promise = !is_repeated && (said.state == ContributionState::offered ||
                                           said.state == ContributionState::committed);
  const auto* member =
      inquiry.state.registry->member(said.unit.nation(), inquiry.arrival.received_at);
  if (!is_promise || member == nullptr ||
      member->participation_status != model::ParticipationStatus::suspended) {
    return;
  }
  inquiry.refuse(
      Rule::v30, "state",
      fmt::format("{} from {}, which is SUSPENDED from {} {}", model::to_text(said.state),
                  said.unit.nation().view(), model::format_time(member->valid_from),
                  member->valid_to ? "to " + model::format_time(*member->valid_to) : "on"),
      "no offer and no commitment while suspended");
}

/// V31: an offer that a caveat touches is marked.
void check_caveats(Inquiry& inquiry, const Slice& slice) {
  if (slice.state != ContributionState::offered) {
    return;
  }
  for (const auto& touch : touching_caveats(inquiry, slice)) {
    if (!touch.is_approved) {
      inquiry.flag(
          Rule::v31, "contribution_id",
          fmt::format("{} is touched by {}, {}", slice.key, touch.caveat,
                      model::to_text(touch.kind)),
          fmt::format("marked {}: to accept it takes a CAVEAT_APPROVAL", mark_of(touch.kind)));
    }
  }
}

/// The state in which the slice will be: that of the statement, or for a correction what later
/// words have made of it.
ContributionState state_after(Inquiry& inquiry, const std::string& key,
                              const model::ContributionStatement& said) {
  if (!inquiry.is_correction() || inquiry.corrects_too_much()) {
    return said.state;
  }
  const auto after = inquiry.agreed_with(said);
  const auto* slice = after.contributions.find(key);
  return slice != nullptr ? slice->state : said.state;
}

/// Does the slice, against what it was, ask for time that was not promised?
bool asks_for_time(const model::ContributionStatement& said,
                   const model::ContributionStatement& was) {
  const bool begins_earlier = was.from && (!said.from || *said.from < *was.from);
  const bool ends_later = was.to && (!said.to || *was.to < *said.to);
  return begins_earlier || ends_later;
}

/// The same for items of any kind.
bool asks_for_items(const model::ContributionStatement& said,
                    const model::ContributionStatement& was) {
  return std::any_of(said.equipment.begin(), said.equipment.end(), [&](const auto& item) {
    return items_of(said, item.kind) > items_of(was, item.kind);
  });
}

/// V26, V27, V28: judged when the promise is made, and when it grows. Afterwards a slice moves and
/// comes home whatever has become of its numbers.
void check_promise(Inquiry& inquiry, const Slice& slice, const Contribution* before) {
  const auto* was = before != nullptr ? &before->said->statement : nullptr;
  const bool is_longer = was == nullptr || asks_for_time(*slice.said, *was);
  const bool grows = is_longer || people_of(*slice.said) > people_of(*was);
  const bool is_made = before == nullptr || !is_committed(before->state);
  if (grows || is_made) {
    check_host(inquiry, "operation", slice);
    check_people(inquiry, "people", slice);
  }
  if (is_made || is_longer || asks_for_items(*slice.said, *was)) {
    check_items(inquiry, "equipment", slice);
  }
  if (grows || !is_accepted(before->state)) {
    check_authorised(inquiry, "people", slice);
  }
}

void check_values(Inquiry& inquiry, const model::ContributionStatement& said) {
  check_number(inquiry, "people", said.people, 0, inquiry.limits.people_max, true);
  check_equipment_counts(inquiry, "equipment", said.equipment);
  check_code(inquiry, "state", said.state);
  check_code(inquiry, "authority", said.authority);
  check_period(inquiry, {said.from, said.to});
  check_time(inquiry, "transfer_of_authority_at", said.transfer_of_authority_at);
  check_free_text(inquiry, "variation", said.variation, true);
}

}  // namespace

void check_contribution(Inquiry& inquiry, const model::ContributionStatement& said) {
  check_owner(inquiry, said.unit);
  check_values(inquiry, said);
  const auto key = agreement_key(said.unit.nation(), said.contribution_id);
  const auto* known = inquiry.agreed().contributions.find(key);
  if (known != nullptr) {
    check_order_after(inquiry, known->said->stamp, key);
    check_identity(inquiry, key, said, *known);
  }
  if (model::is_known(said.state)) {
    check_step(inquiry, said, known);
  }
  const auto& now = inquiry.is_correction() ? inquiry.state.agreements : inquiry.agreed();
  const auto* before = now.contributions.find(key);
  check_participation(inquiry, said, before);
  const Slice slice{key, &said, state_after(inquiry, key, said)};
  check_caveats(inquiry, slice);
  if (slice.state == ContributionState::offered) {
    check_asked(inquiry, "contribution_id", slice);
  }
  check_promise(inquiry, slice, before);
  inquiry.agree(said);
}

}  // namespace muster::core
