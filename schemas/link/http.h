// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/result.h"

namespace muster::link {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A GET that was read whole. For a HEAD the same is handed in, and the body is left out later.
struct HttpRequest {
  std::string path{};   ///< As sent, without the query: "/metrics". Not percent-decoded.
  std::string query{};  ///< What followed '?', as sent. Empty if nothing did.
  HttpHeaders headers{};

  /// The first header of this name in any case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  /// In addition, or instead of a header the server sets itself (`Cache-Control: no-store`). A
  /// value with a line break or another control character is left out.
  HttpHeaders headers{};
};

/// Runs on the server's thread, one at a time, and must not block: all others wait. What it throws
/// is answered with 500.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// Exact path -> handler. Everything else is 404, with a list of these paths.
using HttpRoutes = std::map<std::string, HttpHandler, std::less<>>;

struct HttpOptions {
  std::string address = "127.0.0.1";                  ///< An IPv4 or IPv6 address, not a name.
  std::uint16_t port = 0;                             ///< 0 takes a free one.
  std::size_t header_bytes_max = 8 * 1024;            ///< More is answered with 431.
  std::size_t body_bytes_max = 1024;                  ///< More is answered with 413.
  std::chrono::milliseconds request_timeout{10'000};  ///< To send one request, or take one answer.
  std::size_t connections_max = 64;                   ///< Others wait to be taken until one ends.
};

/// A small read-only HTTP/1.1 server for metrics, health and pages: GET and HEAD, keep-alive,
/// plain. Whatever a client sends, the worst is that its own connection ends. Thread rule: start
/// and destroy on one thread; it serves on a thread of its own.
class HttpServer {
 public:
  /// Returns once connections are taken.
  /// Errors: configuration for an address that is none or not this machine's, a path without '/' or
  /// a limit of zero; unavailable if the port is in use.
  static model::Result<std::unique_ptr<HttpServer>> start(const HttpOptions& options,
                                                          HttpRoutes routes);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  /// Ends all connections; waits only for a handler that is running.
  ~HttpServer();

  /// The port that was really taken.
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::link
