// SPDX-License-Identifier: Apache-2.0
// Where the fields of statements stand in sheets, and the names of the kinds of statements.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/layout.h"

namespace muster::desk {
namespace {

using model::StatementKind;

struct NamedKind {
  std::string_view name;
  StatementKind kind;
};
constexpr std::array kKinds{NamedKind{"Unit", StatementKind::unit},
                            NamedKind{"Strength", StatementKind::strength},
                            NamedKind{"Equipment", StatementKind::equipment},
                            NamedKind{"SelfSustainment", StatementKind::self_sustainment},
                            NamedKind{"Training", StatementKind::training},
                            NamedKind{"Readiness", StatementKind::readiness},
                            NamedKind{"Availability", StatementKind::availability},
                            NamedKind{"Roster", StatementKind::roster}};

}  // namespace

std::vector<SheetColumns> columns_of(const Workbook& workbook, const std::vector<Layout>& layouts) {
  std::vector<SheetColumns> sheets(workbook.sheets.size());
  for (const auto& layout : layouts) {
    auto& sheet = sheets[layout.sheet];
    sheet.sheet = layout.sheet_name;
    for (const auto& one : layout.columns) {
      const auto field = one.column->statement.empty()
                             ? one.column->field
                             : fmt::format("{}.{}", one.column->statement, one.column->field);
      sheet.fields.emplace(field, SheetColumns::Place{one.at, one.heading});
    }
  }
  return sheets;
}

std::optional<StatementKind> kind_named(std::string_view statement) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const auto& one) { return one.name == statement; });
  return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

std::string_view statement_name(StatementKind kind) {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& one) { return one.kind == kind; });
  return found == kKinds.end() ? std::string_view() : found->name;
}

}  // namespace muster::desk
