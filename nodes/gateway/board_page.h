// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nodes/gateway/gateway_config.h"
#include "nodes/gateway/live_feed.h"

namespace muster::gateway {

/// What the page needs to know of its place.
struct BoardFacts {
  std::string version, marking;
  const std::vector<NationNames>& nations;
  std::string node;
  LiveFeed::Standing standing;
};

/// {"version","realm","marking":{"text"},"nations":[{"code","names":{"en","ru"}}],"languages",
/// "identity":{"node"},"is_live","since","problem"}; realm is null until the broker has said it.
std::string board_page(const BoardFacts& facts);

}  // namespace muster::gateway
