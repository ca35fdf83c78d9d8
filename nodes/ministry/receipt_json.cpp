// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/receipt_json.h"

#include <algorithm>

#include "nodes/ministry/journal.h"
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
      .add("node", json_string(subject.node))
      .add("file", json_string(subject.file))
      .add("sha256", json_string(subject.sha256))
      .add("at", json_string(model::format_time(subject.at)));
  if (subject.rows > 0) {
    object.add("rows", json_number(std::uint64_t{subject.rows}))
        .add("rows_refused", json_number(std::uint64_t{subject.rows_refused}));
  }
  return object;
}

std::string finish(const Json& object) { return print_json(object, 2) + "\n"; }

bool is_complete(const Decided& report) {
  return !client::is_acknowledged_earlier(report.acknowledged.verdict);
}

/// Findings have their form in schemas/text; it is read back so that it stands there alone.
Json findings_of(const Decided& report) {
  text::Problems none;
  return text::parse_json(text::findings_to_json(report.acknowledged.verdict.findings, -1), none)
      .root;
}

/// The fields of one report.
void add_outcome(Json& object, const Decided& report) {
  object.add("report", json_string(report.acknowledged.report.str()))
      .add("verdict", json_string(to_text(report.acknowledged.verdict.verdict)))
      .add("complete", json_bool(is_complete(report)))
      .add("ledger_seq", json_number(report.acknowledged.ledger_seq))
      .add("findings", findings_of(report));
}

/// The same fields of all of them together, and each by itself.
void add_outcomes(Json& object, const std::vector<Decided>& reports) {
  if (reports.size() == 1) {
    add_outcome(object, reports.front());
    return;
  }
  const auto& first = reports.front().acknowledged.report;
  const auto& last = reports.back().acknowledged;
  const bool refused = std::any_of(reports.begin(), reports.end(), is_refused);
  auto list = text::json_array();
  for (const auto& report : reports) {
    list.items.push_back(text::json_object());
    add_outcome(list.items.back(), report);
  }
  object.add("report", json_string(range_text(first.node, first.seq, last.report.seq)))
      .add("verdict",
           json_string(to_text(refused ? model::Verdict::refused : model::Verdict::accepted)))
      .add("complete", json_bool(std::all_of(reports.begin(), reports.end(), is_complete)))
      .add("ledger_seq", json_number(last.ledger_seq))
      .add("reports", std::move(list));
}

Json problem_json(const desk::Problem& problem) {
  auto object = text::json_object();
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) {
      object.add(name, json_string(value));
    }
  };
  const bool refuses = problem.weight == desk::Problem::Weight::refuse;
  object.add("code", json_string(problem.code))
      .add("weight", json_string(refuses ? "REFUSE" : "NOTE"));
  add("rule", problem.rule);
  add("sheet", problem.sheet);
  add("cell", problem.cell ? desk::cell_name(*problem.cell) : std::string());
  add("heading", problem.heading);
  add("where", problem.where);
  object.add("found", json_string(problem.value)).add("expected", json_string(problem.expected));
  return object;
}

}  // namespace

std::string receipt_json(const Subject& subject, const std::vector<Decided>& reports) {
  auto object = paper("Receipt", subject);
  add_outcomes(object, reports);
  return finish(object);
}

std::string duplicate_json(const Subject& subject, const std::string& reports) {
  auto object = paper("Receipt", subject);
  object.add("report", json_string(reports)).add("duplicate", json_bool(true));
  return finish(object);
}

std::string findings_json(const Subject& subject, const std::vector<Decided>& reports,
                          const std::vector<desk::Problem>& problems) {
  auto object = paper("Findings", subject);
  if (!reports.empty()) {
    add_outcomes(object, reports);
  }
  auto list = text::json_array();
  for (std::size_t i = 0; i < std::min(problems.size(), kProblemsListedMax); ++i) {
    list.items.push_back(problem_json(problems[i]));
  }
  object.add("problems_total", json_number(std::uint64_t{problems.size()}))
      .add("problems", std::move(list));
  return finish(object);
}

}  // namespace muster::ministry
