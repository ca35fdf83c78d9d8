// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::desk {

namespace {

constexpr std::size_t kTitleMax = 32, kMessageMax = 255;  // Of spreadsheet programs.
// Of bytes: spreadsheet programs count characters, and so does libxlsxwriter when it checks, but the
// place into which it then copies the words holds so many bytes.
constexpr std::size_t kInlineListMax = 255;

/// What libxlsxwriter is given; it takes pointers to texts, which live here.
struct Limit {
  lxw_data_validation rule{};
  std::string title, message, range;
  std::vector<std::string> words;
  std::vector<char*> pointers;
};

void refuse_with(Limit& limit, const std::string& title, const std::string& message) {
  limit.title = fit_text(title, kTitleMax);
  limit.message = fit_text(message, kMessageMax);
  limit.rule.error_title = limit.title.data();
  limit.rule.error_message = limit.message.data();
  limit.rule.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
}

/// In the rule itself a comma separates, and there is room for few.
bool fits_inline(const std::vector<std::string>& words) {
  std::size_t bytes = 0;
  for (const auto& word : words) {
    bytes += word.size() + 1;
    if (word.find_first_of(",\"") != std::string::npos) {
      return false;
    }
  }
  return bytes <= kInlineListMax;
}

bool set_list(Limit& limit, const WordList& list) {
  if (list.words.empty()) {
    return false;
  }
  if (!fits_inline(list.words)) {
    limit.range = list.range;
    limit.rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    limit.rule.value_formula = limit.range.data();
    return true;
  }
  limit.words = list.words;
  for (auto& word : limit.words) {
    limit.pointers.push_back(word.data());
  }
  limit.pointers.push_back(nullptr);
  limit.rule.validate = LXW_VALIDATION_TYPE_LIST;
  limit.rule.value_list = limit.pointers.data();
  return true;
}

bool set_numbers(Limit& limit, const Column& column, std::uint8_t type) {
  limit.rule.validate = type;
  limit.rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  limit.rule.minimum_number = column.min;
  limit.rule.maximum_number = column.max;
  return column.min < column.max;
}

bool set_days(Limit& limit) {
  limit.rule.validate = LXW_VALIDATION_TYPE_DATE_NUMBER;
  limit.rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
  limit.rule.minimum_number = serial_of(model::kTimeMin);
  limit.rule.maximum_number = serial_of(model::kTimeMax) - 1;
  return true;
}

bool set_length(Limit& limit, const Column& column) {
  limit.rule.validate = LXW_VALIDATION_TYPE_LENGTH;
  limit.rule.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
  limit.rule.value_number = column.max;
  return column.max > 0;
}

bool set_words(Limit& limit, std::string_view list, const WordLists& lists) {
  const auto found = lists.find(list);
  return found != lists.end() && set_list(limit, found->second);
}

/// False when the column takes any text.
bool set_rule(Limit& limit, const Column& column, const WordLists& lists) {
  switch (column.type) {
    case ColumnType::count:
      return set_numbers(limit, column, LXW_VALIDATION_TYPE_INTEGER);
    case ColumnType::number:
      return set_numbers(limit, column, LXW_VALIDATION_TYPE_DECIMAL);
    case ColumnType::moment:
      return set_days(limit);
    case ColumnType::choice:
      return set_words(limit, column.choices, lists);
    case ColumnType::yes_no:
      return set_words(limit, kYesNo, lists);
    case ColumnType::text:
      return set_length(limit, column);
    case ColumnType::unit:
    case ColumnType::code:
    case ColumnType::choices:  // A list gives one word and no more.
    case ColumnType::qualifications:
    case ColumnType::metrics:
    case ColumnType::person:
    case ColumnType::uuid:
    case ColumnType::sealed:
    case ColumnType::private_:
      break;
  }
  return false;
}

}  // namespace

void limit_column(lxw_worksheet* sheet, const LimitedCells& cells, const Column& column,
                  const TemplateParts& parts, const WordLists& lists) {
  Limit limit;
  limit.rule.ignore_blank = LXW_VALIDATION_ON;
  limit.rule.show_error = LXW_VALIDATION_ON;
  limit.rule.dropdown = LXW_VALIDATION_ON;
  if (set_rule(limit, column, lists)) {
    refuse_with(limit, parts.title_of(column),
                parts.words.tell(fmt::format("To be written: {}. What is not known stays empty.",
                                             parts.wanted_in(column))));
    worksheet_data_validation_range(sheet, cells.first_row, cells.column, cells.last_row,
                                    cells.column, &limit.rule);
  }
}

}  // namespace muster::desk
