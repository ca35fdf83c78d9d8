// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/known_values.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

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

/// One step of a path: "absences[LEAVE]" is {"absences", "LEAVE"}, "holdings[]" {"holdings", ""}.
struct Step {
  std::string_view name;
  std::optional<std::string_view> key;
};

Step next_step(std::string_view& path) {
  const auto end = std::min(path.find('.'), path.size());
  auto step = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  const auto open = step.find('[');
  if (open == std::string_view::npos || !step.ends_with(']')) {
    return {.name = step, .key = std::nullopt};
  }
  return {.name = step.substr(0, open), .key = step.substr(open + 1, step.size() - open - 2)};
}

bool has_text(const Json& entry, std::string_view key) {
  return std::any_of(entry.items.begin(), entry.items.end(), [&](const Json& member) {
    return member.kind == JsonKind::string && member.text == key;
  });
}

/// Of {"reason": "LEAVE", "count": 3} the 3.
const Json* value_beside(const Json& entry, std::string_view key) {
  const auto found = std::find_if(entry.items.begin(), entry.items.end(),
                                  [&](const Json& member) { return member.text != key; });
  return found == entry.items.end() ? nullptr : &*found;
}

const Json* entry_of(const Json& list, std::string_view key, std::size_t index, bool is_last) {
  if (!key.empty()) {
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (error != std::errc() || end != key.data() + key.size()) {
      const auto found = std::find_if(list.items.begin(), list.items.end(),
                                      [&](const Json& entry) { return has_text(entry, key); });
      return found == list.items.end() ? nullptr : is_last ? value_beside(*found, key) : &*found;
    }
  }
  return index < list.items.size() ? &list.items[index] : nullptr;
}

/// The value to which `path` leads; `index` says which entry of its list is meant. Of a list within
/// that entry, the list.
const Json* value_at(const Json& root, std::string_view path, std::size_t index) {
  const auto* value = &root;
  bool is_in_list = false;
  while (value != nullptr && !path.empty()) {
    const auto step = next_step(path);
    value = value->find(step.name);
    if (value == nullptr || !step.key) {
      continue;
    }
    if (step.key->empty() && is_in_list) {
      return value;
    }
    is_in_list = is_in_list || step.key->empty();
    value = entry_of(*value, *step.key, index, path.empty());
  }
  return value;
}

/// Name of the list of which the field is a part of each entry; else empty.
std::string_view list_of(const Column& column) {
  const auto brackets = column.field.find("[]");
  return brackets == std::string::npos ? std::string_view()
                                       : std::string_view(column.field).substr(0, brackets);
}

// ---- values -------------------------------------------------------------------------------------

/// Codes, and not their words: a word may have spaces, which separate. Nothing, when more is known
/// than codes (until when each qualification counts): a list without it would say something else.
KnownValue joined(const Json& list) {
  std::string text;
  for (const auto& item : list.items) {
    if (item.items.size() > 1) {
      return {};
    }
    text += (text.empty() ? "" : " ") + (item.items.empty() ? item : item.items.front()).text;
  }
  return text;
}

KnownValue told(const Json& value, const Column& column, const ColumnBook& book,
                words::Language language) {
  switch (column.type) {
    case ColumnType::count:
    case ColumnType::number: {
      double number = 0;
      const auto* end = value.text.data() + value.text.size();
      const bool is_number = std::from_chars(value.text.data(), end, number).ptr == end;
      return is_number && !value.text.empty() ? KnownValue(number) : KnownValue();
    }
    case ColumnType::moment: {
      const auto time = model::parse_time(value.text);
      return time ? KnownValue(*time) : KnownValue();
    }
    case ColumnType::choice:
      return word_of(word_list_of(column), value.text, book, language);
    case ColumnType::choices:
      return joined(value);
    case ColumnType::yes_no:
      return word_of(word_list_of(column), value.truth ? "YES" : "NO", book, language);
    case ColumnType::private_:
      return {};
    case ColumnType::unit:
    case ColumnType::text:
    case ColumnType::code:
    case ColumnType::person:
      break;
  }
  return value.text.empty() ? KnownValue() : KnownValue(value.text);
}

KnownValue known_value(const Column& column, const TemplateRow& row, const Known& known,
                       std::size_t index, const ColumnBook& book, words::Language language) {
  if (is_unit_key(column)) {
    return row.unit.unit.str();
  }
  const auto statement = known.find(column.statement);
  if (statement == known.end() || (index > 0 && list_of(column).empty() && !column.is_label)) {
    return {};
  }
  const auto* value = value_at(statement->second, column.field, index);
  return value == nullptr ? KnownValue() : told(*value, column, book, language);
}

std::size_t rows_of(const Known& known, const std::vector<const Column*>& columns) {
  std::size_t rows = 1;
  for (const auto* column : columns) {
    const auto statement = known.find(column->statement);
    const auto* list = list_of(*column).empty() || statement == known.end()
                           ? nullptr
                           : statement->second.find(list_of(*column));
    rows = std::max(rows, list == nullptr ? 0 : list->items.size());
  }
  return rows;
}

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

std::vector<std::vector<KnownValue>> known_rows(const TemplateRow& row,
                                                const std::vector<const Column*>& columns,
                                                const ColumnBook& book, words::Language language) {
  const auto known = known_of(row);
  std::vector<std::vector<KnownValue>> rows(rows_of(known, columns));
  for (std::size_t index = 0; index < rows.size(); ++index) {
    for (const auto* column : columns) {
      rows[index].push_back(known_value(*column, row, known, index, book, language));
    }
  }
  return rows;
}

}  // namespace muster::desk
