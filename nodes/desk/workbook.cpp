// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace muster::desk {

std::string cell_name(CellPlace place) {
  std::string letters;
  // A numbering without a zero: Z is followed by AA.
  for (std::uint64_t left = std::uint64_t{place.column} + 1; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return fmt::format("{}{}", letters, std::uint64_t{place.row} + 1);
}

std::string shown_value(const CellView& cell) {
  switch (cell.kind) {
    case CellKind::empty:
      return {};
    case CellKind::boolean:
      return cell.number != 0 ? "TRUE" : "FALSE";
    case CellKind::number:
      return cell.text.empty() ? fmt::format("{}", cell.number) : std::string(cell.text);
    case CellKind::text:
    case CellKind::date_time:
    case CellKind::error:
    case CellKind::formula:
      break;
  }
  return std::string(cell.text);
}

Texts::Texts(const Texts& other) {
  for (const auto& text : other.texts_) {
    number_of(text);
  }
}

std::uint32_t Texts::number_of(std::string_view text) {
  auto found = index_.find(text);
  if (found == index_.end()) {
    const auto number = static_cast<std::uint32_t>(texts_.size());
    found = index_.emplace(texts_.emplace_back(text), number).first;
  }
  return found->second;
}

CellView Sheet::at(CellPlace place) const {
  if (place.row >= lines_.size() || place.column >= lines_[place.row].size()) {
    return {};
  }
  const auto& cell = lines_[place.row][place.column];
  const bool has_text = cell.kind != CellKind::empty && cell.kind != CellKind::number &&
                        cell.kind != CellKind::boolean;
  return {.kind = cell.kind,
          .text = has_text ? texts_.at(cell.text) : std::string_view(),
          .number = cell.number,
          .look = cell.look};
}

void Sheet::set_text(CellPlace place, std::string_view text, CellKind kind) {
  cell(place) = {.kind = kind, .look = NumberLook::plain, .text = texts_.number_of(text), .number = 0};
}

void Sheet::set_number(CellPlace place, double number, CellKind kind, NumberLook look) {
  cell(place) = {.kind = kind, .look = look, .text = 0, .number = number};
}

Sheet::Cell& Sheet::cell(CellPlace place) {
  if (place.row >= lines_.size()) {
    lines_.resize(std::size_t{place.row} + 1);
  }
  auto& line = lines_[place.row];
  if (place.column >= line.size()) {
    line.resize(std::size_t{place.column} + 1);
  }
  columns_ = std::max(columns_, place.column + 1);
  return line[place.column];
}

std::optional<FileKind> file_kind_of(std::string_view file_name) {
  constexpr std::array kEnds{
      std::pair{std::string_view(".json"), FileKind::json},
      std::pair{std::string_view(".xlsx"), FileKind::xlsx},
      std::pair{std::string_view(".xlsm"), FileKind::xlsx},
      std::pair{std::string_view(".ods"), FileKind::ods},
      std::pair{std::string_view(".csv"), FileKind::csv},
      std::pair{std::string_view(".tsv"), FileKind::csv},
      std::pair{std::string_view(".txt"), FileKind::csv},
  };
  std::string name(file_name);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  for (const auto& [end, kind] : kEnds) {
    if (name.ends_with(end)) {
      return kind;
    }
  }
  return std::nullopt;
}

}  // namespace muster::desk
