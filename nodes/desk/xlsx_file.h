// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "nodes/desk/workbook.h"
#include "schemas/model/result.h"
#include "schemas/model/time.h"

/// What our two kinds of workbook share. Internal to this folder: libxlsxwriter stays in it.
namespace muster::desk {

/// A workbook that is being written. It becomes a file all at once, in finish(): until then, and
/// after any failure, nothing stands at its path that was not there before.
class XlsxFile {
 public:
  enum class IfThere : std::uint8_t { fail, replace };

  /// Cells of a big one must be written row by row, downwards; they then take no memory.
  /// Errors: io, naming the path and the reason; already_exists, when it must not be replaced.
  static model::Result<XlsxFile> create(std::string path, IfThere if_there, bool is_big);

  XlsxFile(XlsxFile&& other) noexcept;
  XlsxFile(const XlsxFile&) = delete;
  ~XlsxFile();

  [[nodiscard]] lxw_workbook* book() const { return book_.get(); }
  /// A name that a sheet may have and none of this workbook has yet: `wanted`, mended.
  [[nodiscard]] std::string sheet_name(std::string_view wanted) const;
  lxw_worksheet* add_sheet(const std::string& name);

  /// Errors: io; already_exists. Nothing else may be called afterwards.
  model::Result<void> finish();

 private:
  struct Free {
    void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
  };
  XlsxFile(std::string path, std::string part, IfThere if_there, bool is_big);
  model::Result<void> settle();

  std::string path_, part_;  // Written beside `path_`; empty once it has its name.
  IfThere if_there_;
  std::unique_ptr<lxw_workbook, Free> book_;
};

inline constexpr std::uint8_t kPaperA4 = 9;
/// As much as one page of it in landscape shows so that it can be read.
inline constexpr std::size_t kPrintCharacters = 230;

/// `text` as a cell or a comment can hold it: valid UTF-8 without characters that XML forbids (they
/// become U+FFFD), cut to `most` characters.
std::string fit_text(std::string_view text, std::size_t most = 32'000);

/// How many characters a text shows.
std::size_t width_of(std::string_view text);

/// Of the longest word.
std::size_t word_width_of(std::string_view text);

/// How many lines a text takes in a cell of that width, which breaks it between words.
std::size_t lines_of(std::string_view text, double width);

/// What one line of a cell needs, in the points of row heights. Programs do not all fit a row to
/// its wrapped text by themselves.
inline constexpr double kLinePoints = 15;

/// A moment as spreadsheets count: days since 1899-12-30.
double serial_of(model::UtcTime time);

/// Writes a comment by "Muster", in a box that is large enough for it.
void write_comment(lxw_worksheet* sheet, CellPlace place, const std::string& text);

}  // namespace muster::desk
