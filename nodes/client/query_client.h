// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>

#include "nodes/client/publisher.h"
#include "schemas/model/query.h"

namespace muster::client {

/// Asks the broker. Thread rule: one thread.
class QueryClient {
 public:
  static model::Result<std::unique_ptr<QueryClient>> connect(link::Context& context,
                                                             const Connection& connection);
  virtual ~QueryClient() = default;

  /// Asks as of `standpoint`, with what it supposes, and waits for the whole answer.
  /// Errors: timed_out when no answer came within `wait_max`; refused when our key is not
  /// authorised or the broker does not answer this to us; not_found; unsupported, also when the
  /// broker is too old to suppose anything; malformed, also for a standpoint that has not come yet;
  /// unavailable when the broker cannot be reached, or is busy: is_connected() tells which.
  virtual model::Result<model::Answer> ask(const model::Query& query,
                                           const model::Standpoint& standpoint,
                                           std::chrono::milliseconds wait_max) = 0;

  /// Whether a broker is at the other end. After an error: whether that was its word, or there was
  /// nobody to say one.
  [[nodiscard]] virtual bool is_connected() const { return false; }

  /// The same as of now.
  model::Result<model::Answer> ask(const model::Query& query, std::chrono::milliseconds wait_max) {
    return ask(query, model::Standpoint{}, wait_max);
  }
};

}  // namespace muster::client
