// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/drop_names.h"

#include <algorithm>

#include "schemas/text/json_tree.h"

namespace muster::ministry {

bool is_report_name(const std::string& name) {
  const bool half_written = name.starts_with('.') || name.starts_with("~$");
  return !half_written && name.ends_with(".json");
}

std::vector<Path> entries_of(const Path& folder) {
  std::vector<Path> entries;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->symlink_status(ignored).type() == std::filesystem::file_type::regular) {
      entries.push_back(it->path());
    }
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::string printable(const std::string& name) {
  text::Problems none;
  const auto shown = text::parse_json(print_json(text::json_string(name), -1), none).root.text;
  if (shown == name) {
    return name;
  }
  std::string plain = name;
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; },
      '_');
  return plain;
}

bool is_taken(const Path& path) {
  std::error_code ignored;
  return exists(path, ignored);
}

}  // namespace muster::ministry
