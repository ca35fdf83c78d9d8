// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/report_check.h"

#include <fmt/format.h>

#include <variant>

#include "schemas/model/limits.h"
#include "schemas/text/problems.h"
#include "schemas/wire/report.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;
using text::TextProblem;

namespace {

constexpr const char* kWholeReport = "the whole report";

/// Whose units a report may speak of, learned from the first unit when nobody says it.
struct Speaker {
  std::optional<model::Nation> nation;
  std::string_view whose;
};

std::optional<TextProblem> problem_of(const model::Statement& statement, std::size_t place,
                                      Speaker& speaker) {
  const auto where = fmt::format("statements[{}]", place);
  if (std::holds_alternative<model::UninterpretedStatement>(statement)) {
    return TextProblem{where, "a kind this build cannot write",
                       "a kind that it knows, or a newer build"};
  }
  if (std::holds_alternative<model::RegistryStatement>(statement)) {
    const bool allowed = !speaker.nation || *speaker.nation == model::registrar();
    return allowed ? std::nullopt
                   : std::optional(TextProblem{where, "a Registry statement",
                                               "a statement about a unit: the registry is the "
                                               "registrar's"});
  }
  const auto* unit = model::unit_of(statement);
  if (unit == nullptr) {
    return std::nullopt;
  }
  speaker.nation = speaker.nation.value_or(unit->nation());
  if (unit->nation() == *speaker.nation) {
    return std::nullopt;
  }
  return TextProblem{where + ".unit", fmt::format("'{}'", unit->view()),
                     fmt::format("a unit of {}, {}: a report speaks for one nation",
                                 speaker.nation->view(), speaker.whose)};
}

bool is_bare_null(const std::vector<TextProblem>& problems) {
  return problems.size() == 1 && problems[0].where == text::Path().str() &&
         problems[0].found == "null";
}

}  // namespace

text::ParsedReport read_report(std::string_view file) {
  text::ParsedReport parsed;
  if (file.empty()) {
    parsed.problems = {{"the whole file", "0 bytes", "a report"}};
    return parsed;
  }
  parsed = text::report_from_json(file);
  if (is_bare_null(parsed.problems)) {
    // There is no field around it that could be left out.
    parsed.problems[0].expected = "a report: an object in { }";
  }
  return parsed;
}

std::vector<TextProblem> speaker_problems(const model::Report& report,
                                          std::optional<model::Nation> nation) {
  Speaker speaker{nation, nation ? "as the node that publishes" : "as the units before it"};
  std::vector<TextProblem> problems;
  for (std::size_t i = 0; i < report.statements.size(); ++i) {
    if (auto problem = problem_of(report.statements[i], i, speaker)) {
      problems.push_back(*std::move(problem));
    }
  }
  return problems;
}

std::vector<TextProblem> report_problems(const model::Report& report,
                                         std::optional<model::Nation> nation) {
  auto problems = speaker_problems(report, nation);
  if (!problems.empty()) {
    return problems;
  }
  const auto bytes = wire::encode_report(report);
  if (bytes.empty() || bytes.size() > model::kReportBytesMax) {
    return {{kWholeReport, fmt::format("{} bytes", bytes.size()),
             fmt::format("at most {}: send it in parts", model::kReportBytesMax)}};
  }
  if (const auto read = wire::decode_report(bytes); !read) {
    return {{kWholeReport, read.error().message, "what the broker can read"}};
  }
  return {};
}

Result<void> check_size(model::ByteView report) {
  if (!report.empty() && report.size() <= model::kReportBytesMax) {
    return {};
  }
  return fail(ErrorCode::malformed,
              fmt::format("a report of {} bytes: expected 1 to {}; publish it in parts",
                          report.size(), model::kReportBytesMax));
}

Result<model::Bytes> encode_checked(const model::Report& report, const model::NodeId& node) {
  if (const auto problems = speaker_problems(report, node.publisher()); !problems.empty()) {
    return fail(ErrorCode::malformed, text::describe(problems.front()));
  }
  auto encoded = wire::encode_report(report);
  MUSTER_CHECK(check_size(encoded));
  if (const auto decoded = wire::decode_report(encoded); !decoded) {
    return tl::unexpected(decoded.error());
  }
  return encoded;
}

}  // namespace muster::client
