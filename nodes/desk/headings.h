// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nodes/desk/columns.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/workbook.h"

/// What stands in the cells of a heading. Internal to this folder; pure.
namespace muster::desk {

inline constexpr std::uint32_t kHeadingRowsMax = 20;  ///< A title or two may stand above.

/// The text of a cell, cleaned; empty when there is none.
std::string heading_at(const Sheet& sheet, CellPlace place);

/// The first row in which two columns at least are known; a row with one only is a title.
std::optional<std::uint32_t> heading_row(const Sheet& sheet, const ColumnBook& book);

/// Whether a sheet explains a template and has no figures.
bool is_instruction(const Sheet& sheet);

/// "№", "№ п/п": a column that counts rows says nothing and is worth no word.
bool counts_rows(std::string_view heading);

/// What may have been meant by a heading that is not known.
std::string heading_hint(std::string_view heading, const ColumnBook& book);

/// Says that no sheet has headings that we know, and to which those of the first are near.
void add_nothing_known(const Workbook& workbook, const ColumnBook& book, ProblemList& problems);

}  // namespace muster::desk
