// SPDX-License-Identifier: Apache-2.0
#include "broker/core/offers.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "broker/core/operation_states.h"

namespace muster::core {
namespace {

using model::ContributionState;
using model::LeftOutReason;

/// Older words do not count, as in a force package unless it is asked otherwise.
constexpr auto kMinFreshness = model::Freshness::ageing;

/// Who holds the people of a unit first.
int rank_of(ContributionState state) {
  switch (state) {
    case ContributionState::in_place:
      return 0;
    case ContributionState::in_transit:
      return 1;
    case ContributionState::committed:
      return 2;
    case ContributionState::accepted:
      return 3;
    case ContributionState::offered:
    case ContributionState::acknowledged:
    case ContributionState::declined:
    case ContributionState::returning:
    case ContributionState::released:
    case ContributionState::withdrawn_by_nation:
      return 4;
  }
  return 4;
}

bool is_there(ContributionState state) {
  return state == ContributionState::in_place || state == ContributionState::in_transit;
}

std::uint64_t less(std::uint64_t from, std::uint64_t what) { return from - std::min(from, what); }

/// Notes that `people` of an offer are not counted; the first cause says it in words.
void leave_out(Offer& offer, LeftOutReason reason, std::uint64_t people, std::string detail) {
  if (people > 0) {
    offer.detail = offer.causes.empty() ? std::move(detail) : offer.detail;
    offer.causes.push_back({reason, people});
  }
}

/// Why the offer's own period keeps it from counting, whatever its unit can do.
std::optional<model::CausePeople> out_of_time(const Offer& offer, const LineDemand& demand,
                                              model::UtcTime now) {
  const auto& said = *offer.slice.said;
  const auto latest = now + std::chrono::hours{demand.line().needed_within_h};
  if (said.from && *said.from > latest) {
    return model::CausePeople{LeftOutReason::late, offer.people};
  }
  if (said.to && *said.to <= now) {
    return model::CausePeople{LeftOutReason::not_available, offer.people};
  }
  return std::nullopt;
}

std::string time_text(const Offer& offer, LeftOutReason reason) {
  const auto& said = *offer.slice.said;
  return reason == LeftOutReason::late ? "offered from " + model::format_time(*said.from)
                                       : "offered until " + model::format_time(*said.to);
}

}  // namespace

Offers::Offers(const State& state, const Moment& moment, const Demanded& demanded)
    : state_(state), moment_(moment), demanded_(demanded) {
  auto demands = std::make_shared<std::deque<LineDemand>>();
  for (const auto& line : demanded.requirement->lines) {
    demands->emplace_back(state, moment, demanded, line, kMinFreshness);
  }
  demands_ = std::move(demands);
  find_offers();
  find_people_elsewhere();
  count();
}

/// In the order in which they hold the people of their units.
void Offers::count() {
  std::sort(offers_.begin(), offers_.end(), [](const Offer& a, const Offer& b) {
    const auto a_rank = rank_of(a.slice.state);
    const auto b_rank = rank_of(b.slice.state);
    return std::tie(a_rank, a.slice.key) < std::tie(b_rank, b.slice.key);
  });
  of_nations_ = elsewhere_;
  for (auto& offer : offers_) {
    judge(offer);
    add_up(offer);
    count_items(offer);
  }
  std::sort(offers_.begin(), offers_.end(), [](const Offer& a, const Offer& b) {
    return std::tie(a.line, a.slice.key) < std::tie(b.line, b.slice.key);
  });
}

void Offers::find_offers() {
  const auto& lines = demanded_.requirement->lines;
  state_.agreements.contributions.for_each([&](const std::string& key, const Contribution& known) {
    if (!known.said || known.said->statement.operation != demanded_.code || !is_live(known.state) ||
        known.state == ContributionState::returning) {
      return;
    }
    const auto* said = seen(moment_.viewer, known.said->statement.unit.nation(), known.said);
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& each) {
      return said != nullptr && each.line_id == said->sor_line;
    });
    if (line == lines.end()) {
      return;
    }
    offers_.push_back({.slice = {key, said, known.state},
                       .line = static_cast<std::size_t>(line - lines.begin()),
                       .people = people_of(*said),
                       .is_approved = known.caveat_approved});
    tallies_.try_emplace(said->unit, tally_of(said->unit));
  });
}

/// What counts to a nation's MAX_STRENGTH beside the offers, as V31 has it: all its people who are
/// promised now or later.
void Offers::find_people_elsewhere() {
  state_.agreements.slices.for_each(
      [&](const model::UnitId& unit, const std::vector<std::string>& keys) {
        if (!keys.empty()) {
          const auto slices = slices_elsewhere(state_, moment_.viewer, unit, demanded_);
          elsewhere_[unit.nation()] += held_by(slices, {moment_.now, std::nullopt}, moment_.now);
        }
      });
}

Offers::Tally Offers::tally_of(const model::UnitId& id) const {
  Tally tally;
  const auto* unit = state_.units.find(id);
  if (unit != nullptr && unit->identity && !unit->is_disbanded() &&
      can_see(moment_.viewer, id, *unit)) {
    tally.unit = unit;
  }
  tally.elsewhere = slices_elsewhere(state_, moment_.viewer, id, demanded_);
  return tally;
}

Candidate Offers::candidate_of(const Offer& offer, const UnitState& unit) const {
  const auto& id = offer.slice.said->unit;
  auto candidate = demand(offer.line)
                       .candidate(id, unit, {.caveat = supposed_.spared, .all = offer.is_approved});
  if (supposed_.unit != id) {
    return candidate;
  }
  if (supposed_.is_renewed) {
    candidate.freshness = model::Freshness::fresh;
  }
  if (candidate.ready_min && candidate.notice_min) {
    const auto sooner = std::min(supposed_.sooner_min, *candidate.notice_min);
    *candidate.ready_min -= sooner;
    *candidate.notice_min -= sooner;
  }
  return candidate;
}

void Offers::judge(Offer& offer) {
  const auto& id = offer.slice.said->unit;
  const auto& tally = tallies_.at(id);
  if (tally.unit == nullptr) {
    leave_out(offer, LeftOutReason::not_available, offer.people, "nothing is known of the unit");
    return;
  }
  offer.candidate = candidate_of(offer, *tally.unit);
  if (is_there(offer.slice.state)) {
    judge_there(offer, tally);
  } else {
    judge_promise(offer, tally);
  }
}

/// People of slices elsewhere that are on the way or in place, and come before this one: of two
/// that cannot both be there one counts, for either operation the same.
std::uint64_t Offers::there_before(const Offer& offer, const Tally& tally) {
  const auto order = std::pair(rank_of(offer.slice.state), offer.slice.key);
  std::uint64_t people = 0;
  for (const auto& other : tally.elsewhere) {
    const bool is_before =
        is_there(other.state) && std::pair(rank_of(other.state), other.key) < order;
    people += is_before ? people_of(*other.said) : 0;
  }
  return people;
}

/// Who has left cannot be late any more; what the unit cannot do it does not do there either.
void Offers::judge_there(Offer& offer, const Tally& tally) const {
  const auto& candidate = *offer.candidate;
  if (auto barred = demand(offer.line).barred(candidate, *tally.unit)) {
    leave_out(offer, barred->reason, offer.people, std::move(barred->detail));
    return;
  }
  if (offer.slice.state == ContributionState::in_transit) {
    if (candidate.freshness == model::Freshness::expired) {
      leave_out(offer, LeftOutReason::expired, offer.people, "its last word has expired");
      return;
    }
    if (candidate.level == model::kReorganising) {
      leave_out(offer, LeftOutReason::not_ready, offer.people, "level 5");
      return;
    }
  }
  offer.passes = true;
  const auto before = there_before(offer, tally);
  offer.counted = std::min(offer.people, less(candidate.deployable, tally.committed + before));
  const auto rest = offer.people - offer.counted;
  const auto elsewhere = std::min(rest, before);
  leave_out(offer, LeftOutReason::already_committed, elsewhere,
            fmt::format("{} people are with another operation, {} deployable", before,
                        candidate.deployable));
  leave_out(offer, LeftOutReason::under_strength, rest - elsewhere,
            fmt::format("{} deployable, {} of them on other slices", candidate.deployable,
                        tally.committed));
}

void Offers::judge_promise(Offer& offer, const Tally& tally) const {
  const auto& line = demand(offer.line);
  const auto& said = *offer.slice.said;
  auto during = stay_on(line.line(), moment_, said.from);
  during.to = said.to ? said.to : during.to;
  const auto elsewhere = held_by(tally.elsewhere, during, moment_.now);
  offer.candidate = with_committed(std::move(*offer.candidate), elsewhere + tally.committed);
  if (auto left_out = line.left_out(*offer.candidate, *tally.unit)) {
    leave_out(offer, left_out->reason, offer.people, std::move(left_out->detail));
    return;
  }
  if (const auto cause = out_of_time(offer, line, moment_.now)) {
    offer.is_out_of_time = true;
    leave_out(offer, cause->reason, cause->people, time_text(offer, cause->reason));
    return;
  }
  offer.passes = true;
  limit(offer, tally, elsewhere);
}

/// Counts the people whom nobody else holds, within what caveats leave.
void Offers::limit(Offer& offer, const Tally& tally, std::uint64_t elsewhere) const {
  const auto& candidate = *offer.candidate;
  const auto there = std::min(offer.people, less(candidate.free, tally.taken));
  const auto cap_room =
      offer.is_approved ? std::nullopt : room(offer.line, offer.slice.said->unit.nation());
  offer.counted = std::min({there, less(candidate.people, tally.taken), cap_room.value_or(there)});
  const auto nation_cap = cap_room && *cap_room == offer.counted;
  const auto* cap =
      nation_cap
          ? demand(offer.line).cap_of(offer.slice.said->unit.nation(), {.caveat = supposed_.spared})
          : candidate.capped_by;
  leave_out(offer, LeftOutReason::caveat, there - offer.counted,
            cap != nullptr ? fmt::format("{} of {} people is reached", named(*cap),
                                         cap->max_people.value_or(0))
                           : std::string());
  const auto held = elsewhere + tally.committed + tally.accepted;
  const auto promised = std::min(offer.people - there, held);
  leave_out(
      offer, LeftOutReason::already_committed, promised,
      fmt::format("{} people are promised already, {} deployable", held, candidate.deployable));
  leave_out(offer, LeftOutReason::under_strength, offer.people - there - promised,
            fmt::format("{} people are free", there));
}

void Offers::add_up(const Offer& offer) {
  auto& tally = tallies_.at(offer.slice.said->unit);
  if (is_committed(offer.slice.state)) {
    tally.committed += offer.counted;
    tally.committed_people += offer.people;
  } else {
    tally.accepted += is_accepted(offer.slice.state) ? offer.counted : 0;
    tally.taken += offer.counted;
    tally.open_people += offer.people;
  }
  for (const auto& item : offer.slice.said->equipment) {
    tally.items[item.kind] += item.count;
  }
  of_nations_[offer.slice.said->unit.nation()] += offer.counted;
}

void Offers::count_items(Offer& offer) {
  const bool brings_items = offer.passes && (offer.counted > 0 || offer.people == 0);
  if (!brings_items) {
    return;
  }
  const auto& id = offer.slice.said->unit;
  const auto& tally = tallies_.at(id);
  const auto* equipment = seen(moment_.viewer, id.nation(), tally.unit->equipment);
  for (const auto& item : offer.slice.said->equipment) {
    const auto fit = equipment != nullptr ? fit_items(*equipment, item.kind) : 0;
    const auto held =
        items_held_by(tally.elsewhere, item.kind, {moment_.now, std::nullopt}, moment_.now);
    const auto [left, is_first] = items_left_.try_emplace({id, item.kind}, less(fit, held));
    const auto counted = std::min<std::uint64_t>(item.count, left->second);
    left->second -= counted;
    items_[{offer.line, item.kind}] += counted;
    if (counted > 0) {
      offer.items.push_back({item.kind, static_cast<model::Count>(counted)});
    }
  }
}

std::optional<std::uint64_t> Offers::room(std::size_t line, const model::Nation& nation) const {
  const auto* cap = demand(line).cap_of(nation, {.caveat = supposed_.spared});
  if (cap == nullptr) {
    return std::nullopt;
  }
  const auto promised = of_nations_.find(nation);
  return less(*cap->max_people, promised != of_nations_.end() ? promised->second : 0);
}

std::uint64_t Offers::items(std::size_t line, model::EquipmentKind kind) const {
  const auto found = items_.find({line, kind});
  return found != items_.end() ? found->second : 0;
}

std::uint64_t Offers::counted(std::size_t line) const {
  std::uint64_t people = 0;
  for (const auto& offer : offers_) {
    people += offer.line == line ? offer.counted : 0;
  }
  return people;
}

std::uint64_t Offers::promised_of(const model::Nation& nation) const {
  const auto found = elsewhere_.find(nation);
  std::uint64_t people = found != elsewhere_.end() ? found->second : 0;
  for (const auto& offer : offers_) {
    const bool is_promised =
        is_accepted(offer.slice.state) && offer.slice.said->unit.nation() == nation;
    people += is_promised ? offer.counted : 0;
  }
  return people;
}

}  // namespace muster::core
