// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play_operation.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "nodes/exercise/kazakhstan_2022.h"
#include "nodes/exercise/office.h"
#include "nodes/exercise/play_tally.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {

using model::ErrorCode;
using model::fail;
namespace fs = std::filesystem;

namespace {

/// How far a workspace has played: a line "seed 2022 events 57".
struct Progress {
  std::uint64_t seed = 0;
  std::size_t events = 0;
};

fs::path progress_path(const Workspace& workspace) {
  return workspace.folder / fmt::format("{}.played", kKazakhstan2022);
}

/// Where an earlier call stopped; nothing was played when there is no file.
model::Result<Progress> read_progress(const Workspace& workspace, std::uint64_t seed) {
  const auto path = progress_path(workspace);
  std::ifstream in(path);
  if (!in) {
    return Progress{seed, 0};
  }
  Progress progress;
  std::string seed_word;
  std::string events_word;
  in >> seed_word >> progress.seed >> events_word >> progress.events;
  if (!in || seed_word != "seed" || events_word != "events") {
    return fail(ErrorCode::malformed,
                fmt::format("{}: expected 'seed N events N', as a play writes it", path.string()));
  }
  if (progress.seed != seed) {
    return fail(
        ErrorCode::already_exists,
        fmt::format("{}: the play was begun with seed {}; prepare another folder for seed {}",
                    workspace.folder.string(), progress.seed, seed));
  }
  return progress;
}

/// Replaced as a whole, so that a call that is killed never leaves half a file.
model::Result<void> write_progress(const Workspace& workspace, const Progress& progress) {
  const auto path = progress_path(workspace);
  const fs::path part = path.string() + ".part";
  std::ofstream out(part);
  out << fmt::format("seed {} events {}\n", progress.seed, progress.events);
  out.close();
  std::error_code error;
  fs::rename(part, path, error);
  if (!out || error) {
    return fail(ErrorCode::io, fmt::format("{}: cannot be written", path.string()));
  }
  return {};
}

bool is_office(const PlayEvent& event) { return event.node.publisher() == model::secretariat(); }

/// What the ministries say at one moment is published side by side.
std::size_t end_of_group(std::span<const PlayEvent> events, std::size_t first) {
  auto end = first + 1;
  while (end < events.size() && !is_office(events[first]) && !is_office(events[end]) &&
         events[end].at == events[first].at) {
    ++end;
  }
  return end;
}

/// "rus-ex-2201-20220107T120000Z.json": the same in every call, so that a file that was dropped
/// before is found again.
Dropped file_of(const Workspace& workspace, const PlayEvent& event) {
  auto moment = model::format_time(event.at);
  std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
  return {
      .node = event.node,
      .folder = workspace.drop_folder(event.node),
      .name = fmt::format("{}-{}-{}.json", event.node.publisher().view(), kKazakhstan2022, moment)};
}

/// One call: the events that are left, group by group.
class OperationPlay {
 public:
  OperationPlay(const Workspace& workspace, const OperationPlayOptions& options,
                const OnLine& on_line)
      : workspace_(workspace),
        options_(options),
        on_line_(on_line),
        events_(kazakhstan_2022(options.seed)) {}

  model::Result<void> run();

 private:
  model::Result<void> publish_group(std::size_t first, std::size_t end);
  model::Result<void> publish_by_ministries(std::size_t first, std::size_t end);
  model::Result<std::size_t> publish_by_office(const PlayEvent& event);
  void wait_for(std::size_t first) const;
  void tell(std::size_t index, std::size_t flags);

  const Workspace& workspace_;
  const OperationPlayOptions& options_;
  const OnLine& on_line_;
  const std::vector<PlayEvent> events_;
  PlayTally tally_;
  std::unique_ptr<Office> office_;  // Opened when it first has something to say.
};

model::Result<void> OperationPlay::run() {
  MUSTER_TRY(auto progress, read_progress(workspace_, options_.seed));
  if (progress.events >= events_.size()) {
    return fail(ErrorCode::already_exists,
                fmt::format("{}: {} was played to its end; prepare another folder to play it again",
                            workspace_.folder.string(), kKazakhstan2022));
  }
  for (std::size_t i = 0; i < progress.events; ++i) {
    tally_.take(events_[i].report);
  }
  bool is_first = true;
  while (progress.events < events_.size() &&
         (!options_.until || events_[progress.events].at <= *options_.until)) {
    const auto first = progress.events;
    if (!std::exchange(is_first, false)) {
      wait_for(first);
    }
    progress.events = end_of_group(events_, first);
    MUSTER_CHECK(publish_group(first, progress.events));
    MUSTER_CHECK(write_progress(workspace_, progress));
  }
  return {};
}

/// As long as between the events, divided by the speed.
void OperationPlay::wait_for(std::size_t first) const {
  if (options_.speed > 0) {
    const std::chrono::duration<double> apart = events_[first].at - events_[first - 1].at;
    std::this_thread::sleep_for(apart / options_.speed);
  }
}

model::Result<void> OperationPlay::publish_group(std::size_t first, std::size_t end) {
  if (is_office(events_[first])) {
    MUSTER_TRY(const auto flags, publish_by_office(events_[first]));
    tell(first, flags);
    return {};
  }
  MUSTER_CHECK(publish_by_ministries(first, end));
  for (auto i = first; i < end; ++i) {
    tell(i, 0);
  }
  return {};
}

model::Result<void> OperationPlay::publish_by_ministries(std::size_t first, std::size_t end) {
  std::vector<Dropped> dropped;
  for (auto i = first; i < end; ++i) {
    auto file = file_of(workspace_, events_[i]);
    // A call that was killed may have dropped it already.
    if (!is_used(file)) {
      MUSTER_CHECK(drop(file, text::report_to_json(events_[i].report)));
    }
    dropped.push_back(std::move(file));
  }
  return wait_until_published(std::move(dropped), options_.wait_max, [](const Dropped&) {});
}

/// How many findings the broker keeps beside the report.
model::Result<std::size_t> OperationPlay::publish_by_office(const PlayEvent& event) {
  if (!office_) {
    MUSTER_TRY(office_, Office::open(workspace_, options_.wait_max));
  }
  MUSTER_TRY(const auto verdict, office_->publish(event.report));
  return client::is_acknowledged_earlier(verdict) ? 0 : verdict.findings.size();
}

void OperationPlay::tell(std::size_t index, std::size_t flags) {
  tally_.take(events_[index].report);
  on_line_(fmt::format("[{:>3}/{}] {}{}", index + 1, events_.size(),
                       line_of(events_[index], tally_),
                       flags == 0 ? "" : fmt::format("; {} flagged", flags)));
}

}  // namespace

model::Result<void> play_operation(const Workspace& workspace, const OperationPlayOptions& options,
                                   const OnLine& on_line) {
  MUSTER_CHECK(check_prepared(workspace));
  return OperationPlay(workspace, options, on_line).run();
}

}  // namespace muster::exercise
