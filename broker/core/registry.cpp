// SPDX-License-Identifier: Apache-2.0
#include "broker/core/registry.h"

#include <algorithm>

namespace muster::core {
namespace {

template <typename Entry>
bool is_valid_at(const Entry& entry, model::UtcTime at) {
  return entry.valid_from <= at && (!entry.valid_to || at < *entry.valid_to);
}

/// Replaces the entry that `same` finds, or adds `entry`.
template <typename Entry, typename Same>
void upsert(std::vector<Entry>& entries, const Entry& entry, Same same) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return same(e, entry); });
  if (found != entries.end()) {
    *found = entry;
  } else {
    entries.push_back(entry);
  }
}

}  // namespace

std::vector<const model::RegisteredNode*> Registry::keys_of(const model::NodeId& node,
                                                            model::UtcTime at) const {
  std::vector<const model::RegisteredNode*> found;
  for (const auto& entry : nodes) {
    if (entry.node_id == node && is_valid_at(entry, at)) {
      found.push_back(&entry);
    }
  }
  return found;
}

const model::RegisteredNode* Registry::by_curve_key(const model::PublicKey& key,
                                                    model::UtcTime at) const {
  for (const auto& entry : nodes) {
    if (entry.curve_key == key && is_valid_at(entry, at)) {
      return &entry;
    }
  }
  return nullptr;
}

const model::Member* Registry::member(const model::Nation& nation, model::UtcTime at) const {
  for (const auto& entry : members) {
    if (entry.nation == nation && is_valid_at(entry, at)) {
      return &entry;
    }
  }
  return nullptr;
}

bool Registry::has_role(const model::NodeId& node, model::Role role, model::UtcTime at) const {
  const auto keys = keys_of(node, at);
  return std::any_of(keys.begin(), keys.end(), [&](const model::RegisteredNode* entry) {
    return std::find(entry->roles.begin(), entry->roles.end(), role) != entry->roles.end();
  });
}

const model::Policy& Registry::policy(model::UtcTime at) const {
  static const model::Policy kDefaults;
  const auto* found = &kDefaults;
  for (const auto& entry : policies) {
    if (entry.valid_from <= at) {
      found = &entry;
    }
  }
  return *found;
}

model::Duration Registry::interval(const model::Nation& nation, model::StatementKind kind,
                                   model::UtcTime at, bool stands_by) const {
  if (const auto* agreed = member(nation, at)) {
    for (const auto& interval : agreed->intervals) {
      if (interval.statement == kind) {
        return std::chrono::seconds{interval.seconds};
      }
    }
  }
  const auto& counts = policy(at);
  if (kind == model::StatementKind::availability && stands_by) {
    return std::chrono::seconds{counts.standby_availability_s};
  }
  return model::interval_of(counts, kind);
}

void Registry::take(const model::RegistryStatement& statement) {
  realm = statement.realm;
  for (const auto& entry : statement.members) {
    upsert(members, entry, [](const auto& a, const auto& b) {
      return a.nation == b.nation && a.valid_from == b.valid_from;
    });
  }
  for (const auto& entry : statement.nodes) {
    upsert(nodes, entry,
           [](const auto& a, const auto& b) { return a.node_id == b.node_id && a.key == b.key; });
  }
  for (const auto& entry : statement.unit_transfers) {
    upsert(unit_transfers, entry,
           [](const auto& a, const auto& b) { return a.unit == b.unit && a.at == b.at; });
  }
  for (const auto& entry : statement.published_figures) {
    upsert(published_figures, entry, [](const auto& a, const auto& b) {
      return a.figure == b.figure && a.as_of == b.as_of && a.source == b.source;
    });
  }
  for (const auto& entry : statement.policies) {
    upsert(policies, entry,
           [](const auto& a, const auto& b) { return a.valid_from == b.valid_from; });
  }
  std::stable_sort(policies.begin(), policies.end(),
                   [](const auto& a, const auto& b) { return a.valid_from < b.valid_from; });
}

}  // namespace muster::core
