// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/words/words.h"
#include "schemas/link/http.h"
#include "schemas/model/result.h"
#include "schemas/model/time.h"

/// How the gateway says no: application/problem+json (RFC 9457).
namespace muster::gateway {

struct Problem {
  int status = 500;
  std::string code;                   ///< For programs: "no_such_page". Never translated.
  std::string title;                  ///< The same for each problem of this code.
  std::string detail;                 ///< What was wrong this time, and what to do.
  std::vector<std::string> errors{};  ///< Each thing that is wrong, all at once.
  std::optional<int> retry_after_s{};
  std::optional<model::UtcTime> since{};  ///< How long it has been so already.
};

/// 400: what is wrong with the address.
Problem bad_request(std::vector<std::string> errors);
/// 404: there is nothing at this path; names the one that was probably meant.
Problem no_such_page(std::string_view path, const std::vector<std::string>& known);
/// 503: nobody would answer, so nobody is asked. `why` is what the connection says of it.
Problem broker_away(model::UtcTime since, std::string_view why);
/// What became of a question that was not answered.
Problem problem_of(const model::Error& error);

/// {"type","title","status","detail","code","errors","since"}, the last where it is known; title,
/// detail and errors in the language of `words`.
link::HttpResponse problem_response(const Problem& problem, const words::Words& words);

}  // namespace muster::gateway
