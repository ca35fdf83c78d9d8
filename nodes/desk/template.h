// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/problem.h"
#include "nodes/words/words.h"
#include "schemas/model/result.h"
#include "schemas/model/unit_statements.h"

/// Workbooks that we write (libxlsxwriter): templates to be filled in, and copies of a ministry's
/// workbook in which what is wrong is marked.
namespace muster::desk {

enum class TemplateKind : std::uint8_t { strength, equipment, readiness, roster, units };
/// "strength" …; nothing for another word.
std::optional<TemplateKind> template_kind_named(std::string_view name);
std::string_view to_text(TemplateKind kind);

/// A unit to be put into a template; what is known of it fills its cells.
struct TemplateRow {
  model::UnitStatement unit;
  std::vector<model::Statement> statements;  ///< The newest accepted ones; may be empty.
};
struct TemplateRequest {
  TemplateKind kind = TemplateKind::strength;
  words::Language language = words::Language::english;
  std::string node;         ///< "KAZ/mod", for the instruction sheet; may be empty.
  bool is_exercise = true;  ///< Says on every sheet that all data are fictional.
  /// Also those that are rare: strength by category and sex, further relations and the like. Else
  /// they are there where a unit has such a value.
  bool has_all_columns = false;
  std::vector<TemplateRow> rows;
};

/// Makes the file at `path`: the sheet to be filled in first, with drop-down lists, limits, notes
/// and frozen headings, then the instructions. Read back by read_draft() it needs no mapping, and
/// says of each unit in every field what its row says: published unchanged it changes nothing. What
/// it cannot hold, untold() names.
/// Errors: io, already_exists (a file is never replaced).
model::Result<void> write_template(const std::string& path, const TemplateRequest& request,
                                   const ColumnBook& columns);

/// Writes a copy of `workbook`, hidden sheets left out, in which each cell that has a problem is
/// coloured and commented, and whose last sheet lists all problems. At most kMarkedProblemsMax are
/// marked; the list says when there are more. Errors: io.
inline constexpr std::size_t kMarkedProblemsMax = 10'000;
model::Result<void> write_marked_copy(const std::string& path, const Workbook& workbook,
                                      const std::vector<Problem>& problems,
                                      words::Language language);

}  // namespace muster::desk
