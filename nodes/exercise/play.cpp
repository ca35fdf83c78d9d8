// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play.h"

#include <fmt/format.h>

#include <fstream>
#include <thread>
#include <vector>

#include "nodes/exercise/contingents.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {

using model::ErrorCode;
using model::fail;
namespace fs = std::filesystem;

namespace {

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
    return fail(ErrorCode::io, fmt::format("{}: cannot be written", (file.folder / file.name).string()));
  }
  return {};
}

bool is_below(const fs::path& folder, const std::string& name) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; entry != end; entry.increment(error)) {
    if (entry->path().filename() == name) { return true; }
  }
  return false;
}

/// True once the file is in processed/.
model::Result<bool> is_processed(const Dropped& file) {
  if (is_below(file.folder / "rejected", file.name)) {
    return fail(ErrorCode::refused,
                fmt::format("{}: rejected; the findings are beside it in {}", file.name, (file.folder / "rejected").string()));
  }
  return is_below(file.folder / "processed", file.name);
}

model::Result<void> wait_for_all(std::vector<Dropped> waiting, std::chrono::seconds wait_max, const OnLine& on_line) {
  const auto deadline = std::chrono::steady_clock::now() + wait_max;
  while (!waiting.empty()) {
    for (auto file = waiting.begin(); file != waiting.end();) {
      MUSTER_TRY(const bool done, is_processed(*file));
      if (done) { on_line(fmt::format("{} acknowledged {}", file->node.view(), file->name)); }
      file = done ? waiting.erase(file) : file + 1;
    }
    if (std::chrono::steady_clock::now() > deadline) {
      return fail(ErrorCode::timed_out,
                  fmt::format("{} did not publish {} within {} s: is muster-node running for it, and the broker?",
                              waiting.front().node.view(), waiting.front().name, wait_max.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return {};
}

}  // namespace

model::Result<void> play_contingents(const Workspace& workspace, const PlayOptions& options, model::UtcTime now,
                                     const OnLine& on_line) {
  std::vector<Dropped> dropped;
  for (const auto& contingent : make_contingents(options.pool, options.seed, now)) {
    for (std::size_t i = 0; i < contingent.reports.size(); ++i) {
      Dropped file{contingent.node, workspace.drop_folder(contingent.node),
                   fmt::format("{}-contingent-{}.json", contingent.nation.view(), i + 1)};
      MUSTER_CHECK(drop(file, text::report_to_json(contingent.reports[i])));
      dropped.push_back(std::move(file));
    }
  }
  return wait_for_all(std::move(dropped), options.wait_max, on_line);
}

}  // namespace muster::exercise
