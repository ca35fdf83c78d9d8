// SPDX-License-Identifier: Apache-2.0
#include "broker/server/query_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "broker/core/force_views.h"
#include "broker/core/views.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::QueryError;

namespace {

QueryError query_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return QueryError::not_found;
    case ErrorCode::unsupported:
      return QueryError::unsupported;
    case ErrorCode::refused:
      return QueryError::unauthorised;
    case ErrorCode::malformed:
      return QueryError::malformed;
    default:
      return QueryError::unavailable;
  }
}

std::vector<model::Bytes> refuse(std::uint64_t id, QueryError code, std::string message) {
  return {wire::refusal_message({id, code, std::move(message)})};
}

/// The nations that an answer rests on; none for all.
struct NationsOf {
  using Nations = std::vector<model::Nation>;
  Nations operator()(const model::TreeQuery& query) const { return {query.nation}; }
  template <typename Query>
  Nations operator()(const Query& query) const {
    if constexpr (requires { query.nations; }) {
      return query.nations;
    } else if constexpr (requires { query.unit.nation(); }) {
      return {query.unit.nation()};
    } else {
      return {};
    }
  }
};

/// A question of a time that has not come yet has no answer. The asker's clock may be a little
/// ahead, as a node's may.
model::Result<void> check_moment(const model::Request& request, model::UtcTime now,
                                 model::Duration skew) {
  const auto check = [&](std::string_view name,
                         const std::optional<model::UtcTime>& time) -> model::Result<void> {
    if (time && *time > now + skew) {
      return model::fail(ErrorCode::malformed,
                         fmt::format("{} {} is in the future: it is {} here; ask for a moment "
                                     "until then, or for now",
                                     name, model::format_time(*time), model::format_time(now)));
    }
    if (time && *time < model::kTimeMin) {
      return model::fail(ErrorCode::malformed,
                         fmt::format("{} {}: expected a time in the years 1990 to 2100", name,
                                     model::format_time(*time)));
    }
    return {};
  };
  MUSTER_CHECK(check("as_of", request.as_of));
  MUSTER_CHECK(check("known_at", request.known_at));
  if (const auto* diff = std::get_if<model::DiffQuery>(&request.query)) {
    MUSTER_CHECK(check("from.valid_at", diff->from.valid_at));
    MUSTER_CHECK(check("from.known_at", diff->from.known_at));
    MUSTER_CHECK(check("to.valid_at", diff->to.valid_at));
    MUSTER_CHECK(check("to.known_at", diff->to.known_at));
  }
  return {};
}

tl::unexpected<model::Error> unknown_unit(const model::UnitId& unit) {
  return model::fail(ErrorCode::not_found, fmt::format("no unit {} is known here", unit.view()));
}

/// A nation that nobody knows is an error and not a zero.
model::Result<void> check_nations(const core::State& state,
                                  const std::vector<model::Nation>& nations) {
  for (const auto& nation : nations) {
    const auto& members = state.registry->members;
    const bool is_known = nation == model::secretariat() ||
                          std::any_of(members.begin(), members.end(),
                                      [&](const auto& member) { return member.nation == nation; });
    if (!is_known) {
      return model::fail(ErrorCode::not_found,
                         fmt::format("{} is no member in the registry", nation.view()));
    }
  }
  return {};
}

/// So is a dimension of a newer schema.
model::Result<void> check_dimensions(const model::Query& query) {
  const auto* strength = std::get_if<model::StrengthQuery>(&query);
  for (const auto dimension :
       strength != nullptr ? strength->group_by : std::vector<model::Dimension>{}) {
    if (!model::is_known(dimension)) {
      return model::fail(ErrorCode::unsupported, fmt::format("this broker does not group by {}",
                                                             model::to_text(dimension)));
    }
  }
  return {};
}

}  // namespace

const Directory& QueryService::directory(const SnapshotPtr& snapshot) {
  if (!directory_ || seen_->state.registry != snapshot->state.registry) {
    directory_ = std::make_unique<Directory>(snapshot->state.registry);
  }
  seen_ = snapshot;
  return *directory_;
}

std::vector<model::Bytes> QueryService::answer(const std::string& user_id, model::ByteView frame,
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
    return refuse(0, query_error(request.error().code), request.error().message);
  }

  const auto start = std::chrono::steady_clock::now();
  const auto name = model::name_of(request->query);
  const auto snapshot = parts_.view.current();
  const Asked asked{*request,
                    snapshot,
                    {.viewer = directory(snapshot).viewer(user_id, now),
                     .now = request->as_of.value_or(now),
                     .known_at = request->known_at.value_or(now),
                     .limits = parts_.limits}};
  const auto checked = check_moment(*request, now, parts_.limits.clock_skew_max);
  auto answer = checked ? answer_of(asked) : tl::unexpected(checked.error());
  if (!answer) {
    parts_.metrics.refused(name);
    return refuse(request->id, query_error(answer.error().code), answer.error().message);
  }
  auto messages = wire::answer_messages(request->id, *answer);
  parts_.metrics.answered(
      name, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return messages;
}

model::Result<model::Answer> QueryService::answer_of(const Asked& asked) {
  const auto& query = asked.request.query;
  const auto& now = asked.snapshot->state;
  const auto nations = std::visit(NationsOf{}, query);
  if (!core::may_ask(asked.moment.viewer, query)) {
    return model::fail(ErrorCode::refused, fmt::format("the key's roles do not allow the query {}",
                                                       model::name_of(query)));
  }
  MUSTER_CHECK(check_dimensions(query));
  if (std::holds_alternative<model::ServerInfoQuery>(query) ||
      std::holds_alternative<model::LedgerTailQuery>(query) ||
      std::holds_alternative<model::LedgerProofQuery>(query)) {
    MUSTER_TRY(auto body, about_the_ledger(asked));
    return model::Answer{core::header_of(now, asked.moment), std::move(body)};
  }
  MUSTER_CHECK(check_nations(now, nations));
  if (asked.is_past() && core::words_suffice(query, asked.moment.viewer)) {
    auto known = now.ledger_seq;
    if (asked.request.known_at) {
      MUSTER_TRY(known, past_.ledger_seq_at(now.ledger_seq, *asked.request.known_at));
    }
    return core::strength_from_words(now, std::get<model::StrengthQuery>(query), asked.moment,
                                     known);
  }
  std::shared_ptr<const core::State> past;
  if (asked.is_past()) {
    MUSTER_TRY(past, past_.at(asked.snapshot, asked.at()));
  }
  const auto& state = past ? *past : now;
  if (const auto* strength = std::get_if<model::StrengthQuery>(&query)) {
    return core::strength_answer(state, *strength, asked.moment);
  }
  MUSTER_TRY(auto body, body_of(asked, state));
  return model::Answer{core::header_of(state, asked.moment, nations), std::move(body)};
}

/// Answers from the state of one moment.
struct QueryService::Body {
  QueryService& service;
  const Asked& asked;
  const core::State& state;
  using Result = model::Result<model::AnswerBody>;

  Result operator()(const model::TreeQuery& query) const {
    auto answer = core::tree(state, query, asked.moment);
    if (!answer) {
      return model::fail(ErrorCode::not_found,
                         fmt::format("no unit of {} is known here", query.nation.view()));
    }
    return model::AnswerBody{*std::move(answer)};
  }
  Result operator()(const model::UnitQuery& query) const {
    auto answer = core::unit(state, query, asked.moment);
    if (!answer) {
      return unknown_unit(query.unit);
    }
    return model::AnswerBody{*std::move(answer)};
  }
  Result operator()(const model::ReadyQuery& query) const {
    return model::AnswerBody{core::ready(state, query, asked.moment)};
  }
  Result operator()(const model::BuildupQuery& query) const {
    return model::AnswerBody{core::buildup(state, query, asked.moment)};
  }
  Result operator()(const model::MatrixQuery& query) const {
    const auto before = asked.moment.now - std::chrono::hours{24 * query.trend_days};
    MUSTER_TRY(const auto then, service.past_.at(asked.snapshot, {before, asked.moment.known_at}));
    return model::AnswerBody{core::matrix(state, *then, query, asked.moment)};
  }
  Result operator()(const model::RosterQuery& query) const {
    auto answer = core::roster(state, query, asked.moment);
    if (!answer) {
      return unknown_unit(query.unit);
    }
    return model::AnswerBody{*std::move(answer)};
  }
  Result operator()(const model::HistoryQuery& query) const {
    MUSTER_TRY(auto answer,
               core::history(asked.snapshot->state, query, asked.moment, service.past_.recall()));
    if (!answer) {
      return unknown_unit(query.unit);
    }
    return model::AnswerBody{*std::move(answer)};
  }
  Result operator()(const model::DiffQuery& query) const {
    MUSTER_TRY(const auto before, service.past_.at(asked.snapshot, query.from));
    MUSTER_TRY(const auto after, service.past_.at(asked.snapshot, query.to));
    return model::AnswerBody{core::diff(*before, *after, query, asked.moment)};
  }
  Result operator()(const model::StaleQuery& query) const {
    return model::AnswerBody{core::stale(state, query, asked.moment)};
  }
  Result operator()(const model::CaveatsQuery& query) const {
    return model::AnswerBody{core::caveats(state, query, asked.moment)};
  }
  Result operator()(const model::OverridesQuery& query) const {
    return model::AnswerBody{core::overrides(state, query, asked.moment)};
  }
  /// Answered elsewhere: combined strength together with its header, and what is about the ledger.
  template <typename Other>
  Result operator()(const Other&) const {
    return model::fail(ErrorCode::unsupported, "this broker does not answer this question");
  }
};

model::Result<model::AnswerBody> QueryService::body_of(const Asked& asked,
                                                       const core::State& state) {
  return std::visit(Body{*this, asked, state}, asked.request.query);
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
