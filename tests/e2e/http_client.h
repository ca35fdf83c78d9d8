// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/e2e/program.h"

namespace muster::e2e {

/// A connection to a port of loopback on which a test says what it wants, byte for byte.
class HttpClient {
 public:
  /// Throws when nobody listens.
  explicit HttpClient(std::uint16_t port);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();

  void send(std::string_view text);
  /// Reads until what has come holds `text`; false when the other end closed or the time is over.
  bool reads(std::string_view text, std::chrono::milliseconds wait_max = kPatience);
  /// All that has come since the beginning, or since forget().
  [[nodiscard]] const std::string& text() const { return text_; }
  void forget() { text_.clear(); }

 private:
  int socket_ = -1;
  std::string text_;
};

}  // namespace muster::e2e
