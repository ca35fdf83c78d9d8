// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "schemas/link/http.h"

namespace muster::link {

enum class ParseStep : std::uint8_t {
  needs_more,      ///< Everything given was taken or kept.
  wants_continue,  ///< Once: the client waits for leave to send its body. Send it, then go on.
  done,            ///< A request stands in request().
  failed,          ///< What to answer stands in failure().
};

struct ParseLimits {
  std::size_t header_bytes_max = 0;
  std::size_t body_bytes_max = 0;
};

/// Reads one request from bytes, whoever brings them. Strict: whatever two programs could read
/// differently is refused, not guessed at. The body is read, counted and dropped.
class RequestParser {
 public:
  explicit RequestParser(ParseLimits limits);
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;
  ~RequestParser();

  /// Takes what belongs to this request from the front of `bytes`.
  ParseStep put(std::string& bytes);
  /// Nothing more will come: the answer to what is there so far.
  [[nodiscard]] HttpResponse cut_off() const;

  /// Without `peer`.
  [[nodiscard]] HttpRequest take_request();
  [[nodiscard]] HttpResponse take_failure();
  /// Read to its last byte, so that the next request may follow.
  [[nodiscard]] bool is_whole() const;
  /// Some of the request was taken.
  [[nodiscard]] bool has_begun() const;
  /// What an answer needs to know. Sensible before a request was read as well.
  [[nodiscard]] bool is_head() const;
  [[nodiscard]] bool keeps_alive() const;
  [[nodiscard]] unsigned version() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::link
