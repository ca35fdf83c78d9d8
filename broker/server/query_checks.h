// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "broker/core/state.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// What a question must be before anything is looked up for it. Pure.
namespace muster::server {

/// The nations that an answer rests on; none for all.
std::vector<model::Nation> nations_of(const model::Query& query);

/// A question of a time that has not come yet has no answer. The asker's clock may be ahead by
/// `skew`, as a node's may. Errors: malformed.
model::Result<void> check_moment(const model::Request& request, model::UtcTime now,
                                 model::Duration skew);

/// A period ends after it begins; a stand-by period begins at `now` unless it says otherwise.
/// Errors: malformed.
model::Result<void> check_period(const model::Query& query, model::UtcTime now);

/// A dimension or a goal of a newer schema cannot be answered. Errors: unsupported.
model::Result<void> check_codes(const model::Query& query);

/// What is published is published now, into the record as it is. Errors: malformed.
model::Result<void> check_now(const model::Request& request);

/// What never was has neither history nor record, and what remains is asked with a what-if.
/// Errors: malformed.
model::Result<void> check_what_if(const model::Request& request);

/// A nation that nobody knows is an error and not a zero: those of the question, and those of its
/// what-if. Errors: not_found.
model::Result<void> check_nations(const core::State& state, const model::Request& request);

}  // namespace muster::server
