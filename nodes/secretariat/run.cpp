// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/told.h"
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
  int operator()(const TemplateCommand& command) const {
    return number(make_template(output, doors, command));
  }
  int operator()(const ImportCommand& command) const {
    return number(import_units(output, doors, command));
  }
  int operator()(const ExportCommand& command) const {
    return number(export_units(output, doors, command));
  }
  int operator()(const KeysCommand& command) const {
    return number(generate_keys(output, doors, command));
  }
  int operator()(const CheckCommand& command) const { return check_server(output, doors, command); }
  int operator()(const WatchCommand& command) const { return watch(output, doors, command); }
  int operator()(const OperationChange& change) const {
    return number(change_operation(output, doors, change));
  }
  int operator()(const VersionCommand&) const { return number(print_version(output)); }
};

int run(const Invocation& invocation, const Surroundings& around, const Doors& doors) {
  const Output output(around, invocation.common);
  const int code = std::visit(Runner{output, doors}, invocation.command);
  if (std::holds_alternative<WatchCommand>(invocation.command)) {
    return code;  // A reader who has gone has seen enough: it looks after that itself.
  }
  if (!around.out.flush()) {
    output.error("cannot print: standard output - it takes no more - free space, or mend the pipe");
    return number(ExitCode::io_error);
  }
  return code;
}

int stop(const Stop& stop, const Surroundings& around, const words::Words& words) {
  around.out << stop.output << std::flush;
  around.err << words.tell(stop.error) << std::flush;
  return number(stop.code);
}

std::string usual_config(const Surroundings& around) {
  constexpr std::string_view kName = "/muster/config.toml";
  if (const auto folder = around.environment("XDG_CONFIG_HOME")) {
    return fmt::format("{}{}", *folder, kName);
  }
  const auto home = around.environment("HOME");
  return fmt::format("{}{}", home ? *home + "/.config" : std::string(), kName);
}

}  // namespace

std::optional<std::string> named_config(const Output& output) {
  if (!output.common().config.empty()) {
    return output.common().config;
  }
  return output.around().environment("MUSTER_CONFIG");
}

std::optional<std::string> config_path(const Output& output) {
  if (auto named = named_config(output)) {
    return named;
  }
  auto usual = usual_config(output.around());
  std::error_code ignored;
  return std::filesystem::exists(usual, ignored) ? std::optional(std::move(usual)) : std::nullopt;
}

model::Result<client::NodeConfig> find_config(const Output& output, const Doors& doors) {
  if (const auto path = config_path(output)) {
    auto config = doors.load_config(*path);
    if (config) {
      output.speak(config->desk_language);
    }
    return config;
  }
  return model::fail(
      model::ErrorCode::configuration,
      fmt::format("no configuration: neither --config nor MUSTER_CONFIG is given, and {} is not "
                  "there",
                  usual_config(output.around())));
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
  const auto language = words::language_of(language_given(arguments), around.environment);
  const auto& words = words::Words::of(language);
  const auto invocation = parse_arguments(arguments, doors.now(), words);
  return invocation ? run(*invocation, around, doors) : stop(invocation.error(), around, words);
}

}  // namespace muster::secretariat
