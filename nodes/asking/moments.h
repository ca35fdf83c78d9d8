// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/model/statement.h"
#include "schemas/model/time.h"

/// Moments, hours and places as people write them.
namespace muster::asking {

/// How a moment may be written, for help and messages.
inline constexpr std::string_view kMomentForms =
    "2022-01-07T12:00:00Z, 2022-01-07, now, yesterday, 'last friday' or -3d";

/// RFC 3339, also without seconds; a day ("2022-01-07", "today", "yesterday", "friday" or "last
/// friday": the latest one before today), which stands for its beginning, 00:00 UTC; "now"; or how
/// long before `now`: "-3d", "-12h", "-30m", "-2w". Errors: malformed, naming the forms.
model::Result<model::UtcTime> parse_moment(std::string_view text, model::UtcTime now);

/// "48h", "7d" or "48": whole hours, 0 to 8760; nothing when it is none of these.
std::optional<std::uint16_t> parse_hours(std::string_view text);

/// "+24h", "-12h", "+90m" or "-2d": minutes, later with a plus and sooner with a minus, up to a
/// year; nothing when it is none of these, and for no time at all.
std::optional<std::int32_t> parse_shift(std::string_view text);

/// "51.16,71.47": latitude -90 to 90, longitude -180 to 180, in degrees; nothing when it is not.
std::optional<model::Place> parse_place(std::string_view text);

}  // namespace muster::asking
