// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/toml_reader.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <filesystem>

#include "nodes/client/config_keys.h"

namespace muster::gateway {

using model::ErrorCode;
using model::fail;
using model::Result;

struct TomlText {
  struct Problem {
    toml::source_position at;
    std::string text;
  };
  std::string path;
  toml::table root;
  std::vector<Problem> problems;

  void add(const toml::source_region& region, std::string text) {
    problems.push_back({region.begin, std::move(text)});
  }
};

namespace {

constexpr std::size_t kListMax = 256;

const toml::table& table_at(const void* table) { return *static_cast<const toml::table*>(table); }

std::string shown(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return fmt::format("\"{}\"", text->get().substr(0, 80));
  }
  if (const auto* number = node.as_integer()) {
    return fmt::format("{}", number->get());
  }
  return node.is_table() ? "a table" : node.is_array() ? "a list" : "a value of another kind";
}

std::string dotted(const std::string& table, std::string_view key) {
  return table.empty() ? std::string(key) : fmt::format("{}.{}", table, key);
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

// ---- one table ----------------------------------------------------------------------------------

void TomlReader::expect_keys(const std::vector<std::string_view>& names) {
  for (const auto& [key, node] : table_at(table_)) {
    if (!contains(names, key.str())) {
      file_.add(key.source(),
                fmt::format("found {}, which is no key of this file: {}", dotted(name_, key.str()),
                            client::suggestion(key.str(), names)));
    }
  }
}

void TomlReader::expect_given(std::string_view key, std::string_view expected) {
  const auto& table = table_at(table_);
  if (!table.contains(key)) {
    file_.add(table.source(),
              fmt::format("found no {}, expected {}", dotted(name_, key), expected));
  }
}

void TomlReader::wrong(std::string_view key, std::string_view expected) {
  if (const auto* node = table_at(table_).get(key)) {
    file_.add(node->source(), fmt::format("found {} = {}, expected {}", dotted(name_, key),
                                          shown(*node), expected));
  }
}

void TomlReader::problem(std::string text) {
  file_.add(name_.empty() ? toml::source_region{} : table_at(table_).source(), std::move(text));
}

std::optional<std::string> TomlReader::text(std::string_view key) {
  const auto* node = table_at(table_).get(key);
  if (node == nullptr) {
    return std::nullopt;
  }
  const auto* value = node->as_string();
  if (value == nullptr || value->get().empty()) {
    wrong(key, "a text");
    return std::nullopt;
  }
  return value->get();
}

std::optional<std::int64_t> TomlReader::number(std::string_view key, std::int64_t min,
                                               std::int64_t max) {
  const auto* node = table_at(table_).get(key);
  if (node == nullptr) {
    return std::nullopt;
  }
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < min || value->get() > max) {
    wrong(key, fmt::format("a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  return value->get();
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  const auto* node = table_at(table_).get(key);
  if (node == nullptr) {
    return {};
  }
  std::vector<std::string> values;
  const auto* list = node->as_array();
  if (list != nullptr && list->size() <= kListMax) {
    for (const auto& item : *list) {
      if (const auto* text = item.as_string(); text != nullptr && !text->get().empty()) {
        values.push_back(text->get());
      }
    }
  }
  if (list == nullptr || values.size() != list->size()) {
    wrong(key, fmt::format("a list of at most {} texts", kListMax));
  }
  return values;
}

std::optional<std::string> TomlReader::file(std::string_view key) {
  const auto relative = text(key);
  if (!relative) {
    return std::nullopt;
  }
  return (std::filesystem::path(file_.path).parent_path() / *relative).lexically_normal().string();
}

// ---- the file -----------------------------------------------------------------------------------

TomlFile::TomlFile(std::unique_ptr<TomlText> text) : text_(std::move(text)) {}
TomlFile::TomlFile(TomlFile&&) noexcept = default;
TomlFile::~TomlFile() = default;

Result<TomlFile> TomlFile::open(const std::string& path) {
  MUSTER_TRY(const auto text, client::read_config_text(path));
  try {
    return TomlFile(std::make_unique<TomlText>(TomlText{path, toml::parse(text, path), {}}));
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    return fail(ErrorCode::configuration,
                fmt::format("{}:{}:{}: {}", path, at.line, at.column, error.description()));
  }
}

void TomlFile::expect_tables(const std::vector<std::string_view>& tables,
                             const std::vector<std::string_view>& lists) {
  auto known = tables;
  known.insert(known.end(), lists.begin(), lists.end());
  for (const auto& [key, node] : text_->root) {
    const bool is_list = node.is_array_of_tables();
    if (!contains(known, key.str())) {
      text_->add(key.source(), fmt::format("found '{}', which is no table or key of this file: {}",
                                           key.str(), client::suggestion(key.str(), known)));
    } else if (!(contains(lists, key.str()) ? is_list : node.is_table())) {
      text_->add(key.source(),
                 fmt::format("found {} = {}, expected {}", key.str(), shown(node),
                             contains(lists, key.str()) ? fmt::format("[[{}]]", key.str())
                                                        : fmt::format("[{}]", key.str())));
    }
  }
}

std::optional<TomlReader> TomlFile::table(std::string_view name) {
  const auto* table = text_->root.get_as<toml::table>(name);
  return table == nullptr ? std::nullopt
                          : std::optional(TomlReader(*text_, std::string(name), table));
}

std::vector<TomlReader> TomlFile::tables(std::string_view name) {
  std::vector<TomlReader> readers;
  const auto* list = text_->root.get_as<toml::array>(name);
  if (list == nullptr || !list->is_array_of_tables()) {
    return readers;
  }
  for (const auto& item : *list) {
    readers.push_back(TomlReader(*text_, std::string(name), item.as_table()));
  }
  return readers;
}

TomlReader TomlFile::whole() { return {*text_, {}, &text_->root}; }

Result<void> TomlFile::outcome() const {
  auto problems = text_->problems;
  if (problems.empty()) {
    return {};
  }
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  std::string all;
  for (const auto& [at, text] : problems) {
    const auto place =
        at.line == 0 ? text_->path : fmt::format("{}:{}:{}", text_->path, at.line, at.column);
    all += fmt::format("{}{}: {}", all.empty() ? "" : "\n", place, text);
  }
  return fail(ErrorCode::configuration, std::move(all));
}

}  // namespace muster::gateway
