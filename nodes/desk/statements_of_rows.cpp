// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/statements_of_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "schemas/text/problems.h"

namespace muster::desk {
namespace {

std::string key_text(const CellValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return *text;
  }
  if (const auto* person = std::get_if<model::PersonRef>(&value)) {
    return {person->begin(), person->end()};
  }
  if (const auto* count = std::get_if<std::uint64_t>(&value)) {
    return fmt::format("{}", *count);
  }
  return {};
}

/// For messages: what a cell said, as its codes have it.
std::string shown(const CellValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return text::shown(*text);
  }
  if (const auto* person = std::get_if<model::PersonRef>(&value)) {
    return model::to_hex(*person);
  }
  if (const auto* count = std::get_if<std::uint64_t>(&value)) {
    return fmt::format("{}", *count);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    return fmt::format("{}", *number);
  }
  if (const auto* yes = std::get_if<bool>(&value)) {
    return *yes ? "yes" : "no";
  }
  if (const auto* moment = std::get_if<model::UtcTime>(&value)) {
    return model::format_time(*moment);
  }
  if (const auto* unit = std::get_if<model::UnitId>(&value)) {
    return unit->str();
  }
  const auto* texts = std::get_if<std::vector<std::string>>(&value);
  return texts == nullptr ? std::string() : fmt::format("{}", fmt::join(*texts, ", "));
}

bool is_filled(const RowFacts& row, std::size_t cell) {
  return row.cells[cell].state != RowCell::State::empty;
}

bool is_good(const RowFacts& row, std::size_t cell) {
  return row.cells[cell].state == RowCell::State::good;
}

/// A row as a person finds it: "row 12", with its sheet when it is another one.
std::string row_name(const RowFacts& row, RowPlace place) {
  return place.sheet == row.layout->sheet ? fmt::format("row {}", place.row + 1)
                                          : fmt::format("row {} of another sheet", place.row + 1);
}

RowPlace place_of(const RowFacts& row) { return {row.layout->sheet, row.row}; }

std::string wanted(const Column& column) {
  return column.type == ColumnType::count ? "a number; 0 when there are none"
                                          : "a value: this column has to be filled in";
}

}  // namespace

void add_problem(ProblemList& problems, const RowFacts& row, const LayoutColumn& column,
                 std::string_view code, std::string value, std::string expected) {
  problems.add(row.layout->sheet, {row.row, column.at},
               {.code = code,
                .sheet = row.layout->sheet_name,
                .heading = column.heading,
                .value = std::move(value),
                .expected = std::move(expected)});
}

void StatementsOfRows::refuse(RowFacts& row, std::size_t cell, std::string_view code,
                              std::string expected) {
  row.is_refused = true;
  auto value = is_good(row, cell) ? shown(row.cells[cell].value) : std::string();
  add_problem(problems_, row, row.layout->columns[cell], code, std::move(value),
              std::move(expected));
}

StatementsOfRows::Groups StatementsOfRows::groups_of(const RowFacts& row) {
  Groups groups;
  const auto& columns = row.layout->columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool is_silent = columns[i].column->is_label && !row.layout->labels_speak;
    if (columns[i].kind && is_filled(row, i) && !is_silent) {
      auto& group = groups[static_cast<std::size_t>(*columns[i].kind)];
      (columns[i].is_entry() ? group.entries : group.singles).push_back(i);
    }
  }
  return groups;
}

StatementsOfRows::GrowingUnit& StatementsOfRows::unit_of(const RowFacts& row) {
  auto& moment = moments_[*row.valid_at];
  const auto [found, is_new] = moment.index.emplace(*row.unit, moment.units.size());
  if (is_new) {
    moment.units.push_back({.unit = *row.unit});
  }
  return moment.units[found->second];
}

/// A statement wants its mandatory values from the row that speaks of it first, an entry of a list
/// from its own row.
void StatementsOfRows::check_mandatory(RowFacts& row, const Groups& groups,
                                       const GrowingUnit* unit) {
  const auto& columns = row.layout->columns;
  const auto is_said_elsewhere = [&](const Column& column) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].column->field == column.field &&
          columns[i].column->statement == column.statement && is_filled(row, i)) {
        return true;
      }
    }
    return false;
  };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& column = *columns[i].column;
    if (!columns[i].kind || !column.is_mandatory || is_filled(row, i)) {
      continue;
    }
    const auto kind = static_cast<std::size_t>(*columns[i].kind);
    const auto& group = groups[kind];
    const bool is_said = unit != nullptr && unit->by_kind[kind] && unit->by_kind[kind]->has_singles;
    const bool speaks_of_list =
        std::any_of(group.entries.begin(), group.entries.end(), [&](std::size_t other) {
          return columns[other].path.front().name == columns[i].path.front().name;
        });
    const bool is_due = columns[i].is_entry() ? speaks_of_list : !group.empty() && !is_said;
    if (is_due && !is_said_elsewhere(column)) {
      refuse(row, i, kValueMissing, wanted(column));
    }
  }
}

/// A latitude wants its longitude.
void StatementsOfRows::check_companions(RowFacts& row) {
  const auto& columns = row.layout->columns;
  std::set<std::string_view> missed;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const auto& key : columns[i].column->with) {
      const auto* other = is_filled(row, i) ? row.layout->find(key) : nullptr;
      const auto at = other == nullptr ? 0 : static_cast<std::size_t>(other - columns.data());
      if (other != nullptr && !is_filled(row, at) && missed.insert(key).second) {
        refuse(row, at, kValueMissing,
               fmt::format("a value, because \"{}\" is filled in", columns[i].heading));
      }
    }
  }
}

/// Two columns may say the same: a person by reference or by service number.
void StatementsOfRows::check_rivals(RowFacts& row, const Group& group) {
  const auto& columns = row.layout->columns;
  for (std::size_t a = 0; a < group.entries.size(); ++a) {
    const auto& first = columns[group.entries[a]];
    for (std::size_t b = a + 1; first.column->identifies && b < group.entries.size(); ++b) {
      const auto& second = columns[group.entries[b]];
      if (second.column->field == first.column->field) {
        refuse(row, group.entries[b], kValueBad,
               fmt::format("nothing, because \"{}\" is filled in", first.heading));
      }
    }
  }
}

void StatementsOfRows::set(Growing& growing, RowFacts& row, std::size_t cell, bool starts_entry) {
  const auto& column = row.layout->columns[cell];
  const auto outcome =
      set_field(growing.statement, column.path, row.cells[cell].value, starts_entry);
  if (!outcome.is_set) {
    refuse(row, cell, kValueBad, "a value that the field can hold");
  }
  if (outcome.keyed_at) {
    const auto& step = column.path.front();
    growing.origin.keyed.emplace(fmt::format("{}[{}]", step.name, *outcome.keyed_at),
                                 fmt::format("{}[{}]", step.name, step.key));
  }
  if (outcome.entry_at) {
    auto& rows = growing.origin.rows[column.path.front().name];
    rows.resize(std::max(rows.size(), *outcome.entry_at + 1));
    rows[*outcome.entry_at] = place_of(row);
  }
}

/// The first row says the single values; a later one may repeat them, and must not say others.
void StatementsOfRows::add_singles(Growing& growing, RowFacts& row, const Group& group) {
  const bool is_first = !growing.has_singles;
  for (const auto cell : group.singles) {
    if (!is_good(row, cell)) {
      continue;
    }
    const auto* column = row.layout->columns[cell].column;
    const auto& value = row.cells[cell].value;
    if (is_first) {
      set(growing, row, cell, false);
      growing.said.emplace_back(column, value);
      continue;
    }
    const auto found = std::find_if(growing.said.begin(), growing.said.end(),
                                    [&](const auto& one) { return one.first == column; });
    if (found == growing.said.end() || found->second != value) {
      refuse(
          row, cell, kRowTwice,
          fmt::format("what {} says of this unit, or nothing", row_name(row, growing.origin.row)));
    }
  }
  growing.has_singles = growing.has_singles || !group.singles.empty();
}

/// What an entry of a list is about stands once in that list.
void StatementsOfRows::check_once(Growing& growing, RowFacts& row, const Group& group) {
  for (const auto cell : group.entries) {
    const auto& column = row.layout->columns[cell];
    if (!column.column->identifies || !is_good(row, cell)) {
      continue;
    }
    const auto [first, is_new] = growing.keys.emplace(
        column.path.front().name + '\n' + key_text(row.cells[cell].value), place_of(row));
    if (!is_new) {
      refuse(row, cell, kRowTwice,
             fmt::format("each once for a unit; {} has it already", row_name(row, first->second)));
    }
  }
}

/// A row makes one entry of each list of which it has a cell.
void StatementsOfRows::add_entries(Growing& growing, RowFacts& row, const Group& group) {
  if (group.entries.empty()) {
    return;
  }
  growing.has_entries = true;
  check_once(growing, row, group);
  if (row.is_refused) {
    return;  // The statement is left out: what it would hold does not matter.
  }
  std::set<std::string_view> started;
  for (const auto cell : group.entries) {
    set(growing, row, cell, started.insert(row.layout->columns[cell].path.front().name).second);
  }
}

void StatementsOfRows::add_to(Growing& growing, RowFacts& row, const Group& group) {
  add_singles(growing, row, group);
  add_entries(growing, row, group);
}

void StatementsOfRows::leave_out(const RowFacts& row, const Groups& groups) {
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    if (groups[kind].empty()) {
      continue;
    }
    if (row.unit) {
      left_out_.emplace(*row.unit, static_cast<Kind>(kind));
    } else if (!groups[kind].entries.empty()) {
      left_out_everywhere_.insert(static_cast<Kind>(kind));
    }
  }
}

void StatementsOfRows::add(RowFacts& row) {
  const auto groups = groups_of(row);
  const bool has_place = row.unit && row.valid_at;
  auto* unit = has_place ? &unit_of(row) : nullptr;
  check_mandatory(row, groups, unit);
  check_companions(row);
  for (const auto& group : groups) {
    check_rivals(row, group);
  }
  bool is_new = unit == nullptr;
  for (std::size_t kind = 0; kind < kKinds && !is_new; ++kind) {
    const auto& growing = unit->by_kind[kind];
    is_new = !groups[kind].entries.empty() ||
             (!groups[kind].singles.empty() && (!growing || !growing->has_singles));
  }
  if (!is_new) {
    refuse(row, *row.layout->unit, kRowTwice,
           "one row for each unit: a row above says the same already");
  }
  for (std::size_t kind = 0; kind < kKinds && is_new && unit != nullptr; ++kind) {
    if (groups[kind].empty()) {
      continue;
    }
    auto& growing = unit->by_kind[kind];
    if (!growing) {
      growing = std::make_unique<Growing>();
      growing->statement = *empty_statement(static_cast<Kind>(kind), *row.unit);
      growing->origin.row = place_of(row);
    }
    add_to(*growing, row, groups[kind]);
  }
  if (row.is_refused) {
    leave_out(row, groups);
  }
}

std::vector<MomentPart> StatementsOfRows::take() {
  std::vector<MomentPart> parts;
  for (auto& [valid_at, moment] : moments_) {
    MomentPart part{.valid_at = valid_at};
    for (auto& unit : moment.units) {
      UnitPart of_unit{.unit = unit.unit};
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        auto& growing = unit.by_kind[kind];
        if (!growing || left_out_.contains({unit.unit, static_cast<Kind>(kind)}) ||
            left_out_everywhere_.contains(static_cast<Kind>(kind))) {
          continue;
        }
        if (auto* roster = std::get_if<model::RosterStatement>(&growing->statement);
            roster != nullptr && growing->said.empty()) {
          const auto seconds = std::chrono::floor<std::chrono::seconds>(valid_at);
          roster->version = static_cast<std::uint64_t>(seconds.time_since_epoch().count());
        }
        of_unit.statements.push_back({std::move(growing->statement), std::move(growing->origin)});
      }
      if (!of_unit.statements.empty()) {
        part.units.push_back(std::move(of_unit));
      }
    }
    if (!part.units.empty()) {
      parts.push_back(std::move(part));
    }
  }
  moments_.clear();
  return parts;
}

}  // namespace muster::desk
