// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "nodes/client/publisher.h"
#include "schemas/link/dealer.h"
#include "schemas/model/query.h"

/// What every way of asking has in common: the request, and what its errors are and say.
namespace muster::client {

/// Asks with the time that is left, at least a millisecond. The number is the caller's to set.
model::Request request_of(const model::Query& query, const model::Standpoint& standpoint,
                          std::chrono::milliseconds left);

/// The answer, unless it is one to another question. A broker that knows nothing of suppositions
/// passes over them, and how it is would be taken for how it would be.
model::Result<model::Answer> as_supposed(model::Result<model::Answer> answer,
                                         const model::WhatIf& what_if);

/// The broker said why it does not answer, and what to do about it.
model::Error refusal_error(const model::Refusal& refusal);

/// Bytes came that are no message of the protocol, or no answer.
model::Error unreadable_message(model::Error error);
model::Error unreadable_answer(model::Error error);

/// The broker at the query endpoint does not accept our key.
model::Error denied_error(const Connection& connection);

/// What is known of the other end of a connection.
struct Reach {
  bool is_connected = false;
  std::uint64_t broken_handshakes = 0;
};
Reach reach_of(const link::DealerSocket& dealer);

/// What to look at when nobody is there.
const char* unreachable_hint(const Reach& reach);

/// Nothing came within `wait_max`: timed_out with a broker at the other end, else unavailable.
model::Error late_error(const model::Query& query, const Connection& connection, const Reach& reach,
                        std::chrono::milliseconds wait_max);

}  // namespace muster::client
