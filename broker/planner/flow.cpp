// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/flow.h"

#include <algorithm>
#include <limits>

namespace muster::planner {
namespace {

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

}  // namespace

std::size_t Flow::add(std::uint32_t from, std::uint32_t to, std::int64_t capacity) {
  const auto number = static_cast<std::uint32_t>(edges_.size());
  edges_.push_back({.to = to, .left = capacity});
  edges_.push_back({.to = from, .left = 0});
  out_[from].push_back(number);
  out_[to].push_back(number + 1);
  return number;
}

std::int64_t Flow::push(std::uint32_t source, std::uint32_t sink) {
  std::int64_t pushed = 0;
  while (measure(source, sink)) {
    next_.assign(out_.size(), 0);
    pushed += send(source, sink, std::numeric_limits<std::int64_t>::max());
  }
  return pushed;
}

bool Flow::measure(std::uint32_t source, std::uint32_t sink) {
  distance_.assign(out_.size(), kFar);
  distance_[source] = 0;
  std::vector<std::uint32_t> queue{source};
  for (std::size_t at = 0; at < queue.size() && distance_[sink] == kFar; ++at) {
    for (const auto number : out_[queue[at]]) {
      const auto& edge = edges_[number];
      if (edge.left > 0 && distance_[edge.to] == kFar) {
        distance_[edge.to] = distance_[queue[at]] + 1;
        queue.push_back(edge.to);
      }
    }
  }
  return distance_[sink] != kFar;
}

std::int64_t Flow::send(std::uint32_t node, std::uint32_t sink, std::int64_t most) {
  if (node == sink) {
    return most;
  }
  std::int64_t sent = 0;
  // An edge that carries no more in this round is not looked at again, so `next_` only grows.
  for (auto& at = next_[node]; at < out_[node].size(); ++at) {
    const auto number = out_[node][at];
    const auto to = edges_[number].to;
    if (edges_[number].left == 0 || distance_[to] != distance_[node] + 1) {
      continue;
    }
    const auto part = send(to, sink, std::min(most - sent, edges_[number].left));
    edges_[number].left -= part;
    edges_[number ^ 1].left += part;
    sent += part;
    if (sent == most) {
      break;
    }
  }
  return sent;
}

std::vector<bool> Flow::reached_from(std::uint32_t source) const {
  std::vector<bool> reached(out_.size());
  reached[source] = true;
  std::vector<std::uint32_t> queue{source};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const auto number : out_[queue[at]]) {
      const auto& edge = edges_[number];
      if (edge.left > 0 && !reached[edge.to]) {
        reached[edge.to] = true;
        queue.push_back(edge.to);
      }
    }
  }
  return reached;
}

}  // namespace muster::planner
