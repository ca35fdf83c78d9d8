// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/link/http.h"

/// What HTTP says in text. Values only: no socket, no clock but for the date.
namespace muster::link {

/// One line of text that says what went wrong.
HttpResponse plain_response(int status, std::string text);

/// How the header of an answer is written.
struct AnswerKind {
  unsigned version = 11;  ///< 10 or 11, as the request had it.
  bool is_head = false;
  bool keeps_alive = false;
  bool goes_on = false;  ///< Without a length: in chunks, or until the end for HTTP/1.0.
};

/// Status line and fields with the empty line at their end. Framing is the server's: of the
/// response's own headers Connection, Content-Length, Transfer-Encoding and their like are left
/// out.
std::string head_of(const HttpResponse& response, const AnswerKind& kind);

/// Statuses whose message ends with its header.
bool has_no_body(int status);

/// A chunk's first line. The data and "\r\n" follow.
std::string chunk_head(std::size_t size);
/// Ends the chunks.
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";
/// The client may send the body that it announced.
inline constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

/// What is wrong with the raw text of a header, from the request line to the empty line, that a
/// lenient parser would let pass: a control character, a folded line, a line that ends oddly. Two
/// programs that read such a header differently are how requests are smuggled. Empty if nothing is.
std::string_view fault_of_header(std::string_view raw);

/// True for a byte that no header may hold.
bool is_control(char c);

/// Where a request goes, from its target in origin or absolute form.
struct Target {
  std::string path;  ///< Begins with '/'. Empty if the target is no such thing.
  std::string query;
  std::string host{};  ///< "board.example:443", of the absolute form alone.
};
Target target_of(std::string_view text);

/// The routes as one service: exact paths, and 404 with their list for all others.
HttpService service_of(HttpRoutes routes);

}  // namespace muster::link
