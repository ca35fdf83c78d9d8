// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/doors.h"
#include "nodes/secretariat/output.h"

/// The commands. Each prints what it has to say and gives the exit code.
namespace muster::secretariat {

/// Parses the arguments behind the program's name, runs the command, and sees that what was printed
/// really went out. Gives the exit code: an ExitCode, or that of `server check`.
int run_muster(const std::vector<std::string>& arguments, const Surroundings& around,
               const Doors& doors);

ExitCode ask(const Output& output, const Doors& doors, const AskCommand& command);
/// Fetches the proof of a report and checks it here; answered_no when it does not hold.
ExitCode prove(const Output& output, const Doors& doors, const ProofCommand& command);
ExitCode publish(const Output& output, const Doors& doors, const PublishCommand& command);
/// Judges the form alone; with a configuration also that the node may speak of the units.
ExitCode validate(const Output& output, const Doors& doors, const ValidateCommand& command);
/// Writes a workbook to be filled in, with the units of the nation when the broker can be reached.
ExitCode make_template(const Output& output, const Doors& doors, const TemplateCommand& command);
/// Shows what a file of another system holds and what is odd about it; publishes nothing.
ExitCode import_units(const Output& output, const Doors& doors, const ImportCommand& command);
/// Writes a nation's units as a file of another system.
ExitCode export_units(const Output& output, const Doors& doors, const ExportCommand& command);
ExitCode generate_keys(const Output& output, const Doors& doors, const KeysCommand& command);
/// Prints what changes until a person has enough of it: 0, or 128 and the number of the signal that
/// ended it. Nobody there at the start, or refused at any time, ends it with the exit code of that.
int watch(const Output& output, const Doors& doors, const WatchCommand& command);
ExitCode print_version(const Output& output);

/// The exit code is Nagios's: 0 fine, 1 warning, 2 critical, 3 unknown.
int check_server(const Output& output, const Doors& doors, const CheckCommand& command);

/// --config, else MUSTER_CONFIG; nothing when neither is given.
std::optional<std::string> named_config(const Output& output);

/// What named_config() says, else $XDG_CONFIG_HOME/muster/config.toml when it is there.
std::optional<std::string> config_path(const Output& output);

/// The configuration at config_path().
/// Errors: configuration when there is none, and those of load_node_config().
model::Result<client::NodeConfig> find_config(const Output& output, const Doors& doors);

/// Whether an error of this client is the word of a broker that is there.
Stage stage_of(const client::QueryClient& client);

}  // namespace muster::secretariat
