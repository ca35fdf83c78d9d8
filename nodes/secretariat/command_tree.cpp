// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/command_tree.h"

#include <fmt/format.h>

#include <memory>

#include "nodes/secretariat/bars.h"
#include "nodes/asking/moments.h"
#include "schemas/model/limits.h"

namespace muster::secretariat {

using asking::kCounts;
using asking::kMomentForms;
using asking::kSeqs;

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
    const auto common =
        app->get_parent() == nullptr ? std::string() : get_label(kCommonOptions) + "\n";
    return get_label("Examples:") + "\n" + app->get_footer() + "\n" + help + common;
  }
  /// Descriptions stand below each other in every language: letters are counted, not bytes.
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    const auto name =
        "  " + make_option_name(option, is_positional) + make_option_opts(option);
    const auto width = characters(name);
    const auto gap = width < column_width_ ? std::string(column_width_ - width, ' ')
                                           : "\n" + std::string(column_width_, ' ');
    const auto description = make_option_desc(option);
    return name + (description.empty() ? std::string() : gap + description) + "\n";
  }
  std::string make_footer(const CLI::App*) const override { return {}; }
};

CLI::App* group(CLI::App& app, const char* name, const char* description, const char* examples) {
  auto* made = add_command(&app, name, description, examples);
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
  app.add_option("--lang", raw.language,
                 "Language of texts, ru or en (else [desk] language, else LC_ALL, LANG)");
  app.add_option("--as-of", raw.as_of,
                 fmt::format("What was true at this moment: {} (days in UTC)", kMomentForms));
  app.add_option("--known-at", raw.known_at, "What had been received at this moment");
  app.add_flag("-q,--quiet", raw.quiet, "Print no warnings and no progress");
}

void declare_ledger(CLI::App& app, RawArguments& raw) {
  auto* ledger = group(app, "ledger", "The record of all reports",
                       "  muster ledger tail\n"
                       "  muster ledger proof KAZ/mod 41\n");
  auto* tail = add_command(ledger, "tail", "The last records, or those from a number on",
                           "  muster ledger tail -n 5\n"
                           "  muster ledger tail --from 1 -n 100 -o ndjson\n");
  tail->add_option("-n,--count", raw.count, "How many records")
      ->default_str("20")
      ->check(CLI::Range(kCounts.min, kCounts.max));
  tail->add_option("--from", raw.from, "First record")
      ->check(CLI::Range(kSeqs.min, kSeqs.max));
  auto* proof =
      add_command(ledger, "proof", "Prove here that a node sent a report and when it came",
                  "  muster ledger proof KAZ/mod 41\n"
                  "  muster ledger proof KAZ/mod 41 --broker-key 8a1f… -o json\n");
  proof->add_option("NODE", raw.node, "Such as KAZ/mod")->required();
  proof->add_option("SEQ", raw.seq, "Number of the report in the node's chain")
      ->required()
      ->check(CLI::Range(kSeqs.min, kSeqs.max));
  proof->add_option("--broker-key", raw.broker_key,
                    "Public SIGNING key of the broker, 64 hexadecimal digits, which muster-broker "
                    "prints when it starts: also check the signature of its tree head");
}

void declare_keys(CLI::App& app, RawArguments& raw) {
  auto* keys = group(app, "keys", "Keys of a node",
                     "  muster keys generate --node KAZ/mod\n"
                     "  muster keys generate --out keys --name kaz\n");
  auto* generate = add_command(keys, "generate", "Make the two secret keys of a node",
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
  add_command(server, "info", "The broker and the nodes it knows",
              "  muster server info\n"
              "  muster server info -o json\n");
  auto* check =
      add_command(server, "check", "Is all well? Exit codes 0, 1, 2, 3 as Nagios wants them",
                  "  muster server check\n"
                  "  muster server check --format nagios --slow 500ms\n");
  check->add_option("--format", raw.check_format, "text or nagios")->default_str("text");
  check->add_option("--slow", raw.slow, "A slower answer is a warning")->default_str("1s");
}

/// An empty value is most often a variable that a script never set. Taken for an option that was
/// left out, it would ask another question than was meant, and answer it.
void refuse_empty_values(CLI::App& app) {
  const CLI::Validator is_given(
      [](std::string& value) {
        return value.empty() ? std::string("its value is empty - give it one, or leave it out")
                             : std::string();
      },
      "");
  for (auto* option : app.get_options()) {
    if (option->get_items_expected_max() > 0) {
      option->check(is_given);
    }
  }
  for (auto* under : app.get_subcommands({})) {
    refuse_empty_values(*under);
  }
}

}  // namespace

CLI::App* add_command(CLI::App* under, const char* name, const char* description,
                      const char* examples) {
  auto* made = under->add_subcommand(name, description);
  made->footer(examples);
  made->fallthrough();
  return made;
}

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
  declare_operation(app, raw);
  declare_watch(app, raw);
  declare_ledger(app, raw);
  declare_keys(app, raw);
  declare_server(app, raw);
  add_command(&app, "version", "The version of this program and of the protocol",
              "  muster version\n"
              "  muster version -o json\n");
  refuse_empty_values(app);
}

}  // namespace muster::secretariat
