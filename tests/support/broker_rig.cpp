// SPDX-License-Identifier: Apache-2.0
#include "tests/support/broker_rig.h"

#include <stdexcept>

#include "schemas/trust/envelope.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session.h"

namespace muster::tests {

using namespace std::chrono_literals;

namespace {

trust::SigningKey key_of(std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(number);
  return trust::SigningKey::from_seed(seed);
}

template <typename Body>
Reply reply_of(const link::PeerAddress& to, model::Result<Body> body) {
  if (!body) {
    throw std::logic_error(body.error().message);
  }
  return {to, std::move(*body)};
}

Reply read_reply(const server::Outbound& out) {
  const auto view = wire::read_message(out.message);
  if (!view) {
    throw std::logic_error(view.error().message);
  }
  switch (view->type) {
    case wire::MessageType::ack:
      return reply_of(out.to, wire::read_ack(view->body));
    case wire::MessageType::nack:
      return reply_of(out.to, wire::read_nack(view->body));
    case wire::MessageType::welcome:
      return reply_of(out.to, wire::read_welcome(view->body));
    case wire::MessageType::pong:
      return reply_of(out.to, wire::read_pong(view->body));
    case wire::MessageType::bye:
      return reply_of(out.to, wire::read_bye(view->body));
    default:
      throw std::logic_error("the broker said " + wire::to_text(view->type));
  }
}

}  // namespace

TestNode::TestNode(std::string_view id, std::uint8_t number, std::vector<model::Role> roles)
    : id_(node_id(id)), key_(key_of(number)), roles_(std::move(roles)) {
  curve_key_.fill(static_cast<std::uint8_t>(number + 100));
}

model::RegisteredNode TestNode::entry(std::optional<model::UtcTime> valid_to) const {
  return {.node_id = id_,
          .key = key_.public_key(),
          .curve_key = curve_key_,
          .roles = roles_,
          .valid_from = kSampleTime - 24h,
          .valid_to = valid_to};
}

std::string TestNode::user_id() const { return server::user_id_of(id_, curve_key_); }
link::PeerAddress TestNode::address() const { return link::PeerAddress("peer of " + id_.str()); }

model::Bytes TestNode::seal(const model::ChainLink& link, const std::vector<model::Report>& reports,
                            model::UtcTime issued_at, model::Hash& head) const {
  std::vector<model::Bytes> encoded;
  for (const auto& report : reports) {
    encoded.push_back(wire::encode_report(report));
  }
  model::EnvelopeView envelope{.protocol_version = model::kProtocolVersion,
                               .node = id_,
                               .link = link,
                               .issued_at = issued_at,
                               .reports = {encoded.begin(), encoded.end()}};
  head = trust::seal(envelope, key_);
  return wire::publish_message(wire::encode_envelope(envelope));
}

model::Bytes TestNode::publish(const std::vector<model::Report>& reports,
                               model::UtcTime issued_at) {
  auto message = seal(next(), reports, issued_at, head_hash);
  head_seq += reports.size();
  return message;
}

model::Bytes TestNode::sealed_at(const model::ChainLink& link,
                                 const std::vector<model::Report>& reports,
                                 model::UtcTime issued_at) const {
  model::Hash ignored{};
  return seal(link, reports, issued_at, ignored);
}

std::vector<Reply> read_replies(const std::vector<server::Outbound>& messages) {
  std::vector<Reply> replies;
  for (const auto& message : messages) {
    replies.push_back(read_reply(message));
  }
  return replies;
}

BrokerRig::BrokerRig() : BrokerRig(storage::make_memory_store()) {}

BrokerRig::BrokerRig(std::unique_ptr<storage::Store> store)
    : key_(key_of(99)), genesis_(six_members()), store_(std::move(store)) {
  for (const auto* node : {&kaz, &kaz2, &arm, &sec, &reg, &ops}) {
    genesis_.nodes.push_back(node->entry());
  }
  if (auto started = start(); !started) {
    throw std::logic_error(started.error().message);
  }
}

void BrokerRig::serve(core::State state, const trust::TreeFrontier& frontier) {
  metrics_ = std::make_unique<server::BrokerMetrics>(
      "test", std::vector{nation("KAZ"), nation("ARM"), model::secretariat(), model::registrar()});
  frontier_ = frontier;
  server::Snapshot first{state, trust::sign_tree_head(frontier, now, key_)};
  view_.emplace(std::make_shared<const server::Snapshot>(std::move(first)));
  const auto remember = [this](const server::Committed& committed) {
    frontier_ = committed.frontier;
    not_projected_.add(committed.touched);
  };
  ingest_.emplace(server::Ingest::Parts{.store = *store_,
                                        .view = *view_,
                                        .metrics = metrics_->ingest(),
                                        .key = key_,
                                        .limits = {},
                                        .software = "rig",
                                        .on_committed = remember},
                  std::move(state), frontier);
  queries_.emplace(server::QueryService::Parts{.view = *view_,
                                               .store = *store_,
                                               .metrics = metrics_->query(),
                                               .limits = {},
                                               .software = "rig"});
}

namespace {

/// As a query client tells it.
model::ErrorCode code_of(model::QueryError refusal) {
  switch (refusal) {
    case model::QueryError::malformed:
      return model::ErrorCode::malformed;
    case model::QueryError::not_found:
      return model::ErrorCode::not_found;
    case model::QueryError::unsupported:
      return model::ErrorCode::unsupported;
    case model::QueryError::deadline:
      return model::ErrorCode::timed_out;
    case model::QueryError::unavailable:
      return model::ErrorCode::unavailable;
    default:
      return model::ErrorCode::refused;
  }
}

}  // namespace

model::Result<model::Answer> read_answer(std::uint64_t id,
                                         const std::vector<model::Bytes>& messages) {
  wire::AnswerAssembler assembler(id);
  for (const auto& message : messages) {
    MUSTER_TRY(const auto view, wire::read_message(message));
    if (view.type == wire::MessageType::refusal) {
      MUSTER_TRY(const auto refusal, wire::read_refusal(view.body));
      return model::fail(code_of(refusal.code),
                         model::to_text(refusal.code) + ": " + refusal.message);
    }
    MUSTER_TRY(auto answer, assembler.add(view.body));
    if (answer) {
      return *std::move(answer);
    }
  }
  return model::fail(model::ErrorCode::unavailable, "the answer ends too early");
}

model::Result<model::Answer> BrokerRig::answer(const TestNode& who, const model::Request& request) {
  return read_answer(request.id,
                     queries_->answer(who.user_id(), wire::request_message(request), now));
}

model::Result<void> BrokerRig::restart() {
  store().restart();
  return start();
}

model::Result<void> BrokerRig::start() {
  MUSTER_TRY(auto recovered, server::recover(*store_, {}, genesis_, {}));
  not_projected_ = recovered.touched;
  serve(std::move(recovered.state), recovered.frontier);
  return {};
}

void BrokerRig::project() {
  const auto step =
      server::projection_step(state(), frontier_, not_projected_, *store_->watermark());
  if (auto projected = store_->project(step); !projected) {
    throw std::logic_error(projected.error().message);
  }
  not_projected_ = {};
}

std::vector<Reply> BrokerRig::take(const std::vector<Sent>& batch) {
  std::vector<server::Inbound> inbound;
  for (const auto& message : batch) {
    inbound.push_back({message.from, message.user_id, message.message});
  }
  return read_replies(ingest_->take(inbound, now));
}

Reply BrokerRig::take_one(const TestNode& from, model::Bytes message) {
  auto replies = take({sent(from, std::move(message))});
  if (replies.size() != 1) {
    throw std::logic_error(std::to_string(replies.size()) + " answers to one message");
  }
  return replies.front();
}

model::Ack BrokerRig::publish(TestNode& from, const model::Report& report) {
  const auto reply = take_one(from, from.publish(report, now));
  if (reply.ack() == nullptr) {
    throw std::logic_error("not acknowledged: " + reply.nack()->message);
  }
  return *reply.ack();
}

std::string BrokerRig::metrics_page() { return metrics_->page({.now = now}); }

}  // namespace muster::tests
