// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/receipt.h"

#include <fmt/format.h>

#include "schemas/text/answer_json.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {

using text::Json;
using text::json_bool;
using text::json_number;
using text::json_string;

namespace {

Json paper(std::string_view kind, const Subject& subject) {
  auto object = text::json_object();
  object.add("apiVersion", json_string("muster/v1"))
      .add("kind", json_string(kind))
      .add("file", json_string(subject.file))
      .add("sha256", json_string(subject.sha256))
      .add("at", json_string(model::format_time(subject.at)));
  return object;
}

std::string finish(const Json& object) { return print_json(object, 2) + "\n"; }

void add_outcome(Json& object, const client::Acknowledged& acknowledged) {
  const auto& verdict = acknowledged.verdict;
  text::Problems none;
  auto findings = text::parse_json(text::findings_to_json(verdict.findings), none).root;
  object.add("report", json_string(acknowledged.report.str()))
      .add("verdict", json_string(to_text(verdict.verdict)))
      .add("complete", json_bool(!client::is_acknowledged_earlier(verdict)))
      .add("ledger_seq", json_number(acknowledged.ledger_seq))
      .add("findings", std::move(findings));
}

}  // namespace

std::string receipt_json(const Subject& subject, const client::Acknowledged& acknowledged) {
  auto object = paper("Receipt", subject);
  add_outcome(object, acknowledged);
  return finish(object);
}

std::string duplicate_json(const Subject& subject, const std::string& report) {
  auto object = paper("Receipt", subject);
  object.add("report", json_string(report)).add("duplicate", json_bool(true));
  return finish(object);
}

std::string findings_json(const Subject& subject, const client::Acknowledged& acknowledged) {
  auto object = paper("Findings", subject);
  add_outcome(object, acknowledged);
  return finish(object);
}

std::string findings_text(const Subject& subject, const client::Acknowledged& acknowledged) {
  auto out = fmt::format("{}: the broker REFUSED this report ({}). It does not count.\n\n",
                         subject.file, acknowledged.report.str());
  for (const auto& finding : acknowledged.verdict.findings) {
    out += "  - " + describe(finding) + "\n";
  }
  return out + "\nMend the file and drop it again.\n";
}

std::string problems_json(const Subject& subject, const std::vector<text::TextProblem>& problems) {
  auto list = text::json_array();
  for (const auto& problem : problems) {
    auto entry = text::json_object();
    entry.add("where", json_string(problem.where))
        .add("found", json_string(problem.found))
        .add("expected", json_string(problem.expected));
    list.items.push_back(std::move(entry));
  }
  auto object = paper("Findings", subject);
  object.add("problems", std::move(list));
  return finish(object);
}

std::string problems_text(const Subject& subject, const std::vector<text::TextProblem>& problems) {
  auto out = fmt::format("{}: this file was not published.\n\n", subject.file);
  for (const auto& problem : problems) {
    out += "  - " + describe(problem) + "\n";
  }
  return out + "\nMend the file and drop it again.\n";
}

}  // namespace muster::ministry
