// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "schemas/link/context.h"
#include "schemas/link/curve.h"
#include "schemas/model/report.h"
#include "schemas/model/session.h"
#include "schemas/trust/signing.h"
#include "storage/outbox.h"

namespace muster::client {

/// Which broker, and who we are to it.
struct Connection {
  std::string ingest_endpoint;    ///< "tcp://127.0.0.1:7610"
  std::string query_endpoint;     ///< "tcp://127.0.0.1:7611"
  model::PublicKey server_key{};  ///< The broker's CURVE key, pinned.
  link::CurveKeyPair curve;       ///< Ours.
};

struct PublisherOptions {
  Connection connection;
  model::NodeId node;
  trust::SigningKey signing_key;
  std::size_t waiting_max =
      100'000;  ///< Reports in the outbox; beyond it publish() says back_pressured.
  std::chrono::milliseconds resend_after{5'000};
  std::chrono::milliseconds ping_every{5'000};
};

/// What publish() did with a report. It never blocks on the network.
enum class PublishResult : std::uint8_t {
  kept,            ///< In the outbox, durable there; it will arrive.
  back_pressured,  ///< The outbox is full: try later.
};

/// Where a publisher stands. A snapshot.
struct PublisherStatus {
  enum class Session : std::uint8_t { connecting, greeted, denied, stopped };
  Session session = Session::connecting;
  std::uint64_t acknowledged_seq = 0;  ///< Everything up to here is durable at the broker.
  std::uint64_t next_seq = 1;
  std::uint64_t refused = 0;  ///< Reports refused since the start.
  std::string problem;        ///< Why nothing moves, in words; empty when all is well.
};

/// What a report is told when its acknowledgement was missed (the connection broke, or the process
/// ended) and a later greeting shows that the broker has it: accepted, flagged "acknowledged in an
/// earlier session". Its real verdict, and so whether it was refused, is not known here: this is
/// not a full receipt.
model::ReportVerdict acknowledged_earlier();
bool is_acknowledged_earlier(const model::ReportVerdict& verdict);

/// Called on the publisher's thread, in order of seq, exactly once for each report after its
/// acknowledgement (again after a crash between the acknowledgement and the call: `seq` tells).
struct Acknowledged {
  model::ReportId report;
  model::ReportVerdict verdict;
  std::uint64_t ledger_seq = 0;  ///< Of the acknowledgement, not below the report's own.
};
using OnAcknowledged = std::function<void(const Acknowledged&)>;

/// Publishes reports of one node: outbox, natural batching, window, resend of the same bytes,
/// reconnection. Runs on a thread of its own. Destroying it stops the thread; what is not
/// acknowledged stays in the outbox.
class Publisher {
 public:
  /// Takes over `outbox` (storage::open_outbox or make_memory_outbox).
  /// Errors: those of link::DealerSocket::connect, configuration.
  static model::Result<std::unique_ptr<Publisher>> start(link::Context& context,
                                                         PublisherOptions options,
                                                         std::unique_ptr<storage::Outbox> outbox,
                                                         OnAcknowledged on_acknowledged);
  virtual ~Publisher() = default;

  /// Gives the report its seq and keeps it, durably. Any thread. `seq` is set when kept.
  /// A node that lost its outbox goes on from the broker's head, if nothing was kept before the
  /// first contact: with a new outbox (next_seq is 1) of a node that may have published before, use
  /// wait_until_greeted() first. Errors: malformed when a statement is not of this node's nation,
  /// the report is too large for a message, or the broker could not read it (nothing was kept, and
  /// no seq was taken); unavailable when the disk refuses.
  virtual model::Result<PublishResult> publish(const model::Report& report, std::uint64_t& seq) = 0;
  /// The same for reports that wire::encode_report() made, in order, all or none: one sync for all
  /// of them. Only their sizes are checked: a report that the broker cannot read stops this node's
  /// chain.
  virtual model::Result<PublishResult> publish_encoded(std::vector<model::Bytes> reports,
                                                       std::uint64_t& first_seq) = 0;

  /// Waits until everything kept so far is acknowledged. False when the time is over first.
  virtual bool wait_until_acknowledged(std::chrono::milliseconds wait_max) = 0;
  [[nodiscard]] virtual PublisherStatus status() const = 0;
};

/// Waits until the broker has greeted this node. False when the time is over first.
bool wait_until_greeted(const Publisher& publisher, std::chrono::milliseconds wait_max);

}  // namespace muster::client
