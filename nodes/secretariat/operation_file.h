// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/secretariat/operation_places.h"
#include "schemas/model/report.h"
#include "schemas/text/described.h"
#include "schemas/text/force_fields.h"
#include "schemas/text/report_json.h"

/// The file from which `muster operation create` makes an operation and what it needs. TOML or
/// JSON, of one shape: the fields of an Operation (DOMAIN.md §3) at the top, and beside them those
/// below.
namespace muster::secretariat {

struct OperationFile {
  model::OperationStatement operation;
  model::Classification classification = model::Classification::unclassified;
  std::vector<model::Nation> releasable_to;
  std::optional<std::uint32_t> version;  ///< Of the requirement; 1 when it is left out.
  /// Absent in a first announcement, which asks for nothing yet.
  std::optional<std::vector<model::RequirementLine>> lines;
  friend bool operator==(const OperationFile&, const OperationFile&) = default;
};

template <typename Visitor, text::Of<OperationFile> S>
void describe_fields(Visitor& v, S& s) {
  text::describe_fields(v, s.operation);
  v.optional("classification", s.classification);
  v.optional("releasable_to", s.releasable_to);
  v.optional("version", s.version);
  v.optional("line", s.lines);
}

struct ReadOperation {
  std::string unreadable;  ///< Why it could not be read; empty when it was.
  OperationFile file;      ///< To be used when there is no problem.
  FilePlaces places;
  /// All of them, in the order of the file: "ops.toml:12:3: line[0].people_mn: found …".
  std::vector<std::string> problems;
  std::vector<std::string> warnings;  ///< What is allowed, and seldom meant.
};

/// Reads the file at `path`. Problems are what schemas/text finds in JSON of the same shape, such
/// as an unknown key, and what check_operation_file() finds.
ReadOperation read_operation_file(const std::string& path);

/// The same from its text. It is JSON when `path` ends in ".json", TOML when it ends in ".toml",
/// and otherwise what its first character says.
ReadOperation read_operation_text(const std::string& path, std::string_view text);

/// What contradicts itself, or can be met by nobody, whatever the broker knows. Paths are those of
/// the file.
struct OperationCheck {
  text::TextProblem problem;
  std::vector<std::string> rests_on;  ///< Other values that it was found from, by path.
};
struct OperationChecks {
  std::vector<OperationCheck> problems;
  std::vector<OperationCheck> warnings;  ///< Allowed, and seldom meant.
};
OperationChecks check_operation_file(const OperationFile& file);

}  // namespace muster::secretariat
