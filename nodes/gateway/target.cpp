// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "schemas/text/problems.h"
#include "schemas/wire/text.h"

namespace muster::gateway {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

constexpr std::size_t kParametersMax = 64;
constexpr std::size_t kSegmentsMax = 32;

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  if (c >= 'a' && c <= 'f') {
    return static_cast<unsigned>(c - 'a') + 10U;
  }
  return c >= 'A' && c <= 'F' ? std::optional(static_cast<unsigned>(c - 'A') + 10U) : std::nullopt;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = plus_is_space && text[i] == '+' ? ' ' : text[i];
    if (text[i] == '%') {
      const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
      const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
      if (!high || !low) {
        return fail(
            ErrorCode::malformed,
            fmt::format("'{}' - '%' is followed by two hexadecimal digits", text::shown(text)));
      }
      c = static_cast<char>(*high * 16U + *low);
      i += 2;
    }
    if (is_control(c)) {
      return fail(
          ErrorCode::malformed,
          fmt::format("'{}' - a control character has no place in an address", text::shown(text)));
    }
    plain += c;
  }
  if (!wire::is_utf8(plain)) {
    return fail(ErrorCode::malformed, fmt::format("'{}' - an address is UTF-8", text::shown(text)));
  }
  return plain;
}

Result<std::string> segment_of(std::string_view text) {
  MUSTER_TRY(auto plain, decoded(text, false));
  if (plain.find_first_of("/\\") != std::string::npos || plain == "." || plain == "..") {
    return fail(ErrorCode::malformed, fmt::format("'{}' - no name of a page", text::shown(text)));
  }
  return plain;
}

Result<Parameter> parameter_of(std::string_view text) {
  const auto equals = text.find('=');
  MUSTER_TRY(auto name, decoded(text.substr(0, equals), true));
  if (equals == std::string_view::npos) {
    return Parameter{std::move(name), {}};
  }
  MUSTER_TRY(auto value, decoded(text.substr(equals + 1), true));
  return Parameter{std::move(name), std::move(value)};
}

/// Calls `take` with what stands between the marks, the last part too.
template <typename Take>
Result<void> for_each_part(std::string_view text, char mark, Take take) {
  while (true) {
    const auto end = text.find(mark);
    MUSTER_CHECK(take(text.substr(0, end)));
    if (end == std::string_view::npos) {
      return {};
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace

Result<Target> parse_target(std::string_view path, std::string_view query) {
  Target target;
  if (!path.starts_with('/')) {
    return fail(ErrorCode::malformed, "the address does not begin with '/'");
  }
  MUSTER_CHECK(for_each_part(path.substr(1), '/', [&](std::string_view part) -> Result<void> {
    MUSTER_TRY(auto segment, segment_of(part));
    target.segments.push_back(std::move(segment));
    return {};
  }));
  MUSTER_CHECK(for_each_part(query, '&', [&](std::string_view part) -> Result<void> {
    if (!part.empty()) {
      MUSTER_TRY(auto parameter, parameter_of(part));
      target.parameters.push_back(std::move(parameter));
    }
    return {};
  }));
  if (target.parameters.size() > kParametersMax || target.segments.size() > kSegmentsMax) {
    return fail(ErrorCode::malformed,
                fmt::format("the address has more than {} parts or {} parameters", kSegmentsMax,
                            kParametersMax));
  }
  return target;
}

}  // namespace muster::gateway
