// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "nodes/desk/draft.h"
#include "nodes/desk/layout.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/statements_of_rows.h"

namespace muster::desk {

/// What the rows say of their report beside statements, all of them alike.
struct ReportHeader {
  std::optional<model::Nation> nation;  ///< Of the options, else of the first unit.
  std::optional<CellValue> classification, releasable_to;
  RowPlace classified_at, releasable_at;  ///< Which row said it first.
  /// A cell of these cannot be read, or says otherwise than another row. No row may then go out:
  /// the report would be marked as less than somebody wrote.
  bool is_wrong = false;
};

/// How many rows there were.
struct RowCounts {
  std::uint32_t rows = 0;  ///< Those that say something.
  std::uint32_t refused = 0;
};

/// Reads the rows of all layouts into `statements`, and says what is wrong with their cells.
/// `progress` is told from 0 to 1; may be empty.
RowCounts read_rows(const Workbook& workbook, const std::vector<Layout>& layouts,
                    const ColumnBook& book, const DeskOptions& options, ReportHeader& header,
                    StatementsOfRows& statements, ProblemList& problems,
                    const std::function<void(double)>& progress);

}  // namespace muster::desk
