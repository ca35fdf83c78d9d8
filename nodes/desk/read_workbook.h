// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "nodes/desk/workbook.h"
#include "schemas/model/result.h"

/// Reading XLSX, ODS and CSV. The only place that knows libzip, expat and ICU's converters.
namespace muster::desk {

/// What a file may cost. Beyond one of them it is refused before or while it is parsed.
struct WorkbookLimits {
  std::uint64_t file_bytes = 128ULL * 1024 * 1024;
  /// All parts of a zip together; and the texts of all cells, those that are shared counted anew.
  std::uint64_t unzipped_bytes = 512ULL * 1024 * 1024;
  std::uint64_t cells = 8'000'000;
  std::uint32_t columns = 1'024;  ///< Of a sheet; beyond is more than any return has.
  std::uint32_t sheets = 64;
  std::uint32_t cell_text_bytes = 32'768;
  std::uint32_t rows = 2'000'000;  ///< Of a sheet: more than any spreadsheet program shows.
};

/// Reads `content` as the kind that `name` says.
///
/// CSV: UTF-8 with or without a byte order mark, UTF-16 with one, else windows-1251; separated by
/// `;`, `,` or a tab, whichever splits the first lines most evenly outside quotes; any line ends;
/// an Excel line "sep=;" in front is obeyed and is no row. All cells are texts; empty ones are
/// absent.
///
/// XLSX: cached values of formulas count; a formula without one is CellKind::formula, and so is a
/// zero in a file whose program leaves calculating to its reader (libxlsxwriter, openpyxl). A
/// formula that gives "#DIV/0!" is CellKind::error, even where it is written as a text. ODS
/// likewise. What lies under merged cells is seen by nobody and is not read.
///
/// `progress` is told now and then, from 0 to 1; may be empty.
/// Errors: malformed, in plain words and naming what to do, for what is no such file, is truncated,
/// is protected by a password, holds a document type or an entity (a bomb), or exceeds a limit;
/// unsupported for a kind that is not read (".xls"); unavailable when the machine has no converter
/// for a text's encoding. Never throws.
model::Result<Workbook> read_workbook(std::string_view name, std::string_view content,
                                      const WorkbookLimits& limits = {},
                                      const std::function<void(double)>& progress = {});

}  // namespace muster::desk
