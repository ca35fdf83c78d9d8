// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "nodes/asking/question.h"
#include "nodes/gateway/problem.h"
#include "nodes/gateway/routes.h"
#include "nodes/gateway/target.h"

/// From an address below /api/v1 to a question. Nothing here asks it.
namespace muster::gateway {

struct ApiRequest {
  const Route* route = nullptr;
  asking::Question question;
  int indent = -1;  ///< Of the body; below 0 is one line.
  /// All moments are written as such, not as "yesterday", and that of knowing is settled: the
  /// answer stays what it is.
  bool is_fixed = false;
};

/// The route at this path; null when there is none.
const Route* find_route(const Target& target);

/// ?lang=, else English.
words::Language language_of(const Target& target);

/// All that is wrong at once: parameters that are unknown, repeated or empty, and wrong values. A
/// search for a package may take up to `search_max`.
std::variant<ApiRequest, Problem> read_request(const Route& route, const Target& target,
                                               model::UtcTime now,
                                               std::chrono::milliseconds search_max);

}  // namespace muster::gateway
