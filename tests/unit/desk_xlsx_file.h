// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>
#include <string>

#include "nodes/desk/read_workbook.h"

/// A look into the files that libxlsxwriter made.
namespace muster::desk::rig {

/// A folder of its own for a test, removed at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "muster-sheets-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  /// Names of all files in it.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path path_;
};

inline std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline Workbook workbook_of(const std::string& path) {
  auto read = read_workbook(path, content_of(path));
  EXPECT_TRUE(read) << read.error().message;
  return read ? *std::move(read) : Workbook{};
}

/// One part of the zip, such as "xl/worksheets/sheet1.xml".
inline std::string part_of(const std::string& path, const std::string& part) {
  auto* archive = zip_open(path.c_str(), ZIP_RDONLY, nullptr);
  EXPECT_NE(archive, nullptr);
  auto* file = zip_fopen(archive, part.c_str(), 0);
  std::string text;
  char block[4096];
  for (zip_int64_t size = 0;
       file != nullptr && (size = zip_fread(file, block, sizeof block)) > 0;) {
    text.append(block, static_cast<std::size_t>(size));
  }
  if (file != nullptr) {
    zip_fclose(file);
  }
  zip_close(archive);
  return text;
}

inline pugi::xml_document xml_of(const std::string& path, const std::string& part) {
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_string(part_of(path, part).c_str(), pugi::parse_ws_pcdata_single)) << part;
  return xml;
}

/// "D17: text" of each comment of a sheet, in the order of the file.
inline std::vector<std::string> comments_of(const std::string& path, int sheet) {
  std::vector<std::string> comments;
  const auto xml = xml_of(path, "xl/comments" + std::to_string(sheet) + ".xml");
  for (const auto comment : xml.select_nodes("/comments/commentList/comment")) {
    comments.push_back(std::string(comment.node().attribute("ref").value()) + ": " +
                       comment.node().select_node(".//t").node().text().get());
  }
  return comments;
}

}  // namespace muster::desk::rig
