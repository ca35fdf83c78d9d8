// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/drop_files.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "schemas/text/report_json.h"
#include "tests/e2e/broker_process.h"
#include "tests/e2e/peer.h"

namespace muster::crash {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Fate = DroppedFile::Fate;

namespace {

constexpr std::array kHeadings{"unit_code",   "valid_at",     "authorised", "assigned",
                               "attached_in", "detached_out", "present",    "deployable"};
constexpr int kUnits = 4;

std::string unit_of(std::int64_t number) { return fmt::format("KAZ:EX-{}", number % kUnits); }

std::string json_of(const DroppedFile& file, std::int64_t number) {
  auto report =
      e2e::report({e2e::strength(unit_of(number), static_cast<model::Count>(number % 100))});
  report.valid_at = file.moments.front();
  return text::report_to_json(report);
}

/// Cells of the row about `moment`. A bad one has a letter in a number.
std::vector<std::string> row_of(model::UtcTime moment, std::int64_t number, bool is_bad) {
  const auto people = fmt::format("{}", number % 100);
  return {
      unit_of(number), model::format_time(moment), "120", people, "0", "0", is_bad ? "1O" : people,
      people};
}

void write_csv(const fs::path& path, const std::vector<std::vector<std::string>>& rows) {
  auto text = fmt::format("{}\r\n", fmt::join(kHeadings, ";"));
  for (const auto& row : rows) {
    text += fmt::format("{}\r\n", fmt::join(row, ";"));
  }
  e2e::write_text(path, text);
}

void write_xlsx(const fs::path& path, const std::vector<std::vector<std::string>>& rows) {
  auto* const book = ::workbook_new(path.c_str());
  auto* const sheet = ::workbook_add_worksheet(book, "Summary");
  for (std::size_t column = 0; column < kHeadings.size(); ++column) {
    ::worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(column), kHeadings[column], nullptr);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto& text = rows[row][column];
      const auto line = static_cast<lxw_row_t>(row + 1);
      if (column >= 2 && text.find_first_not_of("0123456789") == std::string::npos) {
        ::worksheet_write_number(sheet, line, static_cast<lxw_col_t>(column), std::stod(text),
                                 nullptr);
      } else {
        ::worksheet_write_string(sheet, line, static_cast<lxw_col_t>(column), text.c_str(),
                                 nullptr);
      }
    }
  }
  if (::workbook_close(book) != LXW_NO_ERROR) {
    throw std::runtime_error("no workbook at " + path.string());
  }
}

std::string_view end_of(std::size_t kind) {
  constexpr std::array<std::string_view, 3> kEnds{".json", ".csv", ".xlsx"};
  return kEnds[kind];
}

}  // namespace

DropFiles::DropFiles(fs::path drop_folder, std::uint64_t seed)
    : folder_(std::move(drop_folder)),
      past_(std::chrono::floor<std::chrono::seconds>(e2e::now()) - 20h),
      future_(past_ + 40h),
      random_(seed) {}

void DropFiles::declare() {
  fs::create_directories(folder_);
  auto report = e2e::report({});
  report.valid_at = past_;
  for (int i = 0; i < kUnits; ++i) {
    report.statements.emplace_back(e2e::unit(unit_of(i)));
  }
  e2e::write_text(folder_ / "units.json", text::report_to_json(report));
  files_.push_back({.name = "units.json", .moments = {past_}});
}

/// A refused file speaks of the future, at least at its last moment.
std::vector<model::UtcTime> DropFiles::next_moments(bool is_refused) {
  std::vector<model::UtcTime> moments(1 + random_() % 2);
  for (auto& moment : moments) {
    moment = past_ + std::chrono::seconds(++reports_);
  }
  if (is_refused) {
    moments.back() += future_ - past_;
  }
  return moments;
}

void DropFiles::drop_one() {
  const auto dice = random_() % 16;
  if (dice == 0 && files_.size() > 1) {
    return put_copy_of(files_[1 + random_() % (files_.size() - 1)]);
  }
  const auto kind = static_cast<Kind>(random_() % 3);
  DroppedFile file;
  file.fate = dice <= 2 ? Fate::refused : dice <= 4 ? Fate::unread : Fate::processed;
  file.name = fmt::format("{:04}{}", files_.size(), end_of(static_cast<std::size_t>(kind)));
  file.moments = next_moments(file.fate == Fate::refused);
  if (kind == Kind::json && file.moments.size() > 1) {
    file.moments = {file.moments.back()};
  }
  put(std::move(file), kind);
}

void DropFiles::put(DroppedFile file, Kind kind) {
  const auto part = folder_ / (file.name + ".part");
  if (kind == Kind::json) {
    const auto text = json_of(file, reports_);
    e2e::write_text(part, file.fate == Fate::unread ? text.substr(0, text.size() / 2) : text);
  } else {
    write_rows(part, file, kind);
  }
  fs::rename(part, folder_ / file.name);
  if (file.fate == Fate::unread) {
    file.moments.clear();
  }
  files_.push_back(std::move(file));
}

void DropFiles::write_rows(const fs::path& path, const DroppedFile& file, Kind kind) {
  std::vector<std::vector<std::string>> rows;
  for (const auto moment : file.moments) {
    rows.push_back(row_of(moment, reports_ + static_cast<std::int64_t>(rows.size()),
                          file.fate == Fate::unread));
  }
  kind == Kind::csv ? write_csv(path, rows) : write_xlsx(path, rows);
}

/// Of a file that may be under way, processed or rejected: whatever is found of it. What was
/// processed becomes a twin; other content is published again or refused again, which the oracle
/// cannot tell apart, so only good files are copied.
void DropFiles::put_copy_of(const DroppedFile& file) {
  if (file.fate != Fate::processed) {
    return;
  }
  const auto part = folder_ / "copy.part";
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    std::error_code gone;  // The node moves files meanwhile.
    if (entry.path().filename() == file.name &&
        fs::copy_file(entry.path(), part, fs::copy_options::overwrite_existing, gone) && !gone) {
      DroppedFile twin{.name = fmt::format("{:04}-twin{}", files_.size(),
                                           fs::path(file.name).extension().string()),
                       .fate = Fate::twin,
                       .moments = file.moments};
      fs::rename(part, folder_ / twin.name);
      files_.push_back(std::move(twin));
      return;
    }
  }
}

bool DropFiles::all_done() const {
  const auto is_open = [](const fs::directory_entry& entry) {
    const auto name = entry.path().filename().string();
    return entry.is_regular_file() && !name.starts_with('.') && name != "status.json";
  };
  const auto is_empty = [&](const fs::path& folder) {
    return std::none_of(fs::directory_iterator(folder), fs::directory_iterator(), is_open);
  };
  return is_empty(folder_) && is_empty(folder_ / "work");
}

}  // namespace muster::crash
