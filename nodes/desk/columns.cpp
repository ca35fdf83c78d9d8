// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/columns.h"

#include <algorithm>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/column_file.h"
#include "schemas/text/problems.h"

namespace muster::desk {

model::Result<ColumnBook> ColumnBook::load(std::string_view own_toml, std::string_view own_path) {
  // Read once a process: it is the same text each time.
  static const model::Result<ColumnBook> kBuiltIn = built_in_book();
  if (!kBuiltIn || own_toml.empty()) {
    return kBuiltIn;
  }
  return book_with_own(*kBuiltIn, own_toml, own_path);
}

const Column* ColumnBook::find(std::string_view heading) const {
  const auto found = headings_.find(heading_key(heading));
  return found == headings_.end() ? nullptr : &columns_[found->second];
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
  std::vector<std::string_view> keys;
  for (const auto& [key, column] : headings_) {
    keys.push_back(key);
  }
  // The table has no order of its own; the answer must have one.
  std::sort(keys.begin(), keys.end());
  const auto near = text::nearest(heading_key(heading), keys);
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
  for (const auto& one : words_) {
    if (one.list == list) {
      names.insert(names.end(), {one.code, one.title_en, one.title_ru});
      names.insert(names.end(), one.aliases.begin(), one.aliases.end());
    }
  }
  return std::string(text::nearest(word, names));
}

}  // namespace muster::desk
