// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/body.h"
#include "schemas/wire/query.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

const Path kQuery{nullptr, "query"};

void read_strength(Reading& in, const fbs::StrengthQuery& from, model::StrengthQuery& to) {
  read_codes(in, {&kQuery, "group_by"}, from.group_by(), to.group_by);
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  read_codes(in, {&kQuery, "components"}, from.components(), to.components);
  read_codes(in, {&kQuery, "element_kinds"}, from.element_kinds(), to.element_kinds);
  read_codes(in, {&kQuery, "levels"}, from.levels(), to.levels);
  read_codes(in, {&kQuery, "pools"}, from.pools(), to.pools);
}

void read_query(Reading& in, const fbs::Request& from, model::Query& to) {
  switch (from.query_type()) {
    case fbs::Query::NONE:
      return in.fail(kQuery, "asks nothing");
    case fbs::Query::StrengthQuery:
      return read_strength(in, *from.query_as_StrengthQuery(), to.emplace<model::StrengthQuery>());
    case fbs::Query::TreeQuery:
      return read_key(in, {&kQuery, "nation"}, from.query_as_TreeQuery()->nation(),
                      to.emplace<model::TreeQuery>().nation);
    case fbs::Query::UnitQuery:
      return read_key(in, {&kQuery, "unit"}, from.query_as_UnitQuery()->unit(),
                      to.emplace<model::UnitQuery>().unit);
    case fbs::Query::ServerInfoQuery:
      to.emplace<model::ServerInfoQuery>();
      return;
    case fbs::Query::LedgerTailQuery:
      to = model::LedgerTailQuery{from.query_as_LedgerTailQuery()->from_ledger_seq(),
                                  from.query_as_LedgerTailQuery()->count()};
      return;
  }
  in.fail(kQuery,
          fmt::format("{} is no query this build knows", static_cast<unsigned>(from.query_type())),
          ErrorCode::unsupported);
}

}  // namespace

model::Result<model::Request> read_request(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Request& from, model::Request& to) {
    to.id = from.id();
    to.deadline_ms = from.deadline_ms();
    to.as_of = read_time(from.as_of());
    to.known_at = read_time(from.known_at());
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
