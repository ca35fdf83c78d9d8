// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/bars.h"

#include <algorithm>

namespace muster::secretariat {
namespace {

constexpr std::size_t kBarMin = 10;
constexpr std::size_t kGap = 2;  // Between two columns of a table.
constexpr std::string_view kEllipsis = "…";

std::string repeated(std::string_view block, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += block;
  }
  return text;
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

/// The bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && count-- == 0) {
      break;
    }
  }
  return at;
}

const std::string& narrow_text(const Cell& cell) {
  return cell.brief.empty() ? cell.shown : cell.brief;
}

}  // namespace

std::size_t blocks(std::uint64_t people, std::uint64_t most, std::size_t width) {
  if (most == 0) {
    return 0;
  }
  return std::min(width, static_cast<std::size_t>((people * width + most - 1) / most));
}

std::string assurance_bar(const model::Assurance& people, std::uint64_t most, std::size_t width) {
  const auto certain = blocks(people.certain, most, width);
  const auto likely = std::max(certain, blocks(people.likely, most, width));
  const auto claimed = std::max(likely, blocks(people.claimed, most, width));
  return repeated(kCertain, certain) + repeated(kLikely, likely - certain) +
         repeated(kClaimed, claimed - likely);
}

std::string cover_bar(std::uint64_t there, std::uint64_t wanted, std::size_t width) {
  const auto full = there >= wanted ? width : std::min(blocks(there, wanted, width), width - 1);
  return repeated(kCertain, full) + repeated(kClaimed, width - full);
}

std::string marked(std::string bar, std::string_view sign, std::uint64_t value, std::uint64_t most,
                   std::size_t width) {
  const auto place = std::max<std::size_t>(blocks(value, most, width), 1) - 1;
  const auto length = characters(bar);
  if (place >= length) {
    return bar + std::string(place - length, ' ') + std::string(sign);
  }
  const auto begin = bytes_of(bar, place);
  return bar.replace(begin, bytes_of(bar, place + 1) - begin, sign);
}

std::size_t room_for_bar(const Sheet& sheet, std::size_t columns) {
  const auto taken = width_of(sheet);
  return columns > taken + kBarMin ? columns - taken : kBarMin;
}

std::size_t width_of(const Sheet& sheet) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const auto& column = sheet.columns[i];
    if (column.seen != Seen::always && column.seen != Seen::table_only) {
      continue;
    }
    auto width = characters(column.title);
    for (const auto& row : sheet.rows) {
      width = std::max(width, characters(narrow_text(row.cells[i])));
    }
    if (sheet.total) {
      width = std::max(width, characters(narrow_text(sheet.total->cells[i])));
    }
    sum += width + kGap;
  }
  return sum;
}

void add_depletion_bars(Sheet& sheet, std::size_t columns, const std::vector<Depletion>& rows) {
  const auto width = room_for_bar(sheet, columns);
  sheet.columns.push_back({"bar", "OF DEPLOYABLE", false, Seen::table_only});
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [committed, deployable] = rows[i];
    sheet.rows[i].cells.push_back(
        {.value = {},
         .shown = deployable == 0 ? std::string() : cover_bar(committed, deployable, width),
         .tone = committed > deployable ? Tone::bad : Tone::plain});
  }
  if (sheet.total) {
    sheet.total->cells.push_back({.value = {}, .shown = {}});
  }
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(const std::string& text, std::size_t most) {
  if (characters(text) <= most) {
    return text;
  }
  return text.substr(0, bytes_of(text, most - 1)) + std::string(kEllipsis);
}

}  // namespace muster::secretariat
