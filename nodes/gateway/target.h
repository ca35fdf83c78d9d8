// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/result.h"

/// What stands behind the host in an address.
namespace muster::gateway {

struct Parameter {
  std::string name, value;
};
struct Target {
  /// Of the path, decoded: "/force/tree/KAZ" is three. Each is a plain name: no slash of either
  /// kind, no control character, not "." or "..". One that ends with '/' has an empty last segment.
  std::vector<std::string> segments;
  /// In their order, decoded; a name may stand there twice.
  std::vector<Parameter> parameters;
};

/// Reads `path` and the query behind '?' strictly (RFC 3986): what is not well formed is refused
/// and never guessed. Decodes once: "%252e" is the text "%2e". A '+' in a query is a space. Errors:
/// malformed.
model::Result<Target> parse_target(std::string_view path, std::string_view query);

}  // namespace muster::gateway
