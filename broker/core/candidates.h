// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/freshness.h"
#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/force_query.h"

/// What each unit could bring to some tasks in some area (DOMAIN.md §6). Internal to core: the
/// questions 1, 8, 9 and 12 rest on it.
namespace muster::core {

/// The statement, when there is one and the viewer may see it; else null.
template <typename S>
const S* seen(const Viewer& viewer, const model::Nation& nation, const KeptPtr<S>& kept) {
  return kept && sees(viewer, nation, kept->releasable_to) ? &kept->statement : nullptr;
}

/// A task by its number.
using TaskSet = std::bitset<256>;
TaskSet set_of(const std::vector<model::Task>& tasks);
/// What the unit says it can do, or, when it lists nothing, what its element kind is for
/// (DOMAIN.md §9). Nothing without a statement.
TaskSet tasks_of(const model::UnitStatement* unit);
/// Are all of `asked` among `able`?
inline bool covers(const TaskSet& able, const TaskSet& asked) { return (able & asked) == asked; }

/// "cannot do T05, T08"; empty when `able` covers what is asked.
std::string missing_tasks(const TaskSet& able, const std::vector<model::Task>& asked);

/// The element kind that the viewer may know; OTHER when it was not stated.
model::ElementKind element_kind_of(const model::UnitStatement* unit);

/// Does the time between `from` and `to` include `at`? An absent end is open.
inline bool includes(std::optional<model::UtcTime> from, std::optional<model::UtcTime> to,
                     model::UtcTime at) {
  return (!from || *from <= at) && (!to || at < *to);
}

/// What is to be done, and where.
struct Mission {
  std::vector<model::Task> tasks;
  std::optional<model::Place> area{};
};

/// Has it begun, and neither ended nor been withdrawn?
bool is_in_force(const model::CaveatStatement& caveat, model::UtcTime at);
/// Does the caveat limit this mission? The tasks of TASK_EXCLUDED and the area of AREA_EXCLUDED are
/// what they exclude; of the other kinds they narrow it when they are given.
bool touches(const model::CaveatStatement& caveat, const Mission& mission);
/// Does a caveat that touches a mission keep a unit from it altogether? NIGHT_OR_MODE does so when
/// the unit must move, and by the mode that it names ("AIR").
bool excludes(const model::CaveatStatement& caveat, const Mission& mission,
              const model::AvailabilityStatement* availability);

/// One unit against one mission.
struct Candidate {
  model::UnitId unit;
  model::ElementKind element_kind = model::ElementKind::other;
  TaskSet able;
  std::uint64_t deployable = 0, committed = 0;
  std::uint64_t free = 0;                   ///< f(u).
  std::uint64_t people = 0;                 ///< f(u) up to the MAX_STRENGTH of the unit itself.
  std::optional<std::uint64_t> people_cap;  ///< Of its Availability.
  std::optional<std::uint64_t> notice_min;
  std::optional<std::uint64_t> ready_min;  ///< m(u): notice, loading, movement.
  std::string not_countable;               ///< Why there is no m(u).
  std::uint64_t movement_min = 0;
  std::uint64_t lift = 0;       ///< People that it moves at a time; 0: all.
  std::uint64_t opens_min = 0;  ///< From now until its window opens.
  std::optional<model::UtcTime> available_from, available_until;
  model::Freshness freshness = model::Freshness::expired;
  model::Level level = model::kNotMeasured;
  bool is_partial = true;                               ///< Of its level.
  std::optional<model::Lifecycle> reorganising;         ///< FORMING or CONVERTING.
  const model::CaveatStatement* excluded_by = nullptr;  ///< The first by its id.
  const model::CaveatStatement* capped_by = nullptr;
  const model::CaveatStatement* unapproved = nullptr;  ///< The first whose approval is outstanding.
  bool needs_approval = false;

  /// When it stands in the area: ready, and its window open.
  [[nodiscard]] std::optional<std::uint64_t> arrival_min() const;
};

/// The same unit when `committed` of its people are not free. They count against its MAX_STRENGTH.
Candidate with_committed(Candidate candidate, std::uint64_t committed);

/// "caveat KAZ/C-1: TASK_EXCLUDED".
std::string named(const model::CaveatStatement& caveat);

/// Caveats that are taken as if they were not there.
struct Spared {
  const model::CaveatStatement* caveat = nullptr;  ///< This one.
  bool all = false;                                ///< Or all.
};

/// The unit's certainty ("Three figures"), or nothing when it never counts: EXPIRED or level 5.
std::optional<model::Certainty> certainty_of(const Candidate& candidate);
/// `people` in the figure of `certainty` and in those that include it.
model::Assurance assured(model::Certainty certainty, std::uint64_t people);

/// Looks at units for one question: reads the agreements once. Keeps references: the state and the
/// moment outlive it. Thread rule: one thread.
class Assembly {
 public:
  Assembly(const State& state, const Moment& moment, Mission mission);

  [[nodiscard]] const Mission& mission() const { return mission_; }
  [[nodiscard]] Candidate candidate(const model::UnitId& id, const UnitState& unit,
                                    const Spared& spared = {}) const;
  /// The least MAX_STRENGTH that a nation set for itself, with its caveat; null when there is none.
  [[nodiscard]] const model::CaveatStatement* cap_of(const model::Nation& nation,
                                                     const Spared& spared = {}) const;

  /// Why `candidate` is not among those who arrive within `within_min`: the first cause in the
  /// order of LeftOutReason. Nothing when it is.
  [[nodiscard]] std::optional<model::LeftOut> left_out(
      const Candidate& candidate, std::uint64_t within_min,
      std::optional<model::Freshness> min_freshness) const;

 private:
  void read_caveats();
  void read_contributions();
  void add_availability(Candidate& candidate, const model::AvailabilityStatement* availability,
                        const model::UnitStatement* identity) const;
  void add_movement(Candidate& candidate, const model::AvailabilityStatement& availability,
                    const model::UnitStatement* identity) const;
  void add_caveat(Candidate& candidate, const model::CaveatStatement& caveat,
                  const model::AvailabilityStatement* availability) const;

  using Caveats = std::vector<const model::CaveatStatement*>;  // By id.
  const State& state_;
  const Moment& moment_;
  Mission mission_;
  TaskSet asked_;
  Ages ages_;
  std::map<model::Nation, Caveats> of_nations_;
  std::map<model::UnitId, Caveats> of_units_;
  std::map<model::UnitId, std::uint64_t> committed_;
};

/// Caveats whose approval the secretariat has given, as agreement_key() calls them.
std::vector<std::string> approved_caveats(const State& state, const Viewer& viewer);

}  // namespace muster::core
