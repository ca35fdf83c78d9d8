// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/draft.h"
#include "nodes/desk/field_setter.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/workbook.h"

/// Which columns of a sheet are known, and where its rows begin.
namespace muster::desk {

struct LayoutColumn {
  const Column* column = nullptr;
  std::uint32_t at = 0;                      ///< In the sheet.
  std::string heading;                       ///< As the file has it.
  std::optional<model::StatementKind> kind;  ///< Nothing for the report's own.
  FieldPath path;                            ///< Of the field in its statement.
  [[nodiscard]] bool is_entry() const;       ///< Of an entry that the row makes.
};

/// One sheet that is read.
struct Layout {
  std::uint32_t sheet = 0;            ///< In the workbook.
  std::string sheet_name;             ///< Empty for CSV.
  std::uint32_t first_row = 0;        ///< Behind the headings.
  std::vector<LayoutColumn> columns;  ///< In the order of the columns file; private ones left out.
  /// A private column: never read, only seen to be filled.
  struct Private {
    std::uint32_t at = 0;
    std::string heading;
  };
  std::vector<Private> private_columns;
  std::optional<std::size_t> unit;    ///< Which of them is the unit's code.
  std::optional<std::size_t> valid_at;  ///< Which of them says when the row was true.
  /// Of CSV: how many fields a row has at most, for one more moves the values behind it into columns
  /// that are not theirs. 0 where that says nothing: of other formats, and where all rows have more.
  std::uint32_t fields_max = 0;
  bool labels_speak = false;  ///< There are other columns of Unit, so names are not labels only.

  /// Where a field of that name stands, or nothing.
  [[nodiscard]] const LayoutColumn* find(std::string_view key) const;
};

/// The layouts of all sheets that are read, and what is to be said of headings and sheets. A
/// problem that refuses makes the whole file unreadable. `has_valid_at`: a moment is known without
/// a column.
std::vector<Layout> layouts_of(const Workbook& workbook, const ColumnBook& book, bool has_valid_at,
                               ProblemList& problems);

/// For Draft::columns: the places of all fields.
std::vector<SheetColumns> columns_of(const Workbook& workbook, const std::vector<Layout>& layouts);

/// "Strength" as its kind.
std::optional<model::StatementKind> kind_named(std::string_view statement);
/// And back.
std::string_view statement_name(model::StatementKind kind);

}  // namespace muster::desk
