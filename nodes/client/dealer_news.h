// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "schemas/link/dealer.h"

namespace muster::client {

/// What became of a connection since it was looked at last. Several may be so at once, and then they
/// happened in this order: a connection was made, or the key refused; and it broke.
struct DealerNews {
  bool is_denied = false;
  bool is_made = false;
  bool is_broken = false;
};

/// Looks at one dealer for its owner. Also sees a connection that was made and broke between two
/// looks, and tells of a refused key once. Thread rule: the thread that owns the dealer.
class DealerWatch {
 public:
  DealerNews look(link::DealerSocket& dealer);

 private:
  std::uint64_t connections_seen_ = 0;
  bool was_denied_ = false;
};

}  // namespace muster::client
