// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/problem.h"

#include <fmt/format.h>

#include "schemas/text/json_tree.h"
#include "schemas/text/problems.h"

namespace muster::gateway {

using model::ErrorCode;

namespace {

constexpr int kRetryAfterS = 1;
/// The connection tries again in 100 ms, doubling to 10 s.
constexpr int kRetryAfterAwayS = 5;

constexpr const char* kNoAnswerNow = "The broker does not answer now";

std::string_view suggestion(std::string_view path, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  return text::nearest(path, names);
}

}  // namespace

Problem bad_request(std::vector<std::string> errors) {
  return {.status = 400,
          .code = "bad_request",
          .title = "The question cannot be read",
          .detail = errors.size() == 1
                        ? errors.front()
                        : fmt::format("{} things are wrong: see errors", errors.size()),
          .errors = std::move(errors)};
}

Problem no_such_page(std::string_view path, const std::vector<std::string>& known) {
  const auto near = suggestion(path, known);
  return {.status = 404,
          .code = "no_such_page",
          .title = "There is no such page",
          .detail = near.empty()
                        ? fmt::format("'{}' - see what there is at /api/v1/openapi.json",
                                      text::shown(path))
                        : fmt::format("'{}' - did you mean '{}'?", text::shown(path), near)};
}

Problem broker_away(model::UtcTime since, std::string_view why) {
  return {.status = 503,
          .code = "unavailable",
          .title = kNoAnswerNow,
          .detail = fmt::format("away since {}: {} - ask again in some seconds, the gateway "
                                "finds it by itself",
                                model::format_time(since), why),
          .retry_after_s = kRetryAfterAwayS,
          .since = since};
}

Problem problem_of(const model::Error& error) {
  switch (error.code) {
    case ErrorCode::malformed:
      return {.status = 400,
              .code = "bad_request",
              .title = "The question cannot be read",
              .detail = error.message,
              .errors = {error.message}};
    case ErrorCode::not_found:
      return {404, "not_found", "The broker does not know it", error.message};
    case ErrorCode::refused:
      return {403, "refused", "The broker does not answer this to us", error.message};
    case ErrorCode::unsupported:
      return {502, "unsupported", "The broker does not know this question", error.message};
    case ErrorCode::unavailable:
      return {.status = 503,
              .code = "unavailable",
              .title = kNoAnswerNow,
              .detail = error.message,
              .retry_after_s = kRetryAfterS};
    case ErrorCode::timed_out:
      return {504, "timed_out", "The broker did not answer in time", error.message};
    case ErrorCode::already_exists:
    case ErrorCode::corrupt:
    case ErrorCode::io:
    case ErrorCode::configuration:
      break;
  }
  return {500, "internal", "The gateway failed", error.message};
}

link::HttpResponse problem_response(const Problem& problem, const words::Words& words) {
  auto body = text::json_object();
  body.add("type", text::json_string("urn:muster:problem:" + problem.code));
  body.add("title", text::json_string(words.tell(problem.title)));
  body.add("status", text::json_number(std::int64_t{problem.status}));
  body.add("detail", text::json_string(words.tell(problem.detail)));
  body.add("code", text::json_string(problem.code));
  auto errors = text::json_array();
  for (const auto& error : problem.errors) {
    errors.items.push_back(text::json_string(words.tell(error)));
  }
  body.add("errors", std::move(errors));
  if (problem.since) {
    body.add("since", text::json_string(model::format_time(*problem.since)));
  }
  link::HttpResponse response{.status = problem.status,
                              .content_type = "application/problem+json",
                              .body = text::print_json(body, -1) + "\n"};
  if (problem.retry_after_s) {
    response.headers.emplace_back("Retry-After", fmt::format("{}", *problem.retry_after_s));
  }
  return response;
}

}  // namespace muster::gateway
