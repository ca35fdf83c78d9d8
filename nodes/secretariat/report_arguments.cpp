// SPDX-License-Identifier: Apache-2.0
// The commands under `muster report`, and `muster force export`.
#include "nodes/secretariat/report_arguments.h"

#include <fmt/format.h>

#include "nodes/asking/moments.h"

namespace muster::secretariat {

using asking::ValueReader;

namespace {

// In the order of their enumerators.
const std::vector<std::string> kDryRuns{"client", "server"};
const std::vector<std::string> kTemplateKinds{"strength", "equipment", "readiness", "roster",
                                              "units"};
const std::vector<std::string> kOrbatFormats{"msdl", "c2sim", "orbat-mapper"};
const std::vector<std::string> kWrittenFormats{"msdl", "orbat-mapper"};

// ---- declared -----------------------------------------------------------------------------------

/// How files are read: of `publish` and `validate` alike.
void add_reading(CLI::App* under, RawArguments& raw) {
  auto& report = raw.report;
  under->add_option("FILE", raw.files, "Spreadsheets (.xlsx, .ods, .csv) or reports as JSON")
      ->required();
  under->add_option(
      "--valid-at", report.valid_at,
      fmt::format("When it was true, for files that do not say so: {}", asking::kMomentForms));
  under->add_option("--columns", report.columns,
                    "TOML file of your own column headings (else columns under [desk])");
  under->add_flag("--accept-valid-rows", report.accept_valid_rows,
                  "Take what is right in a spreadsheet that has wrong rows; what they speak of is "
                  "left out whole");
  under->add_flag("--mark", report.mark,
                  "Write NAME.marked.xlsx beside a wrong spreadsheet, its wrong cells coloured and "
                  "commented");
}

void declare_publish(CLI::App* report, RawArguments& raw) {
  auto* publish =
      add_command(report, "publish", "Publish files of a ministry and wait for the receipt",
                  "  muster report publish roster.xlsx --dry-run=client\n"
                  "  muster report publish strength.ods --config kaz.toml\n"
                  "  muster report publish *.json --yes --wait 1m -o json\n"
                  "  muster report publish strength.csv --valid-at today --accept-valid-rows\n");
  add_reading(publish, raw);
  publish->add_option("--dry-run", raw.report.dry_run,
                      "Publish nothing. client: check all that needs no broker. server: ask the "
                      "broker what it would say and what would change");
  publish->add_flag("-y,--yes", raw.report.yes, "Do not ask, even at a terminal");
  publish->add_option("--wait", raw.wait, "How long to wait for the receipt")->default_str("10s");
}

void declare_validate(CLI::App* report, RawArguments& raw) {
  auto* validate = add_command(report, "validate", "Check files; the broker judges the rules",
                               "  muster report validate strength.xlsx\n"
                               "  muster report validate roster.ods --mark\n"
                               "  muster report validate *.csv *.json -o json\n");
  add_reading(validate, raw);
}

void declare_template(CLI::App* report, RawArguments& raw) {
  auto* made = add_command(report, "template",
                           "Write a workbook to be filled in, with your units when the broker is "
                           "reached",
                           "  muster report template --kind strength\n"
                           "  muster report template --kind roster --lang ru --out roster.xlsx\n");
  made->add_option("--kind", raw.report.kind, "strength, equipment, readiness, roster or units")
      ->required();
  made->add_option("--out", raw.report.out, "File to be written (else KIND.xlsx)");
  made->add_option("--nation", raw.nation, "Whose units (else the node's own nation)");
  made->add_flag("--all-columns", raw.report.all_columns,
                 "Also columns that are rare: strength by category and sex, further relations and "
                 "the like. Else they are there where one of your units has such a value");
}

void declare_import(CLI::App* report, RawArguments& raw) {
  auto* import = add_command(
      report, "import", "Look through an order of battle of another system",
      "  muster report import scenario.msdl --format msdl --nation KAZ\n"
      "  muster report import orbat.json --format orbat-mapper --nation KAZ --side Blue "
      "--valid-at 2026-11-22 --draft units.json\n");
  import->add_option("FILE", raw.report.file, "The file of the other system")->required();
  import->add_option("--format", raw.report.format, "msdl, c2sim or orbat-mapper")->required();
  import->add_option("--nation", raw.nation, "Whose the units are (else the node's own nation)");
  import->add_option("--side", raw.report.sides, "Only this side, by name; may be repeated")
      ->allow_extra_args(false);
  import->add_option(
      "--valid-at", raw.report.valid_at,
      fmt::format("When it was true, instead of what the file says: {}", asking::kMomentForms));
  import->add_option("--draft", raw.report.draft,
                     "Write what was read as JSON for 'muster report publish'");
}

// ---- read ---------------------------------------------------------------------------------------

DeskArguments read_desk(const RawArguments& raw, ValueReader& values) {
  return {.valid_at = values.moment("--valid-at", raw.report.valid_at),
          .columns = raw.report.columns,
          .accept_valid_rows = raw.report.accept_valid_rows};
}

DryRun read_dry_run(const RawArguments& raw, ValueReader& values) {
  if (raw.report.dry_run.empty()) {
    return DryRun::none;
  }
  const auto found = values.choice("--dry-run", raw.report.dry_run, kDryRuns);
  return found == 0 ? DryRun::client : DryRun::server;
}

std::optional<model::Nation> read_nation(const RawArguments& raw, ValueReader& values) {
  return raw.nation.empty() ? std::nullopt
                            : std::optional(values.id<model::Nation>("--nation", raw.nation));
}

PublishCommand read_publish(const RawArguments& raw, ValueReader& values) {
  return {.files = raw.files,
          .wait = values.duration("--wait", raw.wait),
          .dry_run = read_dry_run(raw, values),
          .is_confirmed = raw.report.yes,
          .desk = read_desk(raw, values),
          .is_marked = raw.report.mark};
}

TemplateCommand read_template(const RawArguments& raw, ValueReader& values) {
  const auto kind = values.choice("--kind", raw.report.kind, kTemplateKinds);
  return {.kind = static_cast<desk::TemplateKind>(kind),
          .out = raw.report.out.empty() ? kTemplateKinds[kind] + ".xlsx" : raw.report.out,
          .nation = read_nation(raw, values),
          .has_all_columns = raw.report.all_columns};
}

ImportCommand read_import(const RawArguments& raw, ValueReader& values) {
  const auto format = values.choice("--format", raw.report.format, kOrbatFormats);
  return {.file = raw.report.file,
          .format = static_cast<desk::OrbatFormat>(format),
          .nation = read_nation(raw, values),
          .sides = raw.report.sides,
          .valid_at = values.moment("--valid-at", raw.report.valid_at),
          .draft = raw.report.draft};
}

ExportCommand read_export(const RawArguments& raw, ValueReader& values) {
  const auto format = values.choice("--format", raw.report.format, kWrittenFormats);
  return {.nation = values.id<model::Nation>("NATION", raw.nation),
          .format = format == 0 ? desk::OrbatFormat::msdl : desk::OrbatFormat::orbat_mapper,
          .out = raw.report.out,
          .as_of = values.moment("--as-of", raw.as_of),
          .known_at = values.moment("--known-at", raw.known_at)};
}

}  // namespace

void declare_report(CLI::App& app, RawArguments& raw) {
  auto* report = add_command(&app, "report", "From a ministry's files to acknowledged reports",
                             "  muster report template --kind strength\n"
                             "  muster report validate strength.xlsx\n"
                             "  muster report publish strength.xlsx --config kaz.toml\n");
  report->require_subcommand(1);
  declare_publish(report, raw);
  declare_validate(report, raw);
  declare_template(report, raw);
  declare_import(report, raw);
}

void declare_export(CLI::App* force, RawArguments& raw) {
  auto* made = add_command(force, "export", "The units of a nation as a file of another system",
                           "  muster force export KAZ --format orbat-mapper --out kaz.json\n"
                           "  muster force export KAZ --format msdl --as-of yesterday > kaz.xml\n");
  made->add_option("NATION", raw.nation, "Such as KAZ")->required();
  made->add_option("--format", raw.report.format, "orbat-mapper or msdl")->required();
  made->add_option("--out", raw.report.out, "File to be written (else standard output)");
}

bool is_about_files(const std::string& name) {
  return name.starts_with("report ") || name == "force export";
}

Command read_report_command(const std::string& name, const RawArguments& raw, ValueReader& values) {
  if (name == "report publish") {
    return read_publish(raw, values);
  }
  if (name == "report validate") {
    return ValidateCommand{
        .files = raw.files, .desk = read_desk(raw, values), .is_marked = raw.report.mark};
  }
  if (name == "report template") {
    return read_template(raw, values);
  }
  return name == "report import" ? Command(read_import(raw, values))
                                 : Command(read_export(raw, values));
}

}  // namespace muster::secretariat
