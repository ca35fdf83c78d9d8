// SPDX-License-Identifier: Apache-2.0
#include "broker/server/query_service.h"

#include <fmt/format.h>

#include <chrono>

#include "broker/core/branch.h"
#include "broker/core/operation_views.h"
#include "broker/core/views.h"
#include "broker/server/dry_run.h"
#include "broker/server/query_checks.h"
#include "broker/server/refusal.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::QueryError;

namespace {

bool is_about_the_ledger(const model::Query& query) {
  return std::holds_alternative<model::ServerInfoQuery>(query) ||
         std::holds_alternative<model::LedgerTailQuery>(query) ||
         std::holds_alternative<model::LedgerProofQuery>(query);
}

/// A branch tells which operations there are, so only those that the asker may see.
model::Result<void> check_also(const core::State& state, const std::vector<model::Code>& also,
                               const core::Moment& moment) {
  for (const auto& code : also) {
    MUSTER_TRY([[maybe_unused]] const auto operation, core::operation(state, {code}, moment));
  }
  return {};
}

}  // namespace

QueryService::QueryService(Parts parts)
    : parts_(std::move(parts)),
      planner_({parts_.metrics, parts_.assemble, parts_.steady_clock}),
      past_(parts_.store) {}

const Directory& QueryService::directory(const SnapshotPtr& snapshot) {
  if (!directory_ || seen_->state.registry != snapshot->state.registry) {
    directory_ = std::make_unique<Directory>(snapshot->state.registry);
  }
  seen_ = snapshot;
  return *directory_;
}

QueryService::Messages QueryService::answer(const std::string& user_id, model::ByteView frame,
                                            model::UtcTime now) {
  auto reply = ask(user_id, frame, now);
  if (const auto* job = std::get_if<PlanningJob>(&reply)) {
    return planner_.answer(*job);
  }
  return std::get<Messages>(std::move(reply));
}

std::variant<QueryService::Messages, PlanningJob> QueryService::ask(const std::string& user_id,
                                                                    model::ByteView frame,
                                                                    model::UtcTime now) {
  const auto view = wire::read_message(frame);
  if (!view) {
    parts_.metrics.refused("unknown");
    const bool version = view.error().code == ErrorCode::unsupported;
    return refuse(0, version ? QueryError::version : QueryError::malformed, view.error().message);
  }
  if (view->type != wire::MessageType::request) {
    parts_.metrics.refused("unknown");
    return refuse(
        0, QueryError::unsupported,
        fmt::format("{} is not for the query socket of this broker", wire::to_text(view->type)));
  }
  const auto request = wire::read_request(view->body);
  if (!request) {
    parts_.metrics.refused("unknown");
    return refuse(0, request.error());
  }
  auto reply = reply_or_refusal(user_id, *request, now);
  if (!reply) {
    parts_.metrics.refused(model::name_of(request->query));
    return refuse(request->id, reply.error());
  }
  return *std::move(reply);
}

/// A question that asks for more than there is memory for, or finds a mistake of ours, ends without
/// an answer; the broker goes on.
model::Result<std::variant<QueryService::Messages, PlanningJob>> QueryService::reply_or_refusal(
    const std::string& user_id, const model::Request& request, model::UtcTime now) {
  try {
    return reply_to(user_id, request, now);
  } catch (const std::exception& error) {
    return model::fail(ErrorCode::unavailable,
                       fmt::format("this question could not be answered: {}", error.what()));
  }
}

model::Result<std::variant<QueryService::Messages, PlanningJob>> QueryService::reply_to(
    const std::string& user_id, const model::Request& request, model::UtcTime now) {
  using Reply = std::variant<Messages, PlanningJob>;
  const auto start = parts_.steady_clock();
  const auto snapshot = parts_.view.current();
  const Asked asked{request,
                    snapshot,
                    {.viewer = directory(snapshot).viewer(user_id, now),
                     .now = request.as_of.value_or(now),
                     .known_at = request.known_at.value_or(now),
                     .limits = parts_.limits}};
  MUSTER_CHECK(check(asked, now));
  if (std::holds_alternative<model::AssembleQuery>(request.query)) {
    MUSTER_TRY(auto job, job_of(asked, start));
    return Reply(std::move(job));
  }
  MUSTER_TRY(const auto answer, answer_of(asked));
  auto messages = wire::answer_messages(request.id, answer);
  parts_.metrics.answered(model::name_of(request.query),
                          std::chrono::duration<double>(parts_.steady_clock() - start).count());
  return Reply(std::move(messages));
}

model::Result<void> QueryService::check(const Asked& asked, model::UtcTime now) const {
  const auto& request = asked.request;
  MUSTER_CHECK(check_moment(request, now, parts_.limits.clock_skew_max));
  if (!core::may_ask(asked.moment.viewer, request.query)) {
    return model::fail(ErrorCode::refused, fmt::format("the key's roles do not allow the query {}",
                                                       model::name_of(request.query)));
  }
  if (const auto* dry_run = std::get_if<model::DryRunQuery>(&request.query)) {
    MUSTER_CHECK(check_now(request));
    return check_dry_run(*asked.snapshot->state.registry, asked.moment.viewer, *dry_run, now);
  }
  MUSTER_CHECK(check_codes(request.query));
  MUSTER_CHECK(check_what_if(request));
  MUSTER_CHECK(check_period(request.query, asked.moment.now));
  if (is_about_the_ledger(request.query)) {
    return {};
  }
  return check_nations(asked.snapshot->state, request);
}

model::Result<QueryService::Ground> QueryService::ground_of(const Asked& asked) {
  // The state of now lives as long as its snapshot.
  StatePtr found(asked.snapshot, &asked.snapshot->state);
  if (asked.is_past()) {
    MUSTER_TRY(found, past_.at(asked.snapshot, asked.at()));
  }
  const auto& what_if = asked.request.what_if;
  if (!what_if.is_set()) {
    return Ground{found, found};
  }
  MUSTER_CHECK(check_also(*found, what_if.also, asked.moment));
  MUSTER_TRY(auto supposed, core::branch(*found, what_if, asked.moment.now));
  return Ground{std::move(found), std::make_shared<const core::State>(std::move(supposed))};
}

model::Result<model::Answer> QueryService::answer_of(const Asked& asked) {
  const auto& query = asked.request.query;
  const auto& what_if = asked.request.what_if;
  const auto& now = asked.snapshot->state;
  if (is_about_the_ledger(query)) {
    MUSTER_TRY(auto body, about_the_ledger(asked));
    return model::Answer{core::header_of(now, asked.moment), std::move(body)};
  }
  if (asked.is_past() && !what_if.is_set() && core::words_suffice(query, asked.moment.viewer)) {
    auto known = now.ledger_seq;
    if (asked.request.known_at) {
      MUSTER_TRY(known, past_.ledger_seq_at(now.ledger_seq, *asked.request.known_at));
    }
    return core::strength_from_words(now, std::get<model::StrengthQuery>(query), asked.moment,
                                     known);
  }
  MUSTER_TRY(const auto ground, ground_of(asked));
  const auto& state = *ground.supposed;
  model::Answer answer;
  if (const auto* strength = std::get_if<model::StrengthQuery>(&query)) {
    answer = core::strength_answer(state, *strength, asked.moment);
  } else {
    MUSTER_TRY(auto body, body_of(asked, ground));
    answer = {core::header_of(state, asked.moment, nations_of(query)), std::move(body)};
  }
  answer.header.what_if = what_if;
  return answer;
}

model::Result<PlanningJob> QueryService::job_of(const Asked& asked,
                                                std::chrono::steady_clock::time_point asked_at) {
  const auto& request = asked.request;
  MUSTER_TRY(const auto ground, ground_of(asked));
  PlanningJob job{.id = request.id,
                  .query = std::get<model::AssembleQuery>(request.query),
                  .moment = asked.moment,
                  .state = ground.supposed,
                  .header = core::header_of(*ground.supposed, asked.moment),
                  .asked_at = asked_at,
                  .deadline = asked_at + std::chrono::milliseconds{request.deadline_ms}};
  job.header.what_if = request.what_if;
  return job;
}

model::Result<model::AnswerBody> QueryService::about_the_ledger(const Asked& asked) {
  const auto& query = asked.request.query;
  const bool is_tail = std::holds_alternative<model::LedgerTailQuery>(query);
  if (asked.request.as_of || (asked.request.known_at && !is_tail)) {
    return model::fail(ErrorCode::malformed,
                       is_tail ? "the ledger has no valid time: ask with known_at alone"
                               : "this is asked of the broker as it is now, without a moment");
  }
  if (const auto* tail = std::get_if<model::LedgerTailQuery>(&query)) {
    return ledger_tail(asked, *tail);
  }
  if (const auto* proof = std::get_if<model::LedgerProofQuery>(&query)) {
    return ledger_proof(asked, *proof);
  }
  return server_info(asked);
}

}  // namespace muster::server
