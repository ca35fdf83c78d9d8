// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/read_workbook.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "nodes/desk/cell_sink.h"
#include "nodes/desk/read_csv.h"
#include "nodes/desk/read_ods.h"
#include "nodes/desk/read_xlsx.h"
#include "nodes/desk/zip_parts.h"

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

Result<void> check_size(std::string_view content, const WorkbookLimits& limits) {
  if (content.empty()) {
    return model::fail(ErrorCode::malformed, "the file is empty");
  }
  if (content.size() > limits.file_bytes) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file has {} bytes; at most {} are read: delete what is not "
                                   "needed, or split it",
                                   content.size(), limits.file_bytes));
  }
  return {};
}

Result<Workbook> read_kind(FileKind kind, std::string_view content, const WorkbookLimits& limits,
                           const std::function<void(double)>& progress) {
  Workbook book{.kind = kind, .sheets = {}};
  CellSink sink(book, limits);
  if (kind == FileKind::csv) {
    if (content.starts_with("PK\x03\x04") || content.starts_with("\xD0\xCF\x11\xE0")) {
      return model::fail(ErrorCode::malformed,
                         "the file is a workbook that is called a text: open it with a spreadsheet "
                         "program and save it as .xlsx");
    }
    MUSTER_CHECK(read_csv(content, limits, sink, progress));
    return book;
  }
  MUSTER_TRY(const auto parts, ZipParts::open(content, limits));
  MUSTER_CHECK(kind == FileKind::xlsx ? read_xlsx(parts, sink, progress)
                                      : read_ods(parts, sink, progress));
  if (book.sheets.empty()) {
    return model::fail(ErrorCode::malformed, "the file has no sheet: save it again as .xlsx");
  }
  return book;
}

}  // namespace

Result<Workbook> read_workbook(std::string_view name, std::string_view content,
                               const WorkbookLimits& limits,
                               const std::function<void(double)>& progress) {
  const auto kind = file_kind_of(name);
  if (!kind || *kind == FileKind::json) {
    return model::fail(ErrorCode::unsupported,
                       "files of this kind are not read as workbooks: save it as .xlsx, .ods or "
                       ".csv");
  }
  try {
    MUSTER_CHECK(check_size(content, limits));
    return read_kind(*kind, content, limits, progress);
  } catch (const std::exception& problem) {  // No memory, or what `progress` throws.
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file cannot be read: {}", problem.what()));
  }
}

}  // namespace muster::desk
