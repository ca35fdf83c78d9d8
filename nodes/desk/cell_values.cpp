// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "nodes/desk/cell_lists.h"
#include "nodes/desk/cell_people.h"
#include "nodes/desk/cell_text.h"
#include "nodes/desk/problem.h"
#include "schemas/model/text.h"

namespace muster::desk {
namespace {

using Read = tl::expected<CellValue, Misread>;

tl::unexpected<Misread> misread(std::string_view code, std::string expected) {
  return tl::unexpected(Misread{code, std::move(expected)});
}

/// Beyond it a spreadsheet's numbers are not exact: digits of a code may be lost.
constexpr double kExactMax = 9'007'199'254'740'992.0;

/// The text of a cell, whatever it was typed as; nothing for a number that has lost digits, as one
/// has of which a program made a day.
std::optional<std::string> text_in(const CellView& cell) {
  if (cell.kind == CellKind::number) {
    const bool is_exact = cell.look == NumberLook::plain &&
                          std::trunc(cell.number) == cell.number &&
                          std::abs(cell.number) < kExactMax;
    return is_exact ? std::optional(fmt::format("{:.0f}", cell.number)) : std::nullopt;
  }
  return cleaned(shown_value(cell));
}

/// The same of a code or a number of a person, which "12-05" is no longer once a spreadsheet
/// program has made the twelfth of May of it.
std::optional<std::string> code_text_in(const CellView& cell) {
  return cell.kind == CellKind::date_time ? std::nullopt : text_in(cell);
}

/// A program made a day or a percentage of what was typed.
bool loses_digits(const CellView& cell) {
  return cell.kind == CellKind::date_time || cell.look != NumberLook::plain;
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// ---- numbers ------------------------------------------------------------------------------------

std::optional<double> count_in(const CellView& cell) {
  if (cell.kind == CellKind::number) {
    return std::trunc(cell.number) == cell.number ? std::optional(cell.number) : std::nullopt;
  }
  if (cell.kind != CellKind::text) {
    return std::nullopt;
  }
  const auto text = cleaned(cell.text);
  constexpr std::size_t kDigitsMax = 16;
  if (!is_digits(text) || text.size() > kDigitsMax) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<double>(value);
}

/// Of a number that its author reads otherwise.
std::optional<Misread> seems_other(const CellView& cell) {
  switch (cell.look) {
    case NumberLook::plain:
      break;
    case NumberLook::moment:
      return Misread{kNumberBad,
                     "a number; the cell shows a date: format it as a number and type it again"};
    case NumberLook::percent:
      return Misread{kNumberBad,
                     "a number; the cell shows per cent: format it as a number and type it again"};
  }
  return std::nullopt;
}

Read read_count(const CellView& cell, const Column& column) {
  if (auto other = seems_other(cell)) {
    return tl::unexpected(*std::move(other));
  }
  const auto value = count_in(cell);
  if (!value || *value < column.min || *value > column.max) {
    return misread(kNumberBad,
                   column.is_mandatory
                       ? fmt::format("a whole number from {:.0f} to {:.0f}", column.min, column.max)
                       : fmt::format("a whole number from {:.0f} to {:.0f}; leave the cell empty "
                                     "when it is not known",
                                     column.min, column.max));
  }
  return CellValue(static_cast<std::uint64_t>(*value));
}

std::optional<double> number_in(const CellView& cell) {
  return cell.kind == CellKind::number ? std::optional(cell.number)
         : cell.kind == CellKind::text ? number_of_text(cell.text)
                                       : std::nullopt;
}

Read read_number(const CellView& cell, const Column& column) {
  if (auto other = seems_other(cell)) {
    return tl::unexpected(*std::move(other));
  }
  const auto value = number_in(cell);
  if (!value || !(*value >= column.min && *value <= column.max)) {
    return misread(kNumberBad,
                   fmt::format("a number from {} to {} such as 51.1605", column.min, column.max));
  }
  return CellValue(*value);
}

// ---- moments ------------------------------------------------------------------------------------

Read read_moment(const CellView& cell, const CellContext& context) {
  std::optional<model::UtcTime> moment;
  if (cell.kind == CellKind::number) {
    moment = moment_of_serial(cell.number, context.counts_from_1904);
  } else if (cell.kind == CellKind::text || cell.kind == CellKind::date_time) {
    moment = moment_of_text(cell.text);
  }
  if (!moment) {
    return misread(kDateBad,
                   "a date such as 22.11.2026 or 2026-11-22, with 06:30 (UTC) behind it "
                   "if need be");
  }
  return CellValue(*moment);
}

// ---- texts and codes ----------------------------------------------------------------------------

/// A text of several lines, each as a person sees it; none is empty at the beginning or the end.
std::string cleaned_lines(std::string_view text) {
  std::string lines;
  std::size_t feeds = 0;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find_first_of("\r\n", from), text.size());
    if (const auto line = cleaned(text.substr(from, to - from)); !line.empty()) {
      lines += (lines.empty() ? std::string() : std::string(feeds, '\n')) + line;
      feeds = 0;
    }
    feeds += text.substr(to).starts_with("\r\n") ? 0 : 1;
    from = to + 1;
  }
  return lines;
}

Read read_text(const CellView& cell, const Column& column) {
  const bool is_text = cell.kind == CellKind::text;
  const auto text = column.keeps_lines && is_text ? cleaned_lines(cell.text) : text_in(cell);
  if (!text) {
    return misread(kValueBad, std::string(kDigitsLost));
  }
  if (model::find_control(*text, column.keeps_lines)) {
    return misread(kValueBad, "a text without control characters");
  }
  const auto limit = column.max > 0 ? static_cast<std::size_t>(column.max) : 2'000;
  if (const auto length = model::count_code_points(*text); length > limit) {
    return misread(kValueBad, fmt::format("at most {} characters; these are {}", limit, length));
  }
  return CellValue(*text);
}

Read read_code(const CellView& cell) {
  const auto text = code_text_in(cell);
  if (!text || !model::Code::parse(*text)) {
    return misread(kValueBad, "a code: 1 to 32 of A-Z 0-9 . _ -, in Latin capitals");
  }
  return CellValue(*text);
}

Read read_unit(const CellView& cell, const CellContext& context) {
  const auto text = code_text_in(cell).value_or(std::string());
  const bool has_nation = text.find(':') != std::string::npos;
  if (!has_nation && !context.nation) {
    return misread(kUnitBad, "a unit with its nation, such as KAZ:EX-1");
  }
  const auto whole = has_nation ? text : fmt::format("{}:{}", context.nation->view(), text);
  const auto unit = model::UnitId::parse(whole);
  if (!unit) {
    return misread(kUnitBad,
                   "a unit code: 1 to 32 of A-Z 0-9 . _ - in Latin capitals, such as EX-1 or "
                   "KAZ:EX-1");
  }
  return CellValue(*unit);
}

// ---- choices ------------------------------------------------------------------------------------

bool is_all(std::string_view text, std::size_t size, char first, char last) {
  return text.size() == size &&
         std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

/// The code that a word of a list means. Nations and languages are more than the words we have, and
/// a column without a list takes any code.
std::optional<std::string> code_in(std::string_view word, const Column& column,
                                   const ColumnBook& book) {
  if (const auto code = book.code_of(column.choices, word); !code.empty()) {
    return std::string(code);
  }
  const bool is_open = (column.choices == "Language" && is_all(word, 3, 'a', 'z')) ||
                       (column.choices == "Nation" && is_all(word, 3, 'A', 'Z')) ||
                       (column.choices.empty() && model::Code::parse(word));
  return is_open ? std::optional(std::string(word)) : std::nullopt;
}

Misread unknown_word(std::string_view word, const Column& column, const CellContext& context) {
  if (column.choices.empty()) {
    return {kValueBad, "codes: 1 to 32 of A-Z 0-9 . _ -, separated by commas"};
  }
  const auto& book = context.book;
  const auto codes = book.codes_of(column.choices);
  const auto near = context.near_words != nullptr
                        ? context.near_words->of(book, column.choices, word)
                        : book.nearest_word(column.choices, word);
  return {kEnumUnknown, near.empty() ? fmt::format("one of {}", codes)
                                     : fmt::format("one of {}; did you mean \"{}\"?", codes, near)};
}

Read read_choice(const CellView& cell, const Column& column, const CellContext& context) {
  const auto word = cleaned(shown_value(cell));
  if (auto code = code_in(word, column, context.book)) {
    return CellValue(*std::move(code));
  }
  return tl::unexpected(unknown_word(word, column, context));
}

/// Adds the codes of `piece`: one word, though of several parts ("охрана объектов"), or several
/// words with spaces between them. Returns the word that is none.
std::optional<std::string> add_codes(const std::string& piece, const Column& column,
                                     const ColumnBook& book, std::vector<std::string>& codes) {
  if (auto code = code_in(piece, column, book)) {
    codes.push_back(*std::move(code));
    return std::nullopt;
  }
  if (piece.find(' ') == std::string::npos) {
    return piece;
  }
  for (std::size_t from = 0; from < piece.size();) {
    const auto to = std::min(piece.find(' ', from), piece.size());
    auto code = code_in(piece.substr(from, to - from), column, book);
    if (!code) {
      return piece;
    }
    codes.push_back(*std::move(code));
    from = to + 1;
  }
  return std::nullopt;
}

Read read_choices(const CellView& cell, const Column& column, const CellContext& context) {
  if (loses_digits(cell)) {
    return misread(kValueBad, std::string(kDigitsLost));
  }
  const auto text = shown_value(cell);
  std::vector<std::string> codes;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find_first_of(",;\n", from), text.size());
    const auto piece = cleaned(std::string_view(text).substr(from, to - from));
    if (!piece.empty()) {
      if (const auto wrong = add_codes(piece, column, context.book, codes)) {
        return tl::unexpected(unknown_word(*wrong, column, context));
      }
    }
    from = to + 1;
  }
  for (auto code = codes.begin(); code != codes.end(); ++code) {
    if (std::find(codes.begin(), code, *code) != code) {
      return misread(kValueBad, fmt::format("each code once; {} is there twice", *code));
    }
  }
  return CellValue(std::move(codes));
}

Read read_yes_no(const CellView& cell, const ColumnBook& book) {
  if (cell.kind == CellKind::boolean) {
    return CellValue(cell.number != 0);
  }
  const auto code = book.code_of("YesNo", cleaned(shown_value(cell)));
  if (code.empty()) {
    return misread(kValueBad, "yes or no, 1 or 0, + or -");
  }
  return CellValue(code == "YES");
}

}  // namespace

std::optional<double> number_of_text(std::string_view written) {
  auto text = cleaned(written);
  std::replace(text.begin(), text.end(), ',', '.');
  const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  const auto mark = digits.find('.');
  const bool is_number = is_digits(digits.substr(0, mark)) &&
                         (mark == std::string_view::npos || is_digits(digits.substr(mark + 1)));
  double value = 0;
  if (!is_number ||
      std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) {
    return std::nullopt;
  }
  return value;
}

std::string NearWords::of(const ColumnBook& book, std::string_view list, std::string_view word) {
  auto key = fmt::format("{}\n{}", list, word);
  if (const auto found = found_.find(key); found != found_.end()) {
    return found->second;
  }
  if (found_.size() >= kWordsMax) {
    return {};
  }
  return found_.emplace(std::move(key), book.nearest_word(list, word)).first->second;
}

bool is_empty_cell(const CellView& cell) {
  return cell.is_empty() || (cell.kind == CellKind::text && is_blank(cell.text));
}

Read read_cell(const CellView& cell, const Column& column, const CellContext& context) {
  if (cell.kind == CellKind::error) {
    return misread(kCellError, "a value instead of an error");
  }
  if (cell.kind == CellKind::formula) {
    return misread(kFormulaEmpty,
                   "a formula with its result: open the file in a spreadsheet program and save it "
                   "again");
  }
  switch (column.type) {
    case ColumnType::unit:
      return read_unit(cell, context);
    case ColumnType::text:
      return read_text(cell, column);
    case ColumnType::code:
      return read_code(cell);
    case ColumnType::count:
      return read_count(cell, column);
    case ColumnType::number:
      return read_number(cell, column);
    case ColumnType::moment:
      return read_moment(cell, context);
    case ColumnType::choice:
      return read_choice(cell, column, context);
    case ColumnType::choices:
      return read_choices(cell, column, context);
    case ColumnType::qualifications:
      return loses_digits(cell) ? misread(kValueBad, std::string(kDigitsLost))
                                : read_qualifications(shown_value(cell));
    case ColumnType::metrics:
      return read_metrics(shown_value(cell));
    case ColumnType::yes_no:
      return read_yes_no(cell, context.book);
    case ColumnType::person:
      return column.is_hashed ? read_service_number(code_text_in(cell), context.person_key)
                              : read_person(text_in(cell));
    case ColumnType::uuid:
      return read_person(text_in(cell));
    case ColumnType::sealed:
      return read_sealed(shown_value(cell));
    case ColumnType::private_:
      break;
  }
  return misread(kPrivateColumn, "nothing: this column is never read");
}

}  // namespace muster::desk
