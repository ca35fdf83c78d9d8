// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "nodes/exercise/contingents.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {

namespace {

constexpr std::chrono::seconds kNextMoment{1};

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
  return wait_until_published(std::move(dropped), options.wait_max, [&](const Dropped& file) {
    on_line(fmt::format("{} acknowledged {}", file.node.view(), file.name));
  });
}

}  // namespace muster::exercise
