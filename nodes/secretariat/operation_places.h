// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "schemas/text/json_tree.h"
#include "schemas/text/problems.h"

/// TOML and JSON as one tree that remembers where in the file each value stands.
namespace muster::secretariat {

/// Line and column, from 1; columns count characters.
struct FilePlace {
  std::size_t line = 0, column = 0;
  friend auto operator<=>(const FilePlace&, const FilePlace&) = default;
};

/// Where the values of a file stand, by path: "line[2].people_min".
class FilePlaces {
 public:
  FilePlaces() = default;
  explicit FilePlaces(std::string file) : file_(std::move(file)) {}
  /// The first place that is given for a path counts.
  void add(const std::string& path, FilePlace place) { places_.try_emplace(path, place); }
  /// Of the value, or of the nearest one around it that is there; nothing for the whole file.
  [[nodiscard]] std::optional<FilePlace> find(std::string_view path) const;
  /// "ops.toml:12:3", or "ops.toml" when there is no such place.
  [[nodiscard]] std::string str(std::string_view path) const;

 private:
  std::string file_;
  std::map<std::string, FilePlace, std::less<>> places_;
};

/// Reads TOML as the JSON of the same shape: a date with time and offset becomes its text. The
/// place of a member is that of its name. Text that is no TOML becomes one problem, whose `where`
/// is "line 12, column 7"; the tree is then not complete. Never throws.
text::ParsedJson parse_toml(std::string_view text, text::Problems& problems, FilePlaces& places);

/// Fills `places` for a text that text::parse_json() found complete.
void find_json_places(std::string_view text, FilePlaces& places);

}  // namespace muster::secretariat
