// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/result.h"

namespace muster::link {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// Who is at the other end of a connection.
struct HttpPeer {
  std::string address{};  ///< "127.0.0.1".
  /// Of the client certificate that the handshake proved, when there is one: the common name of its
  /// subject, and the SHA-256 of it as 64 lower-case hexadecimal digits. Empty otherwise.
  std::string certificate_name{}, certificate_fingerprint{};
};

/// A request that was read whole, its own body dropped. A HEAD is handed in as the GET of the same
/// path, and the answer's body is left out later. A target in absolute form arrives as its path
/// and as the Host that it names.
struct HttpRequest {
  std::string method = "GET";
  std::string path{};   ///< As sent, without the query: "/metrics". Not percent-decoded.
  std::string query{};  ///< What followed '?', as sent. Empty if nothing did.
  HttpHeaders headers{};
  HttpPeer peer{};

  /// The first header of this name in any case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  /// In addition, or instead of a header the server sets itself (`Cache-Control: no-store`). A
  /// value with a line break or another control character is left out, and so are the headers that
  /// say where a message ends (`Content-Length`, `Connection` and their like).
  HttpHeaders headers{};
  /// When there is one, it is sent instead of `body`: hundreds of answers that say the same keep
  /// their text once. stream() passes it over.
  std::shared_ptr<const std::string> shared_body{};

  /// What is sent.
  [[nodiscard]] std::string_view text() const { return shared_body ? *shared_body : body; }
};

/// An answer that goes on: server-sent events (WHATWG HTML §9.2), or anything that is written bit
/// by bit. Copies are the same stream. Any thread.
class HttpStream {
 public:
  /// Queues text. False once the client has gone, or when more than HttpOptions::stream_backlog_max
  /// waits for it: then it is disconnected, since a client that does not read must not cost more
  /// than that.
  bool write(std::string text) const;
  [[nodiscard]] bool is_open() const;
  /// Ends the answer after what is queued. So does the end of the last copy.
  void close() const;

 private:
  friend class HttpReply;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// Answers one request: now or later, from any thread, once; later calls do nothing. Copies are the
/// same reply. When the last copy goes without an answer, the server answers 500. Nobody answers
/// within HttpOptions::answer_timeout: 504.
class HttpReply {
 public:
  void send(HttpResponse response) const;
  /// Begins an answer that goes on. Its header is that of `head`, whose body is sent first and does
  /// not count as backlog. The connection ends with it. A HEAD gets the header, and a stream that
  /// is closed from the start. So does, with 503, whoever comes beyond HttpOptions::streams_max.
  [[nodiscard]] HttpStream stream(HttpResponse head) const;
  /// Nobody reads an answer: the client has gone, or was told 504. A client that closes its own
  /// direction while it waits counts as gone, since nobody can tell that from a close.
  [[nodiscard]] bool is_abandoned() const;

 private:
  friend struct HttpReplyMaker;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// Runs on the server's thread, one at a time, and must not block: all others wait. What it throws
/// is answered with 500.
using HttpService = std::function<void(const HttpRequest&, const HttpReply&)>;
/// The same for an answer that is at hand.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// Exact path -> handler. Everything else is 404, with a list of these paths.
using HttpRoutes = std::map<std::string, HttpHandler, std::less<>>;

/// TLS 1.2 or newer, without resumption. Files are PEM and read once, at the start.
struct HttpTls {
  /// The server's certificate with those between it and its root; and its key, without a password
  /// and readable by its owner or group alone.
  std::string certificate_file{}, key_file{};
  /// When not empty, only clients whose certificate chains to one of these and is valid now are
  /// taken: the others are refused in the handshake.
  std::string client_ca_file{};
};

struct HttpOptions {
  std::string address = "127.0.0.1";                  ///< An IPv4 or IPv6 address, not a name.
  std::uint16_t port = 0;                             ///< 0 takes a free one.
  std::size_t header_bytes_max = 8 * 1024;            ///< More is answered with 431.
  std::size_t body_bytes_max = 1024;                  ///< More is answered with 413.
  std::chrono::milliseconds request_timeout{10'000};  ///< To send one request, or take one answer.
  /// Instead, to send one request while three of four places are taken: who is slow then, or says
  /// nothing at all, must not keep the others out.
  std::chrono::milliseconds crowded_timeout{2'000};
  std::chrono::milliseconds answer_timeout{60'000};  ///< For a service to answer: then 504.
  std::size_t connections_max = 64;                  ///< Others wait to be taken until one ends.
  std::size_t streams_max = 0;                       ///< Answers that go on, at once.
  std::size_t stream_backlog_max = 256 * 1024;       ///< Bytes that wait for one of them.
  std::optional<HttpTls> tls{};
};

/// A small read-only HTTP/1.1 server for metrics, health and pages: GET and HEAD, keep-alive, plain
/// or TLS. Whatever a client sends, the worst is that its own connection ends. Thread rule: start
/// and destroy on one thread; it serves on a thread of its own.
class HttpServer {
 public:
  /// Returns once connections are taken.
  /// Errors: configuration for an address that is none or not this machine's, a path without '/', a
  /// limit of zero, or a certificate or key that cannot be used, naming the file; unavailable if
  /// the port is in use.
  static model::Result<std::unique_ptr<HttpServer>> start(const HttpOptions& options,
                                                          HttpRoutes routes);
  /// One service for all paths.
  static model::Result<std::unique_ptr<HttpServer>> start(const HttpOptions& options,
                                                          HttpService service);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  /// Ends all connections and streams; waits only for a handler that is running. Replies and
  /// streams that outlive it do nothing.
  ~HttpServer();

  /// The port that was really taken.
  [[nodiscard]] std::uint16_t port() const;
  /// Answers that go on at this moment. Any thread.
  [[nodiscard]] std::size_t streams() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::link
