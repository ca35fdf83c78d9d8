// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/marked_sheets.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_set>

namespace muster::desk {

namespace {

constexpr std::uint32_t kHeadingRowsMax = 20;  // As far as a reader looks for headings.
constexpr std::uint32_t kRowsMeasured = 200;
constexpr std::size_t kWidthMin = 8, kDayWidth = 12, kWidthMax = 40, kLinesMax = 6;

/// Where the headings stand, and which columns hold moments.
struct Layout {
  std::optional<std::uint32_t> heading_row;
  std::set<std::uint32_t> moments;
};

Layout layout_of(const Sheet& sheet, const ColumnBook& columns) {
  for (std::uint32_t row = 0; row < std::min(sheet.rows(), kHeadingRowsMax); ++row) {
    Layout layout{.heading_row = row, .moments = {}};
    std::size_t known = 0;
    for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
      const auto cell = sheet.at({row, column});
      const auto* meant = cell.kind == CellKind::text ? columns.find(cell.text) : nullptr;
      known += meant != nullptr ? 1 : 0;
      if (meant != nullptr && meant->type == ColumnType::moment) {
        layout.moments.insert(column);
      }
    }
    if (known >= 2) {
      return layout;
    }
  }
  return {};
}

/// Of what stands in a column, headings aside: they are broken into lines, but not within a word.
std::size_t measured_width(const Sheet& sheet, std::uint32_t column, const Layout& layout) {
  std::size_t width = kWidthMin;
  for (std::uint32_t row = 0; row < std::min(sheet.rows(), kRowsMeasured); ++row) {
    const auto text = shown_value(sheet.at({row, column}));
    const bool is_heading = layout.heading_row == row;
    const bool is_above = layout.heading_row && row < *layout.heading_row;  // A title runs over.
    width = std::max(width, is_above ? 0 : (is_heading ? word_width_of(text) : width_of(text)) + 2);
  }
  return std::clamp(width, layout.moments.contains(column) ? kDayWidth : kWidthMin, kWidthMax);
}

void shape(const SheetCopy& copy, const Layout& layout) {
  std::size_t all = 0, lines = 1;
  for (std::uint32_t column = 0; column < std::min(copy.source->columns(), kSheetColumnsMax);
       ++column) {
    const auto place = static_cast<lxw_col_t>(column);
    const auto width = measured_width(*copy.source, column, layout);
    worksheet_set_column(copy.target, place, place, static_cast<double>(width), nullptr);
    all += width;
    if (layout.heading_row) {
      lines = std::max(lines, lines_of(shown_value(copy.source->at({*layout.heading_row, column})),
                                       static_cast<double>(width)));
    }
  }
  if (layout.heading_row) {
    worksheet_set_row(copy.target, *layout.heading_row,
                      static_cast<double>(std::min(lines, kLinesMax)) * kLinePoints, nullptr);
    worksheet_freeze_panes(copy.target, *layout.heading_row + 1, 0);
  }
  worksheet_set_landscape(copy.target);
  worksheet_set_paper(copy.target, kPaperA4);
  worksheet_fit_to_pages(copy.target, static_cast<std::uint16_t>(all / kPrintCharacters + 1), 0);
}

/// One cell and where it goes.
struct Target {
  lxw_worksheet* sheet;
  CellPlace place;
  const Mark* mark;
  bool is_heading, is_moment;
  double days_to_add;  // Of a workbook that counts from 1904, since a copy never does.
};

using Kind = MarkedFormats::Kind;

void write_number(const Target& to, double number, Kind kind, const MarkedFormats& formats) {
  worksheet_write_number(to.sheet, to.place.row, static_cast<lxw_col_t>(to.place.column), number,
                         formats.of(kind, to.mark));
}

void write_text(const Target& to, std::string_view text, const MarkedFormats& formats) {
  worksheet_write_string(to.sheet, to.place.row, static_cast<lxw_col_t>(to.place.column),
                         fit_text(text).c_str(),
                         formats.of(to.is_heading ? Kind::heading : Kind::plain, to.mark));
}

void write_date_or_number(const Target& to, double number, const MarkedFormats& formats) {
  const bool is_moment = to.is_moment && number >= 0 && number < serial_of(model::kTimeMax);
  const double shown = is_moment ? number + to.days_to_add : number;
  const auto kind = !is_moment                   ? Kind::plain
                    : shown == std::floor(shown) ? Kind::day
                                                 : Kind::moment;
  if (std::isfinite(shown)) {
    write_number(to, shown, kind, formats);
  } else {
    write_text(to, "#NUM!", formats);
  }
}

/// A date of ODS is a text for us; what is no date stays one.
void write_date_text(const Target& to, std::string_view text, const MarkedFormats& formats) {
  const bool has_time = text.find('T') != std::string_view::npos;
  const auto time =
      model::parse_time(has_time ? std::string(text) + "Z" : std::string(text) + "T00:00:00Z");
  if (time) {
    write_number(to, serial_of(*time), has_time ? Kind::moment : Kind::day, formats);
  } else {
    write_text(to, text, formats);
  }
}

void write_cell(const Target& to, const CellView& cell, const MarkedFormats& formats) {
  const auto column = static_cast<lxw_col_t>(to.place.column);
  switch (cell.kind) {
    case CellKind::empty:
      if (to.mark != nullptr) {
        worksheet_write_blank(to.sheet, to.place.row, column, formats.of(Kind::plain, to.mark));
      }
      return;
    case CellKind::number:
      return write_date_or_number(to, cell.number, formats);
    case CellKind::boolean:
      worksheet_write_boolean(to.sheet, to.place.row, column, cell.number != 0 ? 1 : 0,
                              formats.of(Kind::plain, to.mark));
      return;
    case CellKind::date_time:
      return write_date_text(to, cell.text, formats);
    case CellKind::text:
    case CellKind::error:
    case CellKind::formula:  // As a text: what it would come to is not known.
      return write_text(to, cell.text, formats);
  }
}

/// How many rows and columns hold a value or a mark.
CellPlace extent_of(const SheetCopy& copy) {
  CellPlace extent{copy.source->rows(), copy.source->columns()};
  for (const auto& [place, mark] : copy.marks) {
    extent.row = std::max(extent.row, place.row + 1);
    extent.column = std::max(extent.column, place.column + 1);
  }
  return {std::min(extent.row, kSheetRowsMax), std::min(extent.column, kSheetColumnsMax)};
}

/// The places that are under merged cells already. The library writes each of them, and a workbook
/// of one cell may merge the whole sheet a hundred thousand times: there is an end.
class MergedPlaces {
 public:
  /// False when a place of `range` is taken, or when it has more places than are left.
  bool take(const MergedRange& range) {
    const auto places = (std::uint64_t{range.last.row} - range.first.row + 1) *
                        (std::uint64_t{range.last.column} - range.first.column + 1);
    if (places > left_) {
      return false;
    }
    left_ -= places;
    for (auto row = range.first.row; row <= range.last.row; ++row) {
      for (auto column = range.first.column; column <= range.last.column; ++column) {
        if (!taken_.insert((std::uint64_t{row} << 32U) | column).second) {
          return false;
        }
      }
    }
    return true;
  }

 private:
  std::uint64_t left_ = 500'000;
  std::unordered_set<std::uint64_t> taken_;
};

/// Ranges of one cell, those beyond a sheet, and those that lie across another, are left alone: a
/// program that opens the copy would call it damaged.
void merge_ranges(const SheetCopy& copy, const MarkedFormats& formats) {
  MergedPlaces places;
  for (const auto& range : copy.source->merged) {
    const bool fits = range.last.row < kSheetRowsMax && range.last.column < kSheetColumnsMax;
    if (fits && range.first < range.last && range.first.column <= range.last.column &&
        places.take(range)) {
      worksheet_merge_range(
          copy.target, range.first.row, static_cast<lxw_col_t>(range.first.column), range.last.row,
          static_cast<lxw_col_t>(range.last.column), "", formats.of(Kind::plain, nullptr));
    }
  }
}

}  // namespace

void copy_sheet(const SheetCopy& copy, const ColumnBook& columns, const MarkedFormats& formats) {
  constexpr double kDaysFrom1900To1904 = 1'462;
  const auto layout = layout_of(*copy.source, columns);
  const auto extent = extent_of(copy);
  shape(copy, layout);
  if (copy.keeps_merges) {
    merge_ranges(copy, formats);
  }
  auto mark = copy.marks.begin();
  for (std::uint32_t row = 0; row < extent.row; ++row) {
    for (std::uint32_t column = 0; column < extent.column; ++column) {
      const CellPlace place{row, column};
      const bool is_marked = mark != copy.marks.end() && mark->first == place;
      const Target to{.sheet = copy.target,
                      .place = place,
                      .mark = is_marked ? &mark->second : nullptr,
                      .is_heading = layout.heading_row == row,
                      .is_moment = layout.moments.contains(column),
                      .days_to_add = copy.source->counts_from_1904 ? kDaysFrom1900To1904 : 0};
      write_cell(to, copy.source->at(place), formats);
      if (is_marked) {
        write_comment(copy.target, place, (mark++)->second.comment);
      }
    }
  }
}

// ---- how cells look -----------------------------------------------------------------------------

namespace {

constexpr lxw_color_t kRefusedGround = 0xFFC7CE, kRefusedText = 0x9C0006;
constexpr lxw_color_t kNoteGround = 0xFFEB9C, kNoteText = 0x7F6000;

lxw_format* make_format(lxw_workbook* book, Kind kind, std::size_t weight, bool is_russian) {
  auto* format = workbook_add_format(book);
  if (kind == Kind::day) {
    format_set_num_format(format, is_russian ? "dd.mm.yyyy" : "yyyy-mm-dd");
  } else if (kind == Kind::moment) {
    format_set_num_format(format, is_russian ? "dd.mm.yyyy hh:mm" : "yyyy-mm-dd hh:mm");
  } else if (kind == Kind::heading) {
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(format, LXW_BORDER_THIN);
  }
  if (weight != 0) {
    format_set_bg_color(format, weight == 2 ? kRefusedGround : kNoteGround);
    format_set_font_color(format, weight == 2 ? kRefusedText : kNoteText);
  }
  return format;
}

}  // namespace

MarkedFormats::MarkedFormats(lxw_workbook* book, words::Language language) {
  for (std::size_t kind = 0; kind < formats_.size(); ++kind) {
    for (std::size_t weight = 0; weight < formats_[kind].size(); ++weight) {
      formats_[kind][weight] =
          make_format(book, static_cast<Kind>(kind), weight, language == words::Language::russian);
    }
  }
}

lxw_format* MarkedFormats::of(Kind kind, const Mark* mark) const {
  return formats_[static_cast<std::size_t>(kind)][mark == nullptr ? 0 : mark->refuses ? 2 : 1];
}

}  // namespace muster::desk
