// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Rows and columns, before anybody decides whether they become a table or CSV.
namespace muster::secretariat {

/// What a colour may add to a word. The word alone says it all.
enum class Tone : std::uint8_t { plain, good, warning, bad };

struct Cell {
  std::string value;  ///< For CSV: exact, empty when absent.
  std::string shown;  ///< For people.
  Tone tone = Tone::plain;
  std::string brief{};  ///< For a table that is not wide; empty when it shows the same.
};

/// A cell that reads the same to people and to programs; absent is shown as "-".
Cell cell(std::string text);
Cell cell(std::uint64_t number);

/// Where a column is seen.
enum class Seen : std::uint8_t { always, wide, csv_only, table_only };

struct Column {
  std::string field;  ///< Its name in CSV, the same as in JSON where JSON has it.
  std::string title;
  bool is_number = false;
  Seen seen = Seen::always;
};

struct Row {
  std::vector<Cell> cells;            ///< One for each column.
  std::optional<std::size_t> parent;  ///< Index of an earlier row, in a tree.
};

struct Sheet {
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::optional<Row> total;  ///< Set apart in a table. Not in CSV, so that a column may be summed.
  bool is_tree = false;      ///< The first column of the table is drawn as a tree.
  std::string when_empty{};  ///< What a table says that has no rows; "(no rows)" when empty.
};

struct TableStyle {
  bool wide = false;
  bool colour = false;
};

/// A table for people, every line ended by a line feed, without trailing spaces. Needs a locale
/// that knows UTF-8 (see use_utf8_locale()). Text that cannot be shown is escaped.
std::string render_table(const Sheet& sheet, TableStyle style);

/// RFC 4180 with a header row, ended by line feeds alone.
std::string render_csv(const Sheet& sheet);

/// Takes the character set of the environment, or C.UTF-8 when that is not UTF-8, so that Cyrillic
/// is aligned everywhere. Numbers are never localised. Call it once, before any thread.
void use_utf8_locale();

}  // namespace muster::secretariat
