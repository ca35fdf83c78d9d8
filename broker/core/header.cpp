// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "broker/core/freshness.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

using model::Freshness;

/// Who has reported, and who is stale, among the units of some nations. Nations are few.
class Reporting {
 public:
  Reporting(const Registry& registry, model::UtcTime now, const std::vector<model::Nation>& nations)
      : ages_(registry, now), nations_(nations) {}

  void add(const Row& row, bool is_visible) {
    if (!row.counts() || !concerns(row.nation)) {
      return;
    }
    if (ages_.strength_of(row) != Freshness::expired) {
      add_once(reporting_, row.nation);
    }
    if (ages_.of(row) >= Freshness::stale) {
      add_once(stale_, row.nation);
      stale_strength_ += is_visible ? row.deployable : 0;
    }
  }

  [[nodiscard]] bool has_reported(const model::Nation& nation) const {
    return std::find(reporting_.begin(), reporting_.end(), packed(nation)) != reporting_.end();
  }
  void write(model::AnswerHeader& header) {
    std::sort(stale_.begin(), stale_.end());
    for (const auto nation : stale_) {
      header.nations_stale.push_back(unpacked(nation));
    }
    header.stale_strength = stale_strength_;
  }

 private:
  [[nodiscard]] bool concerns(std::uint32_t nation) const {
    return nations_.empty() || std::any_of(nations_.begin(), nations_.end(), [&](const auto& each) {
             return packed(each) == nation;
           });
  }
  static void add_once(std::vector<std::uint32_t>& list, std::uint32_t nation) {
    if (std::find(list.begin(), list.end(), nation) == list.end()) {
      list.push_back(nation);
    }
  }

  Ages ages_;
  const std::vector<model::Nation>& nations_;
  std::vector<std::uint32_t> reporting_, stale_;
  std::uint64_t stale_strength_ = 0;
};

bool sees_who_reports(const Viewer& viewer) {
  return sees_all(viewer) || viewer.has(model::Role::ops);
}

/// The members that are expected to report, told apart by whether they did.
void write_members(model::AnswerHeader& header, const Registry& registry, const Moment& moment,
                   const std::vector<model::Nation>& nations, const Reporting& found) {
  for (const auto& member : registry.members) {
    const auto& nation = member.nation;
    const bool concerns_viewer = sees_who_reports(moment.viewer) ||
                                 nation == moment.viewer.node.publisher() ||
                                 found.has_reported(nation);
    auto& list = found.has_reported(nation) ? header.nations_reporting : header.nations_missing;
    if (concerns_viewer && passes(nations, nation) && registry.is_member(nation, moment.now) &&
        std::find(list.begin(), list.end(), nation) == list.end()) {
      list.push_back(nation);
    }
  }
}

model::AnswerHeader empty_header(const Registry& registry, const Moment& moment,
                                 std::uint64_t ledger_seq) {
  return {.valid_at = moment.now,
          .known_at = moment.known_at,
          .ledger_seq = ledger_seq,
          .realm = registry.realm};
}

}  // namespace

model::AnswerHeader header_of(const State& state, const Moment& moment,
                              const std::vector<model::Nation>& nations) {
  Reporting found(*state.registry, moment.now, nations);
  if (sees_all(moment.viewer)) {
    state.rows.for_each([&](const Row& row) { found.add(row, true); });
  } else {
    state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
      const bool is_visible = can_see(moment.viewer, id, unit);
      if (is_visible || sees_who_reports(moment.viewer)) {
        found.add(state.rows.at(unit.number), is_visible);
      }
    });
  }
  auto header = empty_header(*state.registry, moment, state.ledger_seq);
  write_members(header, *state.registry, moment, nations, found);
  found.write(header);
  return header;
}

model::AnswerHeader header_from_words(const State& now, const Moment& moment,
                                      std::uint64_t ledger_seq,
                                      const std::vector<model::Nation>& nations) {
  const auto& registry = *now.registry_known(moment.known_at);
  Reporting found(registry, moment.now, nations);
  now.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    found.add(row_at(id, unit.history, {moment.now, moment.known_at}), true);
  });
  auto header = empty_header(registry, moment, ledger_seq);
  write_members(header, registry, moment, nations, found);
  found.write(header);
  return header;
}

}  // namespace muster::core
