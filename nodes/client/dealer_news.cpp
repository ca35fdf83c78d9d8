// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/dealer_news.h"

namespace muster::client {

DealerNews DealerWatch::look(link::DealerSocket& dealer) {
  using link::DealerState;
  const auto before = dealer.state();
  const auto state = dealer.poll_events();
  const bool is_new = dealer.connections() != connections_seen_;
  const bool broke = before == DealerState::connected || dealer.broken_handshakes() > 0;
  DealerNews news;
  news.is_denied = state == DealerState::denied && !was_denied_;
  news.is_made = is_new && !news.is_denied;
  news.is_broken = state == DealerState::connecting && (broke || is_new);
  was_denied_ = state == DealerState::denied;
  connections_seen_ = dealer.connections();
  return news;
}

}  // namespace muster::client
