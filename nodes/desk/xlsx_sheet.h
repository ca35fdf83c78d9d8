// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/cell_sink.h"
#include "nodes/desk/xlsx_book.h"
#include "nodes/desk/xml_stream.h"

/// One sheet of an XLSX.
namespace muster::desk {

/// Puts the cells of a sheet's XML into the sheet that `sink` has open. All are borrowed.
class XlsxSheetHandler final : public XmlHandler {
 public:
  XlsxSheetHandler(const XlsxBook& book, const SharedStrings& strings, CellSink& sink)
      : book_(book), strings_(strings), sink_(sink) {}

  model::Result<void> open(std::string_view name, const XmlAttributes& attributes) override;
  model::Result<void> close(std::string_view name) override;
  void text(std::string_view piece) override;

 private:
  enum class Into { nothing, value, formula, rich_text };

  model::Result<void> open_row(const XmlAttributes& attributes);
  model::Result<void> open_cell(const XmlAttributes& attributes);
  void open_formula(const XmlAttributes& attributes);
  model::Result<void> merge(std::string_view range);
  model::Result<void> close_cell();
  model::Result<void> put_value();
  model::Result<void> put_text(std::string_view text);
  model::Result<void> put_number(CellKind kind);
  [[nodiscard]] bool is_without_result() const;
  [[nodiscard]] bool is_in_array() const;
  [[nodiscard]] model::Result<void> damaged_cell() const;

  const XlsxBook& book_;
  const SharedStrings& strings_;
  CellSink& sink_;
  std::uint32_t row_ = 0, next_row_ = 0;
  bool is_row_hidden_ = false;
  // Of the cell that is open.
  bool is_in_cell_ = false;
  CellPlace place_;
  std::uint32_t next_column_ = 0;
  std::string type_, value_, formula_;
  bool has_formula_ = false, has_value_ = false;
  NumberLook look_ = NumberLook::plain;
  RichText rich_text_;
  Into into_ = Into::nothing;
  std::vector<MergedRange> arrays_;  // What array formulas fill, of books that are not calculated.
};

/// {16, 3} of "D17". Nothing for another text, or beyond the rows and columns of any program.
std::optional<CellPlace> cell_place_of(std::string_view name);
/// Of "A4:C5", or of one cell.
std::optional<MergedRange> range_of(std::string_view name);

}  // namespace muster::desk
