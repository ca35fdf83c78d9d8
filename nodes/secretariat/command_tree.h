// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/asking/raw_question.h"
#include "nodes/secretariat/operation_changes.h"

/// The declared commands and options. For arguments.cpp and the tests of the help alone.
namespace muster::secretariat {

/// Of `muster report …` and `muster force export`, as written.
struct RawReport {
  std::string valid_at, columns, dry_run, kind, out, file, format, draft;
  std::vector<std::string> sides;
  bool accept_valid_rows = false, mark = false, yes = false, all_columns = false;
};

/// What was written, before anything is checked.
struct RawArguments : asking::RawQuestion {
  // Every command.
  std::string config, output = "table", colour = "auto", language;
  bool quiet = false;
  std::uint64_t events_max = 0;  // watch; 0: left out.
  // report, keys
  std::vector<std::string> files;
  std::string wait = "10s", folder = ".", name;
  RawReport report;
  RawOperationChange change;
  std::string broker_key;
  std::string check_format = "text", slow = "1s";
};

/// Below the help of every command, for those that stand in the help of the program alone.
inline constexpr const char* kCommonOptions =
    "Every command also takes --config, -o, --timeout, --color, --lang, --as-of, --known-at, -q: see "
    "'muster --help'.";

/// "muster 0.1.0 (protocol 1)".
std::string version_line();

/// Adds a command whose help opens with `examples`.
CLI::App* add_command(CLI::App* under, const char* name, const char* description,
                      const char* examples);

/// The commands under `muster report`: report_arguments.cpp.
void declare_report(CLI::App& app, RawArguments& raw);
/// `muster force export`, likewise.
void declare_export(CLI::App* force, RawArguments& raw);

/// The commands under `muster force`.
void declare_force(CLI::App& app, RawArguments& raw);

/// The commands under `muster operation`.
void declare_operation(CLI::App& app, RawArguments& raw);
/// Of them, those that change an operation: operation_changes.cpp.
void declare_operation_changes(CLI::App* operation, RawArguments& raw);

/// `muster watch`: watch_arguments.cpp.
void declare_watch(CLI::App& app, RawArguments& raw);

/// Declares everything; an empty value of any option is an error. Parsing fills `raw`, which must
/// outlive `app`.
void declare_commands(CLI::App& app, RawArguments& raw);

}  // namespace muster::secretariat
