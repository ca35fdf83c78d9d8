// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace muster::planner {

/// A flow through a network, as large as it can be. In integers and by Dinic, so exact and the same
/// everywhere. One thread at a time.
class Flow {
 public:
  explicit Flow(std::size_t nodes) : out_(nodes) {}

  /// Adds an edge that carries up to `capacity`, and returns its number for widen() and sent().
  std::size_t add(std::uint32_t from, std::uint32_t to, std::int64_t capacity);
  void widen(std::size_t edge, std::int64_t more) { edges_[edge].left += more; }

  /// Sends as much more as the edges let through, and returns how much that is. What already
  /// arrives at `sink` over one of its edges stays: it may take another way there, never leave.
  std::int64_t push(std::uint32_t source, std::uint32_t sink);
  /// What `edge` carries.
  std::int64_t sent(std::size_t edge) const { return edges_[edge ^ 1].left; }
  /// The nodes to which more could be sent from `source`. After push() that is the source's side of
  /// a smallest cut.
  std::vector<bool> reached_from(std::uint32_t source) const;

 private:
  struct Edge {
    std::uint32_t to = 0;
    std::int64_t left = 0;  ///< What it could carry yet.
  };
  bool measure(std::uint32_t source, std::uint32_t sink);
  std::int64_t send(std::uint32_t node, std::uint32_t sink, std::int64_t most);

  std::vector<Edge> edges_;  ///< Each with its way back beside it: 0 and 1, 2 and 3.
  std::vector<std::vector<std::uint32_t>> out_;
  std::vector<std::uint32_t> distance_, next_;  ///< Of push() alone.
};

}  // namespace muster::planner
