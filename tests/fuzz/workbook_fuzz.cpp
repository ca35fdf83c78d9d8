// SPDX-License-Identifier: Apache-2.0
// Any bytes as a spreadsheet. A checksum keeps a fuzzer out of a zip: the first byte says of which
// part the rest is the text, and the parts around it are sound.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "nodes/desk/read_workbook.h"
#include "tests/unit/desk_books.h"

namespace {

using muster::desk::ZipPart;

constexpr muster::desk::WorkbookLimits kLimits{
    .file_bytes = 1 << 20, .unzipped_bytes = 4 << 20, .cells = 100'000};

/// The parts of a sound XLSX, the one of this name replaced.
std::string xlsx_with(std::string_view name, const std::string& text) {
  const muster::desk::XlsxText sound{
      .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>1.5</v></c></row>",
      .behind = {},
      .shared = "<si><t>unit_code</t></si>",
      .book = {},
      .sheet_attributes = {}};
  auto parts = muster::desk::xlsx_parts(sound);
  for (ZipPart& part : parts) {
    if (part.first.ends_with(name)) {
      part.second = text;
    }
  }
  return muster::desk::zip_of(parts);
}

void read(const char* name, const std::string& content) {
  const auto book = muster::desk::read_workbook(name, content, kLimits);
  if (!book) {
    return;
  }
  for (const auto& sheet : book->sheets) {
    for (std::uint32_t row = 0; row < sheet.rows(); ++row) {
      for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
        muster::desk::shown_value(sheet.at({.row = row, .column = column}));
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'x':
      read("a.xlsx", text);
      break;
    case 'o':
      read("a.ods", text);
      break;
    case '1':
      read("a.xlsx", xlsx_with("sheet1.xml", text));
      break;
    case '2':
      read("a.xlsx", xlsx_with("sharedStrings.xml", text));
      break;
    case '3':
      read("a.xlsx", xlsx_with("workbook.xml", text));
      break;
    case '4':
      read("a.xlsx", xlsx_with(".rels", text));
      break;
    case '5':
      read("a.ods", muster::desk::ods_of(text));
      break;
    case '6':
      read("a.ods",
           muster::desk::zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                                 {"content.xml", text}}));
      break;
    default:
      read("a.csv", text);
      break;
  }
  return 0;
}
