// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/feed.h"

namespace muster::model {

Freshness freshness_at(const FeedUnit& unit, UtcTime now) {
  if (unit.ageing_at && now <= *unit.ageing_at) {
    return Freshness::fresh;
  }
  if (unit.stale_at && now <= *unit.stale_at) {
    return Freshness::ageing;
  }
  return unit.expires_at && now <= *unit.expires_at ? Freshness::stale : Freshness::expired;
}

}  // namespace muster::model
