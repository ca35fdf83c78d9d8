// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/feed.h"
#include "schemas/text/json_tree.h"

/// What the feed says, with the names that the rows of ForceTree and OperationList have
/// (ops/docs/JSON.md). New fields may come; an absent value is left out.
namespace muster::text {

/// "freshness" is that at `now`; "ageing_at", "stale_at" and "expires_at" say how it goes on.
Json feed_unit(const model::FeedUnit& row, model::UtcTime now);
Json feed_operation(const model::FeedOperation& row);
/// The header of an answer.
Json feed_header(const model::AnswerHeader& header);

}  // namespace muster::text
