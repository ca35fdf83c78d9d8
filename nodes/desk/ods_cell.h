// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nodes/desk/cell_sink.h"
#include "nodes/desk/xml_stream.h"

/// One cell of an ODS.
namespace muster::desk {

/// What a program shows in a cell: its paragraphs, in which a run of blanks is one blank and more
/// are written as elements. Notes and pictures do not count.
class OdsParagraphs {
 public:
  void begin();
  void open(std::string_view name, const XmlAttributes& attributes);
  void close(std::string_view name);
  void add(std::string_view piece);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::uint32_t paragraphs_ = 0;
  std::uint32_t aside_depth_ = 0;  // Inside a note or a picture.
  bool is_in_paragraph_ = false, is_blank_ = true;
};

/// A cell while it is read, and what it holds then. It may stand for many beside it.
struct OdsCell {
  std::uint32_t column = 0;
  std::uint32_t repeated = 1, columns_spanned = 1, rows_spanned = 1;
  bool is_covered = false;  ///< Under a merged range.
  CellKind kind = CellKind::empty;
  NumberLook look = NumberLook::plain;
  double number = 0;
  std::string text;

  /// Takes the attributes of a cell's element.
  static OdsCell opened(std::uint32_t column, const XmlAttributes& attributes);
  /// Decides what it holds, once its paragraphs are known.
  void finish(const std::string& shown);

 private:
  std::string type_, value_, formula_;
  bool has_formula_ = false, has_value_ = false, is_error_ = false;
};

/// A count such as table:number-rows-repeated: 1 when there is none.
std::uint32_t count_of(const XmlAttributes& attributes, std::string_view name);

}  // namespace muster::desk
