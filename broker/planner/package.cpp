// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/package.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>

#include "broker/planner/assembly.h"
#include "broker/planner/task.h"

namespace muster::planner {
namespace {

using model::AssemblyGoal;

enum class Aim : std::uint8_t { nations, hour, units, burden, freshness };

std::vector<Aim> aims_of(AssemblyGoal goal) {
  switch (goal) {
    case AssemblyGoal::earliest:
      return {Aim::hour, Aim::units, Aim::burden, Aim::freshness};
    case AssemblyGoal::fewest_nations:
      return {Aim::nations, Aim::hour, Aim::units, Aim::burden, Aim::freshness};
    case AssemblyGoal::balanced:
      return {Aim::burden, Aim::hour, Aim::units, Aim::freshness};
  }
  return {};
}

std::string name_of(Aim aim) {
  switch (aim) {
    case Aim::nations:
      return "nations";
    case Aim::hour:
      return "hour";
    case Aim::units:
      return "units";
    case Aim::burden:
      return "burden";
    case Aim::freshness:
      return "freshness";
  }
  return {};
}

std::uint32_t ready_min_of(const Problem& problem, const Slice& slice) {
  const auto& places = problem.units[slice.unit].places;
  const auto place = std::find_if(places.begin(), places.end(),
                                  [&](const Place& one) { return one.line == slice.line; });
  return place->ready_min;
}

/// What a package is worth by one aim. Lower is better.
std::uint64_t value_of(const Problem& problem, const std::vector<Slice>& slices, Aim aim) {
  std::set<std::uint32_t> units;
  std::vector<std::uint64_t> given(problem.nations.size());
  std::set<std::uint32_t> nations;
  std::uint64_t value = 0;
  for (const auto& slice : slices) {
    const auto& unit = problem.units[slice.unit];
    given[unit.nation] += slice.people;
    nations.insert(unit.nation);
    if (aim == Aim::hour) {
      value = std::max<std::uint64_t>(value, ready_min_of(problem, slice));
    }
    if (units.insert(slice.unit).second && aim == Aim::freshness) {
      value += unit.staleness;
    }
  }
  if (aim == Aim::burden) {
    for (const auto nation : nations) {
      value = std::max(value, burden_of(problem.nations[nation], given[nation]));
    }
  }
  return aim == Aim::units ? units.size() : aim == Aim::nations ? nations.size() : value;
}

/// Values that a search may end with, from `low`, below which there is none, to `high`, which the
/// package has.
struct Span {
  std::uint64_t low = 0, high = 0;
  bool is_proven() const { return low == high; }
};

// How far a search tree grows for a guess.
constexpr int kNodesOfGuess = 40;

/// One search: the package so far, and the bounds that the objectives behind it have drawn.
class Assembly {
 public:
  Assembly(const Problem& problem, const Search& search, const Solver& solver)
      : problem_(problem),
        deadline_(Deadline::in(search.time_limit, search.is_over)),
        solver_(solver),
        goods_(goods_of(problem)),
        teams_{Team(problem.nations.size(), true)},
        goal_(search.goal) {
    keep(units_within(problem_, bounds_, teams_[0]));
  }

  Package run() {
    Package package;
    for (std::size_t line = 0; line < problem_.lines.size(); ++line) {
      package.lacking.push_back(
          static_cast<std::uint32_t>(goods_.wanted[0][line] - goods_.goods[0].need[line]));
    }
    add_lacking(package);
    for (const auto aim : aims_of(goal_)) {
      // Out of time, an aim is not tried; out of nodes, the next one is, for what there is so far.
      const auto span = deadline_.has_passed() ? Span{.high = value(aim)} : pursue(aim);
      package.objectives.push_back({.name = name_of(aim),
                                    .bound = static_cast<double>(span.low),
                                    .is_proven = span.is_proven()});
    }
    // A later aim may better an earlier one that was not proven, and never worsens any.
    for (std::size_t i = 0; i < aims_of(goal_).size(); ++i) {
      package.objectives[i + 2].value = static_cast<double>(value(aims_of(goal_)[i]));
    }
    package.slices = std::move(slices_);
    return package;
  }

 private:
  void add_lacking(Package& package) const {
    std::int64_t items = 0;
    for (std::size_t good = 1; good < goods_.goods.size(); ++good) {
      items += lacking_of(goods_, good);
    }
    const auto add = [&](const char* name, std::int64_t count) {
      const auto exact = static_cast<double>(count);
      package.objectives.push_back(
          {.name = name, .value = exact, .bound = exact, .is_proven = true});
    };
    add("people", lacking_of(goods_, 0));
    add("equipment", items);
  }

  Span pursue(Aim aim) {
    switch (aim) {
      case Aim::nations:
        return fewest_nations();
      case Aim::hour:
        return earliest_hour();
      case Aim::units:
        return cheapest_units(aim, {.of_unit = 1});
      case Aim::burden:
        return goal_ == AssemblyGoal::balanced ? least_burden_of_all() : least_burden();
      case Aim::freshness:
        return cheapest_units(aim, {.of_staleness = 1});
    }
    return {};
  }

  std::uint64_t value(Aim aim) const { return value_of(problem_, slices_, aim); }

  /// Makes the package from these units. Those that turn out not to be needed are left out.
  void keep(const Units& units) {
    slices_ = slices_of(problem_, goods_, bounds_, units);
    units_.clear();
    for (const auto& slice : slices_) {
      units_.push_back(slice.unit);
    }
    std::sort(units_.begin(), units_.end());
    units_.erase(std::unique(units_.begin(), units_.end()), units_.end());
  }
  bool meets(const Bounds& bounds, const Units& units) const {
    return planner::meets(problem_, goods_, bounds, units);
  }
  /// The teams that can do it within `bounds`, alone with flows.
  std::vector<Team> teams_within(const Bounds& bounds) const {
    std::vector<Team> able;
    for (const auto& team : teams_) {
      if (meets(bounds, units_within(problem_, bounds, team))) {
        able.push_back(team);
      }
    }
    return able;
  }
  void settle(const Bounds& bounds, std::vector<Team> teams) {
    bounds_ = bounds;
    teams_ = std::move(teams);
    keep(units_within(problem_, bounds_, teams_[0]));
  }

  /// Tries one nation, then two, and so on, until a team can do it; and keeps all teams of that
  /// size that can.
  Span fewest_nations() {
    const auto count = problem_.nations.size();
    const auto high = value(Aim::nations);
    for (std::size_t size = 0; size <= count; ++size) {
      Team team(count);
      std::fill(team.begin(), team.begin() + static_cast<std::ptrdiff_t>(size), true);
      std::vector<Team> able;
      do {
        if (deadline_.has_passed()) {
          return {.low = size, .high = std::max<std::uint64_t>(high, size)};
        }
        if (meets(bounds_, units_within(problem_, bounds_, team))) {
          able.push_back(team);
        }
      } while (std::prev_permutation(team.begin(), team.end()));
      if (!able.empty()) {
        settle(bounds_, std::move(able));
        return {.low = size, .high = size};
      }
    }
    return {};
  }

  /// The smallest value from `span` that `is_enough` says yes to, if greater ones do too. `high` is
  /// taken to do.
  Span smallest(Span span, const std::function<bool(std::uint64_t)>& is_enough) const {
    while (span.low < span.high && !deadline_.has_passed()) {
      const auto middle = span.low + (span.high - span.low) / 2;
      if (is_enough(middle)) {
        span.high = middle;
      } else {
        span.low = middle + 1;
      }
    }
    return span;
  }

  Span earliest_hour() {
    std::set<std::uint32_t> hours{0};
    for (const auto& unit : problem_.units) {
      for (const auto& place : unit.places) {
        hours.insert(place.ready_min);
      }
    }
    const std::vector<std::uint32_t> sorted(hours.begin(), hours.end());
    const auto now = static_cast<std::uint32_t>(value(Aim::hour));
    const auto bounds_at = [&](std::uint64_t i) {
      auto bounds = bounds_;
      bounds.ready_max = sorted[i];
      return bounds;
    };
    const auto last = std::lower_bound(sorted.begin(), sorted.end(), now) - sorted.begin();
    const auto found = smallest({.high = static_cast<std::uint64_t>(last)}, [&](std::uint64_t i) {
      return !teams_within(bounds_at(i)).empty();
    });
    if (auto able = teams_within(bounds_at(found.high)); !able.empty()) {
      settle(bounds_at(found.high), std::move(able));
    }
    return {.low = sorted[found.low], .high = sorted[found.high]};
  }

  /// Burden by flows alone, while any unit may serve.
  Span least_burden_of_all() {
    const auto bounds_at = [&](std::uint64_t burden) {
      auto bounds = bounds_;
      bounds.burden_max = burden;
      return bounds;
    };
    const auto found = smallest({.high = value(Aim::burden)}, [&](std::uint64_t burden) {
      return !teams_within(bounds_at(burden)).empty();
    });
    settle(bounds_at(found.high), teams_within(bounds_at(found.high)));
    return found;
  }

  /// Units, or their staleness: the cheapest over all teams. Teams that are proven to be no good
  /// are dropped.
  Span cheapest_units(Aim aim, const Costs& costs) {
    auto high = value(aim);
    auto low = high;
    std::vector<Team> able;
    for (const auto& team : teams_) {
      const auto choice = search(bounds_, team, costs, {.below = static_cast<std::int64_t>(high)});
      if (choice) {
        keep(*choice);
        high = value(aim);
      }
      low = std::min(low, static_cast<std::uint64_t>(bound_));
    }
    return {.low = low, .high = high};
  }

  /// Burden when the number of units is settled: each burden is a search for a choice of no more
  /// units that keeps to it.
  Span least_burden() {
    Span span{.high = rebalanced(value(Aim::burden))};
    const auto floor = smallest({.high = span.high}, [&](std::uint64_t burden) {
      auto bounds = bounds_;
      bounds.burden_max = burden;
      return !teams_within(bounds).empty();
    });
    span.low = floor.low;
    // A short search at each burden shows where the least one must be; a long one proves it.
    auto guess = span.low;
    while (guess < span.high && !deadline_.has_passed()) {
      const auto middle = guess == span.low ? guess : guess + (span.high - guess) / 2;
      const auto is_none = !lower_burden(middle, kNodesOfGuess, span);
      guess = is_none ? std::max(span.low, middle + 1) : guess;
    }
    while (span.low < span.high && lower_burden(span.high - 1, Program{}.nodes_max, span)) {
    }
    bounds_.burden_max = span.high;
    return span;
  }
  /// Looks for a choice of no more units that keeps to `burden`, and narrows the span by what it
  /// finds or proves. False when none was found.
  bool lower_burden(std::uint64_t burden, int nodes_max, Span& span) {
    const auto units = static_cast<std::int64_t>(units_.size());
    auto bounds = bounds_;
    bounds.burden_max = burden;
    bool is_proven = true;
    for (const auto& team : teams_) {
      const auto found = search(bounds, team, {.of_unit = 1},
                                {.below = units + 1, .enough = units, .nodes_max = nodes_max});
      if (found) {
        bounds_ = bounds;
        keep(*found);
        span.high = rebalanced(value(Aim::burden));
        return true;
      }
      is_proven = is_proven && bound_ > units;
    }
    span.low = is_proven ? burden + 1 : span.low;
    return false;
  }
  /// Shares the people among the chosen units so that the burden is least, and returns it.
  std::uint64_t rebalanced(std::uint64_t burden) {
    auto bounds = bounds_;
    const auto found = smallest({.high = burden}, [&](std::uint64_t least) {
      bounds.burden_max = least;
      return meets(bounds, units_);
    });
    bounds_.burden_max = found.high;
    keep(Units(units_));
    return value(Aim::burden);
  }

  /// Units that cover everything as the wish has it, if any are found; and bound_.
  std::optional<Units> search(const Bounds& bounds, const Team& team, const Costs& costs,
                              Wish wish) {
    auto task = cover_of(problem_, goods_, bounds, units_within(problem_, bounds, team), costs);
    if (costs.of_unit == 0) {
      task.cover.units_max = static_cast<std::int64_t>(units_.size());
    }
    wish.start = counts_of(task, units_);
    const auto choice = cheapest(task.cover, wish, cuts_, deadline_, solver_);
    bound_ = choice.bound;
    return choice.counts.empty() ? std::nullopt : std::optional(units_of(task, choice.counts));
  }

  const Problem& problem_;
  const Deadline deadline_;
  const Solver& solver_;
  const Goods goods_;
  std::vector<Team> teams_;
  const AssemblyGoal goal_;
  Bounds bounds_;
  std::vector<Cut> cuts_;
  std::vector<Slice> slices_;
  Units units_;
  std::int64_t bound_ = 0;
};

}  // namespace

std::vector<std::uint32_t> lacking(const Problem& problem) {
  const auto goods = goods_of(problem);
  std::vector<std::uint32_t> lacking;
  for (std::size_t line = 0; line < problem.lines.size(); ++line) {
    lacking.push_back(
        static_cast<std::uint32_t>(goods.wanted[0][line] - goods.goods[0].need[line]));
  }
  return lacking;
}

Package best_package(const Problem& problem, const Search& search) {
  return best_package(problem, search, solve_whole);
}

Package best_package(const Problem& problem, const Search& search, const Solver& solver) {
  return Assembly(problem, search, solver).run();
}

}  // namespace muster::planner
