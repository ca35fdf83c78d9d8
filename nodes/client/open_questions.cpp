// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/open_questions.h"

#include <algorithm>

namespace muster::client {

using model::Error;
using model::Result;
using std::chrono::milliseconds;

std::optional<model::Bytes> OpenQuestions::to_send(Moment now) const {
  if (unsent_.empty()) {
    return std::nullopt;
  }
  const auto& question = unsent_.front();
  auto request = request_of(question.query, question.standpoint,
                            std::chrono::ceil<milliseconds>(question.deadline - now));
  request.id = last_id_ + 1;
  return wire::request_message(request);
}

void OpenQuestions::sent(std::uint64_t connection) {
  const std::uint64_t id = ++last_id_;
  asked_.emplace(id, Asked{std::move(unsent_.front()), connection, wire::AnswerAssembler(id)});
  unsent_.pop_front();
}

void OpenQuestions::too_large() {
  answered_.push_back(
      {std::move(unsent_.front()),
       model::fail(model::ErrorCode::malformed,
                   "the question is larger than a message may be: ask for less at once")});
  unsent_.pop_front();
}

void OpenQuestions::connected(std::uint64_t connection) {
  for (auto last = asked_.rbegin(); last != asked_.rend(); ++last) {
    if (last->second.connection != connection) {
      unsent_.push_front(std::move(last->second.question));
    }
  }
  std::erase_if(asked_, [&](const auto& one) { return one.second.connection != connection; });
}

void OpenQuestions::received(model::ByteView frame) {
  const auto message = wire::read_message(frame);
  if (!message) {
    // Nobody knows whose answer it was, and the next will hardly be better.
    return fail_all(unreadable_message(message.error()));
  }
  if (message->type == wire::MessageType::chunk) {
    take_chunk(message->body);
  } else if (message->type == wire::MessageType::refusal) {
    take_refusal(message->body);
  }
}

void OpenQuestions::take_chunk(model::ByteView body) {
  const auto id = wire::read_chunk_id(body);
  if (!id) {
    return fail_all(unreadable_answer(id.error()));
  }
  const auto found = asked_.find(*id);
  if (found == asked_.end()) {
    return;  // The rest of an answer that came too late.
  }
  auto whole = found->second.chunks.add(body);
  if (!whole) {
    settle(*id, tl::unexpected(unreadable_answer(whole.error())));
  } else if (*whole) {
    settle(*id, **std::move(whole));
  }
}

void OpenQuestions::take_refusal(model::ByteView body) {
  const auto refusal = wire::read_refusal(body);
  if (!refusal) {
    return fail_all(refusal.error());
  }
  if (refusal->id != 0) {
    return settle(refusal->id, tl::unexpected(refusal_error(*refusal)));
  }
  // The broker could not read the question, so not its number either. It answers in order, all but
  // packages: it means the first that is still open.
  const auto first = std::find_if(asked_.begin(), asked_.end(), [](const auto& one) {
    return !std::holds_alternative<model::AssembleQuery>(one.second.question.query);
  });
  const auto meant = first != asked_.end() ? first : asked_.begin();
  if (meant != asked_.end()) {
    settle(meant->first, tl::unexpected(refusal_error(*refusal)));
  }
}

void OpenQuestions::settle(std::uint64_t id, Result<model::Answer> result) {
  if (auto node = asked_.extract(id)) {
    auto& question = node.mapped().question;
    auto judged = as_supposed(std::move(result), question.standpoint.what_if);
    answered_.push_back({std::move(question), std::move(judged)});
  }
}

void OpenQuestions::tick(Moment now, const Reach& reach) {
  const auto give_up = [&](Question& question) {
    auto error = late_error(question.query, connection_, reach, question.wait_max);
    answered_.push_back({std::move(question), tl::unexpected(std::move(error))});
  };
  for (auto one = asked_.begin(); one != asked_.end();) {
    if (now >= one->second.question.deadline) {
      give_up(one->second.question);
      one = asked_.erase(one);
    } else {
      ++one;
    }
  }
  for (auto& question : std::exchange(unsent_, {})) {
    if (now >= question.deadline) {
      give_up(question);
    } else {
      unsent_.push_back(std::move(question));
    }
  }
}

void OpenQuestions::fail_all(const Error& error) {
  for (auto& [id, one] : std::exchange(asked_, {})) {
    answered_.push_back({std::move(one.question), tl::unexpected(error)});
  }
  for (auto& question : std::exchange(unsent_, {})) {
    answered_.push_back({std::move(question), tl::unexpected(error)});
  }
}

std::optional<OpenQuestions::Moment> OpenQuestions::wake_at() const {
  std::optional<Moment> at;
  const auto take = [&](const Question& question) {
    at = std::min(at.value_or(question.deadline), question.deadline);
  };
  for (const auto& question : unsent_) {
    take(question);
  }
  for (const auto& [id, one] : asked_) {
    take(one.question);
  }
  return at;
}

}  // namespace muster::client
