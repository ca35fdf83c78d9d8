// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "broker/core/state.h"

namespace muster::core {

/// Where an envelope stands in the chain of its node (TRAPS: duplicates; PROTOCOL.md §5).
enum class ChainPlace : std::uint8_t {
  next,      ///< It continues the chain.
  repeated,  ///< Its place is taken: the stored hash tells a resend from a fork.
  gap,       ///< Something before it is missing: send from the head on.
  broken,    ///< It should continue the chain and names another head.
};

inline ChainPlace place_in_chain(const NodeState& head, const model::ChainLink& link) {
  if (link.first_seq <= head.head_seq) {
    return ChainPlace::repeated;
  }
  if (link.first_seq > head.head_seq + 1) {
    return ChainPlace::gap;
  }
  return link.prev_hash == head.head_hash ? ChainPlace::next : ChainPlace::broken;
}

}  // namespace muster::core
