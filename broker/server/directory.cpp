// SPDX-License-Identifier: Apache-2.0
#include "broker/server/directory.h"

namespace muster::server {
namespace {

bool is_over(const model::RegisteredNode& entry, model::UtcTime now) {
  return entry.valid_to && *entry.valid_to <= now;
}

}  // namespace

std::string user_id_of(const model::NodeId& node, const model::PublicKey& curve_key) {
  return node.str() + "#" + model::to_hex(curve_key);
}

Directory::Directory(std::shared_ptr<const core::Registry> registry)
    : registry_(std::move(registry)) {
  for (const auto& entry : registry_->nodes) {
    by_user_id_[user_id_of(entry.node_id, entry.curve_key)].push_back(&entry);
  }
}

std::shared_ptr<const link::ZapTable> Directory::zap_table(model::UtcTime now) const {
  auto table = std::make_shared<link::ZapTable>();
  for (const auto& entry : registry_->nodes) {
    if (is_over(entry, now)) {
      continue;
    }
    // A user id of ours is always short enough for the handshake.
    [[maybe_unused]] const auto allowed =
        table->allow(entry.curve_key, user_id_of(entry.node_id, entry.curve_key));
  }
  return table;
}

const model::RegisteredNode* Directory::authorised(const std::string& user_id,
                                                   model::UtcTime now) const {
  const auto found = by_user_id_.find(user_id);
  if (found == by_user_id_.end()) {
    return nullptr;
  }
  for (const auto* entry : found->second) {
    if (entry->valid_from <= now && !is_over(*entry, now)) {
      return entry;
    }
  }
  return nullptr;
}

core::Viewer Directory::viewer(const std::string& user_id, model::UtcTime now) const {
  const auto* entry = authorised(user_id, now);
  return entry != nullptr ? core::Viewer{entry->node_id, entry->roles} : core::Viewer{};
}

}  // namespace muster::server
