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

  /// Asks and waits for the whole answer.
  /// Errors: timed_out when no answer came within `wait_max`; refused when our key is not
  /// authorised or the broker does not answer this to us; not_found; unsupported; malformed;
  /// unavailable when the broker cannot be reached.
  virtual model::Result<model::Answer> ask(const model::Query& query,
                                           std::chrono::milliseconds wait_max) = 0;
};

}  // namespace muster::client
