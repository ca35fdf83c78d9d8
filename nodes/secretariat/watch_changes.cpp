// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/watch_changes.h"

#include <fmt/format.h>

#include <utility>

namespace muster::secretariat {

std::vector<std::string> differences(const model::FeedUnit& before, const model::FeedUnit& after) {
  std::vector<std::string> texts;
  if (before.level != after.level) {
    texts.push_back(fmt::format("level {} → {}", before.level, after.level));
  }
  if (before.own.present != after.own.present) {
    texts.push_back(fmt::format("present {} → {}", before.own.present, after.own.present));
  }
  if (before.own.deployable != after.own.deployable) {
    texts.push_back(fmt::format("deployable {} → {}", before.own.deployable, after.own.deployable));
  }
  if (before.committed != after.committed) {
    texts.push_back(fmt::format("committed {} → {}", before.committed, after.committed));
  }
  if (before.own.authorised != after.own.authorised) {
    texts.push_back(fmt::format("authorised {} → {}", before.own.authorised, after.own.authorised));
  }
  return texts;
}

void WatchChanges::begin(WatchNow now) {
  has_noted_ = false;
  shown_lag_ = std::exchange(lagged_, {});
  std::erase_if(marked_, [&](const auto& one) { return one.second.until <= now.steady; });
}

void WatchChanges::note(const model::UnitId& unit, RowMark mark, std::vector<std::string> texts,
                        WatchNow now) {
  marked_.insert_or_assign(unit, Marked{.mark = mark, .until = now.steady + kMarkedFor});
  if (std::exchange(has_noted_, true)) {
    ++last_.others;
    return;
  }
  last_ = {.unit = std::string(unit.view()), .texts = std::move(texts), .others = 0, .at = now.utc};
}

void WatchChanges::note_row(const Units& before, const model::FeedUnit& row, WatchNow now) {
  const auto old = before.find(row.unit);
  if (old == before.end()) {
    note(row.unit, RowMark::added, {"is in focus now"}, now);
  } else if (!(old->second == row)) {
    auto texts = differences(old->second, row);
    if (texts.empty()) {
      texts.emplace_back("a new word, the same figures");
    }
    note(row.unit, RowMark::changed, std::move(texts), now);
  }
}

void WatchChanges::compare(const Units& before, const Units& after, WatchNow now) {
  begin(now);
  for (const auto& [id, row] : after) {
    note_row(before, row, now);
  }
  for (const auto& [id, row] : before) {
    if (!after.contains(id)) {
      note(id, RowMark::changed, {"is out of focus now"}, now);
    }
  }
}

void WatchChanges::take(const Units& before, const model::Delta& delta, WatchNow now) {
  begin(now);
  for (const auto& row : delta.units) {
    note_row(before, row, now);
  }
  for (const auto& id : delta.units_gone) {
    if (before.contains(id)) {
      note(id, RowMark::changed, {"is out of focus now"}, now);
    }
  }
}

RowMark WatchChanges::mark_of(const model::UnitId& unit, WatchNow now) const {
  const auto found = marked_.find(unit);
  return found != marked_.end() && now.steady < found->second.until ? found->second.mark
                                                                    : RowMark::none;
}

}  // namespace muster::secretariat
