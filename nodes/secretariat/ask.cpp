// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
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

bool lacks_items(const std::vector<model::EquipmentCover>& covers) {
  return std::any_of(covers.begin(), covers.end(),
                     [](const auto& cover) { return cover.counted < cover.needed; });
}

/// Whether what was asked for is not to be had: a line lacks people or equipment. A requirement
/// without lines is met by nobody.
struct IsNo {
  bool operator()(const model::GapsAnswer& answer) const {
    return answer.lines.empty() ||
           std::any_of(answer.lines.begin(), answer.lines.end(), [](const model::LineGap& gap) {
             return gap.lacking > 0 || lacks_items(gap.equipment);
           });
  }
  bool operator()(const model::AssembleAnswer& answer) const { return !answer.is_met; }
  template <typename Other>
  bool operator()(const Other& /*answer*/) const {
    return false;
  }
};

/// A "no" is said whatever is missing: by what is known, it does not suffice. A "yes" that rests on
/// missing or stale words is partial.
ExitCode exit_code_of(const model::Answer& answer) {
  if (std::visit(IsNo{}, answer.body)) {
    return ExitCode::answered_no;
  }
  return rests_on_nations(answer) && answer.header.is_partial() ? ExitCode::partial
                                                                : ExitCode::done;
}

/// What to do when the broker does not know what was asked about: which part of the question that
/// was, its message says.
std::string_view next_step_when_unknown(const model::Query& query) {
  if (const auto* sustainment = std::get_if<model::SustainmentQuery>(&query);
      sustainment != nullptr && !sustainment->people) {
    return "say for how many with --people; see what operations there are with 'muster operation "
           "list'";
  }
  if (std::holds_alternative<model::GapsQuery>(query) ||
      std::holds_alternative<model::AssembleQuery>(query)) {
    return "say what it needs with 'muster operation create FILE'; see what operations there are "
           "with 'muster operation list'";
  }
  return next_step(model::ErrorCode::not_found, Stage::answering);
}

ExitCode refuse_unknown(const Output& output, std::string_view object, const AskCommand& command,
                        const model::Error& error) {
  output.error(fmt::format("cannot answer: {} - {} - {}", object, error.message,
                           next_step_when_unknown(command.query)));
  return ExitCode::no_input;
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
  if (!answer && answer.error().code == model::ErrorCode::not_found) {
    return refuse_unknown(output, object, command, answer.error());
  }
  if (!answer) {
    return report_error(output, what, object, answer.error(), stage_of(**client));
  }
  output.answer(*answer, command.standpoint);
  return exit_code_of(*answer);
}

}  // namespace muster::secretariat
