// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "schemas/link/context.h"
#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::link {

/// Whose transport key is whose: CURVE public key -> user id such as "KAZ/mod". A value; built
/// aside, then handed over whole.
class ZapTable {
 public:
  /// Lets the holder of `key` in as `user_id`, 1 to 255 bytes; a later call for the same key wins.
  /// Errors: malformed for a user id of another size, since its messages could not be told apart
  /// from a stranger's.
  model::Result<void> allow(const model::PublicKey& key, std::string user_id);

  /// Null for a stranger.
  [[nodiscard]] const std::string* user_id_of(const model::PublicKey& key) const;
  [[nodiscard]] std::size_t size() const { return user_ids_.size(); }

 private:
  std::map<model::PublicKey, std::string> user_ids_;
};

/// Answers every handshake of a Context, from memory, on a thread of its own. A key that is not in
/// the table is refused (400); so is every mechanism but CURVE.
///
/// Start it before the first RouterSocket and keep it until the last is gone. A RouterSocket
/// without it refuses everybody, because each sets ZAP_ENFORCE_DOMAIN; CURVE alone would accept
/// everybody. A handshake is the only thing it guards: who is connected stays connected, so
/// authorise each message too. Thread rule: start and destroy on one thread; the rest from any
/// thread, without waiting.
class ZapService {
 public:
  /// Errors: already_exists if the Context has one, unavailable if the machine is out of
  /// descriptors or threads.
  static model::Result<std::unique_ptr<ZapService>> start(Context& context,
                                                          std::shared_ptr<const ZapTable> table);

  ZapService(const ZapService&) = delete;
  ZapService& operator=(const ZapService&) = delete;
  ~ZapService();

  /// Every handshake that is decided after this returns is decided by `table`. Null refuses all.
  void replace(std::shared_ptr<const ZapTable> table);

  /// Handshakes since the start. They only grow.
  [[nodiscard]] std::uint64_t allowed() const;
  [[nodiscard]] std::uint64_t denied() const;

 private:
  struct Impl;
  explicit ZapService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::link
