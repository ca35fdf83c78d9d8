// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/progress.h"

namespace muster::secretariat {

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
    return (*client)->ask(command.query, output.common().timeout);
  }();
  if (!answer) {
    return report_error(output, what, object, answer.error(), Stage::asking);
  }
  output.answer(*answer);
  return answer->header.is_partial() ? ExitCode::partial : ExitCode::done;
}

}  // namespace muster::secretariat
