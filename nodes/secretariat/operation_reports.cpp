// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/operation_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/client/report_check.h"
#include "nodes/secretariat/commands.h"
#include "schemas/text/report_json.h"

namespace muster::secretariat {
namespace {

/// "D-20220107T030000-": what identifiers made at one second have in common.
std::string id_stem(model::UtcTime now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
  return fmt::format("D-{:04}{:02}{:02}T{:02}{:02}{:02}-", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// Makes identifiers that are not taken.
class IdMaker {
 public:
  IdMaker(model::UtcTime now, const std::vector<model::Code>& taken)
      : stem_(id_stem(now)), taken_(taken) {}
  model::Code next() {
    for (;;) {
      // Always well formed: digits and letters of a code, and no more than 32 of them.
      const auto made = model::Code::parse(fmt::format("{}{:02}", stem_, ++number_)).value();
      if (std::find(taken_.begin(), taken_.end(), made) == taken_.end()) {
        return made;
      }
    }
  }

 private:
  const std::string stem_;
  const std::vector<model::Code>& taken_;
  std::uint32_t number_ = 0;
};

/// What the broker would refuse whoever sends it, or would never learn.
ExitCode check_here(const Output& output, const Sending& sending) {
  auto code = ExitCode::done;
  for (const auto& problem : client::report_problems(sending.report, model::secretariat())) {
    output.error(fmt::format("{}: {} - {} - correct it; nothing was published", sending.what,
                             sending.object, text::describe(problem)));
    code = ExitCode::bad_input;
  }
  return code;
}

/// Only a node of the secretariat that can sign may say it.
ExitCode check_node(const Output& output, const Sending& sending,
                    const client::NodeConfig& config) {
  if (config.node.publisher() != model::secretariat()) {
    output.error(fmt::format(
        "{}: {} - {} is the node {}, and operations are the secretariat's word - name the "
        "configuration of a node of SEC with --config",
        sending.what, sending.object, config.path, config.node.view()));
    return ExitCode::bad_configuration;
  }
  if (!config.signing_key) {
    output.error(
        fmt::format("{}: {} - it names no signing key - add signing_key = \"FILE\" under [node]",
                    sending.what, config.path));
    return ExitCode::bad_configuration;
  }
  return ExitCode::done;
}

struct NextStep {
  model::Rule rule;
  std::string_view text;
};
/// What to do about a finding, where there is more to say than to correct what was sent.
constexpr std::array kNextSteps{
    NextStep{model::Rule::v08, "give a moment that has come to --at"},
    NextStep{model::Rule::v09, "give a later --at, or none"},
    NextStep{model::Rule::v26, "see who is promised twice with 'muster operation commitments'"},
    NextStep{model::Rule::v28, "raise the strength with --authorise, or accept less"},
    NextStep{model::Rule::v29, "take a step that is allowed; see 'muster operation show OP'"},
    NextStep{model::Rule::v31, "record the approval with --approve-caveat"},
    NextStep{model::Rule::v36, "give it an --id of its own, or none"},
};

std::string_view next_step_after(const model::Finding& finding) {
  if (finding.rule == model::Rule::v29 && finding.field == "operation") {
    return "create it first with 'muster operation create FILE'";
  }
  const auto step = std::find_if(kNextSteps.begin(), kNextSteps.end(),
                                 [&](const NextStep& next) { return next.rule == finding.rule; });
  return step != kNextSteps.end() ? step->text : "correct it and send it again";
}

void say_findings(const Output& output, const Sending& sending, const Receipt& receipt) {
  for (const auto& finding : receipt.acknowledged->verdict.findings) {
    const auto said = sending.words(finding);
    if (finding.severity == model::Severity::refuse) {
      output.error(fmt::format("{}: {} - {}", sending.what, said, next_step_after(finding)));
    } else {
      output.warn(fmt::format("{}: {}", receipt.report.str(), said));
    }
  }
}

/// "found …, expected … (V26)".
std::string found_and_expected(const model::Finding& finding) {
  return fmt::format("found {}, expected {} ({})", finding.found, finding.expected,
                     model::to_text(finding.rule));
}

/// The path of a field of the report in the file that it was made of: "lines[2]" is "line[2]"
/// there.
std::string path_in_file(const model::Finding& finding) {
  constexpr std::string_view kLines = "lines[";
  return finding.statement != model::Finding::kWholeReport && finding.field.starts_with(kLines)
             ? fmt::format("line[{}", finding.field.substr(kLines.size()))
             : finding.field;
}

}  // namespace

std::string words_in_file(const model::Finding& finding, const FilePlaces& places) {
  const auto path = path_in_file(finding);
  return fmt::format("{}: {}{}{}", places.str(path), path, path.empty() ? "" : ": ",
                     found_and_expected(finding));
}

std::string decision_in_words(const model::DecisionStatement& decision) {
  const auto by = model::to_text(decision.body);
  const auto operation = decision.operation ? decision.operation->str() : std::string();
  if (decision.to_state) {
    return fmt::format("{}: {} {} -> {} by {}", decision.decision_id.view(), operation,
                       model::to_text(decision.from_state.value_or(model::OperationState::draft)),
                       model::to_text(*decision.to_state), by);
  }
  std::string act = model::to_text(decision.kind);
  if (decision.contribution_to) {
    act = model::to_text(*decision.contribution_to);
  } else if (decision.value) {
    act += fmt::format(" {}", *decision.value);
  }
  const auto& about = decision.contribution_id;
  return fmt::format("{}: {}{}{} {} by {}", decision.decision_id.view(), operation,
                     about.empty() ? "" : ", ", about, act, by);
}

std::string words_of_decision(const model::Finding& finding, const model::Report& report) {
  if (finding.statement >= report.statements.size()) {
    const auto place = finding.field.empty() ? "the whole report" : finding.field;
    return fmt::format("{}: {}", place, found_and_expected(finding));
  }
  const auto& decision = std::get<model::DecisionStatement>(report.statements[finding.statement]);
  if (finding.rule == model::Rule::v29 && finding.field == "to_state") {
    return fmt::format("{}: that step is not allowed (V29); allowed from there: {}",
                       decision_in_words(decision), finding.expected);
  }
  return fmt::format("{}: {}{}{}", decision_in_words(decision), finding.field,
                     finding.field.empty() ? "" : ": ", found_and_expected(finding));
}

model::Report report_of(const OperationFile& file, model::UtcTime valid_at) {
  constexpr std::uint32_t kFirstVersion = 1;
  model::Report report{.kind = model::ReportKind::regular,
                       .valid_at = valid_at,
                       .classification = file.classification,
                       .releasable_to = file.releasable_to,
                       .corrects = {},
                       .statements = {file.operation}};
  if (file.lines) {
    report.statements.emplace_back(
        model::RequirementStatement{.operation = file.operation.operation,
                                    .version = file.version.value_or(kFirstVersion),
                                    .lines = *file.lines});
  }
  return report;
}

bool needs_broker(const DecideOperation& command) {
  const auto lacks_state = [](const model::DecisionStatement& decision) {
    return decision.kind == model::DecisionKind::state_change && !decision.from_state;
  };
  return !command.id || !command.releasable_to ||
         std::any_of(command.decisions.begin(), command.decisions.end(), lacks_state);
}

model::Report report_of(const DecideOperation& command, const KnownOperation& known,
                        model::UtcTime now) {
  const auto decided_at = command.decided_at.value_or(now);
  model::Report report{.kind = model::ReportKind::change,
                       .valid_at = decided_at,
                       .classification = command.classification,
                       .releasable_to = command.releasable_to.value_or(known.members),
                       .corrects = {},
                       .statements = {}};
  IdMaker ids(now, known.decisions);
  for (auto decision : command.decisions) {
    decision.decision_id = command.id ? *command.id : ids.next();
    decision.decided_at = decided_at;
    if (decision.kind == model::DecisionKind::state_change && !decision.from_state) {
      decision.from_state = known.state;
    }
    report.statements.emplace_back(std::move(decision));
  }
  return report;
}

ExitCode send(const Output& output, const Doors& doors, const Sending& sending) {
  if (const auto code = check_here(output, sending); code != ExitCode::done) {
    return code;
  }
  if (sending.dry_run) {
    output.data(text::report_to_json(sending.report) + "\n");
    output.note("muster: nothing was sent: --dry-run\n");
    return ExitCode::done;
  }
  const auto config = find_config(output, doors);
  if (!config) {
    return report_error(output, sending.what, "the configuration", config.error(),
                        Stage::configuring);
  }
  if (const auto code = check_node(output, sending, *config); code != ExitCode::done) {
    return code;
  }
  const auto published = publish_reports(
      output, doors, *config,
      {{.file = sending.object, .report = &sending.report, .draft = nullptr, .index = 0}},
      sending.wait, true);
  for (const auto& receipt : published.receipts) {
    if (receipt.acknowledged) {
      say_findings(output, sending, receipt);
    }
  }
  return published.code;
}

}  // namespace muster::secretariat
