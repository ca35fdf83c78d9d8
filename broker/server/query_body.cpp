// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "broker/core/branch.h"
#include "broker/core/force_views.h"
#include "broker/core/operation_views.h"
#include "broker/core/views.h"
#include "broker/server/dry_run.h"
#include "broker/server/query_service.h"

// Questions that are answered from the state of one moment: which view answers which.

namespace muster::server {

using model::ErrorCode;

namespace {

tl::unexpected<model::Error> unknown_unit(const model::UnitId& unit) {
  return model::fail(ErrorCode::not_found, fmt::format("no unit {} is known here", unit.view()));
}

template <typename Answer>
model::Result<model::AnswerBody> body_from(model::Result<Answer> answer) {
  if (!answer) {
    return tl::unexpected(std::move(answer).error());
  }
  return model::AnswerBody{*std::move(answer)};
}

}  // namespace

struct QueryService::Body {
  QueryService& service;
  const Asked& asked;
  const Ground& ground;
  const core::State& state = *ground.supposed;
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
    // What was before is as it was: a what-if changes nobody's people, and who is not there now
    // has no row.
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
  Result operator()(const model::OperationsQuery&) const {
    return model::AnswerBody{core::operations(state, asked.moment)};
  }
  Result operator()(const model::OperationQuery& query) const {
    return body_from(core::operation(state, query, asked.moment));
  }
  Result operator()(const model::GapsQuery& query) const {
    return body_from(core::gaps(state, query, asked.moment));
  }
  Result operator()(const model::CommitmentsQuery& query) const {
    return body_from(core::commitments(state, query, asked.moment));
  }
  Result operator()(const model::OperationBuildupQuery& query) const {
    return body_from(core::operation_buildup(state, query, asked.moment));
  }
  Result operator()(const model::StandbyQuery& query) const {
    return model::AnswerBody{core::standby(state, query, asked.moment)};
  }
  Result operator()(const model::RemainingQuery& query) const {
    if (!asked.request.what_if.host) {
      return model::AnswerBody{core::remaining(*ground.found, state, query, asked.moment)};
    }
    // A host sends nobody, so that its people do not remain.
    auto supposed = asked.request.what_if;
    if (std::find(supposed.without.begin(), supposed.without.end(), *supposed.host) ==
        supposed.without.end()) {
      supposed.without.push_back(*supposed.host);
    }
    supposed.host = std::nullopt;
    MUSTER_TRY(const auto then, core::branch(*ground.found, supposed, asked.moment.now));
    return model::AnswerBody{core::remaining(*ground.found, then, query, asked.moment)};
  }
  Result operator()(const model::SustainmentQuery& query) const {
    return body_from(core::sustainment(state, query, asked.moment));
  }
  Result operator()(const model::WithdrawalQuery& query) const {
    return body_from(core::withdrawal(state, query, asked.moment));
  }
  Result operator()(const model::DryRunQuery& query) const {
    return body_from(dry_run(state, query, asked.moment, service.past_.recall()));
  }
  /// Answered elsewhere: combined strength together with its header, a force package on a thread of
  /// its own, and what is about the ledger.
  template <typename Other>
  Result operator()(const Other&) const {
    return model::fail(ErrorCode::unsupported, "this broker does not answer this question");
  }
};

model::Result<model::AnswerBody> QueryService::body_of(const Asked& asked, const Ground& ground) {
  return std::visit(Body{*this, asked, ground}, asked.request.query);
}

}  // namespace muster::server
