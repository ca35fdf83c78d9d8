// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/feed.h"
#include "schemas/wire/message.h"

/// Complete messages of the feed (PROTOCOL.md §8), on the query socket. The read_… functions take a
/// body that read_message() gave. Errors of all of them: malformed, naming the field and what was
/// found: bytes that are no such body, a key or text that is none, an id of 0 (except in FEED_BYE,
/// where it says that the number could not be read). Codes that are not known are kept, and credits
/// are as they were said: the broker bounds them, and its answer has the id. Rows are never cut:
/// whoever makes SNAP_ROWS and DELTA keeps them below kFeedMessageBytesMax.
namespace muster::wire {

/// What one row takes in a message at most, for who fills messages. What a message has beside its
/// rows and its lists of keys is less than 256 bytes; a key of those lists takes less than 52.
std::size_t bytes_of(const model::FeedUnit& row);
std::size_t bytes_of(const model::FeedOperation& row);

model::Bytes subscribe_message(const model::Subscribe& message);
model::Bytes credit_message(const model::Credit& message);
model::Bytes unsubscribe_message(const model::Unsubscribe& message);
model::Bytes snap_begin_message(const model::SnapBegin& message);
model::Bytes snap_rows_message(const model::SnapRows& message);
model::Bytes snap_end_message(const model::SnapEnd& message);
model::Bytes delta_message(const model::Delta& message);
model::Bytes lagged_message(const model::Lagged& message);
model::Bytes mark_message(const model::Mark& message);
model::Bytes feed_bye_message(const model::FeedBye& message);

model::Result<model::Subscribe> read_subscribe(model::ByteView body);
model::Result<model::Credit> read_credit(model::ByteView body);
model::Result<model::Unsubscribe> read_unsubscribe(model::ByteView body);
model::Result<model::SnapBegin> read_snap_begin(model::ByteView body);
model::Result<model::SnapRows> read_snap_rows(model::ByteView body);
model::Result<model::SnapEnd> read_snap_end(model::ByteView body);
model::Result<model::Delta> read_delta(model::ByteView body);
model::Result<model::Lagged> read_lagged(model::ByteView body);
model::Result<model::Mark> read_mark(model::ByteView body);
model::Result<model::FeedBye> read_feed_bye(model::ByteView body);

}  // namespace muster::wire
