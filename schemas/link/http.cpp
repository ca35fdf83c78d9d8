// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <exception>
#include <optional>
#include <thread>

#include "schemas/link/quiet_thread.h"

namespace muster::link {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using model::ErrorCode;
using model::fail;
using Answer = http::response<http::string_body>;

constexpr std::chrono::milliseconds kAcceptRetry{100};
constexpr std::chrono::milliseconds kGoodbyeMax{1000};
constexpr std::size_t kGoodbyeBytesMax = 256 * 1024;
constexpr std::string_view kMethods = "GET, HEAD";

std::string_view std_view(beast::string_view text) { return {text.data(), text.size()}; }
beast::string_view beast_view(std::string_view text) { return {text.data(), text.size()}; }

/// One line of text that says what went wrong.
HttpResponse plain(int status, std::string text) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(text);
  response.body += '\n';
  return response;
}

HttpResponse list_of_paths(const HttpRoutes& routes) {
  std::string text = "no such page; there are:";
  for (const auto& [path, handler] : routes) {
    text += "\n" + path;
  }
  return plain(404, std::move(text));
}

bool is_answered(http::verb method) {
  return method == http::verb::get || method == http::verb::head;
}

HttpResponse wrong_method() {
  HttpResponse response = plain(405, "only GET and HEAD are answered here");
  response.headers.emplace_back("Allow", kMethods);
  return response;
}

HttpRequest request_of(const http::request<http::string_body>& parsed) {
  HttpRequest request;
  const std::string_view target = std_view(parsed.target());
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) {
    request.query = target.substr(mark + 1);
  }
  for (const auto& field : parsed) {
    request.headers.emplace_back(std_view(field.name_string()), std_view(field.value()));
  }
  return request;
}

/// A handler is not ours, so this is the edge where what it throws becomes an answer.
HttpResponse call(const HttpHandler& handler, const HttpRequest& request) {
  try {
    HttpResponse response = handler(request);
    if (response.status >= 200 && response.status <= 599) {
      return response;
    }
  } catch (...) {  // The text may hold what a client must not see.
  }
  return plain(500, "this page failed; the server's log may say why");
}

bool is_one_line(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  });
}

void set_header(Answer& answer, std::string_view name, std::string_view value) {
  if (!name.empty() && is_one_line(name) && is_one_line(value)) {
    answer.set(beast_view(name), beast_view(value));
  }
}

/// Statuses whose message ends with its header.
bool has_no_body(int status) { return status == 204 || status == 304; }

struct AnswerKind {
  unsigned version = 11;  ///< 10 or 11, as the request had it.
  bool is_head = false;
  bool keeps_alive = false;
};

Answer answer_of(HttpResponse response, AnswerKind kind) {
  Answer answer(static_cast<http::status>(response.status), kind.version);
  set_header(answer, "Date",
             fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))));
  set_header(answer, "Cache-Control", "no-store");
  set_header(answer, "X-Content-Type-Options", "nosniff");
  if (!has_no_body(response.status)) {
    set_header(answer, "Content-Type", response.content_type);
    answer.content_length(response.body.size());
    if (!kind.is_head) {
      answer.body() = std::move(response.body);
    }
  }
  for (const auto& [name, value] : response.headers) {
    set_header(answer, name, value);
  }
  answer.keep_alive(kind.keeps_alive);
  return answer;
}

/// What to answer to a request that could not be read; nothing if nobody is left to read it.
std::optional<HttpResponse> answer_to_failure(error_code error) {
  if (error == http::error::end_of_stream) {
    return std::nullopt;
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return plain(431, "the request's header is too large");
  }
  if (error == http::error::body_limit) {
    return plain(413, "the request's body is too large");
  }
  if (error.category() == http::make_error_code(http::error::bad_method).category()) {
    return plain(400, "this is not an HTTP request: " + error.message());
  }
  return std::nullopt;
}

class Session;

/// What all connections share. Its members are destroyed from the last to the first, so that the
/// sessions, which end with the io_context, may still count themselves out.
class Listener {
 public:
  Listener(const HttpOptions& options, HttpRoutes routes)
      : options_(options), routes_(std::move(routes)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { stopping_ = true; }

  model::Result<void> listen();
  void run();
  void stop() { io_.stop(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] const HttpOptions& options() const { return options_; }
  [[nodiscard]] HttpResponse respond(const http::request<http::string_body>& parsed) const;
  [[nodiscard]] bool is_full() const { return sessions_ >= options_.connections_max; }
  void session_began() { ++sessions_; }
  void session_ended();

 private:
  void accept();
  void accepted(error_code error, tcp::socket socket);

  const HttpOptions options_;
  const HttpRoutes routes_;
  std::size_t sessions_ = 0;
  bool stopping_ = false;
  bool accepting_ = false;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer accept_retry_{io_};
};

/// One connection. It lives as long as an operation on it is under way.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Listener& listener)
      : listener_(listener), socket_(std::move(socket)), timer_(socket_.get_executor()) {
    listener_.session_began();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { listener_.session_ended(); }

  void read_request();

 private:
  enum class Phase : std::uint8_t { reading, answering, leaving };

  void on_header(error_code error);
  void on_request(error_code error);
  void on_failure(error_code error);
  void answer(HttpResponse response, bool may_keep_alive);
  void on_answered(error_code error);
  void leave();
  void drain();
  void arm(Phase phase, std::chrono::milliseconds limit);
  void on_timeout();

  Listener& listener_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  Phase phase_ = Phase::reading;
  bool timed_out_ = false;
  // Bytes of a next request may already be in here when one is answered.
  beast::flat_buffer buffer_{listener_.options().header_bytes_max +
                             listener_.options().body_bytes_max + 4096};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<Answer> answer_;
  std::array<char, 1024> scratch_{};
  std::size_t drained_ = 0;
};

void Session::read_request() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(listener_.options().header_bytes_max));
  parser_->body_limit(listener_.options().body_bytes_max);
  arm(Phase::reading, listener_.options().request_timeout);
  http::async_read_header(
      socket_, buffer_, *parser_,
      [self = shared_from_this()](error_code error, std::size_t) { self->on_header(error); });
}

void Session::on_header(error_code error) {
  // The size of a body is known before its method is looked at, and the method matters more. The
  // body stays unread, so the connection cannot be used any more.
  if ((!error || error == http::error::body_limit) && !is_answered(parser_->get().method())) {
    return answer(wrong_method(), !error && parser_->is_done());
  }
  if (error) {
    return on_failure(error);
  }
  if (parser_->is_done()) {
    return on_request({});
  }
  http::async_read(
      socket_, buffer_, *parser_,
      [self = shared_from_this()](error_code failed, std::size_t) { self->on_request(failed); });
}

void Session::on_request(error_code error) {
  if (error) {
    return on_failure(error);
  }
  answer(listener_.respond(parser_->get()), true);
}

void Session::on_failure(error_code error) {
  if (timed_out_) {
    // Somebody who sent nothing has merely kept the connection open.
    if (parser_->got_some() || buffer_.size() > 0) {
      answer(plain(408, "the request took too long to arrive"), false);
    }
    return;
  }
  if (auto response = answer_to_failure(error)) {
    answer(*std::move(response), false);
  }
}

void Session::answer(HttpResponse response, bool may_keep_alive) {
  const auto& request = parser_->get();
  // While others wait for a place, nobody keeps one longer than an answer takes.
  const bool keeps_alive = may_keep_alive && request.keep_alive() && !listener_.is_full();
  answer_.emplace(answer_of(std::move(response), {.version = request.version() == 10 ? 10U : 11U,
                                                  .is_head = request.method() == http::verb::head,
                                                  .keeps_alive = keeps_alive}));
  arm(Phase::answering, listener_.options().request_timeout);
  http::async_write(socket_, *answer_, [self = shared_from_this()](error_code error, std::size_t) {
    self->on_answered(error);
  });
}

void Session::on_answered(error_code error) {
  if (error) {
    return;
  }
  if (answer_->keep_alive()) {
    return read_request();
  }
  leave();
}

/// Closing while the client still sends would reset the connection and take the answer away with
/// it, so what comes is read and dropped, within bounds, until the client has seen the end. After a
/// request that was read whole nothing comes, and the connection closes at once.
void Session::leave() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  if (parser_->is_done() && buffer_.size() == 0 && socket_.available(ignored) == 0) {
    return;
  }
  arm(Phase::leaving, std::min(kGoodbyeMax, listener_.options().request_timeout));
  drain();
}

void Session::drain() {
  socket_.async_read_some(asio::buffer(scratch_),
                          [self = shared_from_this()](error_code error, std::size_t size) {
                            self->drained_ += size;
                            if (!error && self->drained_ < kGoodbyeBytesMax) {
                              self->drain();
                            }
                          });
}

void Session::arm(Phase phase, std::chrono::milliseconds limit) {
  phase_ = phase;
  timer_.expires_after(limit);
  // The timer does not keep the session alive, or each would stay for the whole limit.
  timer_.async_wait([weak = weak_from_this()](error_code error) {
    if (const auto self = weak.lock(); self && !error) {
      self->on_timeout();
    }
  });
}

void Session::on_timeout() {
  // Re-armed between the expiry and this call.
  if (timer_.expiry() > std::chrono::steady_clock::now()) {
    return;
  }
  error_code ignored;
  if (phase_ == Phase::reading) {
    timed_out_ = true;
    socket_.cancel(ignored);
  } else {
    socket_.close(ignored);
  }
}

tl::unexpected<model::Error> listen_error(const HttpOptions& options, error_code error) {
  const std::string where =
      fmt::format("cannot serve HTTP on {} port {}", options.address, options.port);
  if (error == asio::error::address_in_use) {
    return fail(ErrorCode::unavailable,
                fmt::format("{}: the port is in use. Stop the other process, or configure another "
                            "port (0 takes a free one)",
                            where));
  }
  const bool is_wrong = error == asio::error::access_denied || error.value() == EADDRNOTAVAIL ||
                        error == asio::error::invalid_argument;
  return fail(is_wrong ? ErrorCode::configuration : ErrorCode::unavailable,
              fmt::format("{}: {}", where, error.message()));
}

model::Result<void> Listener::listen() {
  error_code error;
  const auto address = asio::ip::make_address(options_.address, error);
  if (error) {
    return listen_error(options_, error);
  }
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) {
    acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  }
  if (!error) {
    acceptor_.bind(endpoint, error);
  }
  if (!error) {
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  }
  if (!error) {
    port_ = acceptor_.local_endpoint(error).port();
  }
  if (error) {
    return listen_error(options_, error);
  }
  accept();
  return {};
}

void Listener::run() {
  while (!io_.stopped()) {
    try {
      io_.run();
    } catch (...) {
      // Out of memory in one connection must not end the others, nor the taking of new ones.
      accept();
    }
  }
}

HttpResponse Listener::respond(const http::request<http::string_body>& parsed) const {
  const HttpRequest request = request_of(parsed);
  const auto route = routes_.find(request.path);
  return route == routes_.end() ? list_of_paths(routes_) : call(route->second, request);
}

void Listener::accept() {
  if (accepting_ || stopping_ || is_full()) {
    return;
  }
  accepting_ = true;
  acceptor_.async_accept(
      [this](error_code error, tcp::socket socket) { accepted(error, std::move(socket)); });
}

void Listener::accepted(error_code error, tcp::socket socket) {
  accepting_ = false;
  if (!error) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    std::make_shared<Session>(std::move(socket), *this)->read_request();
    return accept();
  }
  // Out of descriptors, most likely; trying again at once would only burn the processor.
  accept_retry_.expires_after(kAcceptRetry);
  accept_retry_.async_wait([this](error_code cancelled) {
    if (!cancelled) {
      accept();
    }
  });
}

void Listener::session_ended() {
  --sessions_;
  accept();
}

model::Result<void> check(const HttpOptions& options, const HttpRoutes& routes) {
  if (options.header_bytes_max == 0 || options.header_bytes_max > (1U << 20) ||
      options.body_bytes_max > (64U << 20) || options.connections_max == 0 ||
      options.request_timeout <= std::chrono::milliseconds::zero()) {
    return fail(ErrorCode::configuration,
                "an HTTP limit is zero or too large: headers are 1 byte to 1 MiB, bodies at most "
                "64 MiB, the time and the number of connections above 0");
  }
  for (const auto& [path, handler] : routes) {
    if (!path.starts_with('/') || !handler) {
      return fail(ErrorCode::configuration,
                  fmt::format("HTTP path '{}' does not begin with '/' or has no handler", path));
    }
  }
  return {};
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (beast::iequals(known, beast_view(name))) {
      return value;
    }
  }
  return {};
}

struct HttpServer::Impl {
  Impl(const HttpOptions& options, HttpRoutes routes) : listener(options, std::move(routes)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    listener.stop();
    if (thread.joinable()) {
      thread.join();
    }
  }

  Listener listener;
  std::jthread thread;
};

model::Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpOptions& options,
                                                             HttpRoutes routes) {
  MUSTER_CHECK(check(options, routes));
  auto impl = std::make_unique<Impl>(options, std::move(routes));
  MUSTER_CHECK(impl->listener.listen());
  MUSTER_TRY(impl->thread,
             start_quiet_thread("muster-http", [raw = impl.get()] { raw->listener.run(); }));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const { return impl_->listener.port(); }

}  // namespace muster::link
