// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/drop_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "schemas/text/json_tree.h"

namespace muster::ministry {

namespace {

/// Whatever the case in `name`; `end` is in small letters.
bool ends_with(const std::string& name, std::string_view end) {
  const auto same = [](char small, char met) {
    return small == std::tolower(static_cast<unsigned char>(met));
  };
  return name.size() >= end.size() && std::equal(end.rbegin(), end.rend(), name.rbegin(), same);
}

}  // namespace

bool is_report_name(const std::string& name) {
  return !is_half_written(name) && ends_with(name, kReportEnd);
}

bool is_half_written(const std::string& name) {
  return name.starts_with('.') || name.starts_with("~$") || ends_with(name, ".tmp") ||
         ends_with(name, ".part");
}

std::string why_ignored(const std::string& name) {
  if (is_half_written(name)) {
    return {};
  }
  if (!is_report_name(name)) {
    return fmt::format("its name does not end in {}", kReportEnd);
  }
  if (name.size() > kNameBytesMax) {
    return fmt::format("its name has {} bytes, expected at most {}", name.size(), kNameBytesMax);
  }
  return {};
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
