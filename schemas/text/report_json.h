// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/report.h"
#include "schemas/model/result.h"

/// Reports as JSON: what a ministry may write by hand and what the command line prints.
namespace muster::text {

/// One place of a text that is not what it should be.
struct TextProblem {
  std::string where;  ///< "line 12, column 7" of malformed JSON, else "statements[3].present".
  std::string found;
  std::string expected;
};
/// "statements[3].present: found 'n/a', expected a whole number from 0 to 4294967295; …".
std::string describe(const TextProblem& problem);

struct ParsedReport {
  model::Report report;
  std::vector<TextProblem>
      problems;  ///< All of them. When there is one, `report` must not be used.
};

/// Reads a report: field names as in DOMAIN.md §3, enumerations by name, times in RFC 3339; a byte
/// order mark is skipped. Problems are: malformed JSON or UTF-8 (this one alone, since nothing
/// behind it can be read), a value of the wrong kind, null, a number that is negative, fractional
/// or too large for its field, an unknown name, an unknown field (with a suggestion), a field
/// written twice, a key left out, and anything beyond the bounds of json_tree.h. Rules of meaning
/// (DOMAIN.md §5) are not checked here. Never throws.
ParsedReport report_from_json(std::string_view text);

/// The same form, indented by two, absent fields left out, without a newline at the end. Reading it
/// back gives an equal report, unless it holds what the form has no words for: a code that this
/// build does not know, a statement that it does not read, a number that is not finite, text that
/// is not UTF-8.
std::string report_to_json(const model::Report& report);

/// Reads the genesis of a registry: the fields of a Registry statement alone, without `type`.
struct ParsedRegistry {
  model::RegistryStatement registry;
  std::vector<TextProblem> problems;  ///< As of a report.
};
ParsedRegistry registry_from_json(std::string_view text);
std::string registry_to_json(const model::RegistryStatement& registry);

}  // namespace muster::text
