// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/known_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "nodes/desk/field_setter.h"
#include "nodes/desk/template_parts.h"
#include "schemas/text/writer.h"

namespace muster::desk {

using text::Json;
using text::JsonKind;

namespace {

/// What is known of a unit, by the type of the statement. As JSON, so that the path of a column's
/// field leads to its value whatever the statement is.
using Known = std::map<std::string, Json, std::less<>>;

/// Of a roster only the whole one is known.
bool is_told(const model::Statement& statement) {
  const auto* roster = std::get_if<model::RosterStatement>(&statement);
  return roster == nullptr || roster->form == model::RosterForm::full;
}

Known known_of(const TemplateRow& row) {
  Known known;
  for (const auto& statement : row.statements) {
    if (is_told(statement)) {
      known.insert_or_assign(text::type_of(model::kind_of(statement)),
                             text::write_value(statement));
    }
  }
  known.insert_or_assign("Unit", text::write_value(row.unit));
  return known;
}

// ---- paths --------------------------------------------------------------------------------------

bool has_text(const Json& entry, std::string_view text) {
  return std::any_of(entry.items.begin(), entry.items.end(), [&](const Json& member) {
    return member.kind == JsonKind::string && member.text == text;
  });
}

/// Whether an entry of a list has all parts of a key: "OFFICER,M".
bool has_key(const Json& entry, std::string_view key) {
  while (!key.empty()) {
    const auto part = key.substr(0, key.find(','));
    if (!has_text(entry, part)) {
      return false;
    }
    key.remove_prefix(std::min(part.size() + 1, key.size()));
  }
  return true;
}

/// The entry of which a step speaks that is no entry of a row, or null.
const Json* entry_of(const Json& list, const PathStep& step) {
  if (step.kind == PathStep::Kind::indexed) {
    return step.index < list.items.size() ? &list.items[step.index] : nullptr;
  }
  const auto found = std::find_if(list.items.begin(), list.items.end(),
                                  [&](const Json& entry) { return has_key(entry, step.key); });
  return found == list.items.end() ? nullptr : &*found;
}

/// The value to which the steps lead, or null.
const Json* value_at(const Json& root, std::span<const PathStep> path) {
  const auto* value = &root;
  for (const auto& step : path) {
    value = value->find(step.name);
    if (value != nullptr && step.kind != PathStep::Kind::plain) {
      value = entry_of(*value, step);
    }
    if (value == nullptr) {
      return nullptr;
    }
  }
  return value;
}

bool is_of_list(const FieldPath& path) { return path.front().kind == PathStep::Kind::entry; }

/// The entries of the list of `column` of which no other column speaks: not the superior, which has
/// its own, nor the first capability.
std::vector<const Json*> entries_of(const Json& statement, const Column& column,
                                    const FieldPath& path, const ColumnBook& book) {
  std::vector<const Json*> entries;
  const auto* list = statement.find(path.front().name);
  for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
    entries.push_back(&list->items[i]);
  }
  const auto prefix = path.front().name + "[";
  for (const auto& other : book.columns()) {
    const bool is_same_list =
        list != nullptr && other.statement == column.statement && other.field.starts_with(prefix);
    const auto step = is_same_list ? parse_path(other.field).front() : PathStep{};
    if (step.kind == PathStep::Kind::keyed || step.kind == PathStep::Kind::indexed) {
      std::erase(entries, entry_of(*list, step));
    }
  }
  return entries;
}

// ---- values -------------------------------------------------------------------------------------

/// Codes, and not their words: a word may have spaces, which separate.
std::string joined(const Json& list) {
  std::string text;
  for (const auto& item : list.items) {
    text += (text.empty() ? "" : " ") + item.text;
  }
  return text;
}

/// As people of that language write a moment; a day alone is its beginning.
std::string moment_text(model::UtcTime time, words::Language language) {
  const auto whole = model::format_time(time);  // "2027-03-01T12:00:00Z", with a fraction or none.
  const auto day = std::string_view(whole).substr(0, 10);
  auto text = language == words::Language::russian
                  ? fmt::format("{}.{}.{}", day.substr(8), day.substr(5, 2), day.substr(0, 4))
                  : std::string(day);
  if (time != std::chrono::floor<std::chrono::days>(time)) {
    text += " " + whole.substr(11, whole.size() - 12);
  }
  return text;
}

/// "DRIVER-C until 2027-03-01, MEDIC-2".
std::string qualifications_text(const Json& list, words::Language language) {
  std::string text;
  for (const auto& item : list.items) {
    const auto* code = item.find("code");
    const auto* until = item.find("valid_until");
    text += (text.empty() ? "" : ", ") + (code == nullptr ? std::string() : code->text);
    if (until == nullptr) {
      continue;
    }
    if (const auto time = model::parse_time(until->text)) {
      text += (language == words::Language::russian ? " до " : " until ") +
              moment_text(*time, language);
    }
  }
  return text;
}

/// All digits of a number, and none more: what spreadsheet programs show of it is less.
std::string digits_of(double number) {
  std::array<char, 512> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  return {digits.data(), end.ptr};
}

std::optional<double> number_of(const Json& value) {
  double number = 0;
  const auto* end = value.text.data() + value.text.size();
  const bool is_number = std::from_chars(value.text.data(), end, number).ptr == end;
  return is_number && !value.text.empty() ? std::optional(number) : std::nullopt;
}

/// "patrols a day: 12", a line each.
std::string metrics_text(const Json& list) {
  std::string text;
  for (const auto& item : list.items) {
    const auto* name = item.find("name");
    const auto* value = item.find("value");
    if (name != nullptr && value != nullptr) {
      text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", name->text,
                          digits_of(number_of(*value).value_or(0)));
    }
  }
  return text;
}

/// A number as a number, unless programs would show less of it than there is: what a cell shows is
/// all that is left of it in CSV.
KnownValue told_number(double number) {
  constexpr std::size_t kShownMax = 10;
  auto digits = digits_of(number);
  return digits.size() > kShownMax ? KnownValue(std::move(digits)) : KnownValue(number);
}

/// A moment as a moment, to the second, which is all that spreadsheets are exact to; else a text.
KnownValue told_moment(model::UtcTime time) {
  const bool is_whole = time == std::chrono::floor<std::chrono::seconds>(time);
  return is_whole ? KnownValue(time) : KnownValue(model::format_time(time));
}

KnownValue text_or_nothing(std::string text) {
  return text.empty() ? KnownValue() : KnownValue(std::move(text));
}

KnownValue told(const Json& value, const Column& column, const ColumnBook& book,
                words::Language language) {
  switch (column.type) {
    case ColumnType::count:
    case ColumnType::number: {
      const auto number = number_of(value);
      return number ? told_number(*number) : KnownValue();
    }
    case ColumnType::moment: {
      const auto time = model::parse_time(value.text);
      return time ? told_moment(*time) : KnownValue();
    }
    case ColumnType::choice:
      return word_of(word_list_of(column), value.text, book, language);
    case ColumnType::choices:
      return text_or_nothing(joined(value));
    case ColumnType::qualifications:
      return text_or_nothing(qualifications_text(value, language));
    case ColumnType::metrics:
      return text_or_nothing(metrics_text(value));
    case ColumnType::yes_no:
      return word_of(word_list_of(column), value.truth ? "YES" : "NO", book, language);
    case ColumnType::private_:
      return {};
    case ColumnType::unit:
    case ColumnType::text:
    case ColumnType::code:
    case ColumnType::person:
    case ColumnType::uuid:
    case ColumnType::sealed:
      break;
  }
  return text_or_nothing(value.text);
}

/// A column, and what is known of it in each row of one unit.
class KnownColumn {
 public:
  KnownColumn(const Column& column, const Known& known, const ColumnBook& book)
      : column_(column), book_(book), path_(parse_path(column.field)) {
    const auto statement = known.find(column.statement);
    if (statement == known.end() || is_unit_key(column)) {
      return;
    }
    if (is_of_list(path_)) {
      entries_ = entries_of(statement->second, column, path_, book);
    } else if (const auto* value = value_at(statement->second, path_)) {
      single_ = value;
    }
  }

  [[nodiscard]] bool is_known() const { return single_ != nullptr || !entries_.empty(); }
  [[nodiscard]] std::size_t rows() const { return entries_.size(); }
  /// Single values stand in the first row; a label in each.
  [[nodiscard]] KnownValue at(std::size_t row, words::Language language) const {
    const auto* value = row == 0 || column_.is_label ? single_ : nullptr;
    if (row < entries_.size()) {
      value = value_at(*entries_[row], std::span(path_).subspan(1));
    }
    return value == nullptr ? KnownValue() : told(*value, column_, book_, language);
  }

 private:
  const Column& column_;
  const ColumnBook& book_;
  FieldPath path_;
  const Json* single_ = nullptr;
  std::vector<const Json*> entries_;
};

}  // namespace

bool is_unit_key(const Column& column) {
  return column.type == ColumnType::unit && (column.field.empty() || column.field == "unit");
}

std::string word_of(std::string_view list, std::string_view code, const ColumnBook& book,
                    words::Language language) {
  for (const auto& word : book.words()) {
    if (word.list == list && word.code == code) {
      return language == words::Language::russian ? word.title_ru : word.title_en;
    }
  }
  return std::string(code);
}

std::vector<const Column*> columns_of(const TemplateRequest& request, const ColumnBook& book) {
  auto columns = book.of_template(to_text(request.kind));
  std::set<const Column*> missing;
  for (const auto* column : columns) {
    if (column->is_rare && !request.has_all_columns) {
      missing.insert(column);
    }
  }
  for (auto row = request.rows.begin(); row != request.rows.end() && !missing.empty(); ++row) {
    const auto known = known_of(*row);
    std::erase_if(missing, [&](const Column* column) {
      return KnownColumn(*column, known, book).is_known();
    });
  }
  std::erase_if(columns, [&](const Column* column) { return missing.contains(column); });
  // Of which unit a row speaks stands first: that column stays in sight while one scrolls.
  std::stable_partition(columns.begin(), columns.end(),
                        [](const Column* column) { return is_unit_key(*column); });
  return columns;
}

std::vector<std::vector<KnownValue>> known_rows(const TemplateRow& row,
                                                const std::vector<const Column*>& columns,
                                                const ColumnBook& book, words::Language language) {
  const auto known = known_of(row);
  std::vector<KnownColumn> known_columns;
  std::size_t count = 1;
  for (const auto* column : columns) {
    known_columns.emplace_back(*column, known, book);
    count = std::max(count, known_columns.back().rows());
  }
  std::vector<std::vector<KnownValue>> rows(count);
  for (std::size_t index = 0; index < rows.size(); ++index) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      rows[index].push_back(is_unit_key(*columns[i]) ? KnownValue(row.unit.unit.str())
                                                     : known_columns[i].at(index, language));
    }
  }
  return rows;
}

}  // namespace muster::desk
