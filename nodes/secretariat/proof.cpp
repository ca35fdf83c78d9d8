// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <variant>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"
#include "nodes/secretariat/proof_check.h"
#include "schemas/text/answer_json.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kWhat = "cannot prove";
constexpr int kIndent = 2;
constexpr int kOneLine = -1;

std::string_view word_of(CheckResult result) {
  switch (result) {
    case CheckResult::holds:
      return "HOLDS";
    case CheckResult::fails:
      return "FAILS";
    case CheckResult::unknown:
      return "NOT CHECKED";
  }
  return "NOT CHECKED";
}

Tone tone_of(CheckResult result) {
  switch (result) {
    case CheckResult::holds:
      return Tone::good;
    case CheckResult::fails:
      return Tone::bad;
    case CheckResult::unknown:
      return Tone::warning;
  }
  return Tone::warning;
}

Sheet sheet_of(const CheckedProof& checked) {
  Sheet made;
  made.columns = {{"check", "CHECK"}, {"result", "RESULT"}, {"says", "SAYS"}};
  for (const auto& step : checked.steps) {
    const std::string word(word_of(step.result));
    made.rows.push_back({.cells = {cell(step.name),
                                   {.value = word, .shown = word, .tone = tone_of(step.result)},
                                   cell(step.says)},
                         .parent = {}});
  }
  return made;
}

text::Json json_of(const ProofStep& step) {
  auto object = text::json_object();
  object.add("check", text::json_string(step.name));
  object.add("result", text::json_string(word_of(step.result)));
  object.add("says", text::json_string(step.says));
  return object;
}

/// The proof as the broker gave it, and behind it what was found out here.
std::string json_text(const model::Answer& answer, const CheckedProof& checked) {
  text::Problems problems;
  auto document = text::parse_json(text::answer_to_json(answer), problems).root;
  auto checks = text::json_array();
  for (const auto& step : checked.steps) {
    checks.items.push_back(json_of(step));
  }
  document.add("holds", text::json_bool(checked.holds()));
  document.add("checks", std::move(checks));
  return text::print_json(document, kIndent) + "\n";
}

std::string ndjson_text(const CheckedProof& checked) {
  std::string lines;
  for (const auto& step : checked.steps) {
    lines += text::print_json(json_of(step), kOneLine) + "\n";
  }
  return lines;
}

std::string verdict_line(const CheckedProof& checked) {
  return checked.holds() ? "The proof holds.\n" : "THE PROOF DOES NOT HOLD.\n";
}

void print(const Output& output, const model::Answer& answer, const CheckedProof& checked) {
  switch (output.format()) {
    case Format::table:
    case Format::wide:
      return output.data(output.tell(header_line(answer.header) + facts_of(answer)) +
                         output.table(sheet_of(checked)) + output.tell(verdict_line(checked)));
    case Format::json:
      return output.data(json_text(answer, checked));
    case Format::ndjson:
      output.data(ndjson_text(checked));
      break;
    case Format::csv:
      output.data(render_csv(sheet_of(checked)));
      break;
  }
  output.note(verdict_line(checked));
}

/// Which reports there are is in the ledger, not among the units that other questions are about.
ExitCode report_no_proof(const Output& output, std::string_view object, const model::Error& error) {
  if (error.code != model::ErrorCode::not_found) {
    return report_error(output, kWhat, object, error, Stage::asking);
  }
  output.error(fmt::format("{}: {} - {} - see the reports that there are with 'muster ledger tail'",
                           kWhat, object, error.message));
  return exit_code_of(error.code, Stage::asking);
}

}  // namespace

ExitCode prove(const Output& output, const Doors& doors, const ProofCommand& command) {
  const auto object = command.report.str();
  const auto config = find_config(output, doors);
  if (!config) {
    return report_error(output, kWhat, object, config.error(), Stage::configuring);
  }
  const auto client = doors.connect(config->connection);
  if (!client) {
    return report_error(output, kWhat, object, client.error(), Stage::asking);
  }
  const auto answer = [&] {
    const Progress progress(
        output, fmt::format("waiting for the broker at {} …", config->connection.query_endpoint));
    return (*client)->ask(model::LedgerProofQuery{command.report}, output.common().timeout);
  }();
  if (!answer) {
    return report_no_proof(output, object, answer.error());
  }
  const auto* proof = std::get_if<model::LedgerProofAnswer>(&answer->body);
  if (proof == nullptr) {
    output.error(fmt::format("{}: {} - the broker answered another question", kWhat, object));
    return ExitCode::unreachable;
  }
  const auto checked = check_proof(command.report, *proof, command.broker_key);
  print(output, *answer, checked);
  return checked.holds() ? ExitCode::done : ExitCode::answered_no;
}

}  // namespace muster::secretariat
