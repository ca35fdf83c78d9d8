// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "schemas/link/http.h"

namespace boost::asio {
class io_context;
}

/// What stands behind HttpReply and HttpStream: how an answer from any thread reaches the server's.
namespace muster::link {

class StreamState;

/// One connection, as an answer sees it. Called on the server's thread alone.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Nothing happens unless the request of this number still waits.
  virtual void answer(std::uint64_t number, HttpResponse response) = 0;
  /// The same. The stream is ended if it cannot begin.
  virtual void begin_stream(std::uint64_t number, HttpResponse head,
                            std::shared_ptr<StreamState> stream) = 0;
  /// The stream of this request has something to write, or is to be closed.
  virtual void flush(std::uint64_t number) = 0;
  virtual void disconnect(std::uint64_t number) = 0;
};

/// The way onto the server's thread. It outlives the server, and leads nowhere then. Any thread.
class Door {
 public:
  Door(boost::asio::io_context& io, std::size_t streams_max)
      : streams_max_(streams_max), io_(&io) {}

  /// Runs it on the server's thread: at once when called there. False once the server has ended.
  bool dispatch(std::function<void()> task);
  /// Nothing comes through from now on, and nothing is being handed over any more.
  void close();
  [[nodiscard]] bool is_open() const { return is_open_; }

  bool take_stream_place();
  void give_stream_place() { --streams_; }
  [[nodiscard]] std::size_t streams() const { return streams_; }

 private:
  const std::size_t streams_max_;
  std::atomic<std::size_t> streams_{0};
  std::atomic<bool> is_open_{true};
  std::mutex mutex_;
  boost::asio::io_context* io_;  // Guarded by mutex_; null when closed.
};

/// Where an answer has to go.
struct AnswerPlace {
  std::shared_ptr<Door> door{};
  std::weak_ptr<Connection> connection{};
  std::uint64_t number = 0;  ///< Of the request on its connection.
  bool is_head = false;
  std::size_t stream_backlog_max = 0;
};

/// One request that waits for its answer. Shared by its connection and its replies.
struct Exchange {
  explicit Exchange(AnswerPlace at) : place(std::move(at)) {}

  const AnswerPlace place;
  std::atomic<bool> is_answered{false};
  std::atomic<bool> is_gone{false};
};

/// Makes the replies, which nobody else can.
struct HttpReplyMaker {
  static HttpReply make(std::shared_ptr<Exchange> exchange);
};

/// What an open stream still has to send. Shared by its connection and its handles.
class StreamState {
 public:
  /// Takes over one of the door's places.
  explicit StreamState(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  StreamState(const StreamState&) = delete;
  StreamState& operator=(const StreamState&) = delete;
  ~StreamState() { end(); }

  // Any thread.
  bool write(std::string text);
  [[nodiscard]] bool is_open();
  void close();

  // The server's thread.
  /// What is to be written now. Its bytes count as waiting until written() says otherwise.
  std::string take();
  void written(std::size_t bytes);
  [[nodiscard]] bool is_closing();
  /// Nothing more is taken, and the place is free. More often than once is harmless.
  void end();

 private:
  void call(void (Connection::*what)(std::uint64_t));

  const std::shared_ptr<Exchange> exchange_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::string pending_;
  std::size_t waiting_ = 0;  ///< Of pending_, and of what was taken and is not yet written.
  bool is_open_ = true;      ///< For write().
  bool is_ended_ = false;
  bool is_called_ = false;  ///< flush() is on its way.
};

}  // namespace muster::link
