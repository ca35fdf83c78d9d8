// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/query_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "schemas/link/curve.h"

namespace muster::client {

using model::Error;
using model::ErrorCode;
using model::fail;
using model::Result;
using std::chrono::milliseconds;

namespace {

ErrorCode code_of(model::QueryError error) {
  switch (error) {
    case model::QueryError::malformed:
    case model::QueryError::too_large:
      return ErrorCode::malformed;
    case model::QueryError::version:
    case model::QueryError::unsupported:
      return ErrorCode::unsupported;
    case model::QueryError::unauthorised:
      return ErrorCode::refused;
    case model::QueryError::not_found:
      return ErrorCode::not_found;
    case model::QueryError::deadline:
      return ErrorCode::timed_out;
    case model::QueryError::unavailable:
      return ErrorCode::unavailable;
  }
  return ErrorCode::unsupported;  // An error of a newer broker.
}

std::string advice(model::QueryError error, std::string_view said) {
  switch (error) {
    case model::QueryError::unauthorised:
      // The broker itself sends a node that is not enrolled to the registrar.
      return said.find("registrar") == std::string_view::npos
                 ? ". Ask the registrar for a role that may ask this"
                 : "";
    case model::QueryError::version:
    case model::QueryError::unsupported:
      return ". Upgrade the older of the two programs";
    case model::QueryError::deadline:
      return ". Ask again with more time, or ask for less";
    case model::QueryError::unavailable:
      return ". Try again in a moment";
    case model::QueryError::malformed:
    case model::QueryError::too_large:
    case model::QueryError::not_found:
      break;
  }
  return {};
}

}  // namespace

model::Request request_of(const model::Query& query, const model::Standpoint& standpoint,
                          milliseconds left) {
  model::Request request;
  request.deadline_ms =
      static_cast<std::uint32_t>(std::clamp<std::int64_t>(left.count(), 1, 3'600'000));
  request.as_of = standpoint.as_of;
  request.known_at = standpoint.known_at;
  request.query = query;
  request.what_if = standpoint.what_if;
  return request;
}

Result<model::Answer> as_supposed(Result<model::Answer> answer, const model::WhatIf& what_if) {
  if (answer && !(answer->header.what_if == what_if)) {
    return fail(ErrorCode::unsupported,
                "the broker answered how it is, and not what was supposed. Upgrade the broker");
  }
  return answer;
}

Error refusal_error(const model::Refusal& refusal) {
  return {code_of(refusal.code),
          fmt::format("the broker refused ({}): {}{}", to_text(refusal.code), refusal.message,
                      advice(refusal.code, refusal.message))};
}

Error unreadable_message(Error error) {
  return model::with_context(std::move(error), "cannot understand the broker");
}

Error unreadable_answer(Error error) {
  return model::with_context(std::move(error), "cannot read the broker's answer");
}

Error denied_error(const Connection& connection) {
  return {ErrorCode::refused,
          fmt::format("the broker at {} does not accept this key (fingerprint {}): ask the "
                      "registrar to enrol it",
                      connection.query_endpoint, link::fingerprint(connection.curve.public_key))};
}

Reach reach_of(const link::DealerSocket& dealer) {
  return {.is_connected = dealer.state() == link::DealerState::connected,
          .broken_handshakes = dealer.broken_handshakes()};
}

const char* unreachable_hint(const Reach& reach) {
  return reach.broken_handshakes > 0 ? "handshakes break off: is server_key the key of this broker?"
                                     : "is the broker running, and is the endpoint right?";
}

Error late_error(const model::Query& query, const Connection& connection, const Reach& reach,
                 milliseconds wait_max) {
  if (reach.is_connected) {
    return {ErrorCode::timed_out,
            fmt::format("no answer to the {} query from {} within {} ms: give it more time, or "
                        "look at the broker's health",
                        name_of(query), connection.query_endpoint, wait_max.count())};
  }
  return {ErrorCode::unavailable,
          fmt::format("cannot reach the broker at {} within {} ms: {}", connection.query_endpoint,
                      wait_max.count(), unreachable_hint(reach))};
}

}  // namespace muster::client
