// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

#include "schemas/link/http_session.h"
#include "schemas/link/http_text.h"
#include "schemas/link/http_tls.h"
#include "schemas/link/quiet_thread.h"

namespace muster::link {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using model::ErrorCode;
using model::fail;

constexpr std::chrono::milliseconds kAcceptRetry{100};

/// Takes connections and holds what they share. Its members are destroyed from the last to the
/// first, so that the sessions, which end with the io_context, may still count themselves out.
class Listener final : public SessionHost {
 public:
  Listener(const HttpOptions& options, HttpService service, std::unique_ptr<TlsContext> tls)
      : options_(options), service_(std::move(service)), tls_(std::move(tls)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() override { stopping_ = true; }

  model::Result<void> listen();
  void run();
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] const HttpOptions& options() const override { return options_; }
  [[nodiscard]] const HttpService& service() const override { return service_; }
  [[nodiscard]] const std::shared_ptr<Door>& door() const override { return door_; }
  [[nodiscard]] bool is_full() const override { return sessions_ >= options_.connections_max; }
  [[nodiscard]] std::chrono::milliseconds request_limit() const override;
  void session_began() override;
  void session_ended() override;
  void began_to_idle(Session& session) override;
  void ceased_to_idle(Session& session) override;

 private:
  void make_room();
  void accept();
  void accepted(error_code error, tcp::socket socket);

  const HttpOptions options_;
  const HttpService service_;
  const std::unique_ptr<TlsContext> tls_;
  std::size_t sessions_ = 0;
  std::vector<Session*> idle_;  ///< The longest first.
  bool stopping_ = false;
  bool accepting_ = false;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};
  const std::shared_ptr<Door> door_ = std::make_shared<Door>(io_, options_.streams_max);
  tcp::acceptor acceptor_{io_};
  asio::steady_timer accept_retry_{io_};
};

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

void Listener::stop() {
  door_->close();
  io_.stop();
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
    // A client whose machine went away without a word is found out, though nothing is sent to it.
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    std::make_shared<Session>(std::move(socket), tls_.get(), *this)->start();
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

std::chrono::milliseconds Listener::request_limit() const {
  const bool is_crowded = sessions_ >= options_.connections_max - options_.connections_max / 4;
  return is_crowded ? std::min(options_.crowded_timeout, options_.request_timeout)
                    : options_.request_timeout;
}

void Listener::session_began() {
  ++sessions_;
  make_room();
}

void Listener::session_ended() {
  --sessions_;
  accept();
}

void Listener::began_to_idle(Session& session) {
  idle_.push_back(&session);
  make_room();
}

void Listener::ceased_to_idle(Session& session) { std::erase(idle_, &session); }

/// Who waits outside cannot be seen, so the last place is not kept for one that merely might ask
/// again.
void Listener::make_room() {
  if (is_full() && !idle_.empty() && !stopping_) {
    idle_.front()->make_room();
  }
}

model::Result<void> check(const HttpOptions& options) {
  constexpr std::chrono::milliseconds kNone{0};
  if (options.header_bytes_max == 0 || options.header_bytes_max > (1U << 20) ||
      options.body_bytes_max > (64U << 20) || options.connections_max == 0 ||
      options.request_timeout <= kNone || options.answer_timeout <= kNone ||
      options.crowded_timeout <= kNone || options.stream_backlog_max == 0) {
    return fail(ErrorCode::configuration,
                "an HTTP limit is zero or too large: headers are 1 byte to 1 MiB, bodies at most "
                "64 MiB, the times, the backlog of a stream and the number of connections above 0");
  }
  return {};
}

model::Result<void> check(const HttpRoutes& routes) {
  for (const auto& [path, handler] : routes) {
    if (!path.starts_with('/') || !handler) {
      return fail(ErrorCode::configuration,
                  fmt::format("HTTP path '{}' does not begin with '/' or has no handler", path));
    }
  }
  return {};
}

}  // namespace

struct HttpServer::Impl {
  Impl(const HttpOptions& options, HttpService service, std::unique_ptr<TlsContext> tls)
      : listener(options, std::move(service), std::move(tls)) {}
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
  MUSTER_CHECK(check(routes));
  return start(options, service_of(std::move(routes)));
}

model::Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpOptions& options,
                                                             HttpService service) {
  MUSTER_CHECK(check(options));
  if (!service) {
    return fail(ErrorCode::configuration, "an HTTP server needs a service that answers");
  }
  std::unique_ptr<TlsContext> tls;
  if (options.tls) {
    MUSTER_TRY(tls, TlsContext::load(*options.tls));
  }
  auto impl = std::make_unique<Impl>(options, std::move(service), std::move(tls));
  MUSTER_CHECK(impl->listener.listen());
  MUSTER_TRY(impl->thread,
             start_quiet_thread("muster-http", [raw = impl.get()] { raw->listener.run(); }));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const { return impl_->listener.port(); }
std::size_t HttpServer::streams() const { return impl_->listener.door()->streams(); }

}  // namespace muster::link
