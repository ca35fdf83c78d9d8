// SPDX-License-Identifier: Apache-2.0
#include "broker/server/event_log.h"

#include <fmt/format.h>

#include <chrono>

namespace muster::server {
namespace {

/// Quoted where it must be; a control character would let a peer write lines of its own.
std::string value_text(const std::string& value) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:/#+";
  if (!value.empty() && value.find_first_not_of(kPlain) == std::string::npos) {
    return value;
  }
  std::string text = "\"";
  for (const char c : value) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    text += is_control || c == '"' || c == '\\' ? '?' : c;
  }
  return text + '"';
}

}  // namespace

void EventLog::warn(model::UtcTime now, std::string_view event, const Fields& fields) {
  if (const auto second = std::chrono::floor<std::chrono::seconds>(now); second != second_) {
    if (left_out_ > 0) {
      write_(fmt::format("{} level=warning event=left_out lines={}", model::format_time(now),
                         left_out_));
    }
    second_ = second;
    lines_ = 0;
    left_out_ = 0;
  }
  if (lines_ == kLinesMax) {
    ++left_out_;
    return;
  }
  ++lines_;
  auto line = fmt::format("{} level=warning event={}", model::format_time(now), event);
  for (const auto& [name, value] : fields) {
    line += fmt::format(" {}={}", name, value_text(value));
  }
  write_(line);
}

}  // namespace muster::server
