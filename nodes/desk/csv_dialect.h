// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How a text file of rows separates its fields.
namespace muster::desk {

/// One field, and where the next thing begins.
struct CsvField {
  std::size_t next = 0;      ///< Of the separator, the line end, or the end of the text.
  bool is_closed = true;     ///< False when a quotation mark is opened and never closed.
  bool is_too_long = false;  ///< Reading stopped at `bytes_max`.
};
/// Reads the field that begins at `at` into `value`. A field that begins with a quotation mark ends
/// at the next single one, and may hold separators and line ends; `""` in it is one mark. What
/// stands between the closing mark and the separator is kept, as Excel does, unless it is blank.
CsvField read_csv_field(std::string_view text, std::size_t at, char delimiter,
                        std::size_t bytes_max, std::string& value);
/// Where the line behind `at`, which is a line end, begins: "\r\n" is one end.
std::size_t behind_line_end(std::string_view text, std::size_t at);

struct CsvDialect {
  char delimiter = ';';
  std::size_t body = 0;  ///< Where the rows begin: behind a line "sep=;".
};
/// Looks at the first lines of `text`, UTF-8.
CsvDialect csv_dialect_of(std::string_view text);

}  // namespace muster::desk
