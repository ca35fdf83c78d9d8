// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/read_csv.h"

#include <fmt/format.h>

#include <string>

#include "nodes/desk/csv_dialect.h"
#include "nodes/desk/text_encoding.h"

namespace muster::desk {
namespace {

using model::ErrorCode;
using model::Result;

Result<void> check_field(const CsvField& field, CellPlace place, const WorkbookLimits& limits) {
  if (field.is_too_long) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("{} holds more than {} bytes of text: shorten it, or close the "
                                   "quotation mark that it opens",
                                   cell_name(place), limits.cell_text_bytes));
  }
  if (!field.is_closed) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("{} opens a quotation mark that is never closed: close it, or "
                                   "take it away",
                                   cell_name(place)));
  }
  return {};
}

}  // namespace

Result<void> read_csv(std::string_view content, const WorkbookLimits& limits, CellSink& sink,
                      const std::function<void(double)>& progress) {
  MUSTER_TRY(const auto converted, Utf8Text::from(content));
  const std::string_view text = converted.view();
  const CsvDialect dialect = csv_dialect_of(text);
  MUSTER_CHECK(sink.open_sheet({}));
  Progress told(progress, text.size() - dialect.body);
  std::string value;
  CellPlace place;
  for (std::size_t at = dialect.body; at < text.size();) {
    const CsvField field =
        read_csv_field(text, at, dialect.delimiter, limits.cell_text_bytes, value);
    MUSTER_CHECK(check_field(field, place, limits));
    MUSTER_CHECK(sink.text(place, value));
    const bool goes_on = field.next < text.size() && text[field.next] == dialect.delimiter;
    const std::size_t next = goes_on ? field.next + 1 : behind_line_end(text, field.next);
    if (!goes_on && place.row < limits.rows) {
      sink.sheet().fields.push_back(place.column + 1);
    }
    place = goes_on ? CellPlace{.row = place.row, .column = place.column + 1}
                    : CellPlace{.row = place.row + 1, .column = 0};
    told.advance(next - at);
    at = next;
  }
  return {};
}

}  // namespace muster::desk
