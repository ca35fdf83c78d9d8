// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/read_xlsx.h"

#include <fmt/format.h>

#include <set>
#include <string_view>

#include "nodes/desk/xlsx_book.h"
#include "nodes/desk/xlsx_sheet.h"
#include "nodes/desk/xml_stream.h"

namespace muster::desk {
namespace {

using model::Result;

std::uint64_t bytes_to_read(const ZipParts& parts, const XlsxBook& book) {
  std::uint64_t bytes = parts.bytes_of(book.strings_part);
  for (const auto& sheet : book.sheets) {
    bytes += parts.bytes_of(sheet.part);
  }
  return bytes;
}

}  // namespace

Result<void> read_xlsx(const ZipParts& parts, CellSink& sink,
                       const std::function<void(double)>& progress) {
  MUSTER_TRY(const XlsxBook book, read_xlsx_book(parts));
  Progress told(progress, bytes_to_read(parts, book));
  SharedStrings strings;
  if (parts.has(book.strings_part)) {
    MUSTER_TRY(strings, read_shared_strings(parts, book.strings_part, told));
  }
  std::set<std::string_view> parts_read;
  for (const auto& entry : book.sheets) {
    if (!parts_read.insert(entry.part).second) {
      return model::fail(model::ErrorCode::malformed,
                         fmt::format("the file says that sheet \"{}\" is another sheet: save it "
                                     "again with a spreadsheet program",
                                     entry.name));
    }
    MUSTER_CHECK(sink.open_sheet(entry.name));
    sink.sheet().is_hidden = entry.is_hidden;
    sink.sheet().counts_from_1904 = book.counts_from_1904;
    XlsxSheetHandler handler(book, strings, sink);
    MUSTER_CHECK(read_xml(parts, entry.part, handler, &told));
  }
  return {};
}

}  // namespace muster::desk
