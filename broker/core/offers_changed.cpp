// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "broker/core/offers.h"

namespace muster::core {
namespace {

std::uint64_t less(std::uint64_t from, std::uint64_t what) { return from - std::min(from, what); }

}  // namespace

Supposed Offers::supposed_by(std::size_t line, const model::Fix& fix) const {
  Supposed supposed{.unit = fix.unit};
  if (fix.kind == model::FixKind::approve_caveat || fix.kind == model::FixKind::lift_caveat) {
    const auto* caveat = state_.agreements.caveats.find(fix.subject);
    supposed.spared = caveat != nullptr ? &(*caveat)->statement : nullptr;
    return supposed;
  }
  supposed.is_renewed = fix.kind == model::FixKind::renew_report;
  if (fix.kind == model::FixKind::release) {
    supposed.released = fix.subject;
  }
  const auto* unit = fix.unit ? state_.units.find(*fix.unit) : nullptr;
  if (fix.kind == model::FixKind::shorten_notice && unit != nullptr) {
    const auto within = 60 * std::uint64_t{demand(line).line().needed_within_h};
    supposed.sooner_min =
        less(demand(line).candidate(*fix.unit, *unit).ready_min.value_or(within), within);
  }
  return supposed;
}

/// Counts everything anew with the change.
void Offers::suppose(Supposed supposed) {
  supposed_ = std::move(supposed);
  items_left_.clear();
  items_.clear();
  for (auto& [unit, tally] : tallies_) {
    auto left = std::move(tally.elsewhere);
    if (unit == supposed_.unit && !supposed_.released.empty()) {
      const Period from_now{moment_.now, std::nullopt};
      elsewhere_[unit.nation()] -= held_by(left, from_now, moment_.now);
      std::erase_if(left, [&](const Slice& slice) { return slice.key == supposed_.released; });
      elsewhere_[unit.nation()] += held_by(left, from_now, moment_.now);
    }
    tally = {.unit = tally.unit, .elsewhere = std::move(left)};
  }
  for (auto& offer : offers_) {
    offer = {.slice = offer.slice,
             .line = offer.line,
             .people = offer.people,
             .is_approved = offer.is_approved};
  }
  count();
}

Offers Offers::with(std::size_t line, const model::Fix& fix) const {
  auto after = *this;
  after.suppose(supposed_by(line, fix));
  return after;
}

Claims Offers::claims_of(std::size_t line, const model::UnitId& unit) const {
  Claims claims{.offered = 0};
  const auto tally = tallies_.find(unit);
  if (tally == tallies_.end()) {
    return claims;
  }
  claims.is_approved = true;
  for (const auto& offer : offers_) {
    if (offer.line == line && offer.slice.said->unit == unit && !offer.is_out_of_time &&
        offer.counted < offer.people) {
      *claims.offered += offer.people - offer.counted;
      claims.is_approved = claims.is_approved && offer.is_approved;
    }
  }
  const auto stay = stay_on(demand(line).line(), moment_);
  claims.committed = held_by(tally->second.elsewhere, stay, moment_.now) + tally->second.committed;
  claims.taken = tally->second.taken;
  claims.room = claims.is_approved ? std::nullopt : room(line, unit.nation());
  return claims;
}

/// Other offers of the unit keep what they name, counted or not.
std::vector<model::EquipmentCount> Offers::free_items(std::size_t line, const model::UnitId& id,
                                                      const UnitState& unit,
                                                      const Tally& tally) const {
  std::map<model::EquipmentKind, std::uint64_t> free;
  const auto* equipment = seen(moment_.viewer, id.nation(), unit.equipment);
  for (const auto& wanted : demand(line).line().equipment) {
    const auto fit = equipment != nullptr ? fit_items(*equipment, wanted.kind) : 0;
    const auto held =
        items_held_by(tally.elsewhere, wanted.kind, {moment_.now, std::nullopt}, moment_.now);
    const auto offered = tally.items.find(wanted.kind);
    free[wanted.kind] = less(fit, held + (offered != tally.items.end() ? offered->second : 0));
  }
  std::vector<model::EquipmentCount> items;
  for (const auto& [kind, count] : free) {
    if (count > 0) {
      items.push_back({kind, static_cast<model::Count>(count)});
    }
  }
  return items;
}

Offers::Unoffered Offers::unoffered(std::size_t line, const model::UnitId& id,
                                    const UnitState& unit) const {
  const auto found = tallies_.find(id);
  const auto tally = found != tallies_.end() ? found->second : tally_of(id);
  const auto& asked = demand(line);
  const auto elsewhere = held_by(tally.elsewhere, stay_on(asked.line(), moment_), moment_.now);
  Unoffered unoffered{
      .candidate = with_committed(asked.candidate(id, unit), elsewhere + tally.committed_people)};
  if (!asked.left_out(unoffered.candidate, unit)) {
    const auto people = less(unoffered.candidate.people, tally.open_people);
    unoffered.people = std::min(people, room(line, id.nation()).value_or(people));
    unoffered.items = free_items(line, id, unit, tally);
  }
  return unoffered;
}

}  // namespace muster::core
