// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/client/publisher.h"
#include "schemas/link/dealer.h"

namespace muster::client {

/// How every socket of this library is opened.
inline link::DealerOptions dealer_options(const Connection& connection) {
  link::DealerOptions options;
  options.server_key = connection.server_key;
  options.keys = connection.curve;
  return options;
}

}  // namespace muster::client
