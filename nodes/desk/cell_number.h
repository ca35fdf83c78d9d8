// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Values as spreadsheet files write them: with a decimal point, whatever the country.
namespace muster::desk {

/// A finite number; nothing for another text.
std::optional<double> number_of(std::string_view text);
std::optional<std::size_t> whole_number_of(std::string_view text);

/// "2026-11-22T06:29:59.9999999" is half past six: programs keep moments as fractions of a day, and
/// a second is as fine as any of them means. A day stays a day; what is neither stays as it is.
std::string whole_seconds(std::string_view moment);

}  // namespace muster::desk
