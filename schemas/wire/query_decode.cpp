// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/body.h"
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

std::optional<model::Place> read_area(const fbs::Place* from) {
  if (from == nullptr) {
    return std::nullopt;
  }
  return model::Place{from->lat(), from->lon()};
}

void read_query(Reading& in, const fbs::StrengthQuery& from, model::StrengthQuery& to) {
  read_codes(in, {&kQuery, "group_by"}, from.group_by(), to.group_by);
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  read_codes(in, {&kQuery, "components"}, from.components(), to.components);
  read_codes(in, {&kQuery, "element_kinds"}, from.element_kinds(), to.element_kinds);
  read_codes(in, {&kQuery, "levels"}, from.levels(), to.levels);
  read_codes(in, {&kQuery, "pools"}, from.pools(), to.pools);
  to.basis = read_basis(from.basis());
}
void read_query(Reading& in, const fbs::TreeQuery& from, model::TreeQuery& to) {
  read_key(in, {&kQuery, "nation"}, from.nation(), to.nation);
}
void read_query(Reading& in, const fbs::UnitQuery& from, model::UnitQuery& to) {
  read_key(in, {&kQuery, "unit"}, from.unit(), to.unit);
}
void read_query(Reading&, const fbs::ServerInfoQuery&, model::ServerInfoQuery&) {}
void read_query(Reading&, const fbs::LedgerTailQuery& from, model::LedgerTailQuery& to) {
  to = {from.from_ledger_seq(), from.count()};
}
void read_query(Reading& in, const fbs::ReadyQuery& from, model::ReadyQuery& to) {
  to.within_h = from.within_h();
  read_codes(in, {&kQuery, "tasks"}, from.tasks(), to.tasks);
  to.area = read_area(from.area());
  to.min_freshness = read_code<model::Freshness>(from.min_freshness());
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  read_codes(in, {&kQuery, "element_kinds"}, from.element_kinds(), to.element_kinds);
}
void read_query(Reading& in, const fbs::BuildupQuery& from, model::BuildupQuery& to) {
  read_codes(in, {&kQuery, "tasks"}, from.tasks(), to.tasks);
  to.horizon_h = from.horizon_h();
  to.area = read_area(from.area());
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
}
void read_query(Reading& in, const fbs::MatrixQuery& from, model::MatrixQuery& to) {
  to.by_task = from.by_task();
  read_codes(in, {&kQuery, "tasks"}, from.tasks(), to.tasks);
  to.trend_days = from.trend_days();
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
}
void read_query(Reading& in, const fbs::RosterQuery& from, model::RosterQuery& to) {
  read_key(in, {&kQuery, "unit"}, from.unit(), to.unit);
  to.with_subordinates = from.with_subordinates();
  read_codes(in, {&kQuery, "by"}, from.by(), to.by);
}
void read_query(Reading& in, const fbs::HistoryQuery& from, model::HistoryQuery& to) {
  read_key(in, {&kQuery, "unit"}, from.unit(), to.unit);
  read_codes(in, {&kQuery, "kinds"}, from.kinds(), to.kinds);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
}
void read_query(Reading& in, const fbs::DiffQuery& from, model::DiffQuery& to) {
  to.from = read_bitime(*from.from());
  to.to = read_bitime(*from.to());
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
}
void read_query(Reading& in, const fbs::StaleQuery& from, model::StaleQuery& to) {
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  read_codes(in, {&kQuery, "kinds"}, from.kinds(), to.kinds);
}
void read_query(Reading& in, const fbs::CaveatsQuery& from, model::CaveatsQuery& to) {
  read_codes(in, {&kQuery, "tasks"}, from.tasks(), to.tasks);
  to.area = read_area(from.area());
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
}
void read_query(Reading& in, const fbs::OverridesQuery& from, model::OverridesQuery& to) {
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
}
void read_query(Reading& in, const fbs::LedgerProofQuery& from, model::LedgerProofQuery& to) {
  read_key(in, {&kQuery, "report"}, from.report(), to.report);
}

#define MUSTER_READ_QUERY(Name) \
  case fbs::Query::Name:        \
    return read_query(in, *from.query_as_##Name(), to.emplace<model::Name>())

void read_query(Reading& in, const fbs::Request& from, model::Query& to) {
  switch (from.query_type()) {
    case fbs::Query::NONE:
      return in.fail(kQuery, "asks nothing");
      MUSTER_READ_QUERY(StrengthQuery);
      MUSTER_READ_QUERY(TreeQuery);
      MUSTER_READ_QUERY(UnitQuery);
      MUSTER_READ_QUERY(ServerInfoQuery);
      MUSTER_READ_QUERY(LedgerTailQuery);
      MUSTER_READ_QUERY(ReadyQuery);
      MUSTER_READ_QUERY(BuildupQuery);
      MUSTER_READ_QUERY(MatrixQuery);
      MUSTER_READ_QUERY(RosterQuery);
      MUSTER_READ_QUERY(HistoryQuery);
      MUSTER_READ_QUERY(DiffQuery);
      MUSTER_READ_QUERY(StaleQuery);
      MUSTER_READ_QUERY(CaveatsQuery);
      MUSTER_READ_QUERY(OverridesQuery);
      MUSTER_READ_QUERY(LedgerProofQuery);
      MUSTER_READ_QUERY(OperationsQuery);
      MUSTER_READ_QUERY(OperationQuery);
      MUSTER_READ_QUERY(GapsQuery);
      MUSTER_READ_QUERY(AssembleQuery);
      MUSTER_READ_QUERY(CommitmentsQuery);
      MUSTER_READ_QUERY(OperationBuildupQuery);
      MUSTER_READ_QUERY(StandbyQuery);
      MUSTER_READ_QUERY(RemainingQuery);
      MUSTER_READ_QUERY(SustainmentQuery);
      MUSTER_READ_QUERY(WithdrawalQuery);
      MUSTER_READ_QUERY(DryRunQuery);
  }
  in.fail(kQuery,
          fmt::format("{} is no query this build knows", static_cast<unsigned>(from.query_type())),
          ErrorCode::unsupported);
}
#undef MUSTER_READ_QUERY

}  // namespace

model::Result<model::Request> read_request(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Request& from, model::Request& to) {
    to.id = from.id();
    to.deadline_ms = from.deadline_ms();
    to.as_of = read_time(from.as_of());
    to.known_at = read_time(from.known_at());
    read_what_if(in, {nullptr, "what_if"}, from.what_if(), to.what_if);
    if (from.query() == nullptr) {
      return in.fail(kQuery, "asks nothing");
    }
    read_query(in, from, to.query);
  };
  return read_body<fbs::Request, model::Request>("REQUEST", body, read);
}

model::Result<model::Refusal> read_refusal(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Refusal& from, model::Refusal& to) {
    to.id = from.id();
    to.code = static_cast<model::QueryError>(from.code());
    read_text(in, {nullptr, "message"}, from.message(), to.message);
  };
  return read_body<fbs::Refusal, model::Refusal>("REFUSAL", body, read);
}

}  // namespace muster::wire
