// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/report_json.h"

#include <fmt/format.h>

#include "schemas/text/reader.h"
#include "schemas/text/writer.h"

namespace muster::text {
namespace {

constexpr int kIndent = 2;

/// Reads `value` from the whole text. The tree is read only when it is complete: half a tree would
/// blame the fields that the break cut off.
template <typename Value>
std::vector<TextProblem> read_whole_text(std::string_view text, Value& value) {
  Problems problems;
  const auto parsed = parse_json(text, problems);
  if (parsed.complete) {
    read_value(parsed.root, value, Path{}, problems);
  }
  return problems.take();
}

}  // namespace

std::string describe(const TextProblem& problem) {
  return fmt::format("{}: found {}, expected {}", problem.where, problem.found, problem.expected);
}

ParsedReport report_from_json(std::string_view text) {
  ParsedReport parsed;
  parsed.problems = read_whole_text(text, parsed.report);
  return parsed;
}

std::string report_to_json(const model::Report& report) {
  return print_json(write_value(report), kIndent);
}

ParsedRegistry registry_from_json(std::string_view text) {
  ParsedRegistry parsed;
  parsed.problems = read_whole_text(text, parsed.registry);
  return parsed;
}

std::string registry_to_json(const model::RegistryStatement& registry) {
  return print_json(write_value(registry), kIndent);
}

}  // namespace muster::text
