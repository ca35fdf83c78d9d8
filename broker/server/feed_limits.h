// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace muster::server {

struct FeedLimits {
  std::uint32_t subscribers_max = 4096;
  /// Of one node, whatever its connections and keys: one client in trouble must leave places for
  /// the others.
  std::uint32_t per_node_max = 256;
  std::uint32_t per_connection_max = 8;
  /// Bytes of rows under way to one subscriber: sent, and not paid for with CREDIT since. Beyond
  /// that it waits, as without credit, so it takes this and one message more in the broker's queue
  /// when it does not read. Never less than kLeastUnpaidBytesMax, on which subscribers rely.
  std::uint32_t unpaid_bytes_max = kLeastUnpaidBytesMax;
  static constexpr std::uint32_t kLeastUnpaidBytesMax = 1U << 20U;
  /// Changes that are remembered, a unit or operation each. Who is further behind than that gets a
  /// snapshot anew.
  std::uint32_t journal_max = 65'536;
  /// Held up (no credit, or a full connection, although there is something to say) for so long: BYE
  /// slow. The same when one snapshot or delta is not taken whole within kTakenWithin times that,
  /// since the state that it speaks of is kept for so long.
  std::chrono::milliseconds slow_max{60'000};
  static constexpr int kTakenWithin = 5;
  std::chrono::milliseconds mark_every{5'000};
  /// What is committed within this time of a look is seen by the next one, together: a screen needs
  /// no more, and the machine has other things to do.
  std::chrono::milliseconds look_every{20};
  /// A full connection is tried again after so long: nobody tells when it has room.
  std::chrono::milliseconds retry_every{50};
  /// Messages, and time, that one step() takes at most, so that questions are answered in between.
  std::uint32_t messages_a_step = 1024;
  std::chrono::milliseconds step_max{10};
};

}  // namespace muster::server
