// SPDX-License-Identifier: Apache-2.0
#include <variant>

#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

/// A struct that is not there is a null pointer, so it needs a place to point at.
std::optional<fbs::Place> area_of(const std::optional<model::Place>& from) {
  if (!from) {
    return std::nullopt;
  }
  return fbs::Place(from->lat, from->lon);
}
template <typename Struct>
const Struct* pointer_to(const std::optional<Struct>& value) {
  return value ? &*value : nullptr;
}

WrittenList<std::uint8_t> write_numbers(Writer& out, const auto& codes) {
  return write_codes<std::uint8_t>(out, codes);
}

Written<void> write_query(Writer& out, const model::StrengthQuery& from) {
  const auto group_by = write_codes<fbs::Dimension>(out, from.group_by);
  const auto nations = write_keys(out, from.nations);
  const auto components = write_codes<fbs::Component>(out, from.components);
  const auto element_kinds = write_codes<fbs::ElementKind>(out, from.element_kinds);
  const auto levels = write_numbers(out, from.levels);
  const auto pools = write_codes<fbs::ForcePool>(out, from.pools);
  return fbs::CreateStrengthQuery(out, group_by, nations, components, element_kinds, levels, pools,
                                  static_cast<fbs::StrengthBasis>(from.basis))
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
Written<void> write_query(Writer& out, const model::ReadyQuery& from) {
  const auto tasks = write_numbers(out, from.tasks);
  const auto area = area_of(from.area);
  const auto nations = write_keys(out, from.nations);
  const auto element_kinds = write_codes<fbs::ElementKind>(out, from.element_kinds);
  return fbs::CreateReadyQuery(out, from.within_h, tasks, pointer_to(area),
                               write_code<fbs::Freshness>(from.min_freshness), nations,
                               element_kinds)
      .Union();
}
Written<void> write_query(Writer& out, const model::BuildupQuery& from) {
  const auto tasks = write_numbers(out, from.tasks);
  const auto area = area_of(from.area);
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateBuildupQuery(out, tasks, from.horizon_h, pointer_to(area), nations).Union();
}
Written<void> write_query(Writer& out, const model::MatrixQuery& from) {
  const auto tasks = write_numbers(out, from.tasks);
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateMatrixQuery(out, from.by_task, tasks, from.trend_days, nations).Union();
}
Written<void> write_query(Writer& out, const model::RosterQuery& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto by = write_codes<fbs::RosterDimension>(out, from.by);
  return fbs::CreateRosterQuery(out, unit, from.with_subordinates, by).Union();
}
Written<void> write_query(Writer& out, const model::HistoryQuery& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto kinds = write_numbers(out, from.kinds);
  return fbs::CreateHistoryQuery(out, unit, kinds, write_time(from.from), write_time(from.to))
      .Union();
}
Written<void> write_query(Writer& out, const model::DiffQuery& from) {
  const auto first = write_bitime(from.from);
  const auto second = write_bitime(from.to);
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateDiffQuery(out, &first, &second, nations).Union();
}
Written<void> write_query(Writer& out, const model::StaleQuery& from) {
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateStaleQuery(out, nations, write_numbers(out, from.kinds)).Union();
}
Written<void> write_query(Writer& out, const model::CaveatsQuery& from) {
  const auto tasks = write_numbers(out, from.tasks);
  const auto area = area_of(from.area);
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateCaveatsQuery(out, tasks, pointer_to(area), nations).Union();
}
Written<void> write_query(Writer& out, const model::OverridesQuery& from) {
  return fbs::CreateOverridesQuery(out, write_keys(out, from.nations)).Union();
}
Written<void> write_query(Writer& out, const model::LedgerProofQuery& from) {
  return fbs::CreateLedgerProofQuery(out, write_text(out, from.report.str())).Union();
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
  const auto what_if = write_what_if(out, request.what_if);
  out.Finish(fbs::CreateRequest(out, request.id, request.deadline_ms, write_time(request.as_of),
                                write_time(request.known_at), kind_of(request.query), query,
                                what_if));
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
