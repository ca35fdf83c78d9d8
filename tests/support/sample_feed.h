// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/feed.h"

/// Valid messages of the feed for tests: every field has a value of its own.
namespace muster::tests {

/// A row with every field; `number` makes the unit and its figures others.
model::FeedUnit sample_feed_unit(std::uint32_t number = 1);
/// One of which as little is known as may be.
model::FeedUnit bare_feed_unit();
model::FeedOperation sample_feed_operation(std::uint32_t number = 1);
model::FeedOperation bare_feed_operation();

model::Subscribe sample_subscribe();
model::Credit sample_credit();
model::Unsubscribe sample_unsubscribe();
model::SnapBegin sample_snap_begin();
model::SnapRows sample_snap_rows();
model::SnapEnd sample_snap_end();
model::Delta sample_delta();
model::Lagged sample_lagged();
model::Mark sample_mark();
model::FeedBye sample_feed_bye();

}  // namespace muster::tests
