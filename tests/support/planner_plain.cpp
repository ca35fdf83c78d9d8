// SPDX-License-Identifier: Apache-2.0
#include "tests/support/planner_plain.h"

#include <algorithm>

namespace muster::tests {
namespace {

using planner::Problem;
using planner::Program;
using planner::Row;

std::uint32_t add_column(Program& program, const planner::Column& column) {
  program.columns.push_back(column);
  return static_cast<std::uint32_t>(program.columns.size() - 1);
}

/// Columns of each unit: whether it serves, and its people on each place.
struct Columns {
  std::vector<std::uint32_t> serves;
  std::vector<std::vector<std::uint32_t>> people;
};

/// What a nation may give; less than 0 when it may not even give equipment.
std::int64_t limit_of(const planner::Nation& nation, const Settled& settled) {
  std::int64_t limit = nation.people_max;
  if (settled.burden) {
    const auto deployable = std::max<std::uint64_t>(nation.deployable, 1);
    const auto most =
        static_cast<std::int64_t>(*settled.burden * deployable / planner::kBurdenParts);
    limit = std::min(limit, most - nation.committed);
  }
  return limit;
}

Columns add_units(Program& program, const Problem& problem, const Settled& settled, PlainAim aim) {
  Columns columns;
  for (const auto& unit : problem.units) {
    const auto cost = aim == PlainAim::units ? 1 : aim == PlainAim::freshness ? unit.staleness : 0;
    const bool may_give = limit_of(problem.nations[unit.nation], settled) >= 0;
    columns.serves.push_back(add_column(
        program, {.cost = cost, .high = may_give ? 1 : 0, .is_whole = aim != PlainAim::hour}));
    Row row{.terms = {{.column = columns.serves.back(), .factor = unit.people}}};
    auto& people = columns.people.emplace_back();
    for (const auto& place : unit.places) {
      const auto most = place.ready_min <= settled.hour ? unit.people : 0;
      people.push_back(add_column(program, {.high = most, .is_whole = false}));
      row.terms.push_back({.column = people.back(), .factor = -1});
    }
    program.rows.push_back(std::move(row));
  }
  return columns;
}

/// People that come to each line, in the order of the lines.
std::vector<Row> people_rows(const Problem& problem, const Columns& columns) {
  std::vector<Row> rows(problem.lines.size());
  for (std::size_t i = 0; i < problem.units.size(); ++i) {
    for (std::size_t at = 0; at < problem.units[i].places.size(); ++at) {
      rows[problem.units[i].places[at].line].terms.push_back(
          {.column = columns.people[i][at], .factor = 1});
    }
  }
  return rows;
}

std::vector<Row> nation_rows(const Problem& problem, const Settled& settled,
                             const Columns& columns) {
  std::vector<Row> rows(problem.nations.size());
  for (std::size_t nation = 0; nation < rows.size(); ++nation) {
    rows[nation].low = -std::max<std::int64_t>(limit_of(problem.nations[nation], settled), 0);
  }
  for (std::size_t i = 0; i < problem.units.size(); ++i) {
    for (const auto column : columns.people[i]) {
      rows[problem.units[i].nation].terms.push_back({.column = column, .factor = -1});
    }
  }
  return rows;
}

void add_items(Program& program, const Problem& problem, const Brought& brought,
               const Settled& settled, const Columns& columns) {
  std::vector<std::vector<Row>> wanted;
  for (const auto& of_line : brought.items) {
    auto& rows = wanted.emplace_back();
    for (const auto& items : of_line) {
      rows.push_back({.low = items.count});
    }
  }
  for (std::size_t i = 0; i < problem.units.size(); ++i) {
    for (const auto& items : problem.units[i].items) {
      Row row{.terms = {{.column = columns.serves[i], .factor = items.count}}};
      for (const auto& place : problem.units[i].places) {
        const auto& of_line = brought.items[place.line];
        for (std::size_t at = 0; at < of_line.size(); ++at) {
          if (of_line[at].kind == items.kind && place.ready_min <= settled.hour) {
            const auto column = add_column(program, {.high = items.count, .is_whole = false});
            wanted[place.line][at].terms.push_back({.column = column, .factor = 1});
            row.terms.push_back({.column = column, .factor = -1});
          }
        }
      }
      program.rows.push_back(std::move(row));
    }
  }
  for (auto& rows : wanted) {
    program.rows.insert(program.rows.end(), rows.begin(), rows.end());
  }
}

/// The burden is a column of its own, at least the share of each nation that gives.
void add_burden(Program& program, const Problem& problem, const Settled& settled,
                const Columns& columns, PlainAim aim) {
  if (aim != PlainAim::burden) {
    return;
  }
  const auto burden = add_column(program, {.cost = 1, .high = 1'000'000});
  auto shares = nation_rows(problem, settled, columns);
  for (std::size_t nation = 0; nation < shares.size(); ++nation) {
    auto& row = shares[nation];
    const auto gives = add_column(program, {});
    row.low = 0;
    for (auto& term : row.terms) {
      term.factor = -std::int64_t{planner::kBurdenParts};
    }
    row.terms.push_back({.column = gives,
                         .factor = -std::int64_t{planner::kBurdenParts} *
                                   std::int64_t{problem.nations[nation].committed}});
    row.terms.push_back({.column = burden,
                         .factor = std::max<std::int64_t>(problem.nations[nation].deployable, 1)});
    for (std::size_t i = 0; i < problem.units.size(); ++i) {
      if (problem.units[i].nation == nation) {
        program.rows.push_back({.terms = {{.column = gives, .factor = 1},
                                          {.column = columns.serves[i], .factor = -1}}});
      }
    }
    program.rows.push_back(std::move(row));
  }
}

}  // namespace

Brought brought_by(const Problem& problem, const planner::Package& package) {
  Brought brought{.people = std::vector<std::int64_t>(problem.lines.size()),
                  .items = std::vector<std::vector<planner::Items>>(problem.lines.size())};
  for (const auto& slice : package.slices) {
    brought.people[slice.line] += slice.people;
    auto& of_line = brought.items[slice.line];
    for (const auto& items : slice.items) {
      const auto known = std::find_if(of_line.begin(), of_line.end(),
                                      [&](const auto& one) { return one.kind == items.kind; });
      if (known == of_line.end()) {
        of_line.push_back(items);
      } else {
        known->count += items.count;
      }
    }
  }
  return brought;
}

Program plain_program(const Problem& problem, const Brought& brought, const Settled& settled,
                      PlainAim aim) {
  Program program;
  const auto columns = add_units(program, problem, settled, aim);
  auto people = people_rows(problem, columns);
  for (std::size_t line = 0; line < people.size(); ++line) {
    people[line].low = brought.people[line];
  }
  program.rows.insert(program.rows.end(), people.begin(), people.end());
  const auto nations = nation_rows(problem, settled, columns);
  program.rows.insert(program.rows.end(), nations.begin(), nations.end());
  add_items(program, problem, brought, settled, columns);
  add_burden(program, problem, settled, columns, aim);
  if (settled.units) {
    Row row{.low = -static_cast<std::int64_t>(*settled.units)};
    for (const auto column : columns.serves) {
      row.terms.push_back({.column = column, .factor = -1});
    }
    program.rows.push_back(std::move(row));
  }
  return program;
}

Program plain_most_people(const Problem& problem) {
  Program program;
  const auto columns = add_units(program, problem, {}, PlainAim::hour);
  for (const auto& of_unit : columns.people) {
    for (const auto column : of_unit) {
      program.columns[column].cost = -1;
    }
  }
  auto people = people_rows(problem, columns);
  for (std::size_t line = 0; line < people.size(); ++line) {
    for (auto& term : people[line].terms) {
      term.factor = -1;
    }
    people[line].low =
        -std::int64_t{std::min(problem.lines[line].people_min, problem.lines[line].people_max)};
  }
  program.rows.insert(program.rows.end(), people.begin(), people.end());
  const auto nations = nation_rows(problem, {}, columns);
  program.rows.insert(program.rows.end(), nations.begin(), nations.end());
  return program;
}

}  // namespace muster::tests
