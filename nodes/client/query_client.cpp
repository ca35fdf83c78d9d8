// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/query_client.h"

#include <algorithm>
#include <utility>

#include "nodes/client/dealer_options.h"
#include "nodes/client/query_parts.h"
#include "schemas/link/dealer.h"
#include "schemas/link/waiter.h"
#include "schemas/wire/query.h"

namespace muster::client {

using model::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds kLook{5};  // Between two tries to send while nobody is connected.

/// What is asked, as of when, and what is supposed. Looks at what the caller of ask() keeps.
struct Question {
  const model::Query& query;
  const model::Standpoint& standpoint;
};

/// One question on its way: its number, its chunks, and the connection it went out on.
struct Asked {
  std::uint64_t id;
  std::uint64_t connection;
  wire::AnswerAssembler chunks;
};

class DealerQueryClient final : public QueryClient {
 public:
  DealerQueryClient(link::Context& context, Connection connection, link::DealerSocket dealer)
      : context_(context), connection_(std::move(connection)), dealer_(std::move(dealer)) {
    waiter_.watch(dealer_);
  }
  using QueryClient::ask;
  Result<model::Answer> ask(const model::Query& query, const model::Standpoint& standpoint,
                            milliseconds wait_max) override;
  [[nodiscard]] bool is_connected() const override {
    return dealer_.state() == link::DealerState::connected;
  }

 private:
  using Outcome = std::optional<Result<model::Answer>>;
  Result<void> renew_if_denied();
  bool send(const Question& question, milliseconds left);
  Outcome take_frames();
  Outcome take(const wire::MessageView& message);
  Outcome take_chunk(model::ByteView body);
  Outcome take_refusal(model::ByteView body);

  link::Context& context_;
  const Connection connection_;
  link::DealerSocket dealer_;
  link::Waiter waiter_;
  std::uint64_t last_id_ = 0;
  std::optional<Asked> asked_;
};

Result<model::Answer> DealerQueryClient::ask(const model::Query& query,
                                             const model::Standpoint& standpoint,
                                             milliseconds wait_max) {
  MUSTER_CHECK(renew_if_denied());
  const auto deadline = steady_clock::now() + wait_max;
  asked_.reset();
  while (true) {
    if (dealer_.poll_events() == link::DealerState::denied) {
      return tl::unexpected(denied_error(connection_));
    }
    // A question has no effect, so one that a broken connection may have lost is asked again.
    const bool lost = asked_ && asked_->connection != dealer_.connections();
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const bool waiting = (asked_ && !lost) || send({query, standpoint}, left);
    if (auto outcome = take_frames()) {
      return as_supposed(*std::move(outcome), standpoint.what_if);
    }
    if (left.count() <= 0) {
      return tl::unexpected(late_error(query, connection_, reach_of(dealer_), wait_max));
    }
    waiter_.wait(waiting ? left : std::min(left, kLook));
  }
}

Result<void> DealerQueryClient::renew_if_denied() {
  if (dealer_.poll_events() != link::DealerState::denied) {
    return {};
  }
  MUSTER_TRY(auto renewed, link::DealerSocket::connect(context_, connection_.query_endpoint,
                                                       dealer_options(connection_)));
  waiter_.forget_all();
  dealer_ = std::move(renewed);
  waiter_.watch(dealer_);
  return {};
}

bool DealerQueryClient::send(const Question& question, milliseconds left) {
  const std::uint64_t id = last_id_ + 1;
  auto request = request_of(question.query, question.standpoint, left);
  request.id = id;
  if (dealer_.send(wire::request_message(request)) != link::SendResult::sent) {
    return false;
  }
  last_id_ = id;
  dealer_.poll_events();
  asked_.emplace(Asked{id, dealer_.connections(), wire::AnswerAssembler(id)});
  return true;
}

DealerQueryClient::Outcome DealerQueryClient::take_frames() {
  while (const auto frame = dealer_.receive()) {
    const auto message = wire::read_message(frame->bytes());
    if (!message) {
      return tl::unexpected(unreadable_message(message.error()));
    }
    if (auto outcome = take(*message)) {
      return outcome;
    }
  }
  return std::nullopt;
}

DealerQueryClient::Outcome DealerQueryClient::take(const wire::MessageView& message) {
  if (!asked_) {
    return std::nullopt;  // The rest of an answer that came too late.
  }
  if (message.type == wire::MessageType::chunk) {
    return take_chunk(message.body);
  }
  if (message.type == wire::MessageType::refusal) {
    return take_refusal(message.body);
  }
  return std::nullopt;
}

DealerQueryClient::Outcome DealerQueryClient::take_chunk(model::ByteView body) {
  auto answer = asked_->chunks.add(body);
  if (!answer) {
    return tl::unexpected(unreadable_answer(answer.error()));
  }
  if (!*answer) {
    return std::nullopt;
  }
  return Result<model::Answer>(**std::move(answer));
}

DealerQueryClient::Outcome DealerQueryClient::take_refusal(model::ByteView body) {
  const auto refusal = wire::read_refusal(body);
  if (!refusal) {
    return tl::unexpected(refusal.error());
  }
  // Number 0: the broker could not read the question, so not its number either.
  if (refusal->id != asked_->id && refusal->id != 0) {
    return std::nullopt;
  }
  return tl::unexpected(refusal_error(*refusal));
}

}  // namespace

Result<std::unique_ptr<QueryClient>> QueryClient::connect(link::Context& context,
                                                          const Connection& connection) {
  MUSTER_TRY(auto dealer, link::DealerSocket::connect(context, connection.query_endpoint,
                                                      dealer_options(connection)));
  return std::unique_ptr<QueryClient>(
      std::make_unique<DealerQueryClient>(context, connection, std::move(dealer)));
}

}  // namespace muster::client
