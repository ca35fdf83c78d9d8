// SPDX-License-Identifier: Apache-2.0
#include "broker/core/branch.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "broker/core/operation_states.h"

namespace muster::core {
namespace {

using Nations = std::vector<model::Nation>;

constexpr std::int32_t kYearMin = 525'600;

bool has(const Nations& nations, const model::Nation& nation) {
  return std::find(nations.begin(), nations.end(), nation) != nations.end();
}

/// The entries that `stays(key, value)` lets through: a map has no way to take one out.
template <typename Key, typename Value, typename Stays>
PersistentMap<Key, Value> filtered(const PersistentMap<Key, Value>& map, Stays stays) {
  PersistentMap<Key, Value> rest;
  map.for_each([&](const Key& key, const Value& value) {
    if (stays(key, value)) {
      rest.set(key, value);
    }
  });
  return rest;
}

/// A word that says something else and keeps its stamp and its release.
template <typename S>
KeptPtr<S> said_otherwise(const KeptPtr<S>& kept, S statement) {
  return std::make_shared<const Kept<S>>(
      Kept<S>{std::move(statement), kept->stamp, kept->releasable_to});
}

// ---- what is supposed must be there -------------------------------------------------------------

model::Result<void> check_member(const State& state, const model::Nation& nation,
                                 model::UtcTime at) {
  if (!state.registry->is_member(nation, at)) {
    return model::fail(model::ErrorCode::not_found,
                       fmt::format("what if {}: it is no member", nation.view()));
  }
  return {};
}

model::Result<void> check(const State& state, const model::WhatIf& what_if, model::UtcTime at) {
  if (!what_if.is_set()) {
    return model::fail(model::ErrorCode::malformed, "what if: nothing is supposed");
  }
  for (const auto& nation : what_if.without) {
    MUSTER_CHECK(check_member(state, nation, at));
  }
  if (what_if.host) {
    MUSTER_CHECK(check_member(state, *what_if.host, at));
  }
  for (const auto& code : what_if.also) {
    const auto* operation = state.agreements.operations.find(code.str());
    if (operation == nullptr || !operation->said) {
      return model::fail(model::ErrorCode::not_found,
                         fmt::format("what if also {}: there is no such operation", code.view()));
    }
  }
  if (what_if.notice_min && (*what_if.notice_min > kYearMin || *what_if.notice_min < -kYearMin)) {
    return model::fail(model::ErrorCode::malformed,
                       fmt::format("what if the notice were {} min longer: a year, {} min, at most",
                                   *what_if.notice_min, kYearMin));
  }
  return {};
}

// ---- without ------------------------------------------------------------------------------------

RegistryPtr without(const RegistryPtr& registry, const Nations& nations) {
  auto rest = *registry;
  std::erase_if(rest.members,
                [&](const model::Member& member) { return has(nations, member.nation); });
  return std::make_shared<const Registry>(std::move(rest));
}

/// Drops the contributions that `stays(contribution)` does not let through, wherever they are
/// filed.
template <typename Stays>
void keep_contributions(Agreements& agreements, Stays stays) {
  agreements.contributions = filtered(
      agreements.contributions,
      [&](const std::string&, const Contribution& known) { return !known.said || stays(known); });
  const auto filed = agreements.slices;
  filed.for_each([&](const model::UnitId& unit, std::vector<std::string> keys) {
    const auto dropped = std::erase_if(keys, [&](const std::string& key) {
      return agreements.contributions.find(key) == nullptr;
    });
    if (dropped > 0) {
      agreements.slices.set(unit, std::move(keys));
    }
  });
}

/// "KAZ/OFFER-1": whose offer, or caveat, a decision is about.
bool is_about(const model::DecisionStatement& decision, const Nations& nations) {
  const std::string_view subject = decision.contribution_id;
  return std::any_of(nations.begin(), nations.end(), [&](const model::Nation& nation) {
    return subject.starts_with(nation.str() + "/");
  });
}

void drop_agreements(Agreements& agreements, const Nations& nations) {
  agreements.caveats = filtered(agreements.caveats, [&](const std::string&, const auto& kept) {
    return !has(nations, kept->statement.nation);
  });
  agreements.standby = filtered(agreements.standby, [&](const std::string&, const auto& kept) {
    return !has(nations, kept->statement.unit.nation());
  });
  agreements.decisions = filtered(agreements.decisions, [&](const std::string&, const auto& kept) {
    return !is_about(kept->statement, nations);
  });
  keep_contributions(agreements, [&](const Contribution& known) {
    return !has(nations, known.said->statement.unit.nation());
  });
}

void drop_nations(State& state, const Nations& nations, model::UtcTime at) {
  auto versions = *state.registry_versions;
  for (auto& version : versions) {
    version.registry = without(version.registry, nations);
  }
  state.registry_versions =
      std::make_shared<const std::vector<RegistryVersion>>(std::move(versions));
  state.registry = without(state.registry, nations);
  drop_agreements(state.agreements, nations);
  state.units = filtered(state.units, [&](const model::UnitId& id, const UnitState&) {
    return !has(nations, id.nation());
  });
  derive_all(state, at);  // Who serves in which unit stays: rules alone ask for that.
}

// ---- host, also, notice -------------------------------------------------------------------------

void move_to(Agreements& agreements, const model::Nation& host) {
  const auto operations = agreements.operations;
  operations.for_each([&](const std::string& key, Operation operation) {
    if (!operation.said || is_final(operation.state)) {
      return;
    }
    auto said = operation.said->statement;
    said.host = host;
    operation.said = said_otherwise(operation.said, std::move(said));
    agreements.operations.set(key, std::move(operation));
  });
  keep_contributions(agreements, [&](const Contribution& known) {
    const auto& slice = known.said->statement;
    const auto* operation = agreements.operations.find(slice.operation.str());
    const bool is_barred =
        operation != nullptr && operation->said && operation->said->statement.host == host &&
        !operation->said->statement.host_may_contribute && !is_final(operation->state);
    return !is_barred || slice.unit.nation() != host;
  });
}

void commit_offers(Agreements& agreements, const std::vector<model::Code>& also) {
  const auto contributions = agreements.contributions;
  contributions.for_each([&](const std::string& key, Contribution known) {
    const bool is_meant = known.said && std::find(also.begin(), also.end(),
                                                  known.said->statement.operation) != also.end();
    if (is_meant && is_live(known.state) && !is_committed(known.state)) {
      known.state = model::ContributionState::committed;
      agreements.contributions.set(key, std::move(known));
    }
  });
}

/// Neither levels nor the overview depend on a notice, so that nothing else changes in a unit.
void lengthen_notice(State& state, std::int32_t minutes) {
  const auto units = state.units;
  units.for_each([&](const model::UnitId& id, UnitState unit) {
    if (!unit.availability || !unit.availability->statement.notice_to_move_min) {
      return;  // What is not stated stays unknown.
    }
    auto said = unit.availability->statement;
    const auto notice = std::int64_t{*said.notice_to_move_min} + minutes;
    said.notice_to_move_min = static_cast<model::Count>(std::max<std::int64_t>(notice, 0));
    unit.availability = said_otherwise(unit.availability, std::move(said));
    state.units.set(id, std::move(unit));
  });
}

}  // namespace

model::Result<State> branch(const State& state, const model::WhatIf& what_if, model::UtcTime at) {
  MUSTER_CHECK(check(state, what_if, at));
  auto supposed = state;
  if (!what_if.without.empty()) {
    drop_nations(supposed, what_if.without, at);
  }
  if (what_if.host) {
    move_to(supposed.agreements, *what_if.host);
  }
  if (!what_if.also.empty()) {
    commit_offers(supposed.agreements, what_if.also);
  }
  if (what_if.notice_min) {
    lengthen_notice(supposed, *what_if.notice_min);
  }
  return supposed;
}

}  // namespace muster::core
