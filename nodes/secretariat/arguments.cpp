// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/option_values.h"

namespace muster::secretariat {
namespace {

const std::vector<std::string> kFormats{"table", "wide", "json", "ndjson", "csv"};
const std::vector<std::string> kColours{"auto", "always", "never"};
const std::vector<std::string> kCheckStyles{"text", "nagios"};

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
  common.timeout = values.duration("--timeout", raw.timeout);
  common.colour = static_cast<ColourChoice>(values.choice("--color", raw.colour, kColours));
  common.quiet = raw.quiet;
  return common;
}

model::StrengthQuery read_strength(const RawArguments& raw, ValueReader& values) {
  model::StrengthQuery query;
  query.group_by = values.codes<model::Dimension>("--by", raw.by);
  query.nations = values.nations("--nation", raw.nations);
  query.components = values.codes<model::Component>("--component", raw.components);
  query.element_kinds = values.codes<model::ElementKind>("--element-kind", raw.element_kinds);
  query.levels = values.levels("--level", raw.levels);
  query.pools = values.codes<model::ForcePool>("--pool", raw.pools);
  return query;
}

model::LedgerTailQuery read_tail(const RawArguments& raw) {
  model::LedgerTailQuery query{.from_ledger_seq = {}, .count = raw.count};
  if (raw.from > 0) {
    query.from_ledger_seq = raw.from;
  }
  return query;
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
  if (name == "report publish") {
    return PublishCommand{raw.files, values.duration("--wait", raw.wait)};
  }
  if (name == "report validate") {
    return ValidateCommand{raw.files};
  }
  if (name == "force strength") {
    return AskCommand{name, read_strength(raw, values)};
  }
  if (name == "force tree") {
    const auto nation = values.id<model::Nation>("NATION", raw.nation);
    return AskCommand{name + " " + raw.nation, model::TreeQuery{nation}};
  }
  if (name == "force unit") {
    const auto unit = values.id<model::UnitId>("UNIT", raw.unit);
    return AskCommand{name + " " + raw.unit, model::UnitQuery{unit}};
  }
  if (name == "ledger tail") {
    return AskCommand{name, read_tail(raw)};
  }
  if (name == "keys generate") {
    return read_keys(raw, values);
  }
  if (name == "server info") {
    return AskCommand{name, model::ServerInfoQuery{}};
  }
  return name == "server check" ? Command(read_check(raw, values)) : Command(VersionCommand{});
}

void check_moments(const RawArguments& raw, ValueReader& values) {
  if (!raw.as_of.empty()) {
    values.time("--as-of", raw.as_of);
  }
  if (!raw.known_at.empty()) {
    values.time("--known-at", raw.known_at);
  }
}

tl::expected<Invocation, Stop> read(const std::string& name, const RawArguments& raw) {
  ValueReader values;
  Invocation invocation{.common = read_common(raw, values),
                        .command = read_command(name, raw, values)};
  check_moments(raw, values);
  if (!values.problems().empty()) {
    Stop stop;
    for (const auto& problem : values.problems()) {
      stop.error += usage("muster " + name, problem).error;
    }
    return tl::unexpected(stop);
  }
  if (!raw.as_of.empty() || !raw.known_at.empty()) {
    return tl::unexpected(
        Stop{ExitCode::usage,
             {},
             "muster: answers as of another moment are not available from this broker yet - leave "
             "out --as-of and --known-at\n"});
  }
  return invocation;
}

}  // namespace

tl::expected<Invocation, Stop> parse_arguments(const std::vector<std::string>& arguments) {
  CLI::App app;
  RawArguments raw;
  declare_commands(app, raw);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    return tl::unexpected(Stop{ExitCode::done, app.help(), {}});
  } catch (const CLI::CallForVersion& version) {
    return tl::unexpected(Stop{ExitCode::done, std::string(version.what()) + "\n", {}});
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(explained(app, arguments, error.what()));
  }
  return read(given_command(app), raw);
}

}  // namespace muster::secretariat
