// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "nodes/desk/problem_list.h"

namespace muster::desk {
namespace {

/// "-5" and "12.5" are numbers, though not those that were wanted.
bool is_number(std::string_view text) {
  double value = 0;
  const auto* end = text.data() + text.size();
  return std::from_chars(text.data(), end, value).ptr == end;
}

/// What is wrong, without the place.
std::string told(const Problem& problem) {
  const auto& value = problem.value;
  const auto& expected = problem.expected;
  const auto is = [&](std::string_view code) { return problem.code == code; };
  if (is(kNumberBad) && is_number(value)) {
    return fmt::format("\"{}\" does not fit - expected {}", value, expected);
  }
  if (is(kNumberBad)) {
    return fmt::format("\"{}\" is not a number - expected {}", value, expected);
  }
  if (is(kValueBad) && value.empty()) {
    return fmt::format("what is there does not fit - expected {}", expected);
  }
  if (is(kDateBad)) {
    return fmt::format("\"{}\" is not a date - expected {}", value, expected);
  }
  if (is(kEnumUnknown)) {
    return fmt::format("\"{}\" is not known - expected {}", value, expected);
  }
  if (is(kUnitBad)) {
    return fmt::format("\"{}\" is not such a unit - expected {}", value, expected);
  }
  if (is(kValueMissing)) {
    return fmt::format("nothing is filled in - expected {}", expected);
  }
  if (is(kRowTwice)) {
    return fmt::format("\"{}\" a second time - expected {}", value, expected);
  }
  if (is(kCellMerged)) {
    return fmt::format("\"{}\" stands in merged cells - expected {}", value, expected);
  }
  if (is(kCellError)) {
    return fmt::format("the cell shows the error {} - expected {}", value, expected);
  }
  if (is(kFormulaEmpty)) {
    return fmt::format("the formula {} has no result - expected {}", value, expected);
  }
  if (is(kColumnUnknown)) {
    return fmt::format("the heading \"{}\" is not known and its column is not read - expected {}",
                       value, expected);
  }
  if (is(kColumnTwice)) {
    return fmt::format("the heading \"{}\" a second time - expected {}", value, expected);
  }
  if (is(kColumnMissing)) {
    return fmt::format("a column is missing - expected {}", expected);
  }
  if (is(kRuleBroken)) {
    return problem.rule.empty()
               ? fmt::format("found {}, expected {}", value, expected)
               : fmt::format("{}: found {}, expected {}", problem.rule, value, expected);
  }
  const std::array notes{kSheetHidden, kSheetUnknown, kPrivateColumn,
                         kRowsHidden,  kRowTotal,     kFileBad};
  if (value.empty() || std::find(notes.begin(), notes.end(), problem.code) != notes.end()) {
    return expected;
  }
  return fmt::format("found \"{}\" - expected {}", value, expected);
}

}  // namespace

std::string describe(const Problem& problem) {
  const auto what = told(problem);
  if (!problem.cell) {
    if (!problem.sheet.empty()) {
      return fmt::format("Sheet \"{}\": {}", problem.sheet, what);
    }
    if (problem.code == kJsonBad) {
      return fmt::format("{}: found {}, expected {}", problem.where, problem.value,
                         problem.expected);
    }
    return problem.where.empty() ? what : fmt::format("{}: {}", problem.where, what);
  }
  const auto cell = cell_name(*problem.cell);
  const bool has_heading = !problem.heading.empty();
  if (problem.sheet.empty()) {
    return has_heading ? fmt::format("{} ({}): {}", cell, problem.heading, what)
                       : fmt::format("{}: {}", cell, what);
  }
  return has_heading
             ? fmt::format("Sheet \"{}\", {} ({}): {}", problem.sheet, cell, problem.heading, what)
             : fmt::format("Sheet \"{}\", {}: {}", problem.sheet, cell, what);
}

bool refuses(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const auto& one) { return one.weight == Problem::Weight::refuse; });
}

Problem problem_of(const text::TextProblem& problem) {
  return {.code = kJsonBad,
          .where = problem.where,
          .value = problem.found,
          .expected = problem.expected};
}

void ProblemList::add(Place place, Problem problem) {
  refuses_ = refuses_ || problem.weight == Problem::Weight::refuse;
  if (list_.size() < kProblemsMax) {
    list_.emplace_back(place, std::move(problem));
  } else {
    ++left_out_;
  }
}

void ProblemList::add(std::uint32_t sheet, CellPlace cell, Problem problem) {
  problem.cell = cell;
  add(Place{.sheet = sheet + 1, .row = cell.row + 1, .column = cell.column + 1},
      std::move(problem));
}

std::vector<Problem> ProblemList::take() {
  std::stable_sort(list_.begin(), list_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Problem> problems;
  problems.reserve(list_.size() + 1);
  for (auto& [place, problem] : list_) {
    problems.push_back(std::move(problem));
  }
  if (left_out_ > 0) {
    problems.push_back(
        {.code = kFileBad,
         .value = fmt::format("{}", left_out_),
         .expected = fmt::format("problems that are not listed: {}; mend those that are first",
                                 left_out_)});
  }
  list_.clear();
  return problems;
}

}  // namespace muster::desk
