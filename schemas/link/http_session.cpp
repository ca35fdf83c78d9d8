// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_session.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <utility>

#include "schemas/link/http_text.h"

namespace muster::link {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds kGoodbyeMax{1000};
/// What a client may send that nobody reads: after its last request, or during a stream.
constexpr std::size_t kDroppedBytesMax = 256 * 1024;
/// Beyond one request's header and body, for those that are sent ahead.
constexpr std::size_t kAheadBytesMax = 4096;
/// A body up to this size is copied behind its header.
constexpr std::size_t kJoinedBytesMax = 8192;

asio::const_buffer buffer_of(std::string_view text) {
  return asio::buffer(text.data(), text.size());
}

bool is_status(int status) { return status >= 200 && status <= 599; }

HttpResponse failed_page() {
  return plain_response(500, "this page failed; the server's log may say why");
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, TlsContext* tls, SessionHost& host)
    : host_(host),
      wire_(std::move(socket), tls),
      timer_(wire_.socket().get_executor()),
      phase_(tls != nullptr ? Phase::shaking_hands : Phase::reading) {
  host_.session_began();
}

Session::~Session() {
  if (exchange_) {
    exchange_->is_gone = true;
  }
  if (stream_) {
    stream_->end();
  }
  set_idle(false);
  host_.session_ended();
}

void Session::start() {
  if (phase_ == Phase::reading) {
    peer_ = wire_.peer();
    return expect_request();
  }
  arm(Phase::shaking_hands, host_.request_limit());
  wire_.handshake(
      [self = shared_from_this()](Error error, std::size_t) { self->on_handshake(error); });
}

void Session::on_handshake(Error error) {
  if (phase_ == Phase::ended) {
    return;
  }
  if (!error) {
    peer_ = wire_.peer();
    return expect_request();
  }
  parser_ = std::make_unique<RequestParser>(ParseLimits{});
  wire_.give_up_tls();
  if (is_plain_http(error)) {
    return write_answer(plain_response(400, "this port speaks TLS: use https://"), false);
  }
  leave();
}

void Session::expect_request() {
  const HttpOptions& options = host_.options();
  parser_ = std::make_unique<RequestParser>(ParseLimits{
      .header_bytes_max = options.header_bytes_max, .body_bytes_max = options.body_bytes_max});
  arm(Phase::reading, host_.request_limit());
  parse();
  if (phase_ == Phase::reading && number_ > 0 && buffer_.empty() && !parser_->has_begun()) {
    set_idle(true);
  }
}

void Session::read() {
  const HttpOptions& options = host_.options();
  const std::size_t room = options.header_bytes_max + options.body_bytes_max + kAheadBytesMax;
  if (is_reading_ || is_at_end_ || phase_ == Phase::ended || buffer_.size() >= room) {
    return;
  }
  is_reading_ = true;
  wire_.read_some(asio::buffer(inbox_), [self = shared_from_this()](Error error, std::size_t size) {
    self->is_reading_ = false;
    self->on_read(error, size);
  });
}

void Session::on_read(Error error, std::size_t size) {
  switch (phase_) {
    case Phase::ended:
    case Phase::shaking_hands:
      return;
    case Phase::streaming:
    case Phase::leaving:
      return on_dropped(error, size);
    case Phase::reading:
    case Phase::waiting:
    case Phase::answering:
      break;
  }
  set_idle(false);
  buffer_.append(inbox_.data(), size);
  if (error) {
    is_at_end_ = true;
    // A client that has sent its last request and says so may still read; one that was reset does
    // not. While the service thinks, both count as gone: nobody can tell a close from a half close.
    if (error != asio::error::eof || phase_ == Phase::waiting) {
      return end();
    }
  }
  if (phase_ == Phase::reading) {
    return parse();
  }
  read();
}

void Session::on_dropped(Error error, std::size_t size) {
  dropped_ += size;
  if (error || dropped_ > kDroppedBytesMax) {
    return end();
  }
  read();
}

void Session::parse() {
  switch (parser_->put(buffer_)) {
    case ParseStep::done:
      return serve();
    case ParseStep::failed:
      // Where the next request begins is no longer certain.
      return write_answer(parser_->take_failure(), false);
    case ParseStep::wants_continue:
      return send_continue();
    case ParseStep::needs_more:
      break;
  }
  if (!is_at_end_) {
    return read();
  }
  if (parser_->has_begun() || !buffer_.empty()) {
    return write_answer(parser_->cut_off(), false);
  }
  end();
}

void Session::send_continue() {
  is_writing_ = true;
  wire_.write({buffer_of(kContinue)}, [self = shared_from_this()](Error error, std::size_t) {
    self->is_writing_ = false;
    if (error) {
      return self->end();
    }
    if (self->phase_ == Phase::reading) {
      self->parse();
    }
  });
}

void Session::serve() {
  const HttpOptions& options = host_.options();
  exchange_ =
      std::make_shared<Exchange>(AnswerPlace{.door = host_.door(),
                                             .connection = weak_from_this(),
                                             .number = ++number_,
                                             .is_head = parser_->is_head(),
                                             .stream_backlog_max = options.stream_backlog_max});
  arm(Phase::waiting, options.answer_timeout);
  HttpRequest request = parser_->take_request();
  request.peer = peer_;
  {
    // The service may answer here and now, and then all that follows has happened already.
    const HttpReply reply = HttpReplyMaker::make(exchange_);
    try {
      host_.service()(request, reply);
    } catch (...) {  // The text may hold what a client must not see.
      reply.send(failed_page());
    }
  }
  if (phase_ == Phase::waiting && is_at_end_) {
    return end();
  }
  read();
}

void Session::answer(std::uint64_t number, HttpResponse response) {
  if (number == number_ && phase_ == Phase::waiting) {
    write_answer(is_status(response.status) ? std::move(response) : failed_page(), true);
  }
}

void Session::write_answer(HttpResponse response, bool may_keep_alive) {
  // While others wait for a place, nobody keeps one longer than an answer takes.
  keeps_alive_ = may_keep_alive && parser_->keeps_alive() && !host_.is_full();
  head_ = head_of(
      response,
      {.version = parser_->version(), .is_head = parser_->is_head(), .keeps_alive = keeps_alive_});
  std::string_view body;
  if (!parser_->is_head() && !has_no_body(response.status)) {
    body_ = std::move(response.body);
    shared_body_ = std::move(response.shared_body);
    body = shared_body_ ? *shared_body_ : body_;
  }
  // One packet, and inside TLS one record, for what fits.
  if (body.size() <= kJoinedBytesMax) {
    head_ += std::exchange(body, {});
  }
  exchange_.reset();
  arm(Phase::answering, host_.options().request_timeout);
  is_writing_ = true;
  wire_.write({buffer_of(head_), buffer_of(body)},
              [self = shared_from_this()](Error error, std::size_t) { self->on_answered(error); });
}

void Session::on_answered(Error error) {
  is_writing_ = false;
  head_ = {};
  body_ = {};
  shared_body_.reset();
  if (error || phase_ == Phase::ended) {
    return end();
  }
  return keeps_alive_ ? expect_request() : leave();
}

void Session::begin_stream(std::uint64_t number, HttpResponse head,
                           std::shared_ptr<StreamState> stream) {
  if (number != number_ || phase_ != Phase::waiting || !is_status(head.status) ||
      has_no_body(head.status)) {
    stream->end();
    return answer(number, failed_page());
  }
  const AnswerKind kind{.version = parser_->version(), .goes_on = true};
  const bool is_head = parser_->is_head();
  is_chunked_ = kind.version == 11 && !is_head;
  body_ = head_of(head, kind);
  if (!is_head && !head.body.empty()) {
    body_ += framed(std::move(head.body));
  }
  // A stream may be open for days: it keeps nothing that it does not need.
  exchange_.reset();
  parser_.reset();
  buffer_ = {};
  stream_ = std::move(stream);
  phase_ = Phase::streaming;
  timer_.cancel();
  write_chunk(0);
  flush(number);
  read();
}

void Session::flush(std::uint64_t number) {
  if (number != number_ || phase_ != Phase::streaming) {
    return;
  }
  if (!stream_->is_open()) {
    // What is left is an answer like any other, and has as long as they have.
    arm(Phase::streaming, host_.options().request_timeout);
  }
  if (!is_writing_) {
    write_stream();
  }
}

std::string Session::framed(std::string text) const {
  return is_chunked_ ? chunk_head(text.size()) + text + "\r\n" : std::move(text);
}

void Session::write_stream() {
  std::string text = stream_->take();
  if (!text.empty()) {
    const std::size_t size = text.size();
    body_ = framed(std::move(text));
    return write_chunk(size);
  }
  if (stream_->is_closing()) {
    finish_stream();
  }
}

void Session::write_chunk(std::size_t size) {
  is_writing_ = true;
  wire_.write({buffer_of(body_)}, [self = shared_from_this(), size](Error error, std::size_t) {
    self->is_writing_ = false;
    self->body_ = {};
    if (error || self->phase_ != Phase::streaming) {
      return self->end();
    }
    self->stream_->written(size);
    self->write_stream();
  });
}

void Session::finish_stream() {
  stream_->end();
  stream_.reset();
  keeps_alive_ = false;
  if (!is_chunked_) {
    return leave();
  }
  arm(Phase::answering, host_.options().request_timeout);
  is_writing_ = true;
  wire_.write({buffer_of(kLastChunk)},
              [self = shared_from_this()](Error error, std::size_t) { self->on_answered(error); });
}

void Session::disconnect(std::uint64_t number) {
  if (number == number_ && phase_ == Phase::streaming) {
    end();
  }
}

/// Closing while the client still sends would reset the connection and take the answer away with
/// it, so what comes is read and dropped, within bounds, until the client has seen the end. After a
/// request that was read whole nothing comes, and the connection closes at once.
void Session::leave(bool was_idle) {
  Error ignored;
  const bool is_whole = (!parser_ || parser_->is_whole() || was_idle) && buffer_.empty();
  const bool is_quiet = is_at_end_ || (is_whole && wire_.socket().available(ignored) == 0);
  arm(Phase::leaving, std::min(kGoodbyeMax, host_.options().request_timeout));
  if (!wire_.is_tls()) {
    wire_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    return is_quiet ? end() : read();
  }
  // A goodbye inside TLS does not go with data that is still to be dropped: then the client, which
  // has its answer, says it.
  if (!is_quiet) {
    return read();
  }
  wire_.say_goodbye([self = shared_from_this()](Error, std::size_t) { self->end(); });
}

void Session::end() {
  if (std::exchange(phase_, Phase::ended) == Phase::ended) {
    return;
  }
  if (exchange_) {
    exchange_->is_gone = true;
  }
  if (stream_) {
    stream_->end();
  }
  set_idle(false);
  timer_.cancel();
  wire_.close();
}

void Session::set_idle(bool is_idle) {
  if (std::exchange(is_idle_, is_idle) != is_idle) {
    is_idle ? host_.began_to_idle(*this) : host_.ceased_to_idle(*this);
  }
}

void Session::arm(Phase phase, std::chrono::milliseconds limit) {
  set_idle(false);
  phase_ = phase;
  timer_.expires_after(limit);
  // The timer does not keep the session alive, or each would stay for the whole limit.
  timer_.async_wait([weak = weak_from_this()](Error error) {
    if (const auto self = weak.lock(); self && !error) {
      self->on_timeout();
    }
  });
}

void Session::on_timeout() {
  // Re-armed between the expiry and this call.
  if (timer_.expiry() > std::chrono::steady_clock::now() || phase_ == Phase::ended) {
    return;
  }
  if (phase_ == Phase::waiting) {
    exchange_->is_gone = true;
    return write_answer(plain_response(504, "the answer took too long; try again later"), true);
  }
  if (phase_ != Phase::reading || is_writing_) {
    return end();
  }
  // Somebody who sent nothing has merely kept the connection open.
  if (!parser_->has_begun() && buffer_.empty()) {
    return leave(true);
  }
  write_answer(plain_response(408, "the request took too long to arrive"), false);
}

}  // namespace muster::link
