// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/cover.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "broker/planner/cover_rows.h"
#include "broker/planner/swaps.h"

namespace muster::planner {
namespace {

using Counts = std::vector<std::uint32_t>;

// What is nearer to a whole number than this is one.
constexpr double kWhole = 1e-6;

std::int64_t rounded_up(std::int64_t priced) {
  return priced <= 0 ? 0 : (priced - 1) / kPriceScale + 1;
}

// So many relaxations of the dive are solved before CBC is asked.
constexpr int kNodesOfDive = 60;

// So many exchanges make a choice another one, rather than mend it.
constexpr int kExchangesOfMending = 30;

struct Range {
  std::int64_t low = 0, high = 0;
};
/// Where the dive parted: more than `down` units of a group, or no more.
struct Step {
  std::uint32_t column = 0;
  std::int64_t down = 0;
  Range before;
  bool is_up = true;
};

/// One search for the cheapest choice: relax, dive, branch.
class Hunt {
 public:
  Hunt(const Cover& cover, const Wish& wish, std::vector<Cut>& cuts, const Deadline& deadline,
       const Solver& solver)
      : cover_(cover), wish_(wish), cuts_(cuts), deadline_(deadline), solver_(solver) {
    program_.nodes_max = wish.nodes_max;
    for (const auto& group : cover.groups) {
      program_.columns.push_back({.cost = group.cost, .high = group.count});
      ranges_.push_back({.high = group.count});
    }
    relaxation_.emplace(program_.columns);
    for (const auto& cut : plain_cuts(cover)) {
      if (std::find(cuts_.begin(), cuts_.end(), cut) == cuts_.end()) {
        cuts_.push_back(cut);
      }
    }
    for (const auto& cut : cuts_) {
      add(row_of(cover_, cut));
    }
    add_units_max();
  }

  Choice run() {
    if (relax() && !is_over()) {
      better(wish_.start);
      dive();
      while (!is_over() && branch()) {
      }
    }
    best_.bound = std::min({bound_, wish_.below, best_.counts.empty() ? bound_ : best_.cost});
    best_.is_proven = is_done();
    return std::move(best_);
  }

 private:
  void add(const std::optional<Row>& row) {
    if (row) {
      relaxation_->add(*row);
      program_.rows.push_back(*row);
    }
  }
  void add_units_max() {
    if (!cover_.units_max) {
      return;
    }
    Row row{.low = -*cover_.units_max};
    for (std::uint32_t i = 0; i < cover_.groups.size(); ++i) {
      row.terms.push_back({.column = i, .factor = -1});
    }
    add(row);
  }
  /// Takes in what was found broken. False when nothing of it is unknown: then the rest is a matter
  /// of rounding.
  bool learn(const std::vector<Cut>& broken) {
    bool is_more = false;
    for (const auto& cut : broken) {
      if (std::find(cuts_.begin(), cuts_.end(), cut) == cuts_.end()) {
        add(row_of(cover_, cut));
        cuts_.push_back(cut);
        is_more = true;
      }
    }
    return is_more;
  }

  std::int64_t below() const {
    return best_.counts.empty() ? wish_.below : std::min(wish_.below, best_.cost);
  }
  bool is_done() const { return bound_ >= below() || (has_any() && best_.cost <= wish_.enough); }
  bool has_any() const { return !best_.counts.empty(); }
  bool is_over() const { return is_done() || deadline_.has_passed(); }

  /// Solves the relaxation until its solution breaks no cut. False when it ended before, or when
  /// nothing that is cheap enough is left.
  bool relax() {
    while (!deadline_.has_passed()) {
      const auto answer = relaxation_->solve();
      if (answer != Relaxation::Answer::optimal) {
        has_failed_ = has_failed_ || answer == Relaxation::Answer::failed;
        if (!has_failed_ && !is_diving_) {
          bound_ = below();
        }
        return false;
      }
      const bool is_dear = std::ceil(relaxation_->cost() - kWhole) >= static_cast<double>(below());
      if (is_diving_ && is_dear) {
        return false;
      }
      values_ = relaxation_->values();
      const bool is_more = learn(broken_cuts(cover_, [&](std::size_t i) { return values_[i]; }));
      if (!is_diving_ && (is_dear || !is_more)) {
        price();
      }
      if (!is_more || is_done()) {
        return !is_done();
      }
    }
    return false;
  }

  /// What the relaxation proves, in integers.
  void price() {
    auto prices = relaxation_->prices();
    prices.resize(program_.rows.size());  // Rows that were added since have none.
    priced_ = price_out(program_, prices);
    bound_ = std::max(bound_, rounded_up(priced_.bound));
  }

  /// Branches on the relaxation, depth first and upwards first, for a while: cuts that it learns
  /// hold everywhere, so this finds choices that CBC would be started again and again for.
  void dive() {
    is_diving_ = true;
    std::vector<Step> steps;
    int nodes = 0;
    bool is_open = true;
    while (is_open && nodes < kNodesOfDive && !is_over()) {
      ++nodes;
      if (!relax()) {
        is_open = !deadline_.has_passed() && turn_back(steps);
      } else if (const auto step = next_step()) {
        steps.push_back(*step);
        set(steps.back());
      } else if (take(rounded()) || !has_learnt_) {
        is_open = turn_back(steps);
      }
    }
    if (!is_open && !deadline_.has_passed() && !has_failed_) {
      bound_ = below();
    }
    is_diving_ = false;
    relaxation_->reset_ranges();
  }
  /// The unit that is the nearest to be in as a whole, of those that are in by a part.
  std::optional<Step> next_step() const {
    std::optional<Step> step;
    double most = 0;
    for (std::uint32_t i = 0; i < values_.size(); ++i) {
      const auto down = std::floor(values_[i] + kWhole);
      if (const auto part = values_[i] - down; part > std::max(most, kWhole)) {
        most = part;
        const auto range = ranges_.at(i);
        step = Step{.column = i, .down = std::llround(down), .before = range};
      }
    }
    return step;
  }
  void set(const Step& step) {
    auto range = step.before;
    (step.is_up ? range.low : range.high) = step.down + (step.is_up ? 1 : 0);
    ranges_[step.column] = range;
    relaxation_->set_range(step.column, range.low, range.high);
  }
  /// Takes the other way at the last step that has one. False when none has.
  bool turn_back(std::vector<Step>& steps) {
    while (!steps.empty()) {
      auto& step = steps.back();
      if (step.is_up) {
        step.is_up = false;
        set(step);
        return true;
      }
      ranges_[step.column] = step.before;
      relaxation_->set_range(step.column, step.before.low, step.before.high);
      steps.pop_back();
    }
    return false;
  }
  Counts rounded() const {
    Counts counts;
    for (const auto value : values_) {
      counts.push_back(static_cast<std::uint32_t>(std::lround(value)));
    }
    return counts;
  }

  /// Takes a choice that covers everything; else false, and what it breaks is learnt.
  bool take(Counts counts) {
    const auto broken = broken_cuts(cover_, counts);
    has_learnt_ = learn(broken);
    if (!broken.empty()) {
      return false;
    }
    trim(counts);
    const auto cost = cost_of(counts);
    if (is_allowed(counts) && cost < below()) {
      best_.counts = std::move(counts);
      best_.cost = cost;
    }
    return true;
  }
  std::int64_t cost_of(const Counts& counts) const {
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      cost += cover_.groups[i].cost * counts[i];
    }
    return cost;
  }
  bool is_allowed(const Counts& counts) const {
    return !cover_.units_max ||
           std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) <= *cover_.units_max;
  }

  /// Leaves out what is not needed, the dearest and smallest first.
  void trim(Counts& counts) const {
    auto cost = cost_of(counts);
    for (const auto i : by_worth()) {
      while (counts[i] > 0 && cost > bound_) {
        --counts[i];
        if (!covers(cover_, counts)) {
          ++counts[i];
          break;
        }
        cost -= cover_.groups[i].cost;
      }
    }
  }
  std::vector<std::uint32_t> by_worth() const {
    std::vector<std::uint32_t> order(cover_.groups.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t i) {
      const auto& amounts = cover_.groups[i].amounts;
      return std::pair(-cover_.groups[i].cost,
                       std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0}));
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    return order;
  }

  /// Lets CBC choose among what the prices leave open. False when that cannot go on.
  bool branch() {
    if (!relax() || is_over()) {
      return false;
    }
    const auto outcome = solver_(open_program(), deadline_);
    if (outcome.kind == Outcome::Kind::infeasible) {
      bound_ = below();
      return false;
    }
    bound_ = std::max(bound_, std::min(below(), bound_of(outcome)));
    if (!outcome.values.empty()) {
      const auto is_whole_answer = take_or_mend(outcome.values);
      if (is_whole_answer && outcome.kind == Outcome::Kind::optimal) {
        bound_ = std::max(bound_, best_.cost);
      }
    }
    return outcome.kind == Outcome::Kind::optimal;
  }
  static std::int64_t bound_of(const Outcome& outcome) {
    constexpr double kHuge = 1e15;
    return std::abs(outcome.bound) > kHuge ? 0 : std::llround(std::ceil(outcome.bound - kWhole));
  }
  /// The program with the bounds that the prices give: a unit that would cost more than what is
  /// left between the bound and the best cannot change.
  Program open_program() const {
    auto program = program_;
    const auto room = below() > std::numeric_limits<std::int64_t>::max() / kPriceScale
                          ? std::numeric_limits<std::int64_t>::max()
                          : (below() - 1) * kPriceScale - priced_.bound;
    for (std::size_t i = 0; i < program.columns.size(); ++i) {
      auto& column = program.columns[i];
      if (const auto extra = priced_.extra[i]; extra > 0) {
        column.high = std::min(column.high, std::max<std::int64_t>(room / extra, 0));
      } else if (extra < 0) {
        column.low = std::max(column.low, column.high - std::max<std::int64_t>(room / -extra, 0));
      }
    }
    if (has_any() || wish_.below != Wish{}.below) {
      Row cheaper{.low = 1 - below()};
      for (std::uint32_t i = 0; i < program.columns.size(); ++i) {
        if (program.columns[i].cost != 0) {
          cheaper.terms.push_back({.column = i, .factor = -program.columns[i].cost});
        }
      }
      program.rows.push_back(std::move(cheaper));
    }
    return program;
  }
  /// Takes the values, or what exchanges make of them until they cover everything. True when they
  /// did as they were.
  bool take_or_mend(const std::vector<double>& values) {
    Counts counts;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto most = static_cast<double>(cover_.groups[i].count);
      counts.push_back(static_cast<std::uint32_t>(std::clamp(values[i], 0.0, most)));
    }
    if (take(counts)) {
      return true;
    }
    mend(std::move(counts));
    return false;
  }
  /// Mends the choice, and then, where units differ in cost, whatever it becomes when one that
  /// costs is left out.
  void better(Counts counts) {
    if (counts.empty()) {
      return;
    }
    mend(counts);
    const auto of_first = cover_.groups[0].cost;
    bool is_better = std::any_of(cover_.groups.begin(), cover_.groups.end(),
                                 [&](const Group& group) { return group.cost != of_first; });
    while (is_better && !is_over()) {
      is_better = false;
      counts = has_any() ? best_.counts : counts;
      for (std::size_t i = 0; i < counts.size() && !is_better && !is_over(); ++i) {
        if (counts[i] > 0 && cover_.groups[i].cost > 0) {
          const auto before = below();
          auto fewer = counts;
          --fewer[i];
          mend(std::move(fewer));
          is_better = below() < before;
        }
      }
    }
  }
  /// What is mended may break a cut that nobody knew, which is then learnt and mended too.
  void mend(Counts counts) {
    int exchanges = 0;
    while (!is_over()) {
      Swaps swaps(program_, std::move(counts));
      while (!swaps.holds()) {
        if (++exchanges > kExchangesOfMending || deadline_.has_passed() || !swaps.mend(below())) {
          return;
        }
      }
      counts = swaps.counts();
      if (take(counts) || !has_learnt_) {
        return;
      }
    }
  }

  const Cover& cover_;
  const Wish wish_;
  std::vector<Cut>& cuts_;
  const Deadline& deadline_;
  const Solver& solver_;
  Program program_;
  std::optional<Relaxation> relaxation_;
  std::vector<double> values_;
  PricedOut priced_;
  std::vector<Range> ranges_;
  bool is_diving_ = false, has_learnt_ = false, has_failed_ = false;
  std::int64_t bound_ = 0;
  Choice best_;
};

}  // namespace

Choice cheapest(const Cover& cover, const Wish& wish, std::vector<Cut>& cuts,
                const Deadline& deadline, const Solver& solver) {
  return Hunt(cover, wish, cuts, deadline, solver).run();
}

bool covers(const Cover& cover, std::span<const std::uint32_t> counts) {
  return broken_cuts(cover, counts).empty();
}

}  // namespace muster::planner
