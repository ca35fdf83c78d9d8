// SPDX-License-Identifier: Apache-2.0
// From a field of a statement back to the cell that said it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "nodes/desk/draft.h"
#include "nodes/desk/layout.h"

namespace muster::desk {
namespace {

/// A field of a finding, such as "holdings[2].fmc", in its parts.
struct FieldName {
  std::string list;                  ///< "holdings"; the whole name when there is no index.
  std::optional<std::size_t> index;  ///< 2.
  std::string rest;                  ///< ".fmc", or empty.
};

FieldName parts_of(std::string_view field) {
  const auto open = field.find('[');
  const auto close = field.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return {.list = std::string(field)};
  }
  FieldName name{.list = std::string(field.substr(0, open)),
                 .rest = std::string(field.substr(close + 1))};
  std::size_t index = 0;
  const auto* end = field.data() + close;
  if (std::from_chars(field.data() + open + 1, end, index).ptr == end) {
    name.index = index;
  }
  return name;
}

/// A place in the workbook: a cell, or a row when the column is not there.
struct CellOrigin {
  RowPlace row;
  SheetColumns::Place column;
};

/// Where a field of a sheet stands: that very field, else the first one below it ("absences" gives
/// "absences[LEAVE].count").
std::optional<SheetColumns::Place> find_field(const SheetColumns& sheet, const std::string& name) {
  if (const auto exact = sheet.fields.find(name); exact != sheet.fields.end()) {
    return exact->second;
  }
  std::optional<SheetColumns::Place> first;
  for (auto at = sheet.fields.lower_bound(name);
       at != sheet.fields.end() && at->first.starts_with(name); ++at) {
    const auto next = at->first[name.size()];
    if ((next == '.' || next == '[') && (!first || at->second.column < first->column)) {
      first = at->second;
    }
  }
  return first;
}

CellOrigin cell_of(const Draft& draft, const Origin& origin, model::StatementKind kind,
                   std::string_view field) {
  const auto name = parts_of(field);
  const auto statement = std::string(statement_name(kind)) + ".";
  CellOrigin cell{.row = origin.row};
  std::vector<std::string> candidates;
  if (name.index) {
    const auto entry = fmt::format("{}[{}]", name.list, *name.index);
    const auto keyed = origin.keyed.find(entry);
    const auto rows = origin.rows.find(name.list);
    if (keyed != origin.keyed.end()) {
      candidates.push_back(statement + keyed->second + name.rest);
      candidates.push_back(statement + keyed->second);
    } else if (rows != origin.rows.end() && *name.index < rows->second.size()) {
      cell.row = rows->second[*name.index];
      candidates.push_back(fmt::format("{}{}[]{}", statement, name.list, name.rest));
      candidates.push_back(fmt::format("{}{}[]", statement, name.list));
    }
    candidates.push_back(statement + std::string(field));
  }
  candidates.push_back(statement + name.list);
  candidates.emplace_back("unit");
  const auto& sheet = draft.columns[cell.row.sheet];
  for (const auto& candidate : candidates) {
    // The path of a finding may go deeper than a column does ("override.remark" has one, a metric
    // of a capability has none), so it is shortened step by step.
    for (auto path = candidate; !path.empty();) {
      if (const auto place = find_field(sheet, path)) {
        cell.column = *place;
        return cell;
      }
      const auto dot = path.rfind('.');
      path.resize(dot == std::string::npos || dot < statement.size() ? 0 : dot);
    }
  }
  return cell;
}

/// What is known beforehand of a statement of a report that was made of rows.
const Origin* origin_of(const Draft& draft, std::size_t report, std::size_t statement) {
  const bool is_known = report < draft.reports.size() && report < draft.origins.size() &&
                        statement < draft.origins[report].size() &&
                        statement < draft.reports[report].statements.size();
  return is_known ? &draft.origins[report][statement] : nullptr;
}

}  // namespace

Problem problem_of(const model::Finding& finding, const Draft& draft, std::size_t report) {
  Problem problem{.weight = finding.severity == model::Severity::refuse ? Problem::Weight::refuse
                                                                        : Problem::Weight::note,
                  .code = kRuleBroken,
                  .value = finding.found,
                  .expected = finding.expected,
                  .rule = finding.rule == model::Rule::none ? std::string()
                                                            : std::string(to_text(finding.rule))};
  const auto* origin = origin_of(draft, report, finding.statement);
  if (origin == nullptr) {
    const bool is_whole = finding.statement == model::Finding::kWholeReport;
    const auto where = is_whole ? std::string() : fmt::format("statements[{}]", finding.statement);
    problem.where = where.empty() || finding.field.empty()
                        ? where + finding.field
                        : fmt::format("{}.{}", where, finding.field);
    return problem;
  }
  const auto kind = model::kind_of(draft.reports[report].statements[finding.statement]);
  const auto cell = cell_of(draft, *origin, kind, finding.field);
  problem.sheet = draft.columns[cell.row.sheet].sheet;
  problem.cell = CellPlace{cell.row.row, cell.column.column};
  problem.heading = cell.column.heading;
  return problem;
}

}  // namespace muster::desk
