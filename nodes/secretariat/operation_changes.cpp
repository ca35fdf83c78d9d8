// SPDX-License-Identifier: Apache-2.0
// `muster operation create`, `decide` and `template`.
#include "nodes/secretariat/operation_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/command_options.h"
#include "nodes/secretariat/commands.h"
#include "nodes/asking/moments.h"
#include "nodes/secretariat/operation_reports.h"
#include "nodes/secretariat/operation_template.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {

using asking::kMomentForms;

using model::DecisionStatement;

// ---- declared -----------------------------------------------------------------------------------

namespace {

void declare_template(CLI::App* operation, RawArguments& raw) {
  auto* made = add_command(operation, "template", "A file for 'create', every key explained",
                           "  muster operation template > ex-2299.toml\n"
                           "  muster operation template --format json\n");
  made->add_option("--format", raw.change.format, "toml or json")->default_str("toml");
}

/// What both commands that publish are told about it.
void add_publishing(CLI::App* under, RawArguments& raw) {
  under->add_flag("--dry-run", raw.change.dry_run, "Print the report as JSON and send nothing");
  under->add_option("--wait", raw.wait, "How long to wait for the receipt")->default_str("10s");
}

void declare_create(CLI::App* operation, RawArguments& raw) {
  auto* create =
      add_command(operation, "create", "Announce an operation, and say what it needs, from a file",
                  "  muster operation create ex-2299.toml --config sec.toml\n"
                  "  muster operation create ex-2299.json --dry-run\n");
  create->add_option("FILE", raw.change.file, "TOML or JSON: see 'muster operation template'")
      ->required();
  create->add_option("--at", raw.change.at,
                     fmt::format("Since when it is so: {}; now when left out", kMomentForms));
  add_publishing(create, raw);
}

void declare_acts(CLI::App* decide, RawOperationChange& change) {
  decide->add_option("--to", change.to, "It goes to this state, such as consultation, by --body");
  decide->add_option("--authorise", change.authorise, "People at most, by --body council");
  decide->add_option("--commander", change.commander, "Who commands it, by --body ministers");
  add_list(decide, "--acknowledge", change.acknowledge, "Offers that have come (KAZ/OFFER-1)");
  add_list(decide, "--accept", change.accept, "Offers that are taken (KAZ/OFFER-1,TJK/OFFER-2)");
  decide->add_option("--decline", change.decline, "An offer that is not; --reference says why");
  decide->add_option("--approve-caveat", change.approve_caveat,
                     "A caveat, or an offer that one touches (KAZ/C-1), by --body");
  decide->add_option("--waive", change.waive,
                     "A unit that may report a better level (KAZ:AIRMOB-35), by --body");
  decide->add_option("--extend", change.extend,
                     "A contribution that stays longer; --reference says until when, by --body");
  decide->add_option("--return", change.return_home, "A contribution that goes home, by --body");
}

void declare_decide(CLI::App* operation, RawArguments& raw) {
  auto& change = raw.change;
  auto* decide = add_command(
      operation, "decide", "Record one decision about an operation, of the body that took it",
      "  muster operation decide EX-2299 --to requested --body host\n"
      "  muster operation decide EX-2299 --authorise 620 --body council --reference 'Decision 12'\n"
      "  muster operation decide EX-2299 --accept RUS/OFFER-1,TJK/OFFER-2\n"
      "  muster operation decide EX-2299 --decline BLR/OFFER-3 --reference 'not needed any "
      "more'\n");
  decide->add_option("OP", change.operation, "Such as EX-2299")->required();
  declare_acts(decide, change);
  decide->add_option("--body", change.body,
                     "host, council, ministers, secretariat, nation, commander or un; the "
                     "secretariat for offers");
  decide->add_option("--from-state", change.from_state,
                     "From where --to goes; asked of the broker when left out");
  decide->add_option("--reference", change.reference, "Its document, or why, in words");
  decide->add_option("--id", change.id,
                     "Its identifier; when left out one is made, such as D-20220107T030000-01");
  decide->add_option("--at", change.at,
                     fmt::format("When it was taken: {}; now when left out", kMomentForms));
  decide
      ->add_option("--classification", change.classification,
                   "unclassified, confidential, secret or top-secret")
      ->default_str("unclassified");
  add_list(
      decide, "--releasable-to", change.releasable_to,
      "Nations that may see it beyond the secretariat (KAZ,TJK), or none; all members when left "
      "out");
  add_publishing(decide, raw);
}

}  // namespace

void declare_operation_changes(CLI::App* operation, RawArguments& raw) {
  declare_template(operation, raw);
  declare_create(operation, raw);
  declare_decide(operation, raw);
}

// ---- the commands -------------------------------------------------------------------------------

namespace {

constexpr std::string_view kCannotDecide = "cannot decide";

ExitCode create(const Output& output, const Doors& doors, const CreateOperation& command) {
  const auto read = read_operation_file(command.file);
  if (!read.unreadable.empty()) {
    output.error(fmt::format("cannot create: {} - {} - name a file that is there", command.file,
                             read.unreadable));
    return ExitCode::no_input;
  }
  for (const auto& problem : read.problems) {
    output.error(
        fmt::format("cannot create: {} - correct the file; nothing was published", problem));
  }
  if (!read.problems.empty()) {
    return ExitCode::bad_input;
  }
  for (const auto& warning : read.warnings) {
    output.warn(warning);
  }
  if (read.file.releasable_to.empty()) {
    output.note(fmt::format(
        "muster: {} names no nation in releasable_to: only the secretariat will see it\n",
        command.file));
  }
  return send(output, doors,
              {.what = "cannot create",
               .object = command.file,
               .report = report_of(read.file, command.valid_at.value_or(doors.now())),
               .dry_run = command.dry_run,
               .wait = command.wait,
               .words = [&](const model::Finding& finding) {
                 return words_in_file(finding, read.places);
               }});
}

/// All nations of the answer: those that report, and those that do not.
std::vector<model::Nation> members_of(const model::AnswerHeader& header) {
  auto members = header.nations_reporting;
  members.insert(members.end(), header.nations_missing.begin(), header.nations_missing.end());
  std::erase(members, model::secretariat());
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

/// What the broker knows of the operation.
model::Result<KnownOperation> ask_for(const Output& output, const Doors& doors,
                                      const client::Connection& connection,
                                      const DecideOperation& command, Stage& stage) {
  MUSTER_TRY(const auto client, doors.connect(connection));
  const Progress progress(output,
                          fmt::format("waiting for the broker at {} …", connection.query_endpoint));
  auto asked = client->ask(model::OperationQuery{command.operation}, {}, output.common().timeout);
  stage = stage_of(*client);
  MUSTER_TRY(const auto answer, std::move(asked));
  const auto* operation = std::get_if<model::OperationAnswer>(&answer.body);
  if (operation == nullptr) {
    return model::fail(model::ErrorCode::malformed, "the answer is not about an operation");
  }
  KnownOperation known{
      .state = operation->state, .decisions = {}, .members = members_of(answer.header)};
  for (const auto& statement : operation->statements) {
    if (const auto* decision = std::get_if<DecisionStatement>(&statement)) {
      known.decisions.push_back(decision->decision_id);
    }
  }
  return known;
}

/// Fills `known` where that is needed, or says why it cannot.
ExitCode look_up(const Output& output, const Doors& doors, const DecideOperation& command,
                 KnownOperation& known) {
  if (!needs_broker(command)) {
    return ExitCode::done;
  }
  const auto config = find_config(output, doors);
  if (!config) {
    return report_error(output, kCannotDecide, "the configuration", config.error(),
                        Stage::configuring);
  }
  auto stage = Stage::asking;
  auto found = ask_for(output, doors, config->connection, command, stage);
  if (found) {
    known = *std::move(found);
    return ExitCode::done;
  }
  if (found.error().code != model::ErrorCode::not_found) {
    return report_error(output, kCannotDecide, command.operation.view(), found.error(), stage);
  }
  output.error(fmt::format("{}: {} - {} - create it first with 'muster operation create FILE'",
                           kCannotDecide, command.operation.view(), found.error().message));
  return ExitCode::no_input;
}

ExitCode decide(const Output& output, const Doors& doors, const DecideOperation& command) {
  KnownOperation known;
  if (const auto code = look_up(output, doors, command, known); code != ExitCode::done) {
    return code;
  }
  const auto report = report_of(command, known, doors.now());
  const auto code = send(
      output, doors,
      {.what = std::string(kCannotDecide),
       .object = command.operation.str(),
       .report = report,
       .dry_run = command.dry_run,
       .wait = command.wait,
       .words = [&](const model::Finding& finding) { return words_of_decision(finding, report); }});
  if (code == ExitCode::done && !command.dry_run) {
    for (const auto& statement : report.statements) {
      output.note(fmt::format("muster: recorded: {}\n",
                              decision_in_words(std::get<DecisionStatement>(statement))));
    }
  }
  return code;
}

}  // namespace

ExitCode change_operation(const Output& output, const Doors& doors, const OperationChange& change) {
  if (const auto* command = std::get_if<CreateOperation>(&change.what)) {
    return create(output, doors, *command);
  }
  if (const auto* command = std::get_if<DecideOperation>(&change.what)) {
    return decide(output, doors, *command);
  }
  const bool is_json = std::get<OperationTemplate>(change.what).is_json;
  output.data(is_json ? operation_template_json() : std::string(operation_template_toml()));
  return ExitCode::done;
}

}  // namespace muster::secretariat
