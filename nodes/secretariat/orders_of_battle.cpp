// SPDX-License-Identifier: Apache-2.0
// Orders of battle of other systems: what a file holds and what is odd about it.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/new_file.h"
#include "nodes/secretariat/orbat_sheets.h"
#include "nodes/secretariat/words.h"
#include "schemas/text/report_json.h"

namespace muster::secretariat {
namespace {

// A little more than is read, so that the reader itself says that it is too much.
constexpr std::size_t kFileBytesMax = 16 * 1024 * 1024 + 1;

model::Result<std::string> read_whole_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return model::fail(model::ErrorCode::not_found, "is a folder");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return model::fail(model::ErrorCode::not_found, std::strerror(errno));
  }
  std::string text(kFileBytesMax, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) {
    return model::fail(model::ErrorCode::io, std::strerror(errno));
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool holds(const desk::ImportDraft& draft, std::string_view code) {
  return std::any_of(draft.findings.begin(), draft.findings.end(),
                     [&](const auto& finding) { return finding.code == code; });
}

/// One run of the command.
class Import {
 public:
  Import(const Output& output, const Doors& doors, const ImportCommand& command)
      : output_(output), doors_(doors), command_(command) {}

  ExitCode run() {
    if (const auto code = find_options(); code != ExitCode::done) {
      return code;
    }
    const auto text = read_whole_file(command_.file);
    if (!text) {
      output_.error(fmt::format("cannot import: {} - {} - name a file that can be read",
                                command_.file, text.error().message));
      return exit_code_of(text.error().code, Stage::keeping);
    }
    draft_ = desk::import_order_of_battle(*text, command_.format, options_);
    for (auto& report : draft_.reports) {
      report.releasable_to = releasable_to_;
    }
    print_import(output_, command_, options_.nation, draft_);
    const auto code = judge();
    return code == ExitCode::done && !command_.draft.empty() ? write_draft() : code;
  }

 private:
  /// What is not given comes from the node's configuration; it is needed for the nation alone.
  ExitCode find_options() {
    const auto config = find_config(output_, doors_);
    if (!config && (!command_.nation || named_config(output_))) {
      return report_error(output_, "cannot import", command_.file, config.error(),
                          Stage::configuring);
    }
    options_.nation = command_.nation ? *command_.nation : config->node.publisher();
    options_.sides = command_.sides;
    options_.valid_at = command_.valid_at;
    if (config) {
      output_.speak(config->desk_language);
      options_.classification = config->classification;
      releasable_to_ = config->releasable_to;
    }
    return ExitCode::done;
  }

  [[nodiscard]] ExitCode judge() const {
    if (holds(draft_, "SIDE_UNKNOWN")) {
      std::string sides;
      for (const auto& side : draft_.sides) {
        sides += (sides.empty() ? "'" : ", '") + side.name + "'";
      }
      output_.error(
          fmt::format("cannot import: {} - it has no such side - name one of {} with --side",
                      command_.file, sides.empty() ? "none" : sides));
      return ExitCode::usage;
    }
    if (draft_.is_refused()) {
      output_.error(fmt::format("cannot import: {} - it cannot be read - see the findings above",
                                command_.file));
      return ExitCode::bad_input;
    }
    if (!draft_.valid_at && !command_.draft.empty()) {
      output_.error(fmt::format(
          "cannot write a draft: {} - the file does not say when it was true - give --valid-at",
          command_.file));
      return ExitCode::usage;
    }
    if (!draft_.valid_at) {
      output_.note("the file does not say when it was true: give --valid-at\n");
    }
    return ExitCode::done;
  }

  /// "kaz.json", then "kaz.2.json", "kaz.3.json".
  [[nodiscard]] std::string name_of(std::size_t report) const {
    constexpr std::string_view kEnd = ".json";
    if (report == 0) {
      return command_.draft;
    }
    const bool has_end = command_.draft.ends_with(kEnd);
    const auto stem =
        has_end ? command_.draft.substr(0, command_.draft.size() - kEnd.size()) : command_.draft;
    return fmt::format("{}.{}{}", stem, report + 1, kEnd);
  }

  ExitCode write_draft() const {
    if (draft_.reports.empty()) {
      output_.error(
          fmt::format("cannot write a draft: {} - it holds no unit that is taken - choose "
                      "other sides with --side",
                      command_.file));
      return ExitCode::bad_input;
    }
    std::string names;
    for (std::size_t i = 0; i < draft_.reports.size(); ++i) {
      if (std::filesystem::exists(std::filesystem::symlink_status(name_of(i)))) {
        return refuse_existing(name_of(i));
      }
      names += " " + name_of(i);
    }
    for (std::size_t i = 0; i < draft_.reports.size(); ++i) {
      const auto path = name_of(i);
      if (const auto written = write_new_file(path, text::report_to_json(draft_.reports[i]) + "\n");
          !written) {
        return report_error(output_, "cannot write a draft", path, written.error(), Stage::keeping);
      }
    }
    output_.note(fmt::format("written:{}; nothing was published\n", names));
    output_.note(fmt::format(
        "what the file does not say stays absent: ask the broker what it wants with 'muster report "
        "publish --dry-run=server{}', then send it with 'muster report publish{}'\n",
        names, names));
    return ExitCode::done;
  }

  [[nodiscard]] ExitCode refuse_existing(const std::string& path) const {
    output_.error(fmt::format(
        "cannot write a draft: {} - it exists and is never replaced - choose another --draft",
        path));
    return ExitCode::cannot_create;
  }

  const Output& output_;
  const Doors& doors_;
  const ImportCommand& command_;
  desk::ImportOptions options_{};
  std::vector<model::Nation> releasable_to_;
  desk::ImportDraft draft_;
};

}  // namespace

ExitCode import_units(const Output& output, const Doors& doors, const ImportCommand& command) {
  return Import(output, doors, command).run();
}

}  // namespace muster::secretariat
