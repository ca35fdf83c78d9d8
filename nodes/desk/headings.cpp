// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/headings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "nodes/desk/cell_text.h"

namespace muster::desk {

std::string heading_at(const Sheet& sheet, CellPlace place) {
  const auto cell = sheet.at(place);
  return cell.kind == CellKind::text ? cleaned(cell.text) : std::string();
}

std::optional<std::uint32_t> heading_row(const Sheet& sheet, const ColumnBook& book) {
  for (std::uint32_t row = 0; row < std::min(sheet.rows(), kHeadingRowsMax); ++row) {
    std::set<const Column*> known;
    for (std::uint32_t at = 0; at < sheet.columns() && known.size() < 2; ++at) {
      const auto heading = heading_at(sheet, {row, at});
      if (const auto* column = heading.empty() ? nullptr : book.find(heading)) {
        known.insert(column);
      }
    }
    if (known.size() == 2) {
      return row;
    }
  }
  return std::nullopt;
}

bool is_instruction(const Sheet& sheet) {
  const auto key = heading_key(sheet.name());
  return key == heading_key("Instructions") || key == heading_key("Инструкция");
}

bool counts_rows(std::string_view heading) {
  constexpr std::array<std::string_view, 5> kKeys{"", "п/п", "пп", "no", "nr"};
  return std::find(kKeys.begin(), kKeys.end(), heading_key(heading)) != kKeys.end();
}

/// "Present (officers)" is not Present, and is said to be like it.
std::string heading_hint(std::string_view heading, const ColumnBook& book) {
  const auto near = book.nearest_heading(heading);
  if (book.find_without_brackets(heading) != nullptr) {
    return fmt::format(
        "perhaps \"{}\", without what stands in brackets: it makes another column "
        "of it",
        near);
  }
  return near.empty() ? "a heading of the handbook, or one of your own columns file"
                      : fmt::format("perhaps \"{}\"", near);
}

void add_nothing_known(const Workbook& workbook, const ColumnBook& book, ProblemList& problems) {
  std::string near;
  for (const auto& sheet : workbook.sheets) {
    for (std::uint32_t at = 0; !sheet.is_hidden && at < std::min(sheet.columns(), 32U); ++at) {
      const auto heading = heading_at(sheet, {0, at});
      const auto* known = heading.empty() ? nullptr : book.find(heading);
      const auto name = known != nullptr  ? known->title_en
                        : heading.empty() ? std::string()
                                          : book.nearest_heading(heading);
      if (!name.empty()) {
        near += fmt::format("{}\"{}\"", near.empty() ? "" : ", ", name);
      }
    }
  }
  problems.add(
      ProblemList::Place{},
      {.code = kSheetUnknown,
       .expected = near.empty()
                       ? "no sheet has headings that are known: a row such as \"Unit code\", "
                         "\"Authorised\" has to stand in one of the first 20 rows"
                       : fmt::format("no sheet has a row with two headings that are known; nearest "
                                     "to those of this file are {}",
                                     near)});
}

}  // namespace muster::desk
