// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/read_ods.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "nodes/desk/ods_cell.h"
#include "nodes/desk/xml_stream.h"

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

constexpr std::uint32_t kColumnsMax = 1U << 24U;
constexpr std::string_view kContent = "content.xml";
constexpr std::string_view kManifest = "META-INF/manifest.xml";

/// Looks whether parts are encrypted.
class ManifestHandler final : public XmlHandler {
 public:
  Result<void> open(std::string_view name, const XmlAttributes&) override {
    is_encrypted = is_encrypted || local_name(name) == "encryption-data";
    return {};
  }
  Result<void> close(std::string_view) override { return {}; }
  void text(std::string_view) override {}

  bool is_encrypted = false;
};

/// Puts the cells of content.xml into `sink`.
class ContentHandler final : public XmlHandler {
 public:
  explicit ContentHandler(CellSink& sink) : sink_(sink) {}

  Result<void> open(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_depth_ > 0 || name == "table:tracked-changes" || name == "table:shapes") {
      ++skipped_depth_;  // Deleted cells are kept there, and tables inside pictures.
    } else if (is_in_cell_) {
      open_in_cell(name, attributes);
    } else if (name == "table:table") {
      return open_table(attributes);
    } else if (name == "table:table-row" && is_in_table_) {
      open_row(attributes);
    } else if ((name == "table:table-cell" || name == "table:covered-table-cell") && is_in_row_) {
      open_cell(name, attributes);
    } else {
      open_style(name, attributes);
    }
    return {};
  }

  Result<void> close(std::string_view name) override {
    if (skipped_depth_ > 0) {
      --skipped_depth_;
    } else if (is_in_cell_ && cell_depth_ > 0) {
      --cell_depth_;
      paragraphs_.close(name);
    } else if (is_in_cell_) {
      close_cell();
    } else if (name == "table:table-row" && is_in_row_) {
      is_in_row_ = false;
      return close_row();
    } else if (name == "table:table") {
      is_in_table_ = false;
    }
    return {};
  }

  void text(std::string_view piece) override {
    if (skipped_depth_ == 0 && is_in_cell_) {
      paragraphs_.add(piece);
    }
  }

 private:
  /// A sheet is hidden by its style, which stands before it.
  void open_style(std::string_view name, const XmlAttributes& attributes) {
    if (name == "style:style") {
      style_ = attributes.get("style:name");
    } else if (name == "style:table-properties" && attributes.get("table:display") == "false") {
      hidden_styles_.insert(style_);
    }
  }

  Result<void> open_table(const XmlAttributes& attributes) {
    MUSTER_CHECK(sink_.open_sheet(std::string(attributes.get("table:name"))));
    sink_.sheet().is_hidden =
        hidden_styles_.contains(std::string(attributes.get("table:style-name")));
    is_in_table_ = true;
    row_ = 0;
    return {};
  }

  void open_row(const XmlAttributes& attributes) {
    const std::string_view visibility = attributes.get("table:visibility");
    is_row_hidden_ = visibility == "collapse" || visibility == "filter";
    rows_repeated_ = count_of(attributes, "table:number-rows-repeated");
    is_in_row_ = true;
    column_ = 0;
    cells_.clear();
  }

  void open_cell(std::string_view name, const XmlAttributes& attributes) {
    cell_ = OdsCell::opened(column_, attributes);
    cell_.is_covered = name == "table:covered-table-cell";
    is_in_cell_ = true;
    cell_depth_ = 0;
    paragraphs_.begin();
  }

  void open_in_cell(std::string_view name, const XmlAttributes& attributes) {
    ++cell_depth_;
    paragraphs_.open(name, attributes);
  }

  void close_cell() {
    is_in_cell_ = false;
    cell_.finish(paragraphs_.text());
    column_ = std::min(column_ + cell_.repeated, kColumnsMax);  // What is beyond is refused there.
    if (cell_.kind != CellKind::empty || cell_.columns_spanned > 1 || cell_.rows_spanned > 1) {
      cells_.push_back(std::move(cell_));
    }
  }

  Result<void> close_row() {
    if (cells_.empty()) {
      row_ += rows_repeated_;  // However many there are, they cost nothing.
      return {};
    }
    for (std::uint32_t count = 0; count < rows_repeated_; ++count, ++row_) {
      for (const auto& cell : cells_) {
        MUSTER_CHECK(put(cell));
      }
    }
    return {};
  }

  Result<void> put(const OdsCell& cell) {
    const auto row = static_cast<std::uint32_t>(std::min<std::uint64_t>(row_, UINT32_MAX));
    if (cell.kind != CellKind::empty && is_row_hidden_) {
      sink_.hide_row(row);
    }
    for (std::uint32_t count = 0; count < cell.repeated && cell.kind != CellKind::empty; ++count) {
      const CellPlace place{.row = row, .column = cell.column + count};
      const bool is_number = cell.kind == CellKind::number || cell.kind == CellKind::boolean;
      MUSTER_CHECK(is_number ? sink_.number(place, cell.number, cell.kind, cell.look)
                             : sink_.text(place, cell.text, cell.kind));
    }
    if (cell.columns_spanned > 1 || cell.rows_spanned > 1) {
      return sink_.merge({.first = {.row = row, .column = cell.column},
                          .last = {.row = row + cell.rows_spanned - 1,
                                   .column = cell.column + cell.columns_spanned - 1}});
    }
    return {};
  }

  CellSink& sink_;
  std::string style_;
  std::set<std::string> hidden_styles_;
  std::uint32_t skipped_depth_ = 0;
  // Of the sheet that is open.
  bool is_in_table_ = false;
  std::uint64_t row_ = 0;
  // Of the row that is open.
  bool is_in_row_ = false, is_row_hidden_ = false;
  std::uint32_t rows_repeated_ = 1;
  std::uint32_t column_ = 0;
  std::vector<OdsCell> cells_;
  // Of the cell that is open.
  bool is_in_cell_ = false;
  std::uint32_t cell_depth_ = 0;
  OdsCell cell_;
  OdsParagraphs paragraphs_;
};

}  // namespace

Result<void> read_ods(const ZipParts& parts, CellSink& sink,
                      const std::function<void(double)>& progress) {
  if (parts.has(kManifest)) {
    ManifestHandler manifest;
    MUSTER_CHECK(read_xml(parts, kManifest, manifest));
    if (manifest.is_encrypted) {
      return model::fail(ErrorCode::malformed,
                         "the file is protected by a password: save it without one");
    }
  }
  Progress told(progress, parts.bytes_of(kContent));
  ContentHandler handler(sink);
  return read_xml(parts, kContent, handler, &told);
}

}  // namespace muster::desk
