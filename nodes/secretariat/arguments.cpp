// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "nodes/asking/option_values.h"
#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/proof_check.h"
#include "nodes/secretariat/report_arguments.h"
#include "nodes/secretariat/told.h"
#include "nodes/secretariat/watch_arguments.h"

namespace muster::secretariat {

using asking::option_name;
using asking::suggestion;
using asking::ValueReader;

namespace {

const std::vector<std::string> kFormats{"table", "wide", "json", "ndjson", "csv"};
const std::vector<std::string> kColours{"auto", "always", "never"};
const std::vector<std::string> kCheckStyles{"text", "nagios"};
const std::vector<std::string> kLanguages{"ru", "en"};

// ---- what was meant -----------------------------------------------------------------------------

std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* sub : app.get_subcommands({})) {
    names.push_back(sub->get_name());
  }
  return names;
}

CLI::App* find_subcommand(CLI::App& app, const std::string& name) {
  const auto subs = app.get_subcommands([&](CLI::App* sub) { return sub->get_name() == name; });
  return subs.empty() ? nullptr : subs.front();
}

CLI::Option* find_option(CLI::App& app, const std::string& name) {
  for (auto* at = &app; at != nullptr; at = at->get_parent()) {
    if (auto* option = at->get_option_no_throw(name); option != nullptr) {
      return option;
    }
  }
  return nullptr;
}

std::vector<std::string> option_names(CLI::App& app) {
  std::vector<std::string> names;
  for (auto* at = &app; at != nullptr; at = at->get_parent()) {
    for (const auto* option : at->get_options()) {
      for (const auto& name : option->get_lnames()) {
        names.push_back("--" + name);
      }
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// Follows the arguments down the commands, as far as they are known, to say what the first
/// unknown word was probably meant to be. CLI11 itself says only that something is missing.
class Walk {
 public:
  explicit Walk(CLI::App& app) : at_(&app) {}
  /// The first word that is neither a command nor an option, explained; or nothing.
  std::optional<std::string> explain(const std::vector<std::string>& arguments);
  /// Where the walk ended: "muster force".
  [[nodiscard]] std::string command() const { return path_; }
  /// When it ended at a group: what may follow.
  [[nodiscard]] std::optional<std::string> missing_command() const;

 private:
  std::optional<std::string> take_option(const std::string& word);
  std::optional<std::string> take_word(const std::string& word);

  CLI::App* at_;
  std::string path_ = "muster";
  bool value_follows_ = false;
};

std::optional<std::string> Walk::explain(const std::vector<std::string>& arguments) {
  for (const auto& word : arguments) {
    if (std::exchange(value_follows_, false)) {
      continue;
    }
    const bool is_option = word.size() > 1 && word[0] == '-';
    if (auto problem = is_option ? take_option(word) : take_word(word)) {
      return problem;
    }
  }
  return std::nullopt;
}

std::optional<std::string> Walk::take_option(const std::string& word) {
  const auto name = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
  const auto* option = find_option(*at_, name);
  if (option == nullptr) {
    return fmt::format("'{}' - no such option{}", name, suggestion(name, option_names(*at_)));
  }
  value_follows_ = option->get_items_expected_max() > 0 && word == name;
  return std::nullopt;
}

std::optional<std::string> Walk::take_word(const std::string& word) {
  const auto names = subcommand_names(*at_);
  if (names.empty()) {
    return std::nullopt;
  }
  if (auto* sub = find_subcommand(*at_, word); sub != nullptr) {
    at_ = sub;
    path_ += " " + word;
    return std::nullopt;
  }
  return fmt::format("'{}' - no such command{}", word, suggestion(word, names));
}

std::optional<std::string> Walk::missing_command() const {
  const auto names = subcommand_names(*at_);
  if (names.empty()) {
    return std::nullopt;
  }
  return fmt::format("no command - one of: {}", fmt::join(names, ", "));
}

Stop usage(const std::string& command, const std::string& problem) {
  return {.code = ExitCode::usage,
          .output = {},
          .error = fmt::format("muster: cannot read the arguments: {} - see '{} --help'\n", problem,
                               command)};
}

/// CLI11 says "--lang: At Most 1 required but received 2".
std::string of_mismatch(const std::string& message) {
  const auto name = message.substr(0, message.find(':'));
  return message.find("Most") == std::string::npos
             ? message
             : fmt::format("{} is given more than once - give it once", name);
}

Stop explained(CLI::App& app, const std::vector<std::string>& arguments, const char* message) {
  Walk walk(app);
  const auto problem = walk.explain(arguments);
  if (problem) {
    return usage(walk.command(), *problem);
  }
  return usage(walk.command(), walk.missing_command().value_or(message));
}

// ---- from words to values -----------------------------------------------------------------------

Common read_common(const RawArguments& raw, ValueReader& values) {
  Common common;
  common.config = raw.config;
  common.format = static_cast<Format>(values.choice("--output", raw.output, kFormats));
  if (!raw.timeout.empty()) {
    common.timeout = values.duration("--timeout", raw.timeout);
  }
  common.colour = static_cast<ColourChoice>(values.choice("--color", raw.colour, kColours));
  if (!raw.language.empty()) {
    common.language = kLanguages[values.choice("--lang", raw.language, kLanguages)];
  }
  common.quiet = raw.quiet;
  return common;
}

ProofCommand read_proof(const RawArguments& raw, ValueReader& values) {
  ProofCommand proof{.report = {values.id<model::NodeId>("NODE", raw.node), raw.seq},
                     .broker_key = {}};
  if (!raw.broker_key.empty()) {
    if (const auto key = model::parse_hex<model::PublicKey>(raw.broker_key)) {
      proof.broker_key = *key;
    } else {
      values.wrong("--broker-key", raw.broker_key,
                   fmt::format("not a key of 64 hexadecimal digits: {}", kBrokerKeyIs));
    }
  }
  return proof;
}

KeysCommand read_keys(const RawArguments& raw, ValueReader& values) {
  KeysCommand keys{.folder = raw.folder, .name = raw.name, .node = {}};
  if (!raw.node.empty()) {
    keys.node = values.id<model::NodeId>("--node", raw.node);
  }
  if (keys.name.empty()) {
    keys.name = keys.node ? option_name(keys.node->view()) : "node";
    std::replace(keys.name.begin(), keys.name.end(), '/', '-');
  }
  return keys;
}

CheckCommand read_check(const RawArguments& raw, ValueReader& values) {
  const auto style = values.choice("--format", raw.check_format, kCheckStyles);
  const auto format = values.choice("--output", raw.output, kFormats);
  const bool is_text = format == static_cast<std::size_t>(Format::table) ||
                       format == static_cast<std::size_t>(Format::wide);
  if (raw.check_format == "nagios" && !is_text) {
    values.wrong("--format", raw.check_format, "it is a text and cannot be -o " + raw.output);
  }
  return {.style = static_cast<CheckCommand::Style>(style),
          .slow = values.duration("--slow", raw.slow)};
}

/// "force tree" for the innermost command that was given.
std::string given_command(const CLI::App& app) {
  std::string name;
  for (const auto* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    name += (name.empty() ? "" : " ") + at->get_name();
  }
  return name;
}

Command read_command(const std::string& name, const RawArguments& raw, ValueReader& values) {
  if (is_about_files(name)) {
    return read_report_command(name, raw, values);
  }
  if (name == "ledger proof") {
    return read_proof(raw, values);  // It is checked here, not only asked.
  }
  if (asking::is_question(name)) {
    return asking::read_question(name, raw, values);
  }
  if (name.starts_with("operation ")) {
    return read_operation_change(name, raw, values);
  }
  if (name == "keys generate") {
    return read_keys(raw, values);
  }
  if (name == "watch") {
    return read_watch(raw, values);
  }
  return name == "server check" ? Command(read_check(raw, values)) : Command(VersionCommand{});
}

/// Only questions about what counted at a moment have a standpoint; elsewhere it would be passed
/// over in silence.
void check_standpoint(const std::string& name, const RawArguments& raw, ValueReader& values,
                     const Command& command) {
  if (std::holds_alternative<AskCommand>(command) ||
      std::holds_alternative<ExportCommand>(command)) {
    return;  // They have read them themselves.
  }
  asking::read_standpoint(name, raw, values);
  for (const auto& [option, text] :
       {std::pair("--as-of", raw.as_of), {"--known-at", raw.known_at}}) {
    if (!text.empty()) {
      values.wrong(option, text, "this command asks for no moment");
    }
  }
}

tl::expected<Invocation, Stop> read(const std::string& name, const RawArguments& raw,
                                    model::UtcTime now) {
  ValueReader values(now);
  Invocation invocation{.common = read_common(raw, values),
                        .command = read_command(name, raw, values)};
  check_standpoint(name, raw, values, invocation.command);
  if (const auto* ask = std::get_if<AskCommand>(&invocation.command);
      ask != nullptr && raw.timeout.empty()) {
    invocation.common.timeout = asking::usual_timeout(ask->query);
  }
  if (!values.problems().empty()) {
    Stop stop;
    for (const auto& problem : values.problems()) {
      stop.error += usage("muster " + name, problem).error;
    }
    return tl::unexpected(stop);
  }
  return invocation;
}

}  // namespace

tl::expected<Invocation, Stop> parse_arguments(const std::vector<std::string>& arguments,
                                               model::UtcTime now, const words::Words& words) {
  CLI::App app;
  RawArguments raw;
  declare_commands(app, raw);
  tell_help(app, words);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return tl::unexpected(Stop{ExitCode::done, app.help(), {}});
  } catch (const CLI::CallForVersion& version) {
    return tl::unexpected(Stop{ExitCode::done, std::string(version.what()) + "\n", {}});
  } catch (const CLI::ArgumentMismatch& mismatch) {
    return tl::unexpected(explained(app, arguments, of_mismatch(mismatch.what()).c_str()));
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(explained(app, arguments, error.what()));
  }
  return read(given_command(app), raw, now);
}

}  // namespace muster::secretariat
