// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "broker/core/persistent_map.h"
#include "schemas/model/query.h"
#include "schemas/model/report.h"

/// What the broker knows, as values. A copy of State is a snapshot and costs a few pointers.
namespace muster::core {

/// Whose word a statement is, and since when.
struct Stamp {
  model::ReportId report;
  model::UtcTime valid_at{}, issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// Who else may see a statement, beyond its publisher and the secretariat. Shared by a report's
/// statements; null for nobody.
using Release = std::shared_ptr<const std::vector<model::Nation>>;
bool is_released_to(const Release& release, const model::Nation& nation);

/// A statement that was accepted, its stamp and its release. Shared by all snapshots that know it.
template <typename S>
struct Kept {
  S statement;
  Stamp stamp;
  Release releasable_to;
  friend bool operator==(const Kept& a, const Kept& b) {
    const bool same_release =
        a.releasable_to == b.releasable_to ||
        (a.releasable_to && b.releasable_to && *a.releasable_to == *b.releasable_to);
    return a.statement == b.statement && a.stamp == b.stamp && same_release;
  }
};
template <typename S>
using KeptPtr = std::shared_ptr<const Kept<S>>;

/// Everything known of one unit: its newest accepted statements and what follows from them.
struct UnitState {
  model::NodeId owner;  ///< The node that declared it; transfers are in the registry.
  KeptPtr<model::UnitStatement> identity;
  KeptPtr<model::StrengthStatement> strength;
  KeptPtr<model::EquipmentStatement> equipment;
  KeptPtr<model::ReadinessStatement> readiness;
  KeptPtr<model::AvailabilityStatement> availability;

  // Follows from the above, computed once when they change.
  model::Figures own;  ///< Zero people while no Strength was accepted.
  model::Levels computed;
  model::Level effective = model::kNotMeasured;

  [[nodiscard]] bool is_disbanded() const;
  [[nodiscard]] std::optional<model::UnitId> parent() const;  ///< The first CHILD_OF relation.
};
bool operator==(const UnitState& a, const UnitState& b);

/// Where a node's chain ends, and how its reports fared.
struct NodeState {
  std::uint64_t head_seq = 0;
  model::Hash head_hash{};
  std::uint64_t last_ledger_seq = 0;
  model::UtcTime last_received_at{};
  std::uint64_t accepted = 0, refused = 0;
  friend bool operator==(const NodeState&, const NodeState&) = default;
};

/// Who may speak for whom, by name and time. Small, and copied whole when it changes.
struct Registry {
  model::Realm realm = model::Realm::exercise;
  std::vector<model::Member> members;
  std::vector<model::RegisteredNode> nodes;
  std::vector<model::UnitTransfer> unit_transfers;

  /// The keys of `node` that are valid at `at`.
  [[nodiscard]] std::vector<const model::RegisteredNode*> keys_of(const model::NodeId& node,
                                                                  model::UtcTime at) const;
  /// The entry whose CURVE key is `key`, valid at `at`, or null.
  [[nodiscard]] const model::RegisteredNode* by_curve_key(const model::PublicKey& key,
                                                          model::UtcTime at) const;
  [[nodiscard]] bool is_member(const model::Nation& nation, model::UtcTime at) const;
  [[nodiscard]] bool has_role(const model::NodeId& node, model::Role role, model::UtcTime at) const;
  friend bool operator==(const Registry&, const Registry&) = default;
};

struct State {
  PersistentMap<model::UnitId, UnitState> units;
  std::shared_ptr<const std::map<model::NodeId, NodeState>> nodes;  ///< Never null.
  std::shared_ptr<const Registry> registry;                         ///< Never null.
  std::uint64_t ledger_seq = 0;                                     ///< The last record folded in.

  State();
  [[nodiscard]] const NodeState& node(
      const model::NodeId& id) const;  ///< An empty one when it never sent anything.
};
bool operator==(const State& a, const State& b);

/// The node that may publish `unit` at `at`: the last transfer until then, or who declared it.
model::NodeId owner_of(const State& state, const model::UnitId& id, const UnitState& unit,
                       model::UtcTime at);

// ---- changes ------------------------------------------------------------------------------------

/// An accepted statement.
struct StatementTaken {
  model::Statement statement;
  Stamp stamp;
  Release releasable_to;
  std::optional<model::ReportId>
      corrects;  ///< It takes the place of that report's word, even with an earlier valid_at.
};
/// An envelope took its place in its node's chain and in the ledger.
struct EnvelopeTaken {
  model::NodeId node;
  std::uint64_t last_seq = 0;
  model::Hash chain_hash{};
  std::uint64_t ledger_seq = 0;
  model::UtcTime received_at{};
  std::uint32_t accepted = 0, refused = 0;
};
using Change = std::variant<StatementTaken, EnvelopeTaken>;

/// Folds one committed change into `state`. Total. Recovery replays exactly this.
void evolve(State& state, const Change& change);

/// What must hold of every State, and does not: empty unless there is a bug of ours. For tests and
/// debug builds.
std::vector<std::string> broken_invariants(const State& state);

/// The state as text, sorted, the same for equal states. For scenarios and failing tests.
std::string describe(const State& state);

}  // namespace muster::core
