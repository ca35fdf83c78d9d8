// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/column_file.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "nodes/desk/cell_text.h"
#include "schemas/text/problems.h"

namespace muster::desk {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

struct NamedType {
  std::string_view name;
  ColumnType type;
};
constexpr std::array kTypes{NamedType{"unit", ColumnType::unit},
                            NamedType{"text", ColumnType::text},
                            NamedType{"code", ColumnType::code},
                            NamedType{"count", ColumnType::count},
                            NamedType{"number", ColumnType::number},
                            NamedType{"moment", ColumnType::moment},
                            NamedType{"choice", ColumnType::choice},
                            NamedType{"choices", ColumnType::choices},
                            NamedType{"qualifications", ColumnType::qualifications},
                            NamedType{"metrics", ColumnType::metrics},
                            NamedType{"yes_no", ColumnType::yes_no},
                            NamedType{"person", ColumnType::person},
                            NamedType{"uuid", ColumnType::uuid},
                            NamedType{"sealed", ColumnType::sealed},
                            NamedType{"private", ColumnType::private_}};

/// The members of a table in the order of the file: toml++ sorts them by name.
std::vector<std::pair<const toml::key*, const toml::node*>> in_order(const toml::table& table) {
  std::vector<std::pair<const toml::key*, const toml::node*>> members;
  for (const auto& [key, node] : table) {
    members.emplace_back(&key, &node);
  }
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    const auto& x = a.first->source().begin;
    const auto& y = b.first->source().begin;
    return std::pair(x.line, x.column) < std::pair(y.line, y.column);
  });
  return members;
}

std::vector<std::string> texts_of(const toml::node* node) {
  std::vector<std::string> texts;
  if (const auto* list = node != nullptr ? node->as_array() : nullptr) {
    for (const auto& item : *list) {
      texts.push_back(item.value_or(std::string()));
    }
  }
  return texts;
}

/// What was found where a list of texts belongs, or nothing when it is one.
std::optional<std::string> no_list_of_texts(const toml::node& node) {
  const auto* list = node.as_array();
  if (list == nullptr) {
    return node.is_string() ? fmt::format("\"{}\"", node.value_or(std::string()).substr(0, 80))
                            : "a value of another kind";
  }
  for (const auto& item : *list) {
    if (!item.is_string() || is_blank(item.value_or(std::string()))) {
      return "an entry that is no text";
    }
  }
  return std::nullopt;
}

/// Puts `word` in the place of "{name}".
void substitute(std::string& text, std::string_view name, std::string_view word) {
  const auto sign = fmt::format("{{{}}}", name);
  for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at + word.size())) {
    text.replace(at, sign.size(), word);
  }
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

struct FileProblem {
  toml::source_position at;
  std::string text;
};

}  // namespace

std::string list_word_key(std::string_view list, std::string_view word) {
  return fmt::format("{}\n{}", list, word_key(word));
}

/// Adds what a file says to a book, and keeps what is wrong with it.
class ColumnFile {
 public:
  ColumnFile(ColumnBook& book, std::string_view path) : book_(book), path_(path) {}

  /// Words first: a column may be one for each code of a list.
  void add_built_in(const toml::table& root) {
    for (const auto& qualifier : texts_of(root.get("qualifiers"))) {
      book_.qualifiers_.insert(heading_key(qualifier));
    }
    if (const auto* lists = root.get_as<toml::table>("words")) {
      for (const auto& [list, node] : in_order(*lists)) {
        for (const auto& [code, words] : in_order(*node->as_table())) {
          add_word(list->str(), code->str(), *words);
        }
      }
    }
    if (const auto* columns = root.get_as<toml::array>("column")) {
      columns->for_each([&](const toml::table& table) { add_column(table); });
    }
  }

  void add_own(const toml::table& root) {
    for (const auto& [name, node] : root) {
      const bool is_known = name == "columns" || name == "words";
      if (!is_known || !node.is_table()) {
        add(name.source(), fmt::format("found '{}', expected the tables [columns] and "
                                       "[words.LIST], such as [words.Echelon]",
                                       name.str()));
      } else if (name == "columns") {
        add_own_headings(*node.as_table());
      } else {
        add_own_lists(*node.as_table());
      }
    }
  }

  Result<void> outcome();

 private:
  void add_column(const toml::table& table);
  void add_each(const toml::source_region& at, const Column& column,
                std::span<const std::string> lists);
  void add_one(const toml::source_region& at, Column column);
  void add_word(std::string_view list, std::string_view code, const toml::node& words);
  void add_own_headings(const toml::table& table);
  void add_own_lists(const toml::table& lists);
  void add_own_words(std::string_view list, const toml::table& words);
  void add_heading(const toml::source_region& at, std::size_t column, std::string_view heading);
  void add_code(const toml::source_region& at, std::size_t word, std::string_view text);
  bool is_list_of_texts(const toml::key& key, const toml::node& node);
  void add(const toml::source_region& region, std::string text) {
    problems_.push_back({region.begin, std::move(text)});
  }

  ColumnBook& book_;
  std::string path_;
  std::vector<FileProblem> problems_;
};

void ColumnFile::add_column(const toml::table& table) {
  const auto text = [&](std::string_view key) { return table[key].value_or(std::string()); };
  Column column{.key = text("key"),
                .field = text("field"),
                .statement = text("statement"),
                .min = table["min"].value_or(0.0),
                .max = table["max"].value_or(0.0),
                .is_mandatory = table["mandatory"].value_or(false),
                .is_label = table["label"].value_or(false),
                .is_hashed = table["hashed"].value_or(false),
                .identifies = table["identifies"].value_or(false),
                .keeps_lines = table["lines"].value_or(false),
                .is_rare = table["rare"].value_or(false),
                .with = texts_of(table.get("with")),
                .choices = text("choices"),
                .title_en = text("en"),
                .title_ru = text("ru"),
                .help_en = text("help_en"),
                .help_ru = text("help_ru"),
                .aliases = texts_of(table.get("also")),
                .templates = texts_of(table.get("templates"))};
  const auto name = text("type");
  const auto type = std::find_if(kTypes.begin(), kTypes.end(),
                                 [&](const NamedType& one) { return one.name == name; });
  if (type == kTypes.end()) {
    add(table.source(), fmt::format("the type '{}' of column '{}' is not known", name, column.key));
    return;
  }
  column.type = type->type;
  add_each(table.source(), column, texts_of(table.get("for_each")));
}

/// A column for each code of the first of `lists`, and of each of these one for each of the next.
void ColumnFile::add_each(const toml::source_region& at, const Column& column,
                          std::span<const std::string> lists) {
  if (lists.empty()) {
    add_one(at, column);
    return;
  }
  for (const auto& word : book_.words_) {
    if (word.list != lists.front()) {
      continue;
    }
    const auto& name = word.list;
    auto one = column;
    substitute(one.field, name, word.code);
    substitute(one.key, name, lowered(word.code));
    for (auto& key : one.with) {
      substitute(key, name, lowered(word.code));
    }
    substitute(one.title_en, name, word.title_en);
    substitute(one.title_ru, name, word.title_ru);
    add_each(at, one, lists.subspan(1));
  }
}

void ColumnFile::add_one(const toml::source_region& at, Column column) {
  const auto place = book_.columns_.size();
  book_.columns_.push_back(std::move(column));
  const auto added = book_.columns_.back();
  for (const auto& heading : {added.key, added.title_en, added.title_ru}) {
    add_heading(at, place, heading);
  }
  for (const auto& heading : added.aliases) {
    add_heading(at, place, heading);
  }
}

void ColumnFile::add_word(std::string_view list, std::string_view code, const toml::node& words) {
  const auto texts = texts_of(&words);
  if (texts.size() < 2) {
    add(words.source(), fmt::format("{} of {} needs an English and a Russian word", code, list));
    return;
  }
  const auto place = book_.words_.size();
  book_.words_.push_back({.list = std::string(list),
                          .code = std::string(code),
                          .title_en = texts[0],
                          .title_ru = texts[1],
                          .aliases = {texts.begin() + 2, texts.end()}});
  add_code(words.source(), place, code);
  for (const auto& text : texts) {
    add_code(words.source(), place, text);
  }
}

void ColumnFile::add_heading(const toml::source_region& at, std::size_t column,
                             std::string_view heading) {
  const auto key = heading_key(heading);
  const auto [found, is_new] = book_.headings_.emplace(key, column);
  if (key.empty()) {
    add(at, fmt::format("found the heading \"{}\", expected one with letters or digits", heading));
  } else if (!is_new && found->second != column) {
    add(at,
        fmt::format("the heading \"{}\" of '{}' already means '{}'; one heading means one column",
                    heading, book_.columns_[column].key, book_.columns_[found->second].key));
  }
}

void ColumnFile::add_code(const toml::source_region& at, std::size_t word, std::string_view text) {
  const auto& mine = book_.words_[word];
  const auto [found, is_new] = book_.codes_.emplace(list_word_key(mine.list, text), word);
  if (!is_new && found->second != word) {
    add(at, fmt::format("the word \"{}\" of {} already means {}; one word means one code", text,
                        mine.code, book_.words_[found->second].code));
  }
}

bool ColumnFile::is_list_of_texts(const toml::key& key, const toml::node& node) {
  const auto found = no_list_of_texts(node);
  if (found) {
    add(key.source(), fmt::format("found {} = {}, expected a list of texts such as [\"…\", \"…\"]",
                                  key.str(), *found));
  }
  return !found;
}

void ColumnFile::add_own_headings(const toml::table& table) {
  std::vector<std::string_view> keys;
  for (const auto& column : book_.columns_) {
    keys.push_back(column.key);
  }
  for (const auto& [key, node] : in_order(table)) {
    const auto found = std::find(keys.begin(), keys.end(), key->str());
    if (found == keys.end()) {
      const auto near = text::nearest(key->str(), keys);
      add(key->source(), fmt::format("found '{}', which is no column; did you mean '{}'?",
                                     key->str(), near.empty() ? keys.front() : near));
    } else if (is_list_of_texts(*key, *node)) {
      const auto place = static_cast<std::size_t>(found - keys.begin());
      for (const auto& heading : texts_of(node)) {
        book_.columns_[place].aliases.push_back(heading);
        add_heading(node->source(), place, heading);
      }
    }
  }
}

void ColumnFile::add_own_lists(const toml::table& lists) {
  for (const auto& [list, node] : in_order(lists)) {
    const bool is_known = !book_.codes_of(list->str()).empty();
    if (!is_known || !node->is_table()) {
      add(list->source(), fmt::format("found words.{}, which is no list of codes", list->str()));
    } else {
      add_own_words(list->str(), *node->as_table());
    }
  }
}

void ColumnFile::add_own_words(std::string_view list, const toml::table& words) {
  for (const auto& [code, node] : in_order(words)) {
    const auto name = code->str();
    const auto found = std::find_if(
        book_.words_.begin(), book_.words_.end(),
        [&](const ChoiceWord& word) { return word.list == list && word.code == name; });
    if (found == book_.words_.end()) {
      add(code->source(), fmt::format("found {} of words.{}, expected one of {}", code->str(), list,
                                      book_.codes_of(list)));
    } else if (is_list_of_texts(*code, *node)) {
      const auto place = static_cast<std::size_t>(found - book_.words_.begin());
      for (const auto& text : texts_of(node)) {
        book_.words_[place].aliases.push_back(text);
        add_code(node->source(), place, text);
      }
    }
  }
}

Result<void> ColumnFile::outcome() {
  if (problems_.empty()) {
    return {};
  }
  std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  std::string all;
  for (const auto& problem : problems_) {
    all += fmt::format("{}{}:{}:{}: {}", all.empty() ? "" : "\n", path_, problem.at.line,
                       problem.at.column, problem.text);
  }
  return fail(ErrorCode::configuration, std::move(all));
}

namespace {

template <typename Add>
Result<ColumnBook> book_of(ColumnBook book, std::string_view text, std::string_view path, Add add) {
  try {
    const auto root = toml::parse(text, path);
    ColumnFile file(book, path);
    add(file, root);
    MUSTER_CHECK(file.outcome());
    return book;
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return fail(ErrorCode::configuration,
                fmt::format("{}:{}:{}: {}", path, at.line, at.column, error.description()));
  }
}

}  // namespace

Result<ColumnBook> built_in_book() {
  return book_of({}, columns_toml(), "columns.toml",
                 [](ColumnFile& file, const toml::table& root) { file.add_built_in(root); });
}

Result<ColumnBook> book_with_own(ColumnBook book, std::string_view own_toml,
                                 std::string_view own_path) {
  return book_of(std::move(book), own_toml, own_path,
                 [](ColumnFile& file, const toml::table& root) { file.add_own(root); });
}

}  // namespace muster::desk
