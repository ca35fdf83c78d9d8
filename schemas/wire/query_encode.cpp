// SPDX-License-Identifier: Apache-2.0
#include <variant>

#include "schemas/wire/query.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

Written<void> write_query(Writer& out, const model::StrengthQuery& from) {
  const auto group_by = write_codes<fbs::Dimension>(out, from.group_by);
  const auto nations = write_keys(out, from.nations);
  const auto components = write_codes<fbs::Component>(out, from.components);
  const auto element_kinds = write_codes<fbs::ElementKind>(out, from.element_kinds);
  const auto levels = write_codes<std::uint8_t>(out, from.levels);
  const auto pools = write_codes<fbs::ForcePool>(out, from.pools);
  return fbs::CreateStrengthQuery(out, group_by, nations, components, element_kinds, levels, pools)
      .Union();
}
Written<void> write_query(Writer& out, const model::TreeQuery& from) {
  return fbs::CreateTreeQuery(out, write_text(out, from.nation.view())).Union();
}
Written<void> write_query(Writer& out, const model::UnitQuery& from) {
  return fbs::CreateUnitQuery(out, write_text(out, from.unit.view())).Union();
}
Written<void> write_query(Writer& out, const model::ServerInfoQuery&) {
  return fbs::CreateServerInfoQuery(out).Union();
}
Written<void> write_query(Writer& out, const model::LedgerTailQuery& from) {
  return fbs::CreateLedgerTailQuery(out, from.from_ledger_seq, from.count).Union();
}

/// The order of the variant is the order of the union.
fbs::Query kind_of(const model::Query& query) { return static_cast<fbs::Query>(query.index() + 1); }
static_assert(std::variant_size_v<model::Query> == static_cast<int>(fbs::Query::MAX));

}  // namespace

model::Bytes request_message(const model::Request& request) {
  thread_local Writer out(1024);
  out.Clear();
  const auto query =
      std::visit([](const auto& value) { return write_query(out, value); }, request.query);
  out.Finish(fbs::CreateRequest(out, request.id, request.deadline_ms, write_time(request.as_of),
                                write_time(request.known_at), kind_of(request.query), query));
  return make_message(MessageType::request, written(out));
}

model::Bytes refusal_message(const model::Refusal& refusal) {
  thread_local Writer out(256);
  out.Clear();
  const auto message = write_text_if_any(out, refusal.message);
  out.Finish(
      fbs::CreateRefusal(out, refusal.id, static_cast<fbs::QueryError>(refusal.code), message));
  return make_message(MessageType::refusal, written(out));
}

}  // namespace muster::wire
