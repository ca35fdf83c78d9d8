// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "broker/server/ingest.h"
#include "broker/server/query_service.h"
#include "broker/server/recovery.h"
#include "schemas/trust/signing.h"
#include "storage/memory_store.h"
#include "tests/support/core_samples.h"

/// The broker without sockets, threads or clock: nodes that seal real envelopes, and an Ingest over
/// a MemoryStore that takes them in batches.
namespace muster::tests {

/// A node with keys of its own and the chain that it has sealed so far.
class TestNode {
 public:
  /// `number` seeds its keys: another number is another node, or another key of the same one.
  TestNode(std::string_view id, std::uint8_t number,
           std::vector<model::Role> roles = {model::Role::publisher});

  /// How it stands in the registry, from a day before kSampleTime.
  [[nodiscard]] model::RegisteredNode entry(std::optional<model::UtcTime> valid_to = {}) const;
  [[nodiscard]] const model::NodeId& id() const { return id_; }
  [[nodiscard]] std::string user_id() const;
  [[nodiscard]] link::PeerAddress address() const;
  [[nodiscard]] const trust::SigningKey& key() const { return key_; }

  /// The next envelope of its chain, as a PUBLISH message.
  model::Bytes publish(const std::vector<model::Report>& reports, model::UtcTime issued_at);
  model::Bytes publish(const model::Report& report, model::UtcTime issued_at) {
    return publish(std::vector{report}, issued_at);
  }
  /// An envelope anywhere in its chain, which stays where it is.
  [[nodiscard]] model::Bytes sealed_at(const model::ChainLink& link,
                                       const std::vector<model::Report>& reports,
                                       model::UtcTime issued_at) const;

  /// Where its chain ends. A test may put it elsewhere.
  std::uint64_t head_seq = 0;
  model::Hash head_hash{};
  [[nodiscard]] model::ChainLink next() const { return {head_seq + 1, head_hash}; }

 private:
  model::Bytes seal(const model::ChainLink& link, const std::vector<model::Report>& reports,
                    model::UtcTime issued_at, model::Hash& head) const;

  model::NodeId id_;
  trust::SigningKey key_;
  model::PublicKey curve_key_{};
  std::vector<model::Role> roles_;
};

/// What the broker answered, and to whom.
struct Reply {
  link::PeerAddress to;
  std::variant<model::Ack, model::Nack, model::Welcome, model::Pong, model::Bye> body;

  [[nodiscard]] const model::Ack* ack() const { return std::get_if<model::Ack>(&body); }
  [[nodiscard]] const model::Nack* nack() const { return std::get_if<model::Nack>(&body); }
};

/// Makes the broker's answers readable. Throws when a message is not one of its answers.
std::vector<Reply> read_replies(const std::vector<server::Outbound>& messages);

/// What the messages say that answer request `id`.
/// Errors: what they refuse with, as a query client tells it; unavailable when they end too early.
model::Result<model::Answer> read_answer(std::uint64_t id,
                                         const std::vector<model::Bytes>& messages);

/// A message on its way in.
struct Sent {
  link::PeerAddress from;
  std::string user_id;
  model::Bytes message;
};
inline Sent sent(const TestNode& node, model::Bytes message) {
  return {node.address(), node.user_id(), std::move(message)};
}

/// A broker of six nations that can be stopped and started again over the same store.
class BrokerRig {
 public:
  BrokerRig();
  /// Over a store of the caller's: store() and restart() are for the others.
  explicit BrokerRig(std::unique_ptr<storage::Store> store);

  /// Registered from the start.
  TestNode kaz{"KAZ/mod", 1};
  TestNode kaz2{"KAZ/mod-2", 2};
  TestNode arm{"ARM/mod", 3};
  TestNode sec{"SEC/hq", 4, {model::Role::officer, model::Role::planner}};
  TestNode reg{"REG/registry", 5, {model::Role::registrar}};
  TestNode ops{"SEC/ops", 6, {model::Role::ops}};

  std::vector<Reply> take(const std::vector<Sent>& batch);
  /// The one answer to one message. Throws when there are more or none.
  Reply take_one(const TestNode& from, model::Bytes message);
  /// Publishes one report, which must be acknowledged.
  model::Ack publish(TestNode& from, const model::Report& report);

  /// What the query socket answers `who`. Errors: what it refuses with.
  model::Result<model::Answer> answer(const TestNode& who, const model::Request& request);

  /// Ends the process and starts it again: what is not in the store is gone.
  /// Errors: those of recover().
  model::Result<void> restart();
  /// Writes the projection of everything up to now.
  void project();

  [[nodiscard]] const core::State& state() const { return ingest_->state(); }
  [[nodiscard]] storage::MemoryStore& store() {
    return dynamic_cast<storage::MemoryStore&>(*store_);
  }
  [[nodiscard]] const storage::Store& any_store() const { return *store_; }
  [[nodiscard]] server::Ingest& ingest() { return *ingest_; }
  [[nodiscard]] server::View& view() { return *view_; }
  [[nodiscard]] const server::SnapshotPtr snapshot() const { return view_->current(); }
  [[nodiscard]] const model::RegistryStatement& genesis() const { return genesis_; }
  [[nodiscard]] const trust::TreeFrontier& frontier() const { return frontier_; }
  [[nodiscard]] model::PublicKey server_key() const { return key_.public_key(); }
  std::string metrics_page();

  model::UtcTime now = kNow;

 private:
  model::Result<void> start();
  void serve(core::State state, const trust::TreeFrontier& frontier);

  trust::SigningKey key_;
  model::RegistryStatement genesis_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<server::BrokerMetrics> metrics_;
  std::optional<server::View> view_;
  std::optional<server::Ingest> ingest_;
  std::optional<server::QueryService> queries_;
  trust::TreeFrontier frontier_;
  server::Touched not_projected_;
};

}  // namespace muster::tests
