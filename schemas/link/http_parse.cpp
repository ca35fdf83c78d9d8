// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_parse.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "schemas/link/http_text.h"

namespace muster::link {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using Fields = http::request<http::string_body>;

constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr std::string_view kMethods = "GET, HEAD";

std::string_view std_view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_answered(http::verb method) {
  return method == http::verb::get || method == http::verb::head;
}

HttpResponse no_request(std::string_view why) {
  return plain_response(400, "this is not an HTTP request: " + std::string(why));
}

HttpResponse wrong_method() {
  HttpResponse response = plain_response(405, "only GET and HEAD are answered here");
  response.headers.emplace_back("Allow", kMethods);
  return response;
}

HttpResponse answer_to(error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return plain_response(431, "the request's header is too large");
  }
  if (error == http::error::body_limit) {
    return plain_response(413, "the request's body is too large");
  }
  return no_request(error.message());
}

/// What makes the length of a message, or the host it is for, a matter of opinion.
std::string_view fault_of_fields(const Fields& fields) {
  if (fields.count(http::field::content_length) > 1) {
    return "Content-Length twice";
  }
  // The parser takes a list of equal numbers, which others read as they like.
  if (!std::ranges::all_of(std_view(fields[http::field::content_length]),
                           [](char c) { return c >= '0' && c <= '9'; })) {
    return "bad Content-Length";
  }
  if (fields.count(http::field::host) > 1) {
    return "Host twice";
  }
  const auto encodings = fields.count(http::field::transfer_encoding);
  if (encodings == 0) {
    return {};
  }
  if (encodings > 1 || fields.version() == 10 ||
      !boost::beast::iequals(fields[http::field::transfer_encoding], "chunked")) {
    return "a Transfer-Encoding other than chunked";
  }
  return fields.count(http::field::content_length) > 0 ? "both Transfer-Encoding and Content-Length"
                                                       : std::string_view{};
}

}  // namespace

struct RequestParser::Impl {
  explicit Impl(ParseLimits of) : limits(of) {
    // A little more than ours, so that ours is the one that speaks.
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes_max + kHeaderEnd.size()));
    parser.body_limit(limits.body_bytes_max);
  }

  ParseStep fail(HttpResponse answer) {
    failure = std::move(answer);
    return ParseStep::failed;
  }
  ParseStep read_header(std::string& bytes);
  ParseStep judge_header(error_code error);
  ParseStep read_body(std::string& bytes);

  const ParseLimits limits;
  http::request_parser<http::string_body> parser;
  std::size_t scanned = 0;  ///< So far there is no end of the header, nor a forbidden character.
  bool was_continued = false;
  HttpRequest request;
  HttpResponse failure;
};

/// The header is handed to the parser once it is whole, since a parser that has merely seen a part
/// would have taken what the rest shows to be wrong.
ParseStep RequestParser::Impl::read_header(std::string& bytes) {
  const std::size_t end = bytes.find(kHeaderEnd, scanned);
  const std::size_t size = end == std::string::npos ? bytes.size() : end + kHeaderEnd.size();
  const auto known = std::string_view(bytes).substr(0, size);
  // What does not begin as a method is no request, and waiting would not make it one.
  if (!known.empty() &&
      (is_control(known.front()) || static_cast<unsigned char>(known.front()) > 0x7E)) {
    return fail(no_request("it begins with neither a letter nor a digit"));
  }
  if (size > limits.header_bytes_max) {
    return fail(answer_to(http::error::header_limit));
  }
  if (end == std::string::npos) {
    scanned = size < kHeaderEnd.size() ? 0 : size - (kHeaderEnd.size() - 1);
    return ParseStep::needs_more;
  }
  if (const auto fault = fault_of_header(known); !fault.empty()) {
    return fail(no_request(fault));
  }
  error_code error;
  parser.eager(false);
  parser.put(boost::asio::buffer(known.data(), known.size()), error);
  bytes.erase(0, size);
  return judge_header(error == http::error::need_more ? error_code{} : error);
}

ParseStep RequestParser::Impl::judge_header(error_code error) {
  const Fields& fields = parser.get();
  // The size of a body is known before its method is looked at, and the method matters more.
  if ((!error || error == http::error::body_limit) && !is_answered(fields.method())) {
    return fail(wrong_method());
  }
  if (error) {
    return fail(answer_to(error));
  }
  if (!parser.is_header_done()) {
    return fail(no_request("its header ends too early"));
  }
  if (const auto fault = fault_of_fields(fields); !fault.empty()) {
    return fail(no_request(fault));
  }
  Target target = target_of(std_view(fields.target()));
  if (target.path.empty()) {
    return fail(no_request("its target is not a path that begins with '/'"));
  }
  request.method = std_view(fields.method_string());
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  // Who names a host in the target means that one, whatever else is said (RFC 9112 §3.2.2).
  const bool names_host = !target.host.empty();
  if (names_host) {
    request.headers.emplace_back("Host", std::move(target.host));
  }
  for (const auto& field : fields) {
    if (!names_host || field.name() != http::field::host) {
      request.headers.emplace_back(std_view(field.name_string()), std_view(field.value()));
    }
  }
  return ParseStep::done;
}

ParseStep RequestParser::Impl::read_body(std::string& bytes) {
  parser.eager(true);
  error_code error;
  while (!parser.is_done() && !error && !bytes.empty()) {
    const std::size_t taken = parser.put(boost::asio::buffer(bytes), error);
    bytes.erase(0, taken);
    if (taken == 0) {
      break;
    }
  }
  if (error && error != http::error::need_more) {
    return fail(answer_to(error));
  }
  if (parser.is_done()) {
    return ParseStep::done;
  }
  if (bytes.size() > limits.header_bytes_max) {
    return fail(plain_response(413, "a chunk's first line is too large"));
  }
  const bool asks = boost::beast::iequals(parser.get()[http::field::expect], "100-continue");
  if (asks && parser.get().version() == 11 && !std::exchange(was_continued, true)) {
    return ParseStep::wants_continue;
  }
  return ParseStep::needs_more;
}

RequestParser::RequestParser(ParseLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

ParseStep RequestParser::put(std::string& bytes) {
  if (!impl_->parser.is_header_done()) {
    if (const auto step = impl_->read_header(bytes); step != ParseStep::done) {
      return step;
    }
  }
  return impl_->parser.is_done() ? ParseStep::done : impl_->read_body(bytes);
}

HttpResponse RequestParser::cut_off() const { return no_request("partial message"); }

HttpRequest RequestParser::take_request() {
  // Left out later, and the same page otherwise.
  HttpRequest request = std::move(impl_->request);
  request.method = "GET";
  return request;
}

HttpResponse RequestParser::take_failure() { return std::move(impl_->failure); }
bool RequestParser::is_whole() const { return impl_->parser.is_done(); }
bool RequestParser::has_begun() const { return impl_->parser.got_some(); }
bool RequestParser::is_head() const { return impl_->parser.get().method() == http::verb::head; }
bool RequestParser::keeps_alive() const { return impl_->parser.get().keep_alive(); }
unsigned RequestParser::version() const { return impl_->parser.get().version() == 10 ? 10 : 11; }

}  // namespace muster::link
