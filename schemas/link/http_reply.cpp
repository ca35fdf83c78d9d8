// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_reply.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "schemas/link/http_text.h"

namespace muster::link {
namespace {

HttpResponse too_many_streams() {
  HttpResponse response;
  response.status = 503;
  response.content_type = "application/problem+json";
  response.body = R"({"type":"about:blank","title":"Service Unavailable","status":503,)"
                  R"("detail":"too many event streams are open; try again in some seconds"})"
                  "\n";
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

void send_to(const std::shared_ptr<Exchange>& exchange, HttpResponse response) {
  exchange->place.door->dispatch([exchange, kept = std::move(response)]() mutable {
    if (const auto connection = exchange->place.connection.lock()) {
      connection->answer(exchange->place.number, std::move(kept));
    }
  });
}

void begin(const std::shared_ptr<Exchange>& exchange, HttpResponse head,
           const std::shared_ptr<StreamState>& stream) {
  const bool is_posted =
      exchange->place.door->dispatch([exchange, stream, kept = std::move(head)]() mutable {
        if (const auto connection = exchange->place.connection.lock()) {
          connection->begin_stream(exchange->place.number, std::move(kept), stream);
        } else {
          stream->end();
        }
      });
  if (!is_posted) {
    stream->end();
  }
}

}  // namespace

bool Door::dispatch(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (io_ == nullptr) {
      return false;
    }
    if (!io_->get_executor().running_in_this_thread()) {
      boost::asio::post(*io_, std::move(task));
      return true;
    }
  }
  // The server cannot end while its own thread is here; and what runs may come through again.
  task();
  return true;
}

void Door::close() {
  const std::lock_guard lock(mutex_);
  is_open_ = false;
  io_ = nullptr;
}

bool Door::take_stream_place() {
  std::size_t taken = streams_;
  while (taken < streams_max_) {
    if (streams_.compare_exchange_weak(taken, taken + 1)) {
      return true;
    }
  }
  return false;
}

bool StreamState::write(std::string text) {
  bool is_too_much = false;
  {
    const std::lock_guard lock(mutex_);
    if (!is_open_ || !exchange_->place.door->is_open()) {
      return false;
    }
    is_too_much = waiting_ + text.size() > exchange_->place.stream_backlog_max;
    if (is_too_much) {
      is_open_ = false;
    } else {
      waiting_ += text.size();
      if (pending_.empty()) {
        pending_ = std::move(text);
      } else {
        pending_ += text;
      }
      if (std::exchange(is_called_, true)) {
        return true;
      }
    }
  }
  call(is_too_much ? &Connection::disconnect : &Connection::flush);
  return !is_too_much;
}

bool StreamState::is_open() {
  const std::lock_guard lock(mutex_);
  return is_open_ && exchange_->place.door->is_open();
}

void StreamState::close() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(is_open_, false)) {
      return;
    }
  }
  call(&Connection::flush);
}

void StreamState::call(void (Connection::*what)(std::uint64_t)) {
  exchange_->place.door->dispatch([exchange = exchange_, what] {
    if (const auto connection = exchange->place.connection.lock()) {
      (*connection.*what)(exchange->place.number);
    }
  });
}

std::string StreamState::take() {
  const std::lock_guard lock(mutex_);
  is_called_ = false;
  return std::exchange(pending_, {});
}

void StreamState::written(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  waiting_ -= bytes;
}

bool StreamState::is_closing() {
  const std::lock_guard lock(mutex_);
  return !is_open_ && pending_.empty();
}

void StreamState::end() {
  const std::lock_guard lock(mutex_);
  is_open_ = false;
  pending_ = {};
  if (!std::exchange(is_ended_, true)) {
    exchange_->place.door->give_stream_place();
  }
}

/// One for all copies of a reply, so that the last one is noticed.
struct HttpReply::Impl {
  explicit Impl(std::shared_ptr<Exchange> of) : exchange(std::move(of)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    try {
      if (!exchange->is_answered.exchange(true)) {
        send_to(exchange, plain_response(500, "this page gave no answer; the log may say why"));
      }
    } catch (...) {  // Out of memory: the answer's time limit will speak instead.
    }
  }

  std::shared_ptr<Exchange> exchange;
};

/// One for all copies of a stream, for the same reason.
struct HttpStream::Impl {
  explicit Impl(std::shared_ptr<StreamState> of) : state(std::move(of)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    try {
      state->close();
    } catch (...) {  // Out of memory: the connection stays until its client goes.
    }
  }

  std::shared_ptr<StreamState> state;
};

bool HttpStream::write(std::string text) const {
  return impl_ && impl_->state->write(std::move(text));
}
bool HttpStream::is_open() const { return impl_ && impl_->state->is_open(); }
void HttpStream::close() const {
  if (impl_) {
    impl_->state->close();
  }
}

void HttpReply::send(HttpResponse response) const {
  if (!impl_ || impl_->exchange->is_answered.exchange(true)) {
    return;
  }
  send_to(impl_->exchange, std::move(response));
}

HttpStream HttpReply::stream(HttpResponse head) const {
  if (!impl_ || is_abandoned() || impl_->exchange->is_answered.exchange(true)) {
    return {};
  }
  const auto& exchange = impl_->exchange;
  if (!exchange->place.door->take_stream_place()) {
    send_to(exchange, too_many_streams());
    return {};
  }
  const auto state = std::make_shared<StreamState>(exchange);
  if (exchange->place.is_head) {
    state->close();  // Before it begins, so that nobody writes what a HEAD must not have.
  }
  begin(exchange, std::move(head), state);
  HttpStream stream;
  stream.impl_ = std::make_shared<HttpStream::Impl>(state);
  return stream;
}

bool HttpReply::is_abandoned() const {
  return !impl_ || impl_->exchange->is_gone || !impl_->exchange->place.door->is_open();
}

HttpReply HttpReplyMaker::make(std::shared_ptr<Exchange> exchange) {
  HttpReply reply;
  reply.impl_ = std::make_shared<HttpReply::Impl>(std::move(exchange));
  return reply;
}

}  // namespace muster::link
