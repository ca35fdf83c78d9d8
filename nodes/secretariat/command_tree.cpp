// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/command_tree.h"

#include <fmt/format.h>

#include <memory>

#include "schemas/model/limits.h"

namespace muster::secretariat {
namespace {

/// Help that opens with examples: most readers need nothing else.
class ExamplesFirst final : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    auto help = Formatter::make_help(app, std::move(name), mode);
    if (mode == CLI::AppFormatMode::Sub) {
      return help;
    }
    const auto* common = app->get_parent() == nullptr
                             ? ""
                             : "Every command also takes --config, -o, --timeout, --color, "
                               "--as-of, --known-at, -q: see 'muster --help'.\n";
    return "Examples:\n" + app->get_footer() + "\n" + help + common;
  }
  std::string make_footer(const CLI::App*) const override { return {}; }
};

CLI::App* command(CLI::App* under, const char* name, const char* description,
                  const char* examples) {
  auto* made = under->add_subcommand(name, description);
  made->footer(examples);
  made->fallthrough();
  return made;
}

CLI::App* group(CLI::App& app, const char* name, const char* description, const char* examples) {
  auto* made = command(&app, name, description, examples);
  made->require_subcommand(1);
  return made;
}

void declare_common(CLI::App& app, RawArguments& raw) {
  app.add_option("--config", raw.config,
                 "Configuration (else MUSTER_CONFIG, else $XDG_CONFIG_HOME/muster/config.toml)");
  app.add_option("-o,--output", raw.output, "table, wide, json, ndjson or csv")
      ->default_str("table");
  app.add_option("--timeout", raw.timeout, "How long to wait for an answer")->default_str("5s");
  app.add_option("--color", raw.colour, "auto, always or never")->default_str("auto");
  app.add_option("--as-of", raw.as_of, "What was true at this moment (RFC 3339)");
  app.add_option("--known-at", raw.known_at, "What was known at this moment (RFC 3339)");
  app.add_flag("-q,--quiet", raw.quiet, "Print no warnings and no progress");
}

void declare_report(CLI::App& app, RawArguments& raw) {
  auto* report = group(app, "report", "Publish and check reports",
                       "  muster report validate morning.json\n"
                       "  muster report publish morning.json --config kaz.toml\n");
  auto* publish = command(report, "publish", "Publish reports and wait for the receipt",
                          "  muster report publish morning.json --config kaz.toml\n"
                          "  muster report publish *.json --wait 1m -o json\n");
  publish->add_option("FILE", raw.files, "Reports as JSON")->required();
  publish->add_option("--wait", raw.wait, "How long to wait for the receipt")->default_str("10s");
  auto* validate =
      command(report, "validate", "Check the form of reports; the broker judges the rules",
              "  muster report validate morning.json\n"
              "  muster report validate *.json -o csv\n");
  validate->add_option("FILE", raw.files, "Reports as JSON")->required();
}

void declare_strength(CLI::App* force, RawArguments& raw) {
  auto* strength =
      command(force, "strength", "Combined strength, grouped and filtered",
              "  muster force strength\n"
              "  muster force strength --by nation,component\n"
              "  muster force strength --by level --nation KAZ,TJK --pool CPF -o csv\n");
  const auto list = [strength](const char* option, std::vector<std::string>& values,
                               const char* help) {
    return strength->add_option(option, values, help)->delimiter(',');
  };
  list("--by", raw.by, "nation, component, element-kind, level")->default_str("nation");
  list("--nation", raw.nations, "Only these nations (KAZ,TJK)");
  list("--component", raw.components, "Only military, police, civilian");
  list("--element-kind", raw.element_kinds, "Only these kinds of element (combat,rear-support)");
  list("--level", raw.levels, "Only units of these effective levels (1,2)");
  list("--pool", raw.pools, "Only units pledged to these pools (CPF,CRRF)");
}

void declare_force(CLI::App& app, RawArguments& raw) {
  auto* force = group(app, "force", "What the force is",
                      "  muster force strength --by nation,component\n"
                      "  muster force tree KAZ\n"
                      "  muster force unit KAZ:AIRMOB-35\n");
  declare_strength(force, raw);
  auto* tree = command(force, "tree", "The units of a nation, with their figures rolled up",
                       "  muster force tree KAZ\n"
                       "  muster force tree KAZ -o wide\n");
  tree->add_option("NATION", raw.nation, "Such as KAZ")->required();
  auto* unit = command(force, "unit", "All that is known of a unit, and on whose word",
                       "  muster force unit KAZ:AIRMOB-35\n"
                       "  muster force unit KAZ:AIRMOB-35 -o json\n");
  unit->add_option("UNIT", raw.unit, "Such as KAZ:AIRMOB-35")->required();
}

void declare_ledger(CLI::App& app, RawArguments& raw) {
  auto* ledger = group(app, "ledger", "The record of all reports",
                       "  muster ledger tail\n"
                       "  muster ledger tail --from 1 -n 100 -o csv\n");
  auto* tail = command(ledger, "tail", "The last records, or those from a number on",
                       "  muster ledger tail -n 5\n"
                       "  muster ledger tail --from 1 -n 100 -o ndjson\n");
  tail->add_option("-n,--count", raw.count, "How many records")
      ->default_str("20")
      ->check(CLI::Range(1U, 10'000U));
  tail->add_option("--from", raw.from, "First record")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 62U));
}

void declare_keys(CLI::App& app, RawArguments& raw) {
  auto* keys = group(app, "keys", "Keys of a node",
                     "  muster keys generate --node KAZ/mod\n"
                     "  muster keys generate --out keys --name kaz\n");
  auto* generate = command(keys, "generate", "Make the two secret keys of a node",
                           "  muster keys generate --node KAZ/mod\n"
                           "  muster keys generate --out keys --name kaz -o json\n");
  generate->add_option("--out", raw.folder, "Folder of the key files")->default_str(".");
  generate->add_option("--name", raw.name, "Name of the key files (else from --node, else 'node')");
  generate->add_option("--node", raw.node, "The node they are for, such as KAZ/mod");
}

void declare_server(CLI::App& app, RawArguments& raw) {
  auto* server = group(app, "server", "The broker",
                       "  muster server info\n"
                       "  muster server check --format nagios\n");
  command(server, "info", "The broker and the nodes it knows",
          "  muster server info\n"
          "  muster server info -o json\n");
  auto* check = command(server, "check", "Is all well? Exit codes 0, 1, 2, 3 as Nagios wants them",
                        "  muster server check\n"
                        "  muster server check --format nagios --slow 500ms\n");
  check->add_option("--format", raw.check_format, "text or nagios")->default_str("text");
  check->add_option("--slow", raw.slow, "A slower answer is a warning")->default_str("1s");
}

}  // namespace

std::string version_line() {
  return fmt::format("muster {} (protocol {})", MUSTER_VERSION, model::kProtocolVersion);
}

void declare_commands(CLI::App& app, RawArguments& raw) {
  app.name("muster");
  app.description("Force readiness and rosters of six nations: publish, ask, check.");
  app.footer(
      "  muster force strength --by nation,component\n"
      "  muster report publish morning.json --config kaz.toml\n"
      "  muster server check\n");
  app.formatter(std::make_shared<ExamplesFirst>());
  app.require_subcommand(1);
  app.set_version_flag("--version", version_line());
  declare_common(app, raw);
  declare_report(app, raw);
  declare_force(app, raw);
  declare_ledger(app, raw);
  declare_keys(app, raw);
  declare_server(app, raw);
  command(&app, "version", "The version of this program and of the protocol",
          "  muster version\n"
          "  muster version -o json\n");
}

}  // namespace muster::secretariat
