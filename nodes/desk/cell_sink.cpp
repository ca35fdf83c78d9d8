// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace muster::desk {
namespace {

constexpr std::size_t kMergedRangesMax = 100'000;
constexpr std::uint64_t kClearedMax = 50'000'000;

using model::ErrorCode;
using model::Result;

}  // namespace

Result<void> CellSink::open_sheet(std::string name) {
  if (book_.sheets.size() >= limits_.sheets) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file has more than {} sheets: delete those that are not "
                                   "needed",
                                   limits_.sheets));
  }
  book_.sheets.emplace_back(std::move(name));
  widths_.clear();
  return {};
}

Result<void> CellSink::text(CellPlace place, std::string_view text, CellKind kind) {
  if (text.empty() && kind == CellKind::text) {
    return {};
  }
  if (text.size() > limits_.cell_text_bytes) {
    return model::fail(
        ErrorCode::malformed,
        fmt::format("{} holds {} bytes of text; at most {} are read: shorten it",
                    place_text(sheet(), place), text.size(), limits_.cell_text_bytes));
  }
  MUSTER_CHECK(pay(place));
  text_bytes_ += text.size();
  if (text_bytes_ > limits_.unzipped_bytes) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the cells of the file hold more than {} MiB of text: delete "
                                   "what is not needed, or split it",
                                   limits_.unzipped_bytes >> 20));
  }
  sheet().set_text(place, text, kind);
  return {};
}

Result<void> CellSink::number(CellPlace place, double number, CellKind kind,
                              NumberLook look) {
  MUSTER_CHECK(pay(place));
  sheet().set_number(place, number, kind, look);
  return {};
}

Result<void> CellSink::pay(CellPlace place) {
  if (place.row >= limits_.rows) {
    return model::fail(ErrorCode::malformed, fmt::format("{} is beyond row {}: split the file",
                                                         place_text(sheet(), place), limits_.rows));
  }
  if (place.column >= limits_.columns) {
    return model::fail(
        ErrorCode::malformed,
        fmt::format(
            "{} is beyond column {}: a return has no such columns; delete what stands there",
            place_text(sheet(), place), limits_.columns));
  }
  const std::uint64_t rows_more =
      place.row < widths_.size() ? 0 : std::uint64_t{place.row} + 1 - widths_.size();
  const std::uint32_t width = rows_more > 0 ? 0 : widths_[place.row];
  const std::uint32_t wanted = std::max(width, place.column + 1);
  cells_ += wanted - width;
  rows_ += rows_more;
  if (std::max(cells_, rows_) > limits_.cells) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("the file has more than {} cells: delete what is not needed, or "
                                   "split it",
                                   limits_.cells));
  }
  if (rows_more > 0) {
    widths_.resize(std::size_t{place.row} + 1);
  }
  widths_[place.row] = wanted;
  return {};
}

Result<void> CellSink::merge(MergedRange range) {
  // Nothing can be there beyond the limits, but being told so a billion times takes its time too.
  ++cleared_;
  const bool is_beyond = range.first.row >= limits_.rows || range.first.column >= limits_.columns;
  if (is_beyond && cleared_ <= kClearedMax) {
    return {};
  }
  auto& merged = sheet().merged;
  clear(range);
  if (merged.size() >= kMergedRangesMax || cleared_ > kClearedMax) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("sheet \"{}\" has too many merged cells: take the merging away",
                                   sheet().name()));
  }
  merged.push_back(range);
  return {};
}

void CellSink::clear(const MergedRange& range) {
  const std::uint64_t row_end = std::min<std::uint64_t>(widths_.size(), range.last.row + 1ULL);
  for (std::uint32_t row = range.first.row; row < row_end; ++row) {
    const std::uint64_t end = std::min<std::uint64_t>(widths_[row], range.last.column + 1ULL);
    cleared_ += 1;
    for (std::uint32_t column = range.first.column; column < end; ++column) {
      const CellPlace place{.row = row, .column = column};
      cleared_ += 1;
      if (cleared_ > kClearedMax) {
        return;
      }
      if (place != range.first && !sheet().at(place).is_empty()) {
        sheet().set_number(place, 0, CellKind::empty);
      }
    }
  }
}

void CellSink::hide_row(std::uint32_t row) {
  auto& hidden = sheet().hidden_rows;
  if (hidden.empty() || hidden.back() != row) {
    hidden.push_back(row);
  }
}

std::string place_text(const Sheet& sheet, CellPlace place) {
  return sheet.name().empty() ? cell_name(place)
                              : fmt::format("\"{}\", {}", sheet.name(), cell_name(place));
}

bool is_error_text(std::string_view text) {
  constexpr std::array<std::string_view, 9> kErrors{
      "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"};
  return std::find(kErrors.begin(), kErrors.end(), text) != kErrors.end() ||
         (text.starts_with("Err:") && text.size() <= 8);
}

Progress::Progress(const std::function<void(double)>& tell, std::uint64_t total)
    : tell_(tell), total_(std::max<std::uint64_t>(total, 1)) {}

void Progress::advance(std::uint64_t amount) {
  done_ = std::min(done_ + amount, total_);
  if (tell_ && (done_ - told_ >= total_ / 100 + 1 || (done_ == total_ && told_ != total_))) {
    told_ = done_;
    tell_(static_cast<double>(done_) / static_cast<double>(total_));
  }
}

}  // namespace muster::desk
