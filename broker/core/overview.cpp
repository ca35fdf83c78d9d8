// SPDX-License-Identifier: Apache-2.0
#include "broker/core/overview.h"

#include <algorithm>

namespace muster::core {

using model::StatementKind;

namespace {

std::uint64_t key_of(const Row& row) {
  return std::uint64_t{row.nation} << 24U | std::uint64_t{row.component} << 16U |
         std::uint64_t{row.element_kind} << 8U | row.pools;
}

std::int64_t later(std::int64_t time, std::int64_t by) {
  return time == kNever ? kNever : time + by;
}

}  // namespace

void RowSum::add(const Row& row) {
  units += 1;
  authorised += row.authorised;
  assigned += row.assigned;
  on_strength += row.on_strength;
  present += row.present;
  deployable += row.deployable;
  attached += row.attached;
  oldest = row.strength_at == kNever ? oldest : std::min(oldest, row.strength_at);
}

void RowSum::subtract(const Row& row) {
  units -= 1;
  authorised -= row.authorised;
  assigned -= row.assigned;
  on_strength -= row.on_strength;
  present -= row.present;
  deployable -= row.deployable;
  attached -= row.attached;
}

RowSum& RowSum::operator+=(const RowSum& other) {
  units += other.units;
  authorised += other.authorised;
  assigned += other.assigned;
  on_strength += other.on_strength;
  present += other.present;
  deployable += other.deployable;
  attached += other.attached;
  oldest = std::min(oldest, other.oldest);
  return *this;
}

std::uint16_t Overview::cell_of(const Row& row) {
  const auto key = key_of(row);
  if (const auto* known = numbers_.find(key)) {
    return static_cast<std::uint16_t>(*known);
  }
  const auto number = static_cast<std::uint32_t>(numbers_.size());
  numbers_.set(key, number);
  cells_.set(number, {.nation = row.nation,
                      .component = row.component,
                      .element_kind = row.element_kind,
                      .pools = row.pools});
  return static_cast<std::uint16_t>(number);
}

void Overview::set(std::uint32_t number, const Hot& hot) {
  const auto* known = blocks_.find(number / kInBlock);
  auto block = known != nullptr ? *known : Block{};
  block.at(number % kInBlock) = hot;
  blocks_.set(number / kInBlock, std::move(block));
}

Overview::Overview(const Registry& registry, model::UtcTime at) {
  const auto ends = [&](model::UtcTime time) {
    holds_until_ = time > at ? std::min(holds_until_, time) : holds_until_;
  };
  for (const auto& policy : registry.policies) {
    ends(policy.valid_from);
  }
  for (const auto& member : registry.members) {
    ends(member.valid_from);
    ends(member.valid_to.value_or(model::UtcTime::max()));
  }
}

std::int64_t Overview::lifetime(std::uint32_t nation) const {
  const auto* known = lifetimes_.find(nation);
  return known != nullptr ? *known : 0;
}

void Overview::put(std::uint32_t number, const Row& before, const Row& after,
                   const Registry& registry, model::UtcTime at) {
  if (is_full()) {
    return;
  }
  if (before.counts()) {
    const auto from = cell_of(before);
    auto cell = *cells_.find(from);
    cell.sum.subtract(before);
    cells_.set(from, cell);
  }
  Hot hot;
  if (after.counts()) {
    const auto nation = unpacked(after.nation);
    const bool stands_by = after.lifecycle == static_cast<std::uint8_t>(model::Lifecycle::standby);
    const auto& policy = registry.policy(at);
    const auto due = [&](StatementKind kind) {
      return registry.interval(nation, kind, at, stands_by).count();
    };
    const auto stale = policy.ageing_intervals;
    const auto lasts = policy.stale_intervals * due(StatementKind::strength);
    hot.stale_at = std::min({later(after.strength_at, stale * due(StatementKind::strength)),
                             later(after.readiness_at, stale * due(StatementKind::readiness)),
                             later(after.availability_at, stale * due(StatementKind::availability)),
                             after.pledge_until - 1});
    hot.expires_at = later(after.strength_at, lasts);
    hot.deployable = after.deployable;
    hot.cell = cell_of(after);
    if (lifetimes_.find(after.nation) == nullptr) {
      lifetimes_.set(after.nation, lasts);
    }
    auto cell = *cells_.find(hot.cell);
    cell.sum.add(after);
    cells_.set(hot.cell, cell);
  }
  set(number, hot);
}

std::vector<Overview::Seen> Overview::at(model::UtcTime now) const {
  std::vector<Seen> seen(numbers_.size());
  cells_.for_each([&](std::uint32_t number, const Cell& cell) { seen[number].cell = cell; });
  // What the scan writes stands close together.
  constexpr auto kNone = std::numeric_limits<std::int64_t>::max();
  struct Scan {
    std::int64_t first = kNone, last = kNever;
    std::uint64_t stale_strength = 0;
    bool is_stale = false;
  };
  std::vector<Scan> scans(seen.size() + 1);
  const auto micros = model::to_micros(now);
  blocks_.for_each([&](std::uint32_t, const Block& block) {
    for (const auto& hot : block) {
      auto& scan = scans[std::min<std::size_t>(hot.cell, seen.size())];
      // A unit without a Strength has no time: it is neither the first nor the last.
      scan.first = std::min(scan.first, hot.expires_at == kNever ? kNone : hot.expires_at);
      scan.last = std::max(scan.last, hot.expires_at);
      if (hot.stale_at < micros) {
        scan.is_stale = true;
        scan.stale_strength += hot.deployable;
      }
    }
  });
  for (std::size_t i = 0; i < seen.size(); ++i) {
    auto& cell = seen[i].cell;
    const bool has_strength = scans[i].first != kNone;
    cell.sum.oldest = has_strength ? scans[i].first - lifetime(cell.nation) : kNone;
    seen[i].has_reported = has_strength && scans[i].last >= micros;
    seen[i].is_stale = scans[i].is_stale;
    seen[i].stale_strength = scans[i].stale_strength;
  }
  std::erase_if(seen, [](const Seen& each) { return each.cell.sum.units == 0; });
  return seen;
}

}  // namespace muster::core
