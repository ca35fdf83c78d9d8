// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/problem_sheet.h"
#include "nodes/secretariat/report_files.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kWhat = "cannot validate";

/// A row for each file, and below it each mistake on a line of its own, as `publish` tells it: a
/// table with both would be wider than a screen.
void show_to_a_person(const Output& output, const std::vector<ReportFile>& files) {
  output.data(output.table(files_sheet(files)));
  for (const auto& file : files) {
    if (files.size() > 1 && !file.draft.problems.empty()) {
      output.data(file.path + ":\n");
    }
    for (const auto& problem : file.draft.problems) {
      const auto told = desk::describe(problem);
      output.data(output.tell(problem.weight == desk::Problem::Weight::note
                                  ? fmt::format("  note: {}\n", told)
                                  : fmt::format("  {}\n", told)));
    }
  }
}

ExitCode show(const Output& output, const std::vector<ReportFile>& files) {
  auto code = ExitCode::done;
  std::vector<text::Json> json;
  for (const auto& file : files) {
    if (!file.unreadable.empty()) {
      output.error(fmt::format("cannot read the report: {} - {} - name a file that is there",
                               file.path, file.unreadable));
      code = ExitCode::no_input;
      continue;
    }
    json.push_back(validation_json(file));
    if (!file.is_good() && code == ExitCode::done) {
      code = ExitCode::bad_input;
    }
  }
  if (output.format() == Format::table && !json.empty()) {
    show_to_a_person(output, files);
  } else if (!json.empty()) {
    output.rows("ReportValidation", validation_sheet(files), std::move(json));
  }
  if (std::any_of(files.begin(), files.end(), [](const auto& file) { return file.is_good(); })) {
    output.note("muster: the broker judges the rules when it is published\n");
  }
  return code;
}

}  // namespace

ExitCode validate(const Output& output, const Doors& doors, const ValidateCommand& command) {
  std::optional<client::NodeConfig> config;
  if (const auto path = config_path(output)) {
    auto loaded = doors.load_config(*path);
    if (!loaded) {
      return report_error(output, kWhat, *path, loaded.error(), Stage::configuring);
    }
    config = *std::move(loaded);
    output.speak(config->desk_language);
  }
  const auto options = desk_options_of(command.desk, config ? &*config : nullptr);
  if (!options) {
    return report_error(output, kWhat, "the configuration", options.error(), Stage::configuring);
  }
  const auto files = read_report_files(output, command.files, *options);
  const auto code = show(output, files);
  for (const auto& file : files) {
    if (command.is_marked && desk::refuses(file.draft.problems)) {
      mark(output, file, file.draft.problems);
    }
  }
  return code;
}

}  // namespace muster::secretariat
