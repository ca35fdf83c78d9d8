// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "broker/core/decide.h"
#include "broker/server/directory.h"
#include "broker/server/metrics.h"
#include "broker/server/projection.h"
#include "broker/server/recollection.h"
#include "broker/server/view.h"
#include "schemas/link/router.h"
#include "schemas/model/session.h"
#include "schemas/trust/tree.h"
#include "schemas/wire/envelope.h"
#include "storage/high_water.h"
#include "storage/store.h"

namespace muster::server {

/// A message that came in, and from whom.
struct Inbound {
  link::PeerAddress from;
  std::string user_id;
  model::ByteView frame;
};
/// A message to send once the batch is durable.
struct Outbound {
  link::PeerAddress to;
  model::Bytes message;
};

/// What a batch changed, for whoever projects or announces it.
struct Committed {
  SnapshotPtr snapshot;
  trust::TreeFrontier frontier;
  Touched touched;
  bool registry_changed = false;
};
using OnCommitted = std::function<void(const Committed&)>;

/// Told of every message that is answered with a NACK, for the log.
using OnRefused = std::function<void(const std::string& user_id, const model::Nack&)>;

/// The broker's promise in one place: a batch of messages in, their answers out, and between the
/// two one synced commit. Nothing leaves before the commit returned. No sockets, threads or clock:
/// the loop brings them. Thread rule: one thread, the only writer of the ledger.
class Ingest {
 public:
  struct Parts {
    storage::Store& store;
    storage::HighWaterFile* high_water = nullptr;  ///< None in tests that keep nothing.
    View& view;
    IngestMetrics& metrics;
    const trust::SigningKey& key;  ///< Signs tree heads.
    model::Limits limits;
    std::uint32_t window = 4096;  ///< Reports a node may have in flight.
    std::string software;
    OnCommitted on_committed;
    OnRefused on_refused;
  };

  Ingest(Parts parts, core::State state, trust::TreeFrontier frontier);

  /// Judges every message, commits what is authentic, and returns the answers in order. A batch
  /// that cannot be committed changes nothing: its envelopes are answered with a retryable NACK.
  std::vector<Outbound> take(std::span<const Inbound> batch, model::UtcTime now);

  /// A turn through the commit path with nothing to keep.
  /// Errors: those of Store::commit.
  model::Result<void> probe();

  /// BYE for every peer that was heard of since the start, when the broker drains.
  std::vector<Outbound> farewell(model::ByeReason reason, const std::string& message) const;

  [[nodiscard]] const core::State& state() const { return state_; }
  [[nodiscard]] const Directory& directory() const { return *directory_; }
  [[nodiscard]] bool is_serving() const { return problem_.empty(); }

 private:
  struct Batch;
  struct Publication;

  void take_one(Batch& batch, const Inbound& message);
  void greet(Batch& batch, const Inbound& message, const model::RegisteredNode& peer,
             model::ByteView body);
  void answer_ping(Batch& batch, const Inbound& message, const model::RegisteredNode& peer,
                   model::ByteView body);
  void take_envelope(Batch& batch, const Inbound& message, const model::RegisteredNode& peer,
                     model::ByteView body);
  /// Decides the reports of an envelope one by one, each on what the ones before left.
  /// Errors: why something that was said before cannot be recalled; then batch.next is good no
  /// more.
  model::Result<void> decide_reports(Batch& batch, std::vector<model::Report> reports,
                                     const core::Arrival& first, storage::LedgerRecord& record,
                                     core::EnvelopeTaken& taken);
  model::Result<core::Said> recall(const Batch& batch, const core::Place& place);
  void take_next(Batch& batch, const Inbound& message, Publication publication);
  /// The record of exactly this envelope, of this batch or an earlier one; nothing when another
  /// took its place.
  [[nodiscard]] model::Result<std::optional<storage::LedgerRecord>> taken_before(
      const Batch& batch, const Publication& publication) const;
  void take_repeated(Batch& batch, const Inbound& message, const Publication& publication);
  void raise_alarm(Batch& batch, const Inbound& message, const Publication& publication,
                   model::Nack alarm);
  [[nodiscard]] const Directory& directory_of(const Batch& batch) const;
  void nack(Batch& batch, const Inbound& message, model::Nack nack, bool is_suspect);
  model::Result<void> commit(Batch& batch);
  void publish(Batch& batch);
  void answer(Batch& batch, std::vector<Outbound>& out);
  void refuse_all(Batch& batch, std::vector<Outbound>& out, const model::Error& error);
  void remember(const model::NodeId& node, const link::PeerAddress& peer);

  Parts parts_;
  core::State state_;
  trust::TreeFrontier frontier_;
  model::TreeHead tree_head_;
  std::unique_ptr<Directory> directory_;
  Recollection recollection_;
  std::map<model::NodeId, std::set<link::PeerAddress>> peers_;  // A few a node: see remember().
  model::UtcTime last_received_at_{};
  std::string problem_;  // Why nothing can be committed any more.
};

}  // namespace muster::server
