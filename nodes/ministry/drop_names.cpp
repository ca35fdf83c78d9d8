// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/drop_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "nodes/desk/workbook.h"
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

/// JSON carries it as it is.
bool is_utf8(const std::string& name) {
  text::Problems none;
  return text::parse_json(print_json(text::json_string(name), -1), none).root.text == name;
}

/// Bytes of the character at `at` of a text in UTF-8 that must not stand in a name; 0 when it may.
std::size_t bad_bytes_at(std::string_view name, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < name.size() ? static_cast<unsigned char>(name[at + i]) : 0U;
  };
  constexpr std::string_view kNoWindowsName = "\\/:*?\"<>|";
  if (byte(0) < 0x20 || byte(0) == 0x7F ||
      kNoWindowsName.find(name[at]) != std::string_view::npos) {
    return 1;
  }
  if (byte(0) == 0xC2 && byte(1) < 0xA0) {
    return 2;  // C1 controls.
  }
  // U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069.
  const bool turns =
      byte(0) == 0xE2 && ((byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F)) ||
                          (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
                          (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
  return turns ? 3 : 0;
}

}  // namespace

bool is_old_excel_name(const std::string& name) { return ends_with(name, ".xls"); }

bool is_zip_name(const std::string& name) {
  const auto kind = desk::file_kind_of(name);
  return kind == desk::FileKind::xlsx || kind == desk::FileKind::ods;
}

bool is_report_name(const std::string& name) {
  return !is_half_written(name) && (desk::file_kind_of(name) || is_old_excel_name(name));
}

bool is_half_written(const std::string& name) {
  return name.starts_with('.') || name.starts_with("~$") || ends_with(name, ".tmp") ||
         ends_with(name, ".part") || ends_with(name, ".crdownload");
}

std::string why_ignored(const std::string& name) {
  if (is_half_written(name)) {
    return {};
  }
  if (!is_report_name(name)) {
    return "its name does not end in .json, .xlsx, .xlsm, .ods, .csv, .tsv or .txt";
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
  const bool loses_letters = !is_utf8(name);
  std::string plain;
  for (std::size_t at = 0; at < name.size();) {
    const bool is_foreign = loses_letters && static_cast<unsigned char>(name[at]) >= 0x80;
    const auto bad = is_foreign ? 1 : bad_bytes_at(name, at);
    plain += bad > 0 ? '_' : name[at];
    at += std::max<std::size_t>(bad, 1);
  }
  return plain;
}

std::string log_value(const std::string& name) { return log_path(printable(name)); }

std::string log_path(const std::string& path) {
  return path.find_first_of(" =") == std::string::npos ? path : "\"" + path + "\"";
}

bool is_taken(const Path& path) {
  std::error_code ignored;
  return exists(symlink_status(path, ignored));
}

}  // namespace muster::ministry
