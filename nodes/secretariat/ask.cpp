// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <variant>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {
namespace {

/// Only the broker knows which moments have come: its clock decides.
bool names_a_moment(const AskCommand& command) {
  const auto* history = std::get_if<model::HistoryQuery>(&command.query);
  return command.standpoint.as_of || command.standpoint.known_at ||
         std::holds_alternative<model::DiffQuery>(command.query) ||
         (history != nullptr && (history->from || history->to));
}

/// A question that the broker cannot read is the asker's mistake when it names moments.
ExitCode refuse_moment(const Output& output, std::string_view object, const model::Error& error) {
  output.error(
      fmt::format("cannot answer: {} - {} - give moments that have come, in the order of time",
                  object, error.message));
  return ExitCode::usage;
}

/// What the broker and its ledger say of themselves is complete, whoever is late with a report.
bool rests_on_nations(const model::Answer& answer) {
  return !std::holds_alternative<model::LedgerTailAnswer>(answer.body) &&
         !std::holds_alternative<model::ServerInfoAnswer>(answer.body);
}

}  // namespace

ExitCode ask(const Output& output, const Doors& doors, const AskCommand& command) {
  const auto what = "cannot answer";
  const auto object = "muster " + command.name;
  const auto config = find_config(output, doors);
  if (!config) {
    return report_error(output, what, object, config.error(), Stage::configuring);
  }
  const auto client = doors.connect(config->connection);
  if (!client) {
    return report_error(output, what, object, client.error(), Stage::asking);
  }
  const auto answer = [&] {
    const Progress progress(
        output, fmt::format("waiting for the broker at {} …", config->connection.query_endpoint));
    return (*client)->ask(command.query, command.standpoint, output.common().timeout);
  }();
  if (!answer && answer.error().code == model::ErrorCode::malformed && names_a_moment(command)) {
    return refuse_moment(output, object, answer.error());
  }
  if (!answer) {
    return report_error(output, what, object, answer.error(), Stage::asking);
  }
  output.answer(*answer, command.standpoint);
  return rests_on_nations(*answer) && answer->header.is_partial() ? ExitCode::partial
                                                                  : ExitCode::done;
}

}  // namespace muster::secretariat
