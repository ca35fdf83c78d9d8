// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/draft.h"
#include "nodes/secretariat/output.h"
#include "nodes/secretariat/report_files.h"

/// What is wrong with files of a ministry, for people and for programs.
namespace muster::secretariat {

/// A table and a list on a screen name this many; JSON and CSV name all.
inline constexpr std::size_t kProblemsShown = 500;

/// `Summary D17 (Present)`; of a text file "D17 (Present)"; without a cell `where`.
std::string place_of(const desk::Problem& problem);
/// Of a broker's finding: the cell when the report was made of cells, else
/// "statements[0].present". `draft` may be null.
std::string place_of(const model::Finding& finding, const desk::Draft* draft, std::size_t report);

/// {"where","found","expected","code","weight","sheet","cell","heading","rule"}; what is empty
/// behind `weight` is left out.
text::Json json_of(const desk::Problem& problem);
/// Adds sheet, cell and heading to `row`, when the problem has a cell.
void add_cell(text::Json& row, const desk::Problem& problem);

/// `muster report validate`: a row for each problem, and one for each file that is good.
Sheet validation_sheet(const std::vector<ReportFile>& files);
/// The same for a screen: a row for each file.
Sheet files_sheet(const std::vector<ReportFile>& files);
text::Json validation_json(const ReportFile& file);

/// Says on stderr what is wrong with all files, a line each: "cannot publish: roster.xlsx - 3
/// problems - correct them; nothing was published", and below it every problem with its place.
/// Notes are told too, unless -q; at a terminal also how the cells are marked, unless they are
/// (`is_marked`). Gives the exit code; done when nothing hinders.
ExitCode tell_problems(const Output& output, const std::vector<ReportFile>& files,
                       std::string_view what, bool is_marked);

}  // namespace muster::secretariat
