// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "schemas/model/report.h"

/// Who may speak for whom, and by which thresholds numbers become levels: by name and time.
namespace muster::core {

/// Everything that Registry statements said so far. Small, and copied whole when it changes.
struct Registry {
  model::Realm realm = model::Realm::exercise;
  std::vector<model::Member> members;
  std::vector<model::RegisteredNode> nodes;
  std::vector<model::UnitTransfer> unit_transfers;
  std::vector<model::PublishedFigure> published_figures;
  std::vector<model::Policy> policies;  ///< By valid_from.

  /// The keys of `node` that are valid at `at`.
  [[nodiscard]] std::vector<const model::RegisteredNode*> keys_of(const model::NodeId& node,
                                                                  model::UtcTime at) const;
  /// The entry whose CURVE key is `key`, valid at `at`, or null.
  [[nodiscard]] const model::RegisteredNode* by_curve_key(const model::PublicKey& key,
                                                          model::UtcTime at) const;
  /// The membership of `nation` at `at`, or null.
  [[nodiscard]] const model::Member* member(const model::Nation& nation, model::UtcTime at) const;
  [[nodiscard]] bool is_member(const model::Nation& nation, model::UtcTime at) const {
    return member(nation, at) != nullptr;
  }
  [[nodiscard]] bool has_role(const model::NodeId& node, model::Role role, model::UtcTime at) const;

  /// The thresholds that count at `at`: the last policy until then, or the defaults of DOMAIN.md.
  [[nodiscard]] const model::Policy& policy(model::UtcTime at) const;
  /// How often `kind` is due from `nation` at `at`: by its membership, else by the policy.
  /// Availability of a unit that stands by is due more often than of others.
  [[nodiscard]] model::Duration interval(const model::Nation& nation, model::StatementKind kind,
                                         model::UtcTime at, bool stands_by) const;

  /// Adds or replaces what `statement` says.
  void take(const model::RegistryStatement& statement);
  friend bool operator==(const Registry&, const Registry&) = default;
};
using RegistryPtr = std::shared_ptr<const Registry>;

/// The registry as it stood from one moment of knowing on.
struct RegistryVersion {
  model::UtcTime received_at{};
  std::uint64_t ledger_seq = 0;  ///< 0: the genesis.
  RegistryPtr registry;
};

}  // namespace muster::core
