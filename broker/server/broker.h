// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "broker/server/clock.h"
#include "broker/server/config.h"
#include "broker/server/recovery.h"

namespace muster::server {

/// A whole broker in a process: store, commit loop, query loop, projector, ZAP, pages.
class Broker {
 public:
  /// Opens the store, recovers, binds the sockets, proves that a stranger is refused, and serves.
  /// Errors: everything that keeps a broker from serving, each naming the thing, the place and what
  /// to do: configuration, not_found, refused, unsupported, corrupt, unavailable (port or store in
  /// use), io.
  static model::Result<std::unique_ptr<Broker>> start(const BrokerConfig& config,
                                                      const Clock& clock,
                                                      const OnProgress& on_progress = {});

  /// Drains: takes what has arrived, commits, acknowledges, says BYE, writes the projection, stops.
  /// A search for a force package that runs ends first: within
  /// SolverProcess::Setup::grace_when_over.
  virtual ~Broker() = default;

  [[nodiscard]] virtual std::string ingest_endpoint() const = 0;
  [[nodiscard]] virtual std::string query_endpoint() const = 0;
  [[nodiscard]] virtual std::uint16_t http_port() const = 0;
  [[nodiscard]] virtual model::PublicKey server_key() const = 0;
  /// By which tree heads verify: what `muster ledger proof --broker-key` wants.
  [[nodiscard]] virtual model::PublicKey signing_key() const = 0;
  /// "ledger 184, 65 units, 6 nodes": for the log and the service manager.
  [[nodiscard]] virtual std::string status() const = 0;
};

/// Forgets the projection of the store and builds it anew from the ledger. Returns the records
/// read.
model::Result<std::uint64_t> rebuild(const BrokerConfig& config, const OnProgress& on_progress);

/// What "software" says in messages: "muster-broker 0.1.0".
std::string software_name();

}  // namespace muster::server
