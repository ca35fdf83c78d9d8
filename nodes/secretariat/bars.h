// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/secretariat/sheet.h"
#include "schemas/model/readiness.h"

/// Bars of a table to look at. They say again what numbers beside them say, and so they are in no
/// other form of output.
namespace muster::secretariat {

/// Told apart without colour: full, dense and thin.
inline constexpr std::string_view kCertain = "█";
inline constexpr std::string_view kLikely = "▓";
inline constexpr std::string_view kClaimed = "░";

/// Blocks that stand for `people` when `most` fill `width`; at least one when there is anybody, and
/// never more than `width`.
std::size_t blocks(std::uint64_t people, std::uint64_t most, std::size_t width);

/// People who are certain, likely and claimed, each drawn over the part that the surer ones leave.
std::string assurance_bar(const model::Assurance& people, std::uint64_t most, std::size_t width);

/// What is there of what is wanted: full blocks, then thin ones up to `width`. It is full only when
/// nothing lacks; nothing wanted is a full bar too.
std::string cover_bar(std::uint64_t there, std::uint64_t wanted, std::size_t width);

/// Puts `sign` in the place that stands for `value`, over what is there.
std::string marked(std::string bar, std::string_view sign, std::uint64_t value, std::uint64_t most,
                   std::size_t width);

/// How wide a bar may be beside the columns of a narrow table: what is left of `columns`, and at
/// least ten.
std::size_t room_for_bar(const Sheet& sheet, std::size_t columns);

/// How many places of a screen a narrow table takes, with the gap behind each column.
std::size_t width_of(const Sheet& sheet);

/// Of a nation's deployable people, how many are committed.
struct Depletion {
  std::uint64_t committed = 0, deployable = 0;
};
/// Adds a last column with a bar for each row: a full bar is everybody who is deployable.
void add_depletion_bars(Sheet& sheet, std::size_t columns, const std::vector<Depletion>& rows);

/// How many characters a text has.
std::size_t characters(std::string_view text);

/// The text itself, or as much of it as fits with "…" behind.
std::string shortened(const std::string& text, std::size_t most);

}  // namespace muster::secretariat
