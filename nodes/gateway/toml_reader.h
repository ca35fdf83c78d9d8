// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/result.h"

/// A strict TOML file, read table by table; what is wrong is collected with line and column.
namespace muster::gateway {

struct TomlText;

/// One table of a TomlFile, which must outlive it.
class TomlReader {
 public:
  /// Other keys than these are problems.
  void expect_keys(const std::vector<std::string_view>& names);
  /// The key must be there; `expected` is what it says.
  void expect_given(std::string_view key, std::string_view expected);
  /// The value, or nothing: it is not there, or it is a problem.
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> number(std::string_view key, std::int64_t min, std::int64_t max);
  std::vector<std::string> texts(std::string_view key);
  /// A path that starts from the folder of the TOML file.
  std::optional<std::string> file(std::string_view key);
  /// The value at this key is not what was expected.
  void wrong(std::string_view key, std::string_view expected);
  /// Something is wrong with the table as a whole.
  void problem(std::string text);

 private:
  friend class TomlFile;
  TomlReader(TomlText& file, std::string name, const void* table)
      : file_(file), name_(std::move(name)), table_(table) {}

  TomlText& file_;
  std::string name_;   // "gateway", empty for the file.
  const void* table_;  // A toml::table: the library stays in one source.
};

class TomlFile {
 public:
  /// Errors: not_found; configuration for what is not TOML, with line and column.
  static model::Result<TomlFile> open(const std::string& path);
  TomlFile(TomlFile&&) noexcept;
  ~TomlFile();

  /// Other tables, and keys outside of tables, are problems.
  void expect_tables(const std::vector<std::string_view>& tables,
                     const std::vector<std::string_view>& lists);
  std::optional<TomlReader> table(std::string_view name);
  /// The entries of a [[name]], in order.
  std::vector<TomlReader> tables(std::string_view name);
  TomlReader whole();

  /// Errors: configuration, with everything that was wrong, a line each, in the order of the file.
  [[nodiscard]] model::Result<void> outcome() const;

 private:
  explicit TomlFile(std::unique_ptr<TomlText> text);
  std::unique_ptr<TomlText> text_;
};

}  // namespace muster::gateway
