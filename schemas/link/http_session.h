// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "schemas/link/http.h"
#include "schemas/link/http_parse.h"
#include "schemas/link/http_reply.h"
#include "schemas/link/http_wire.h"

namespace muster::link {

class Session;

/// What all connections of a server share. It outlives them.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  [[nodiscard]] virtual const HttpOptions& options() const = 0;
  [[nodiscard]] virtual const HttpService& service() const = 0;
  [[nodiscard]] virtual const std::shared_ptr<Door>& door() const = 0;
  /// Others wait to be taken.
  [[nodiscard]] virtual bool is_full() const = 0;
  /// How long a client may take to send a request.
  [[nodiscard]] virtual std::chrono::milliseconds request_limit() const = 0;
  virtual void session_began() = 0;
  virtual void session_ended() = 0;
  /// It was answered and says nothing: the first to go when places run short.
  virtual void began_to_idle(Session& session) = 0;
  virtual void ceased_to_idle(Session& session) = 0;
};

/// One connection, on the server's thread. It lives as long as an operation on it is under way. One
/// read is always pending while there is room, so that a client that goes is noticed in any phase.
class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, TlsContext* tls, SessionHost& host);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override;

  void start();
  /// Ends a connection that idles.
  void make_room() { leave(true); }

  void answer(std::uint64_t number, HttpResponse response) override;
  void begin_stream(std::uint64_t number, HttpResponse head,
                    std::shared_ptr<StreamState> stream) override;
  void flush(std::uint64_t number) override;
  void disconnect(std::uint64_t number) override;

 private:
  enum class Phase : std::uint8_t {
    shaking_hands,
    reading,    ///< A request, or the wish for one.
    waiting,    ///< For the service.
    answering,  ///< Writing.
    streaming,
    leaving,  ///< Reading and dropping what still comes.
    ended,
  };
  using Error = Wire::Error;

  void on_handshake(Error error);
  void expect_request();
  void read();
  void on_read(Error error, std::size_t size);
  void on_dropped(Error error, std::size_t size);
  void parse();
  void serve();
  void send_continue();
  void write_answer(HttpResponse response, bool may_keep_alive);
  void on_answered(Error error);
  void write_stream();
  void write_chunk(std::size_t size);
  void finish_stream();
  [[nodiscard]] std::string framed(std::string text) const;
  void leave(bool was_idle = false);
  void end();
  void set_idle(bool is_idle);
  void arm(Phase phase, std::chrono::milliseconds limit);
  void on_timeout();

  SessionHost& host_;
  Wire wire_;
  boost::asio::steady_timer timer_;
  Phase phase_;
  HttpPeer peer_;
  // Reading.
  std::unique_ptr<RequestParser> parser_;
  std::string buffer_;  ///< Of this request, and of those that were sent ahead.
  std::array<char, 1024> inbox_{};
  bool is_reading_ = false;
  bool is_at_end_ = false;
  bool is_idle_ = false;
  std::size_t dropped_ = 0;
  // Answering. What is being written stays here meanwhile.
  std::uint64_t number_ = 0;  ///< Of the request, from 1.
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<StreamState> stream_;
  std::string head_, body_;
  std::shared_ptr<const std::string> shared_body_;
  bool keeps_alive_ = false;
  bool is_writing_ = false;
  bool is_chunked_ = false;
};

}  // namespace muster::link
