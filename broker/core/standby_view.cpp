// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/operation_views.h"
#include "broker/core/slices.h"

namespace muster::core {
namespace {

using model::StandbyRole;

constexpr std::array kRoles = {StandbyRole::first_echelon, StandbyRole::main, StandbyRole::reserve};

std::vector<model::StandbyRow> slots_of(const State& state, const model::StandbyQuery& query,
                                        const Viewer& viewer, const Period& period) {
  std::vector<model::StandbyRow> rows;
  state.agreements.standby.for_each([&](const std::string&, const auto& kept) {
    const auto nation = kept->statement.unit.nation();
    const auto* slot = seen(viewer, nation, kept);
    if (slot != nullptr && passes(query.nations, nation) &&
        overlap({slot->from, slot->to}, period)) {
      rows.push_back({.role = slot->role,
                      .unit = slot->unit,
                      .people = slot->people,
                      .from = slot->from,
                      .to = slot->to});
    }
  });
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.role, a.from, a.unit) < std::tie(b.role, b.from, b.unit);
  });
  return rows;
}

model::StandbyRow nobody(StandbyRole role, model::UtcTime from, model::UtcTime to) {
  return {.role = role,
          .unit = std::nullopt,
          .from = from,
          .to = to,
          .empty_days =
              static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::days>(to - from).count())};
}

/// Where nobody stands by in a role. A slot of 0 people is stated and fills nothing. `slots` stand
/// by their beginnings.
std::vector<model::StandbyRow> gaps_in(const std::vector<model::StandbyRow>& slots,
                                       StandbyRole role, model::UtcTime from, model::UtcTime to) {
  std::vector<model::StandbyRow> gaps;
  auto filled_until = from;
  for (const auto& slot : slots) {
    if (slot.role != role || slot.people == 0) {
      continue;
    }
    if (slot.from > filled_until) {
      gaps.push_back(nobody(role, filled_until, slot.from));
    }
    filled_until = std::max(filled_until, slot.to);
  }
  if (filled_until < to) {
    gaps.push_back(nobody(role, filled_until, to));
  }
  return gaps;
}

}  // namespace

model::StandbyAnswer standby(const State& state, const model::StandbyQuery& query,
                             const Moment& moment) {
  model::StandbyAnswer answer;
  answer.from = query.from.value_or(moment.now);
  answer.to = query.to.value_or(answer.from + std::chrono::days{365});
  if (answer.to <= answer.from) {
    return answer;
  }
  const auto slots = slots_of(state, query, moment.viewer, {.from = answer.from, .to = answer.to});
  answer.rows = slots;
  for (const auto role : kRoles) {
    for (auto& gap : gaps_in(slots, role, answer.from, answer.to)) {
      answer.rows.push_back(std::move(gap));
    }
  }
  std::stable_sort(answer.rows.begin(), answer.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.role, a.from) < std::tie(b.role, b.from);
  });
  return answer;
}

}  // namespace muster::core
