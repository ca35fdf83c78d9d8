// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/desk_books.h"

#include <fmt/format.h>
#include <zip.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace muster::desk {
namespace {

constexpr std::string_view kRelationType =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relations(std::string_view inside) {
  return fmt::format(
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}"
      "</Relationships>",
      inside);
}

std::string relation(std::string_view id, std::string_view type, std::string_view target) {
  return fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, kRelationType,
                     type, target);
}

std::string shown_sheet(const Sheet& sheet) {
  constexpr std::array kKinds{"empty",     "text",  "number", "boolean",
                              "date_time", "error", "formula"};
  std::string text =
      fmt::format("sheet \"{}\"{}{}\n", sheet.name(), sheet.is_hidden ? " hidden" : "",
                  sheet.counts_from_1904 ? " 1904" : "");
  for (const auto& range : sheet.merged) {
    text += fmt::format("merged {}:{}\n", cell_name(range.first), cell_name(range.last));
  }
  for (const auto row : sheet.hidden_rows) {
    text += fmt::format("hidden row {}\n", row + 1);
  }
  for (std::uint32_t row = 0; row < sheet.rows(); ++row) {
    for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
      const CellView cell = sheet.at({.row = row, .column = column});
      if (!cell.is_empty()) {
        text += fmt::format("{} {} {}\n", cell_name({.row = row, .column = column}),
                            kKinds.at(static_cast<std::size_t>(cell.kind)), shown_value(cell));
      }
    }
  }
  return text;
}

}  // namespace

std::string zip_of(const std::vector<ZipPart>& parts, const std::string& password) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    throw std::runtime_error("no zip");
  }
  zip_source_keep(target);
  for (const auto& [name, content] : parts) {
    zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index =
        static_cast<zip_uint64_t>(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8));
    if (!password.empty()) {
      zip_file_set_encryption(archive, index, ZIP_EM_AES_256, password.c_str());
    }
  }
  if (zip_close(archive) != 0) {
    throw std::runtime_error(zip_strerror(archive));
  }
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

std::vector<ZipPart> xlsx_parts(const XlsxText& text) {
  std::string book_relations = relation("rId1", "worksheet", "worksheets/sheet1.xml");
  std::vector<ZipPart> parts;
  if (!text.shared.empty()) {
    book_relations += relation("rId2", "sharedStrings", "sharedStrings.xml");
    parts.emplace_back("xl/sharedStrings.xml", fmt::format("<sst>{}</sst>", text.shared));
  }
  parts.emplace_back("_rels/.rels",
                     relations(relation("rId1", "officeDocument", "xl/workbook.xml")));
  parts.emplace_back("xl/_rels/workbook.xml.rels", relations(book_relations));
  parts.emplace_back("xl/workbook.xml",
                     fmt::format("<workbook xmlns:r=\"{}\">{}<sheets><sheet name=\"Сводка\" "
                                 "sheetId=\"1\" r:id=\"rId1\" {}/></sheets></workbook>",
                                 kRelationType, text.book, text.sheet_attributes));
  parts.emplace_back(
      "xl/worksheets/sheet1.xml",
      fmt::format("<worksheet><sheetData>{}</sheetData>{}</worksheet>", text.rows, text.behind));
  return parts;
}

std::string xlsx_of(const XlsxText& text) { return zip_of(xlsx_parts(text)); }

std::string ods_of(std::string_view body, std::string_view styles) {
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"content.xml",
        fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content "
                    "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:calcext=\"c\" "
                    "xmlns:style=\"s\" xmlns:draw=\"d\"><office:automatic-styles>{}"
                    "</office:automatic-styles><office:body><office:spreadsheet>{}"
                    "</office:spreadsheet></office:body></office:document-content>",
                    styles, body)}});
}

std::string shown(std::string_view name, std::string_view content, const WorkbookLimits& limits) {
  const auto book = read_workbook(name, content, limits);
  if (!book) {
    return fmt::format("{}: {}", model::to_text(book.error().code), book.error().message);
  }
  std::string text;
  for (const auto& sheet : book->sheets) {
    text += shown_sheet(sheet);
  }
  return text;
}

}  // namespace muster::desk
