// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/xlsx_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "nodes/desk/cell_number.h"

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

constexpr std::uint32_t kRowsMax = 1'048'576;
constexpr std::uint32_t kColumnsMax = 16'384;
// More than that and every zero of an uncalculated book counts as never calculated.
constexpr std::size_t kArraysMax = 1000;

bool contains(const MergedRange& range, CellPlace place) {
  return place.row >= range.first.row && place.row <= range.last.row &&
         place.column >= range.first.column && place.column <= range.last.column;
}

}  // namespace

std::optional<CellPlace> cell_place_of(std::string_view name) {
  std::size_t at = 0;
  std::uint32_t column = 0;
  for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z' && column <= kColumnsMax; ++at) {
    column = column * 26 + static_cast<std::uint32_t>(name[at] - 'A') + 1;
  }
  std::uint32_t row = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + at, end, row);
  if (error != std::errc() || stop != end || row == 0 || row > kRowsMax || column == 0 ||
      column > kColumnsMax) {
    return std::nullopt;
  }
  return CellPlace{.row = row - 1, .column = column - 1};
}

std::optional<MergedRange> range_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  const auto first = cell_place_of(name.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : cell_place_of(name.substr(colon + 1));
  if (!first || !last || last->row < first->row || last->column < first->column) {
    return std::nullopt;
  }
  return MergedRange{.first = *first, .last = *last};
}

Result<void> XlsxSheetHandler::open(std::string_view name, const XmlAttributes& attributes) {
  const std::string_view local = local_name(name);
  if (is_in_cell_) {
    if (local == "v") {
      has_value_ = true;
      into_ = Into::value;
    } else if (local == "f") {
      open_formula(attributes);
    } else if (local == "is") {
      rich_text_.begin();
      into_ = Into::rich_text;
    } else if (into_ == Into::rich_text) {
      rich_text_.open(local);
    }
    return {};
  }
  if (local == "c") {
    return open_cell(attributes);
  }
  if (local == "row") {
    return open_row(attributes);
  }
  return local == "mergeCell" ? merge(attributes.local("ref")) : Result<void>();
}

Result<void> XlsxSheetHandler::open_row(const XmlAttributes& attributes) {
  const std::string_view number = attributes.local("r");
  row_ = next_row_;
  if (!number.empty()) {
    const auto place = cell_place_of("A" + std::string(number));
    if (!place) {
      return model::fail(ErrorCode::malformed,
                         fmt::format("sheet \"{}\" is damaged: it has a row that is called {:.20}; "
                                     "save it again with a spreadsheet program",
                                     sink_.sheet().name(), number));
    }
    row_ = place->row;
  }
  next_row_ = row_ + 1;
  next_column_ = 0;
  is_row_hidden_ = is_true(attributes.local("hidden"));
  return {};
}

Result<void> XlsxSheetHandler::open_cell(const XmlAttributes& attributes) {
  const std::string_view name = attributes.local("r");
  place_ = {.row = row_, .column = next_column_};
  if (!name.empty()) {
    const auto place = cell_place_of(name);
    if (!place) {
      return model::fail(ErrorCode::malformed,
                         fmt::format("sheet \"{}\" is damaged: it has a cell that is called "
                                     "{:.20}; save it again with a spreadsheet program",
                                     sink_.sheet().name(), name));
    }
    place_ = *place;
  }
  next_column_ = place_.column + 1;
  type_ = attributes.local("t");
  const auto style = whole_number_of(attributes.local("s")).value_or(0);
  look_ = style < book_.looks.size() ? book_.looks[style] : NumberLook::plain;
  value_.clear();
  formula_.clear();
  has_formula_ = has_value_ = false;
  is_in_cell_ = true;
  into_ = Into::nothing;
  return {};
}

void XlsxSheetHandler::open_formula(const XmlAttributes& attributes) {
  has_formula_ = true;
  into_ = Into::formula;
  if (!book_.is_uncalculated || attributes.local("t") != "array") {
    return;
  }
  if (const auto range = range_of(attributes.local("ref")); range && arrays_.size() < kArraysMax) {
    arrays_.push_back(*range);
  }
}

Result<void> XlsxSheetHandler::merge(std::string_view range) {
  const auto merged = range_of(range);
  return merged && merged->first != merged->last ? sink_.merge(*merged) : Result<void>();
}

void XlsxSheetHandler::text(std::string_view piece) {
  switch (into_) {
    case Into::nothing:
      break;
    case Into::value:
      value_.append(piece);
      break;
    case Into::formula:
      formula_.append(piece);
      break;
    case Into::rich_text:
      rich_text_.add(piece);
      break;
  }
}

Result<void> XlsxSheetHandler::close(std::string_view name) {
  if (!is_in_cell_) {
    return {};
  }
  const std::string_view local = local_name(name);
  if (local == "c") {
    is_in_cell_ = false;
    return close_cell();
  }
  if (local == "is") {
    value_ = rich_text_.finish();
    has_value_ = true;
  }
  if (into_ == Into::rich_text && local != "is") {
    rich_text_.close(local);
  } else {
    into_ = Into::nothing;
  }
  return {};
}

Result<void> XlsxSheetHandler::close_cell() {
  if (!has_formula_ && value_.empty()) {
    return {};  // A cell that is only formatted.
  }
  if (is_row_hidden_) {
    sink_.hide_row(place_.row);
  }
  if (is_without_result()) {
    // A part of a shared or array formula does not repeat its text.
    const std::string shown = formula_.empty() ? "=" : "=" + formula_.substr(0, 200);
    return sink_.text(place_, shown, CellKind::formula);
  }
  return put_value();
}

bool XlsxSheetHandler::is_without_result() const {
  if (!has_formula_ && !(book_.is_uncalculated && is_in_array())) {
    return false;
  }
  if (type_ == "str") {
    return !has_value_;  // An empty text is a result.
  }
  const bool is_number = type_.empty() || type_ == "n";
  return value_.empty() || (book_.is_uncalculated && is_number && value_ == "0");
}

bool XlsxSheetHandler::is_in_array() const {
  return arrays_.size() >= kArraysMax ||
         std::any_of(arrays_.begin(), arrays_.end(),
                     [this](const MergedRange& range) { return contains(range, place_); });
}

Result<void> XlsxSheetHandler::put_value() {
  if (type_.empty() || type_ == "n") {
    return put_number(CellKind::number);
  }
  if (type_ == "b") {
    return put_number(CellKind::boolean);
  }
  if (type_ == "e") {
    return sink_.text(place_, value_, CellKind::error);
  }
  if (type_ == "d") {
    return sink_.text(place_, whole_seconds(value_), CellKind::date_time);
  }
  if (type_ != "s") {
    return put_text(value_);  // "str", "inlineStr".
  }
  const auto index = whole_number_of(value_);
  if (!index || *index >= strings_.size()) {
    return damaged_cell();
  }
  return put_text(strings_.at(*index));
}

Result<void> XlsxSheetHandler::put_text(std::string_view text) {
  const bool is_error = has_formula_ && is_error_text(text);
  return sink_.text(place_, text, is_error ? CellKind::error : CellKind::text);
}

Result<void> XlsxSheetHandler::put_number(CellKind kind) {
  const auto number = number_of(value_);
  return number ? sink_.number(place_, *number, kind, look_) : damaged_cell();
}

Result<void> XlsxSheetHandler::damaged_cell() const {
  return model::fail(ErrorCode::malformed,
                     fmt::format("{} is damaged: it is said to hold {:.20}; save the file again "
                                 "with a spreadsheet program",
                                 place_text(sink_.sheet(), place_), value_));
}

}  // namespace muster::desk
