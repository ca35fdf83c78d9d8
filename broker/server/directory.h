// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "broker/core/state.h"
#include "broker/core/views.h"
#include "schemas/link/zap.h"

namespace muster::server {

/// Whose CURVE key is whose, from the registry: what the handshake tells the broker about a peer,
/// and what it may do now. Built anew whenever the registry changes.
class Directory {
 public:
  explicit Directory(std::shared_ptr<const core::Registry> registry);

  /// What the ZAP handler answers: every key that is valid now or will be; expired keys cannot even
  /// connect.
  [[nodiscard]] std::shared_ptr<const link::ZapTable> zap_table(model::UtcTime now) const;

  /// Who is behind a User-Id at `now`: nothing when its key is not (or no longer) valid. Asked for
  /// every message, since CURVE authenticates at the handshake only.
  [[nodiscard]] const model::RegisteredNode* authorised(const std::string& user_id,
                                                        model::UtcTime now) const;
  [[nodiscard]] core::Viewer viewer(const std::string& user_id, model::UtcTime now) const;

  [[nodiscard]] const core::Registry& registry() const { return *registry_; }

 private:
  std::shared_ptr<const core::Registry> registry_;
  std::unordered_map<std::string, std::vector<const model::RegisteredNode*>> by_user_id_;
};

/// The User-Id of a key: "KAZ/mod#<64 hexadecimal digits of the CURVE key>".
std::string user_id_of(const model::NodeId& node, const model::PublicKey& curve_key);

}  // namespace muster::server
