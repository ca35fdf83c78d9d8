// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/workbook.h"
#include "nodes/desk/zip_parts.h"
#include "schemas/model/result.h"

/// What an XLSX says beside its sheets: which there are, where they are, and the texts they share.
namespace muster::desk {

struct XlsxSheetEntry {
  std::string name;
  std::string part;  ///< "xl/worksheets/sheet1.xml".
  bool is_hidden = false;
};

struct XlsxBook {
  std::vector<XlsxSheetEntry> sheets;  ///< Of cells; sheets that are one chart are left out.
  std::string strings_part;            ///< Empty when no texts are shared.
  std::vector<NumberLook> looks;       ///< By the number of a cell's style.
  bool counts_from_1904 = false;
  /// The program that wrote the file did not calculate its formulas and asks that they be
  /// calculated when it is opened (fullCalcOnLoad): a zero that they are said to give is none.
  bool is_uncalculated = false;
};
/// Errors: malformed.
model::Result<XlsxBook> read_xlsx_book(const ZipParts& parts);

/// The texts that cells refer to by number, one behind the other in one piece of memory.
class SharedStrings {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view at(std::size_t index) const;
  void add(std::string_view text);

 private:
  std::string texts_;
  std::vector<std::size_t> ends_;
};
/// Errors: malformed.
model::Result<SharedStrings> read_shared_strings(const ZipParts& parts, std::string_view part,
                                                 Progress& progress);

/// Collects the text of a shared or inline string: of all its runs, without its phonetic guide.
/// Tell it of every element inside the string.
class RichText {
 public:
  void begin() { text_.clear(); }
  void open(std::string_view name);
  void close(std::string_view name);
  void add(std::string_view piece);
  /// With what Excel writes as "_x000D_" turned into the character.
  [[nodiscard]] std::string_view finish();

 private:
  std::string text_;
  std::string plain_;
  bool is_in_text_ = false, is_phonetic_ = false;
};

/// True for "1" and "true".
bool is_true(std::string_view value);

}  // namespace muster::desk
