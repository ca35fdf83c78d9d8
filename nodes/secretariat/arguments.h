// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "nodes/asking/question.h"
#include "nodes/secretariat/exit_code.h"
#include "nodes/secretariat/operation_changes.h"
#include "nodes/secretariat/report_commands.h"
#include "nodes/words/words.h"
#include "schemas/model/feed.h"
#include "schemas/model/query.h"

/// From words on a command line to values. Nothing here opens a file or a socket.
namespace muster::secretariat {

enum class Format : std::uint8_t { table, wide, json, ndjson, csv };
enum class ColourChoice : std::uint8_t { automatic, always, never };

/// What every command understands.
struct Common {
  std::string config;  ///< Empty when not given.
  Format format = Format::table;
  std::chrono::milliseconds timeout{5'000};
  ColourChoice colour = ColourChoice::automatic;
  std::string language;  ///< --lang; empty when not given.
  bool quiet = false;
};

/// `muster force …`, the questions of `muster operation …`, `muster ledger tail`, `muster server
/// info`.
using AskCommand = asking::Question;
/// `muster ledger proof`.
struct ProofCommand {
  model::ReportId report;
  std::optional<model::PublicKey> broker_key;  ///< Signs the tree heads, when it is known here.
};
struct KeysCommand {
  std::string folder;
  std::string name;
  std::optional<model::NodeId> node;  ///< Of the registry entry.
};
struct CheckCommand {
  enum class Style : std::uint8_t { text, nagios };
  Style style = Style::text;
  std::chrono::milliseconds slow{1'000};  ///< An answer that takes longer is a warning.
};
/// `muster watch`.
struct WatchCommand {
  model::FeedFilter filter;
  std::optional<std::uint64_t> events_max;  ///< --count: end after so many lines of `-o ndjson`.
};
struct VersionCommand {};

using Command = std::variant<AskCommand, ProofCommand, PublishCommand, ValidateCommand, KeysCommand,
                             CheckCommand, VersionCommand, OperationChange, TemplateCommand, ImportCommand,
                             ExportCommand, WatchCommand>;
struct Invocation {
  Common common;
  Command command;
};

/// There is nothing to run: `output` is help for stdout, `error` is for stderr.
struct Stop {
  ExitCode code = ExitCode::usage;
  std::string output, error;
};

/// Reads the arguments behind the program's name. All wrong values are named at once, with a
/// suggestion where one is near. `now` is what "yesterday" and "-3d" count from. Help is in the
/// language of `words`; what is wrong is said in English. Never throws.
tl::expected<Invocation, Stop> parse_arguments(
    const std::vector<std::string>& arguments, model::UtcTime now,
    const words::Words& words = words::Words::of(words::Language::english));

}  // namespace muster::secretariat
