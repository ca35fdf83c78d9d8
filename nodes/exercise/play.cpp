// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

#include "nodes/exercise/contingents.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {

using model::ErrorCode;
using model::fail;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kNextMoment{1};

/// A file that was dropped and is waited for.
struct Dropped {
  model::NodeId node;
  fs::path folder;
  std::string name;
};

/// Written beside and renamed, so that a node never sees half a file.
model::Result<void> drop(const Dropped& file, const std::string& text) {
  const auto part = file.folder / (file.name + ".part");
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  fs::rename(part, file.folder / file.name, error);
  if (!out || error) {
    return fail(ErrorCode::io,
                fmt::format("{}: cannot be written", (file.folder / file.name).string()));
  }
  return {};
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// processed/ has a folder for each day.
bool is_processed(const Dropped& file) {
  std::error_code error;
  for (fs::directory_iterator day(file.folder / "processed", error), end; !error && day != end;
       day.increment(error)) {
    if (is_there(day->path() / file.name)) {
      return true;
    }
  }
  return false;
}

bool is_rejected(const Dropped& file) { return is_there(file.folder / "rejected" / file.name); }

bool is_used(const Dropped& file) {
  return is_there(file.folder / file.name) || is_there(file.folder / "work" / file.name) ||
         is_processed(file) || is_rejected(file);
}

/// True once the file is in processed/.
model::Result<bool> is_done(const Dropped& file) {
  if (is_rejected(file)) {
    return fail(ErrorCode::refused,
                fmt::format("{} rejected {}: read {}", file.node.view(), file.name,
                            (file.folder / "rejected" / (file.name + ".findings.txt")).string()));
  }
  return is_processed(file);
}

model::Result<void> wait_for_all(std::vector<Dropped> waiting, std::chrono::seconds wait_max,
                                 const OnLine& on_line) {
  const auto deadline = std::chrono::steady_clock::now() + wait_max;
  while (!waiting.empty()) {
    for (auto file = waiting.begin(); file != waiting.end();) {
      MUSTER_TRY(const bool done, is_done(*file));
      if (done) {
        on_line(fmt::format("{} acknowledged {}", file->node.view(), file->name));
      }
      file = done ? waiting.erase(file) : file + 1;
    }
    if (std::chrono::steady_clock::now() > deadline) {
      return fail(
          ErrorCode::timed_out,
          fmt::format(
              "{} did not publish {} within {} s: is muster-node running for it, and the broker?",
              waiting.front().node.view(), waiting.front().name, wait_max.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return {};
}

struct Drop {
  Dropped file;
  std::string text;
};

std::vector<Drop> drops_of(const Workspace& workspace, const PlayOptions& options,
                           model::UtcTime valid_at) {
  std::vector<Drop> drops;
  for (auto& contingent : make_contingents(options.pool, options.seed, valid_at)) {
    auto rosters = make_rosters(contingent, options.seed);
    contingent.reports.insert(contingent.reports.end(), rosters.begin(), rosters.end());
    for (std::size_t i = 0; i < contingent.reports.size(); ++i) {
      drops.push_back({.file = {.node = contingent.node,
                                .folder = workspace.drop_folder(contingent.node),
                                .name = file_name_of(contingent, i)},
                       .text = text::report_to_json(contingent.reports[i])});
    }
  }
  return drops;
}

/// A file of an earlier run must never be taken for one of this run, so two runs within a second
/// get different seconds.
std::vector<Drop> unused_drops(const Workspace& workspace, const PlayOptions& options,
                               model::UtcTime now) {
  for (auto valid_at = std::chrono::floor<std::chrono::seconds>(now);; valid_at += kNextMoment) {
    auto drops = drops_of(workspace, options, valid_at);
    if (std::none_of(drops.begin(), drops.end(),
                     [](const Drop& one) { return is_used(one.file); })) {
      return drops;
    }
  }
}

}  // namespace

model::Result<void> play_contingents(const Workspace& workspace, const PlayOptions& options,
                                     model::UtcTime now, const OnLine& on_line) {
  MUSTER_CHECK(check_prepared(workspace));
  std::vector<Dropped> dropped;
  for (auto& one : unused_drops(workspace, options, now)) {
    MUSTER_CHECK(drop(one.file, one.text));
    dropped.push_back(std::move(one.file));
  }
  return wait_for_all(std::move(dropped), options.wait_max, on_line);
}

}  // namespace muster::exercise
