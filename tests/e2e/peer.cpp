// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/peer.h"

#include <array>
#include <stdexcept>

#include "schemas/trust/envelope.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/message.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session.h"

namespace muster::e2e {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

link::DealerOptions options(const client::Connection& connection, std::int64_t message_bytes_max) {
  link::DealerOptions options;
  options.server_key = connection.server_key;
  options.keys = connection.curve;
  options.message_bytes_max = message_bytes_max;
  return options;
}

Said read(model::ByteView frame) {
  const auto message = must(wire::read_message(frame));
  switch (message.type) {
    case wire::MessageType::welcome:
      return must(wire::read_welcome(message.body));
    case wire::MessageType::ack:
      return must(wire::read_ack(message.body));
    case wire::MessageType::nack:
      return must(wire::read_nack(message.body));
    case wire::MessageType::pong:
      return must(wire::read_pong(message.body));
    case wire::MessageType::bye:
      return must(wire::read_bye(message.body));
    default:
      throw std::runtime_error("the broker does not say " + wire::to_text(message.type));
  }
}

}  // namespace

bool reaches(link::DealerSocket& dealer, link::DealerState state) {
  link::Waiter waiter;
  waiter.watch(dealer);
  const auto deadline = steady_clock::now() + kPatience;
  while (dealer.poll_events() != state) {
    if (steady_clock::now() > deadline) {
      return false;
    }
    waiter.wait(20ms);
  }
  return true;
}

model::UtcTime now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

model::UnitStatement unit(std::string_view id) {
  model::UnitStatement unit;
  unit.unit = must(model::UnitId::parse(id));
  unit.name = "Company (fictional)";
  unit.component = model::Component::military;
  unit.element_kind = model::ElementKind::other;
  unit.lifecycle = model::Lifecycle::training;
  unit.echelon = model::Echelon::company;
  return unit;
}

model::StrengthStatement strength(std::string_view id, model::Count people) {
  model::StrengthStatement strength;
  strength.unit = must(model::UnitId::parse(id));
  strength.authorised = 120;
  strength.assigned = people;
  strength.attached_in = 0;
  strength.detached_out = 0;
  strength.present = people;
  strength.deployable = people;
  return strength;
}

model::Report report(std::vector<model::Statement> statements) {
  model::Report report;
  report.valid_at = now() - 1min;
  report.statements = std::move(statements);
  return report;
}

model::EnvelopeView Letter::view() const {
  return {.protocol_version = protocol_version,
          .node = node,
          .link = link,
          .issued_at = issued_at,
          .reports = {reports.begin(), reports.end()},
          .signature = signature};
}

model::Hash Letter::sign(const trust::SigningKey& key) {
  auto envelope = view();
  const auto head = trust::seal(envelope, key);
  signature = envelope.signature;
  return head;
}

model::Bytes Letter::message() const {
  return wire::publish_message(wire::encode_envelope(view()));
}

Peer::Peer(link::Context& context, const BrokerProcess& broker,
           const exercise::Workspace& workspace, std::string_view node,
           std::int64_t message_bytes_max)
    : id_(must(model::NodeId::parse(node))),
      key_(signing_key(workspace, id_)),
      dealer_(must(link::DealerSocket::connect(
          context, broker.ingest(), options(broker.connection(id_), message_bytes_max)))) {
  waiter_.watch(dealer_);
}

void Peer::send(model::ByteView message) {
  const auto deadline = steady_clock::now() + kPatience;
  while (dealer_.send(message) != link::SendResult::sent) {
    if (dealer_.poll_events() == link::DealerState::denied || steady_clock::now() > deadline) {
      throw std::runtime_error("the broker does not take what " + id_.str() + " says");
    }
    waiter_.wait(20ms);
  }
}

Said Peer::receive() {
  const auto deadline = steady_clock::now() + kPatience;
  while (steady_clock::now() < deadline) {
    if (const auto frame = dealer_.receive()) {
      return read(frame->bytes());
    }
    dealer_.poll_events();
    waiter_.wait(20ms);
  }
  throw std::runtime_error("the broker says nothing to " + id_.str());
}

std::string Peer::describe(const Said& said) {
  if (const auto* nack = std::get_if<model::Nack>(&said)) {
    return "NACK " + model::to_text(nack->code) + ": " + nack->message;
  }
  if (const auto* ack = std::get_if<model::Ack>(&said)) {
    return "ACK up to " + std::to_string(ack->up_to_seq);
  }
  constexpr std::array kNames{"WELCOME", "ACK", "NACK", "PONG", "BYE"};
  return kNames.at(said.index());
}

Letter Peer::letter(const std::vector<model::Report>& reports) {
  Letter letter{.node = id_, .link = next_, .issued_at = now()};
  for (const auto& each : reports) {
    letter.reports.push_back(wire::encode_report(each));
  }
  letter.sign(key_);
  return letter;
}

model::Ack Peer::publish(const std::vector<model::Report>& reports) {
  auto next = letter(reports);
  auto ack = ask<model::Ack>(next.message());
  follow(std::move(next));
  return ack;
}

void Peer::follow(Letter letter) {
  next_.prev_hash = letter.sign(key_);
  next_.first_seq = letter.link.first_seq + letter.reports.size();
}

}  // namespace muster::e2e
