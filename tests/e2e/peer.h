// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "schemas/link/dealer.h"
#include "schemas/link/waiter.h"
#include "schemas/model/report.h"
#include "schemas/model/session.h"
#include "schemas/trust/signing.h"
#include "tests/e2e/broker_process.h"

/// A node by hand: it says exactly what a test wants, well formed or not.
namespace muster::e2e {

/// Now, as the nodes' clocks have it.
model::UtcTime now();

/// A company that is an element of its own, and its people; the rest of `authorised` is vacant.
model::UnitStatement unit(std::string_view id);
model::StrengthStatement strength(std::string_view id, model::Count people);
/// A REGULAR report, true a minute ago, released to nobody.
model::Report report(std::vector<model::Statement> statements);

/// Waits until the connection is in that state.
bool reaches(link::DealerSocket& dealer, link::DealerState state);

/// An envelope that owns its reports, and whose every field a test may change before and after it
/// was signed.
struct Letter {
  std::uint16_t protocol_version = model::kProtocolVersion;
  model::NodeId node;
  model::ChainLink link;
  model::UtcTime issued_at{};
  std::vector<model::Bytes> reports;
  model::Signature signature{};

  /// Returns the node's head after it.
  model::Hash sign(const trust::SigningKey& key);
  /// As a PUBLISH message.
  [[nodiscard]] model::Bytes message() const;

 private:
  [[nodiscard]] model::EnvelopeView view() const;
};

using Said = std::variant<model::Welcome, model::Ack, model::Nack, model::Pong, model::Bye>;

class Peer {
 public:
  Peer(link::Context& context, const BrokerProcess& broker, const exercise::Workspace& workspace,
       std::string_view node, std::int64_t message_bytes_max = link::kMessageBytesMax);
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// Throws when the broker does not take it in time.
  void send(model::ByteView message);
  /// The broker's next word. Throws when it says nothing in time.
  Said receive();
  template <typename Expected>
  Expected receive() {
    auto said = receive();
    if (auto* expected = std::get_if<Expected>(&said)) {
      return std::move(*expected);
    }
    throw std::runtime_error("the broker said something else: " + describe(said));
  }
  /// Says one thing and returns the answer.
  template <typename Expected>
  Expected ask(model::ByteView message) {
    send(message);
    return receive<Expected>();
  }

  /// The next envelope of this node, signed.
  Letter letter(const std::vector<model::Report>& reports);
  /// Sends it, takes the ACK that must come, and goes on from there.
  model::Ack publish(const std::vector<model::Report>& reports);
  /// The chain goes on after `letter`, whatever the broker said about it.
  void follow(Letter letter);

  [[nodiscard]] const model::NodeId& id() const { return id_; }
  [[nodiscard]] const trust::SigningKey& key() const { return key_; }
  [[nodiscard]] const model::ChainLink& next() const { return next_; }
  [[nodiscard]] link::DealerSocket& socket() { return dealer_; }

 private:
  static std::string describe(const Said& said);

  model::NodeId id_;
  trust::SigningKey key_;
  link::DealerSocket dealer_;
  link::Waiter waiter_;
  model::ChainLink next_{1, {}};
};

}  // namespace muster::e2e
