// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/columns.h"

#include <algorithm>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/column_file.h"
#include "schemas/text/problems.h"

namespace muster::desk {
namespace {

/// What is longer is a text and no heading.
constexpr std::size_t kHeadingBytesMax = 400;

/// Most names are too long or too short to be near to a text, which is quickly seen; to compare all
/// their letters takes long, and a wrong file has many texts.
bool may_be_near(std::string_view text, std::string_view name) {
  const auto longer = std::max(text.size(), name.size());
  const auto shorter = std::min(text.size(), name.size());
  return longer - shorter <= text.size() / 3 + 1;
}

}  // namespace

model::Result<ColumnBook> ColumnBook::load(std::string_view own_toml, std::string_view own_path) {
  // Read once a process: it is the same text each time.
  static const model::Result<ColumnBook> kBuiltIn = built_in_book();
  if (!kBuiltIn || own_toml.empty()) {
    return kBuiltIn;
  }
  return book_with_own(*kBuiltIn, own_toml, own_path);
}

const Column* ColumnBook::find(std::string_view heading) const {
  if (heading.size() > kHeadingBytesMax) {
    return nullptr;
  }
  const auto found = headings_.find(heading_key(heading));
  if (found != headings_.end()) {
    return &columns_[found->second];
  }
  const auto split = split_brackets(heading);
  return is_qualifier(split.inside) ? find_without_brackets(heading) : nullptr;
}

/// "чел.", "всего, чел.", and the number of a column of a printed form.
bool ColumnBook::is_qualifier(std::string_view words) const {
  const auto comma = words.find(',');
  const auto key = heading_key(words.substr(0, comma));
  const bool is_known =
      qualifiers_.contains(key) ||
      std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_known && (comma == std::string_view::npos || is_qualifier(words.substr(comma + 1)));
}

const Column* ColumnBook::find_without_brackets(std::string_view heading) const {
  const auto split = split_brackets(heading);
  return split.before.size() == heading.size() ? nullptr : find(split.before);
}

std::string_view ColumnBook::code_of(std::string_view list, std::string_view word) const {
  const auto found = codes_.find(list_word_key(list, word));
  return found == codes_.end() ? std::string_view() : std::string_view(words_[found->second].code);
}

std::vector<const Column*> ColumnBook::of_template(std::string_view kind) const {
  std::vector<const Column*> columns;
  for (const auto& column : columns_) {
    if (std::find(column.templates.begin(), column.templates.end(), kind) !=
        column.templates.end()) {
      columns.push_back(&column);
    }
  }
  return columns;
}

const Column* ColumnBook::with_key(std::string_view key) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& column) { return column.key == key; });
  return found == columns_.end() ? nullptr : &*found;
}

std::string ColumnBook::nearest_heading(std::string_view heading) const {
  if (const auto* column = find_without_brackets(heading)) {
    const bool is_latin = std::all_of(heading.begin(), heading.end(), [](char c) { return c > 0; });
    return is_latin ? column->title_en : column->title_ru;
  }
  const auto text = heading_key(heading);
  std::vector<std::string_view> keys;
  for (const auto& [key, column] : headings_) {
    if (may_be_near(text, key)) {
      keys.push_back(key);
    }
  }
  // The table has no order of its own; the answer must have one.
  std::sort(keys.begin(), keys.end());
  const auto near = text::nearest(text, keys);
  if (near.empty()) {
    return {};
  }
  const auto& column = columns_[headings_.at(std::string(near))];
  const bool is_latin = std::all_of(near.begin(), near.end(), [](char c) { return c > 0; });
  return is_latin ? column.title_en : column.title_ru;
}

std::string ColumnBook::codes_of(std::string_view list) const {
  std::string codes;
  for (const auto& word : words_) {
    if (word.list == list) {
      codes += codes.empty() ? word.code : ", " + word.code;
    }
  }
  return codes;
}

std::string ColumnBook::nearest_word(std::string_view list, std::string_view word) const {
  std::vector<std::string_view> names;
  const auto add = [&](const std::string& name) {
    if (may_be_near(word, name)) {
      names.push_back(name);
    }
  };
  for (const auto& one : words_) {
    if (one.list == list) {
      add(one.code);
      add(one.title_en);
      add(one.title_ru);
      std::for_each(one.aliases.begin(), one.aliases.end(), add);
    }
  }
  return std::string(text::nearest(word, names));
}

}  // namespace muster::desk
