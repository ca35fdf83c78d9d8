// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/draft.h"

/// Workbooks for tests of the desk, without a file.
namespace muster::tests {

/// Rows of texts; an empty text is an empty cell.
using Rows = std::vector<std::vector<std::string>>;

/// A sheet of texts, as CSV gives them; "#12.5" is a number, as XLSX gives them.
desk::Sheet sheet_of(const std::string& name, const Rows& rows);

/// One sheet without a name that is shown.
desk::Workbook csv_of(const Rows& rows);
/// Sheets of an XLSX workbook.
desk::Workbook xlsx_of(std::vector<desk::Sheet> sheets);

/// KAZ, valid at 2026-11-22.
desk::DeskOptions kaz_options();

/// Each problem as describe() tells it; notes have "note: " in front.
std::vector<std::string> told(const desk::Draft& draft);

/// "D17 NUMBER_BAD", or "- FILE_BAD" of what has no cell.
std::vector<std::string> places(const desk::Draft& draft);

model::UtcTime at(std::string_view time);

}  // namespace muster::tests
