// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/commands.h"
#include "schemas/model/limits.h"

namespace muster::secretariat {
namespace {

int number(ExitCode code) { return static_cast<int>(code); }

/// Gives each command its arguments.
struct Runner {
  const Output& output;
  const Doors& doors;

  int operator()(const AskCommand& command) const { return number(ask(output, doors, command)); }
  int operator()(const ProofCommand& command) const {
    return number(prove(output, doors, command));
  }
  int operator()(const PublishCommand& command) const {
    return number(publish(output, doors, command));
  }
  int operator()(const ValidateCommand& command) const {
    return number(validate(output, doors, command));
  }
  int operator()(const KeysCommand& command) const {
    return number(generate_keys(output, doors, command));
  }
  int operator()(const CheckCommand& command) const { return check_server(output, doors, command); }
  int operator()(const OperationChange& change) const {
    return number(change_operation(output, doors, change));
  }
  int operator()(const VersionCommand&) const { return number(print_version(output)); }
};

int run(const Invocation& invocation, const Surroundings& around, const Doors& doors) {
  const Output output(around, invocation.common);
  const int code = std::visit(Runner{output, doors}, invocation.command);
  if (!around.out.flush()) {
    output.error("cannot print: standard output - it takes no more - free space, or mend the pipe");
    return number(ExitCode::io_error);
  }
  return code;
}

int stop(const Stop& stop, const Surroundings& around) {
  around.out << stop.output << std::flush;
  around.err << stop.error << std::flush;
  return number(stop.code);
}

std::string config_folder(const Surroundings& around) {
  if (const auto folder = around.environment("XDG_CONFIG_HOME")) {
    return *folder;
  }
  const auto home = around.environment("HOME");
  return home ? *home + "/.config" : std::string();
}

}  // namespace

std::optional<std::string> named_config(const Output& output) {
  if (!output.common().config.empty()) {
    return output.common().config;
  }
  return output.around().environment("MUSTER_CONFIG");
}

model::Result<client::NodeConfig> find_config(const Output& output, const Doors& doors) {
  if (const auto named = named_config(output)) {
    return doors.load_config(*named);
  }
  const auto usual = config_folder(output.around()) + "/muster/config.toml";
  std::error_code ignored;
  if (!std::filesystem::exists(usual, ignored)) {
    return model::fail(
        model::ErrorCode::configuration,
        fmt::format("no configuration: neither --config nor MUSTER_CONFIG is given, and {} is not "
                    "there",
                    usual));
  }
  return doors.load_config(usual);
}

Stage stage_of(const client::QueryClient& client) {
  return client.is_connected() ? Stage::answering : Stage::asking;
}

ExitCode print_version(const Output& output) {
  const std::string protocol = std::to_string(model::kProtocolVersion);
  if (output.format() == Format::table || output.format() == Format::wide) {
    output.data(version_line() + "\n");
    return ExitCode::done;
  }
  auto json = text::json_object();
  json.add("version", text::json_string(MUSTER_VERSION));
  json.add("protocol", text::json_number(std::uint64_t{model::kProtocolVersion}));
  Sheet sheet;
  sheet.columns = {{"version", "VERSION"}, {"protocol", "PROTOCOL", true}};
  sheet.rows.push_back({.cells = {cell(MUSTER_VERSION), cell(protocol)}, .parent = {}});
  output.rows("Version", sheet, {std::move(json)});
  return ExitCode::done;
}

int run_muster(const std::vector<std::string>& arguments, const Surroundings& around,
               const Doors& doors) {
  const auto invocation = parse_arguments(arguments, doors.now());
  return invocation ? run(*invocation, around, doors) : stop(invocation.error(), around);
}

}  // namespace muster::secretariat
