// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/confirm.h"
#include "nodes/secretariat/preview.h"
#include "nodes/secretariat/problem_sheet.h"
#include "nodes/secretariat/progress.h"
#include "nodes/secretariat/publishing.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kWhat = "cannot publish";
constexpr std::size_t kChangesAsked = 40;  // Rows of the difference above the question.

/// The same report twice would take two numbers and count as two words of the nation.
ExitCode refuse_repeats(const Output& output, const std::vector<Outgoing>& reports) {
  for (auto one = reports.begin(); one != reports.end(); ++one) {
    const auto earlier = std::find_if(reports.begin(), one, [&](const Outgoing& before) {
      return *before.report == *one->report;
    });
    if (earlier == one) {
      continue;
    }
    if (earlier->file == one->file) {
      output.error(fmt::format(
          "cannot publish: {} - it is given twice - name each report once; nothing was published",
          one->file));
    } else {
      output.error(fmt::format(
          "cannot publish: {} - it says the same as {} - name each report once; nothing was "
          "published",
          one->file, earlier->file));
    }
    return ExitCode::usage;
  }
  return ExitCode::done;
}

/// Of each file, what the broker found in its reports.
void mark_findings(const Output& output, const std::vector<ReportFile>& files,
                   const std::vector<std::pair<Outgoing, std::vector<model::Finding>>>& found) {
  for (const auto& file : files) {
    auto problems = file.draft.problems;
    bool is_refused = false;
    for (const auto& [outgoing, findings] : found) {
      if (outgoing.draft != &file.draft) {
        continue;
      }
      is_refused = is_refused || model::refuses(findings);
      for (const auto& finding : findings) {
        problems.push_back(desk::problem_of(finding, file.draft, outgoing.index));
      }
    }
    if (is_refused) {
      mark(output, file, problems);
    }
  }
}

/// One run of the command.
class Desk {
 public:
  Desk(const Output& output, const Doors& doors, const PublishCommand& command)
      : output_(output), doors_(doors), command_(command) {}

  ExitCode run();

 private:
  ExitCode read();
  ExitCode check_config() const;
  ExitCode check_outbox() const;
  ExitCode show_preview();
  ExitCode ask_person();
  void say_no_preview(const model::Error& error, Stage stage) const;
  ExitCode publish_all();
  model::Result<Preview> preview(Stage& stage);
  void mark_preview(const Preview& preview) const;

  const Output& output_;
  const Doors& doors_;
  const PublishCommand& command_;
  model::Result<client::NodeConfig> config_ = model::fail(model::ErrorCode::not_found, "");
  std::vector<ReportFile> files_;
  std::vector<Outgoing> reports_;
};

/// Files are read even without a configuration: what is wrong with them is told first.
ExitCode Desk::read() {
  config_ = find_config(output_, doors_);
  const auto* config = config_ ? &*config_ : nullptr;
  const auto options = desk_options_of(command_.desk, config);
  if (!options) {
    return report_error(output_, kWhat, "the configuration", options.error(), Stage::configuring);
  }
  files_ = read_report_files(output_, command_.files, *options);
  const auto code = tell_problems(output_, files_, kWhat, command_.is_marked);
  for (const auto& file : files_) {
    if (command_.is_marked && desk::refuses(file.draft.problems)) {
      mark(output_, file, file.draft.problems);
    }
  }
  reports_ = outgoing_of(files_);
  return code == ExitCode::done ? refuse_repeats(output_, reports_) : code;
}

ExitCode Desk::check_config() const {
  if (!config_) {
    return report_error(output_, kWhat, "the configuration", config_.error(), Stage::configuring);
  }
  if (!config_->signing_key && command_.dry_run == DryRun::none) {
    output_.error(
        fmt::format("cannot publish: {} - it names no signing key - add signing_key = "
                    "\"FILE\" under [node]",
                    config_->path));
    return ExitCode::bad_configuration;
  }
  return ExitCode::done;
}

/// A node that runs holds the outbox: better told before the question than after the answer.
ExitCode Desk::check_outbox() const {
  std::error_code ignored;
  if (config_->outbox.empty() || !std::filesystem::exists(config_->outbox, ignored)) {
    return ExitCode::done;
  }
  if (const auto opened = doors_.open_outbox(config_->outbox); !opened) {
    return report_error(output_, "cannot open the outbox", config_->outbox, opened.error(),
                        Stage::keeping);
  }
  return ExitCode::done;
}

model::Result<Preview> Desk::preview(Stage& stage) {
  const Progress progress(
      output_, fmt::format("waiting for the broker at {} …", config_->connection.query_endpoint));
  stage = Stage::asking;
  MUSTER_TRY(const auto client, doors_.connect(config_->connection));
  auto made = ask_preview(*client, config_->node, reports_, output_.common().timeout);
  stage = stage_of(*client);
  return made;
}

void Desk::mark_preview(const Preview& preview) const {
  std::vector<std::pair<Outgoing, std::vector<model::Finding>>> found;
  for (std::size_t i = 0; i < reports_.size(); ++i) {
    found.emplace_back(reports_[i], preview.verdicts[i].findings);
  }
  if (command_.is_marked) {
    mark_findings(output_, files_, found);
  }
}

ExitCode Desk::show_preview() {
  Stage stage = Stage::asking;
  const auto made = preview(stage);
  if (!made) {
    return report_error(output_, "cannot ask what would change", "the broker", made.error(), stage);
  }
  print_preview(output_, reports_, *made);
  mark_preview(*made);
  output_.note("muster: nothing was published: --dry-run=server\n");
  return made->is_refused() ? ExitCode::bad_input : ExitCode::done;
}

void Desk::say_no_preview(const model::Error& error, Stage stage) const {
  output_.note(fmt::format("muster: no difference can be shown: {}\n", error.message));
  if (stage == Stage::asking) {
    output_.note(
        "muster: what is published now waits in the outbox until the broker can be reached\n");
  }
}

/// done when it is to be published.
ExitCode Desk::ask_person() {
  Stage stage = Stage::asking;
  const auto made = preview(stage);
  if (!made) {
    say_no_preview(made.error(), stage);
  } else {
    output_.around().err << preview_text(output_, reports_, *made, kChangesAsked) << std::flush;
    // A later part may be refused only because the parts before it are not published yet.
    if (made->is_refused() && made->parts == 1) {
      mark_preview(*made);
      output_.error(
          "cannot publish: the broker would refuse it - correct what is named above; "
          "nothing was published");
      return ExitCode::bad_input;
    }
  }
  if (confirmed(output_, "Publish? [y/N] ")) {
    return ExitCode::done;
  }
  output_.note("muster: nothing was published\n");
  return ExitCode::answered_no;
}

ExitCode Desk::publish_all() {
  const auto published = publish_reports(output_, doors_, *config_, reports_, command_.wait);
  std::vector<std::pair<Outgoing, std::vector<model::Finding>>> found;
  for (const auto& receipt : published.receipts) {
    found.emplace_back(Outgoing{.file = receipt.file,
                                .report = nullptr,
                                .draft = receipt.draft,
                                .index = receipt.index},
                       findings_of(receipt));
  }
  if (command_.is_marked) {
    mark_findings(output_, files_, found);
  }
  return published.code;
}

ExitCode Desk::run() {
  if (const auto code = read(); code != ExitCode::done) {
    return code;
  }
  if (command_.dry_run == DryRun::client) {
    print_plan(output_, reports_);
    output_.note("muster: nothing was published: --dry-run=client; the broker judges the rules\n");
    return ExitCode::done;
  }
  if (const auto code = check_config(); code != ExitCode::done) {
    return code;
  }
  if (command_.dry_run == DryRun::server) {
    return show_preview();
  }
  if (!command_.is_confirmed && is_person_there(output_)) {
    if (const auto code = check_outbox(); code != ExitCode::done) {
      return code;
    }
    if (const auto code = ask_person(); code != ExitCode::done) {
      return code;
    }
  }
  return publish_all();
}

}  // namespace

ExitCode publish(const Output& output, const Doors& doors, const PublishCommand& command) {
  return Desk(output, doors, command).run();
}

}  // namespace muster::secretariat
