// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/problem.h"
#include "schemas/model/report.h"

/// From a file of a ministry to reports that are ready to be published, or to what is wrong with
/// it.
namespace muster::desk {

/// What a node's configuration says about its files ([desk], connection_file.h), and the command.
struct DeskOptions {
  std::optional<model::Nation>
      nation;  ///< Whose units these must be; absent accepts any one nation.
  std::optional<model::UtcTime> valid_at;  ///< For files that do not say when they were true.
  model::Classification classification = model::Classification::unclassified;  ///< Likewise.
  std::vector<model::Nation> releasable_to;                                    ///< Likewise.
  std::string columns_toml;  ///< Text of the ministry's own headings (columns.h); empty for none.
  std::string columns_path;  ///< Where it was read, for messages.
  model::Bytes person_key;   ///< 32 bytes: makes person_ref of service numbers; empty for none.
  /// Publish what is right in a file that has refused rows. What such a row speaks of is left out
  /// whole: half a roster or half a list of holdings would be a false word.
  bool accept_valid_rows = false;
  /// Told now and then, from 0 to 1; may be empty.
  std::function<void(double done)> progress;
};

/// A row of a workbook, counted from 0 like its sheets.
struct RowPlace {
  std::uint32_t sheet = 0, row = 0;
  friend bool operator==(const RowPlace&, const RowPlace&) = default;
};

/// Which rows a statement was made of.
struct Origin {
  RowPlace row;  ///< Where it is spoken of first.
  /// Of each list whose entries are rows: where entry N stands. Of one that is a column, nothing
  /// of use.
  std::map<std::string, std::vector<RowPlace>, std::less<>> rows;
  /// Of entries that are columns: "absences[0]" is "absences[LEAVE]" of the columns file.
  std::map<std::string, std::string, std::less<>> keyed;
};

/// Where the fields of statements stand in a sheet.
struct SheetColumns {
  struct Place {
    std::uint32_t column = 0;
    std::string heading;  ///< As the file has it.
  };
  std::string sheet;                    ///< Empty for CSV.
  std::map<std::string, Place> fields;  ///< "Strength.present", "Equipment.holdings[].fmc", "unit".
};

/// What became of one file.
struct Draft {
  /// To be published in this order; none when a problem refuses and valid rows are not enough. More
  /// than one when the file speaks of several moments, or is too much for one message.
  std::vector<model::Report> reports;
  std::vector<Problem> problems;  ///< All, in the order of sheets, rows and columns; notes too.
  std::uint32_t rows = 0, rows_refused = 0;  ///< Of spreadsheets: rows that say something.
  std::vector<std::vector<Origin>> origins;  ///< [report][statement]; empty for JSON.
  std::vector<SheetColumns> columns;         ///< By sheet; empty for JSON.
  std::optional<Workbook> workbook;          ///< As read, for a marked copy; not of JSON.

  [[nodiscard]] bool is_good() const { return !reports.empty(); }
};

/// Reads the text of a file; `name` says what kind it is (file_kind_of) and is used in messages.
/// Everything that needs no broker is checked: the cells, that the units are of one nation, that
/// the reports fit a message and the broker can read them. Never throws; memory is bounded by
/// WorkbookLimits (read_workbook.h). Thread rule: any thread.
///
/// The same values give equal reports whatever the format: statements stand by unit, in the order
/// in which units first appear, and within a unit as in StatementKind; the fields of lists in the
/// order of the columns file.
Draft read_draft(std::string_view name, std::string_view content, const DeskOptions& options);

/// The same of a workbook that is read already.
Draft draft_of(Workbook workbook, const DeskOptions& options);

/// The broker's finding about report `report` of `draft`, at the cell that it speaks of when the
/// file has cells, else at its statement and field.
Problem problem_of(const model::Finding& finding, const Draft& draft, std::size_t report);

}  // namespace muster::desk
