// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "nodes/desk/marked_sheets.h"
#include "nodes/desk/template.h"

namespace muster::desk {

using model::Result;

namespace {

constexpr std::uint64_t kBigCells = 500'000;

bool is_big(const Workbook& workbook) {
  std::uint64_t cells = 0;
  for (const auto& sheet : workbook.sheets) {
    cells += std::uint64_t{sheet.rows()} * sheet.columns();
  }
  return cells > kBigCells;
}

/// Sheets that are copied, and the names that they have in the copy.
std::vector<SheetCopy> visible_sheets(XlsxFile& file, const Workbook& workbook,
                                      const words::Words& words) {
  std::vector<SheetCopy> copies;
  for (const auto& sheet : workbook.sheets) {
    if (!sheet.is_hidden) {
      const auto name = file.sheet_name(sheet.name().empty() ? words.tell("Data") : sheet.name());
      copies.push_back({.source = &sheet,
                        .name = name,
                        .target = file.add_sheet(name),
                        .keeps_merges = !is_big(workbook),
                        .marks = {}});
    }
  }
  return copies;
}

/// A text file's problems name no sheet, and it has one.
SheetCopy* copy_of(std::vector<SheetCopy>& copies, const std::string& sheet) {
  const auto found = std::find_if(copies.begin(), copies.end(), [&](const SheetCopy& copy) {
    return sheet.empty() || copy.source->name() == sheet;
  });
  return found == copies.end() ? nullptr : &*found;
}

bool fits_a_sheet(CellPlace place) {
  return place.row < kSheetRowsMax && place.column < kSheetColumnsMax;
}

/// The lines of the list: first what has no cell, then the others as they came.
std::vector<ListedProblem> place_problems(std::vector<SheetCopy>& copies,
                                          const std::vector<Problem>& problems,
                                          const words::Words& words) {
  std::vector<ListedProblem> listed;
  for (const auto& problem : problems) {
    if (listed.size() == kMarkedProblemsMax) {
      break;
    }
    auto* copy =
        problem.cell && fits_a_sheet(*problem.cell) ? copy_of(copies, problem.sheet) : nullptr;
    listed.push_back({.problem = &problem, .target_sheet = copy == nullptr ? "" : copy->name});
    if (copy != nullptr) {
      auto& mark = copy->marks[*problem.cell];
      mark.refuses = mark.refuses || problem.weight == Problem::Weight::refuse;
      mark.comment += (mark.comment.empty() ? "" : "\n") + words.tell(describe(problem));
    }
  }
  std::stable_partition(listed.begin(), listed.end(),
                        [](const ListedProblem& one) { return !one.problem->cell; });
  return listed;
}

}  // namespace

Result<void> write_marked_copy(const std::string& path, const Workbook& workbook,
                               const std::vector<Problem>& problems, words::Language language) {
  const auto& words = words::Words::of(language);
  MUSTER_TRY(auto file, XlsxFile::create(path, XlsxFile::IfThere::replace, is_big(workbook)));
  // Its headings tell which numbers are dates. A ministry's own are not known here, and there a
  // date shows as a number.
  MUSTER_TRY(const auto columns, ColumnBook::load({}, {}));
  auto copies = visible_sheets(file, workbook, words);
  const auto listed = place_problems(copies, problems, words);
  const MarkedFormats formats(file.book(), language);
  for (const auto& copy : copies) {
    copy_sheet(copy, columns, formats);
  }
  write_problem_list(file, listed, problems.size(), language);
  return file.finish();
}

}  // namespace muster::desk
