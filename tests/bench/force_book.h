// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "broker/core/decide.h"
#include "tests/bench/force.h"

namespace muster::bench {

/// Folds what a Force says into a State, as the broker does once a batch is committed, with a node
/// a nation. Nothing is decided on the way in unless it says so: recovery does not either.
class ForceBook {
 public:
  /// `genesis` names the members and their nodes, as node_of() calls them.
  explicit ForceBook(const model::RegistryStatement& genesis);

  /// Every unit, a day before the first report.
  void declare(const Force& force);
  /// Every unit's strength of one day, in the order of time.
  void report(const Force& force, std::uint32_t day);

  /// What a report costs the core, in nanoseconds of CPU time: decide and evolve of one changed
  /// Strength of a random unit, and its share of the snapshot that a batch of 256 publishes. The
  /// median of `batches` batches, after a tenth of them uncounted. The reports stay in the state.
  double report_cost_ns(const Force& force, std::uint32_t batches);

  [[nodiscard]] const core::State& state() const { return state_; }
  [[nodiscard]] std::uint64_t words() const { return words_; }

  /// The node that speaks for a nation of kNations.
  static model::NodeId node_of(std::size_t nation);

 private:
  struct Batch;
  [[nodiscard]] core::Arrival next_arrival(std::size_t nation, model::UtcTime valid_at);
  void take(std::uint32_t unit, model::Statement statement, model::UtcTime valid_at);
  void close_envelopes(core::State& state, model::UtcTime at);
  [[nodiscard]] Batch next_batch(const Force& force, std::uint64_t seed);
  [[nodiscard]] core::State decided(Batch batch);

  core::State state_;
  std::array<std::uint64_t, kNations.size()> seqs_{};  ///< The last report of each nation's node.
  std::uint64_t words_ = 0, unclosed_ = 0, changes_ = 0;
};

}  // namespace muster::bench
