// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/ods_cell.h"

#include <algorithm>
#include <optional>

#include "nodes/desk/cell_number.h"

namespace muster::desk {
namespace {

// More than any sheet has: what is larger is an error that the limits find.
constexpr std::size_t kCountMax = 1U << 24U;

bool is_aside(std::string_view name) {
  return name == "office:annotation" || name.starts_with("draw:") || name.starts_with("dr3d:");
}

}  // namespace

void OdsParagraphs::begin() {
  text_.clear();
  paragraphs_ = 0;
  aside_depth_ = 0;
  is_in_paragraph_ = false;
}

void OdsParagraphs::open(std::string_view name, const XmlAttributes& attributes) {
  if (aside_depth_ > 0 || is_aside(name)) {
    ++aside_depth_;
  } else if (name == "text:p") {
    if (paragraphs_++ > 0) {
      text_.push_back('\n');
    }
    is_in_paragraph_ = true;
    is_blank_ = true;
  } else if (name == "text:s") {
    // No cell is as long as that; a count of millions is not unfolded.
    text_.append(std::min(count_of(attributes, "text:c"), 1000U), ' ');
  } else if (name == "text:tab") {
    text_.push_back('\t');
  } else if (name == "text:line-break") {
    text_.push_back('\n');
  }
}

void OdsParagraphs::close(std::string_view name) {
  if (aside_depth_ > 0) {
    --aside_depth_;
  } else if (name == "text:p") {
    is_in_paragraph_ = false;
  }
}

void OdsParagraphs::add(std::string_view piece) {
  if (aside_depth_ > 0 || !is_in_paragraph_) {
    return;
  }
  for (const char letter : piece) {
    const bool is_blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
    if (!is_blank) {
      text_.push_back(letter);
    } else if (!is_blank_) {
      text_.push_back(' ');
    }
    is_blank_ = is_blank;
  }
}

OdsCell OdsCell::opened(std::uint32_t column, const XmlAttributes& attributes) {
  OdsCell cell;
  cell.column = column;
  cell.repeated = count_of(attributes, "table:number-columns-repeated");
  cell.columns_spanned = count_of(attributes, "table:number-columns-spanned");
  cell.rows_spanned = count_of(attributes, "table:number-rows-spanned");
  cell.type_ = attributes.get("office:value-type");
  cell.formula_ = attributes.get("table:formula").substr(0, 200);
  cell.has_formula_ = !cell.formula_.empty();
  cell.is_error_ = attributes.get("calcext:value-type") == "error";
  for (const char* const name : {"office:value", "office:date-value", "office:boolean-value",
                                 "office:string-value", "office:time-value"}) {
    if (const auto value = attributes.find(name)) {
      cell.value_ = *value;
      cell.has_value_ = true;
      break;
    }
  }
  return cell;
}

void OdsCell::finish(const std::string& shown) {
  const auto number_value = number_of(value_);
  if (is_covered) {
    return;
  }
  if (is_error_ || (has_formula_ && type_ == "string" && is_error_text(shown))) {
    kind = CellKind::error;
    text = shown;
  } else if (type_ == "string" || type_ == "time") {
    // A time of day alone is nothing that a return asks for: it is kept as it is shown.
    kind = CellKind::text;
    text = has_value_ && type_ == "string" ? value_ : shown;
  } else if (type_ == "date" && has_value_) {
    kind = CellKind::date_time;
    text = whole_seconds(value_);
  } else if (type_ == "boolean" && has_value_) {
    kind = CellKind::boolean;
    number = value_ == "true" ? 1 : 0;
  } else if (number_value && (type_ == "float" || type_ == "percentage" || type_ == "currency")) {
    kind = CellKind::number;
    look = type_ == "percentage" ? NumberLook::percent : NumberLook::plain;
    number = *number_value;
  } else if (has_formula_) {
    kind = CellKind::formula;
    text = formula_;
  } else if (!shown.empty()) {
    kind = CellKind::text;
    text = shown;
  }
  if (kind == CellKind::text && text.empty()) {
    kind = CellKind::empty;
  }
}

std::uint32_t count_of(const XmlAttributes& attributes, std::string_view name) {
  const auto count = whole_number_of(attributes.get(name));
  return static_cast<std::uint32_t>(std::clamp<std::size_t>(count.value_or(1), 1, kCountMax));
}

}  // namespace muster::desk
