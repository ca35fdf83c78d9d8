// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "schemas/model/result.h"

namespace muster::model {

/// A moment: microseconds since 1970-01-01T00:00:00Z, UTC, without leap seconds. Nothing in Muster
/// keeps local time.
using Duration = std::chrono::microseconds;
using UtcTime = std::chrono::sys_time<Duration>;

/// On the wire and on disk a moment is this number.
inline std::int64_t to_micros(UtcTime time) { return time.time_since_epoch().count(); }
inline UtcTime from_micros(std::int64_t micros) { return UtcTime{Duration{micros}}; }

/// Moments outside these years are typing mistakes, not facts.
inline constexpr UtcTime kTimeMin = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
inline constexpr UtcTime kTimeMax = std::chrono::sys_days{std::chrono::year{2101} / 1 / 1};

/// RFC 3339 in UTC: "2022-01-07T12:00:00Z", with a fraction only when there is one.
std::string format_time(UtcTime time);

/// Reads RFC 3339 with `Z` or a numeric offset: "2022-01-07T18:00:00.5+06:00". Space may stand for
/// `T`. Errors: malformed, naming the text and the form expected; a day that does not exist is
/// malformed.
Result<UtcTime> parse_time(std::string_view text);

}  // namespace muster::model
