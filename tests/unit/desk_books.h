// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nodes/desk/read_workbook.h"

/// Spreadsheet files made by hand, and workbooks as text.
namespace muster::desk {

using ZipPart = std::pair<std::string, std::string>;
/// A zip of these parts. With a password they are encrypted.
std::string zip_of(const std::vector<ZipPart>& parts, const std::string& password = {});

/// What an XLSX of one sheet is made of.
struct XlsxText {
  std::string rows;              ///< Inside <sheetData>.
  std::string behind;            ///< Behind it: <mergeCells>.
  std::string shared;            ///< Inside <sst>; no such part when empty.
  std::string book;              ///< Inside <workbook>, before the sheets.
  std::string sheet_attributes;  ///< Of <sheet>.
};
std::vector<ZipPart> xlsx_parts(const XlsxText& text);
std::string xlsx_of(const XlsxText& text);

/// An ODS with `body` inside <office:spreadsheet> and `styles` inside <office:automatic-styles>.
std::string ods_of(std::string_view body, std::string_view styles = {});

/// One line a sheet, a merged range, a hidden row and a cell: "B2 number 12.5"; or the error.
std::string shown(std::string_view name, std::string_view content,
                  const WorkbookLimits& limits = {});

}  // namespace muster::desk
