// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/force_questions.h"

#include <fmt/format.h>

#include <map>

namespace muster::asking {
namespace {

using model::Query;

std::vector<model::Task> tasks_of(const RawQuestion& raw, ValueReader& values) {
  return values.codes<model::Task>("--tasks", raw.tasks);
}
std::vector<model::ElementKind> element_kinds_of(const RawQuestion& raw, ValueReader& values) {
  return values.codes<model::ElementKind>("--element-kind", raw.element_kinds);
}
std::vector<model::Nation> nations_of(const RawQuestion& raw, ValueReader& values) {
  return values.nations("--nation", raw.nations);
}
std::vector<model::StatementKind> kinds_of(const RawQuestion& raw, ValueReader& values) {
  return values.codes<model::StatementKind>("--kind", raw.kinds);
}

Query read_strength(const RawQuestion& raw, ValueReader& values) {
  model::StrengthQuery query;
  query.group_by = values.codes<model::Dimension>("--by", raw.by);
  query.nations = nations_of(raw, values);
  query.components = values.codes<model::Component>("--component", raw.components);
  query.element_kinds = element_kinds_of(raw, values);
  query.levels = values.levels("--level", raw.levels);
  query.pools = values.codes<model::ForcePool>("--pool", raw.pools);
  for (const auto basis : values.codes<model::StrengthBasis>("--basis", {raw.basis})) {
    query.basis = basis;
  }
  return query;
}

Query read_ready(const RawQuestion& raw, ValueReader& values) {
  model::ReadyQuery query;
  query.within_h = values.hours("--within", raw.within);
  query.tasks = tasks_of(raw, values);
  query.area = values.place("--area", raw.area);
  query.min_freshness = values.min_freshness("--min-freshness", raw.min_freshness);
  query.nations = nations_of(raw, values);
  query.element_kinds = element_kinds_of(raw, values);
  return query;
}

Query read_buildup(const RawQuestion& raw, ValueReader& values) {
  return model::BuildupQuery{.tasks = tasks_of(raw, values),
                             .horizon_h = values.hours("--horizon", raw.horizon),
                             .area = values.place("--area", raw.area),
                             .nations = nations_of(raw, values)};
}

Query read_matrix(const RawQuestion& raw, ValueReader& values) {
  return model::MatrixQuery{.by_task = raw.by_task || !raw.tasks.empty(),
                            .tasks = tasks_of(raw, values),
                            .trend_days = raw.trend_days,
                            .nations = nations_of(raw, values)};
}

Query read_tree(const RawQuestion& raw, ValueReader& values) {
  return model::TreeQuery{values.id<model::Nation>("NATION", raw.nation)};
}
Query read_unit(const RawQuestion& raw, ValueReader& values) {
  return model::UnitQuery{values.id<model::UnitId>("UNIT", raw.unit)};
}
Query read_roster(const RawQuestion& raw, ValueReader& values) {
  return model::RosterQuery{.unit = values.id<model::UnitId>("UNIT", raw.unit),
                            .with_subordinates = raw.with_subordinates,
                            .by = values.codes<model::RosterDimension>("--by", raw.roster_by)};
}
Query read_history(const RawQuestion& raw, ValueReader& values) {
  model::HistoryQuery query{.unit = values.id<model::UnitId>("UNIT", raw.unit),
                            .kinds = kinds_of(raw, values),
                            .from = values.moment("--from", raw.from_time),
                            .to = values.moment("--to", raw.to_time)};
  values.expect_in_order(raw.from_time, query.from, query.to);
  return query;
}

/// Two moments are two valid times, each as it was known then. With --as-of they are two moments of
/// knowing that one valid time; with --known-at both valid times are as known at that moment.
Query read_diff(const RawQuestion& raw, ValueReader& values) {
  const auto given_from = values.moment("--from", raw.from_time);
  const auto given_to = values.moment("--to", raw.to_time.empty() ? "now" : raw.to_time);
  values.expect_in_order(raw.from_time, given_from, given_to);
  const auto from = given_from.value_or(model::UtcTime{});
  const auto to = given_to.value_or(model::UtcTime{});
  if (!raw.as_of.empty() && !raw.known_at.empty()) {
    values.wrong(
        "--as-of", raw.as_of,
        fmt::format("with {} there is nothing left to compare", values.spelled("--known-at")));
  }
  // What is wrong with these two is said where they are read for every command.
  ValueReader unheard = values;
  const auto as_of = unheard.moment("--as-of", raw.as_of);
  const auto known_at = unheard.moment("--known-at", raw.known_at);
  return model::DiffQuery{
      .from = {.valid_at = as_of.value_or(from), .known_at = known_at.value_or(from)},
      .to = {.valid_at = as_of.value_or(to), .known_at = known_at.value_or(to)},
      .nations = nations_of(raw, values)};
}

Query read_stale(const RawQuestion& raw, ValueReader& values) {
  return model::StaleQuery{.nations = nations_of(raw, values), .kinds = kinds_of(raw, values)};
}
Query read_caveats(const RawQuestion& raw, ValueReader& values) {
  return model::CaveatsQuery{.tasks = tasks_of(raw, values),
                             .area = values.place("--area", raw.area),
                             .nations = nations_of(raw, values)};
}
Query read_overrides(const RawQuestion& raw, ValueReader& values) {
  return model::OverridesQuery{nations_of(raw, values)};
}

Query read_standby(const RawQuestion& raw, ValueReader& values) {
  model::StandbyQuery query{.nations = nations_of(raw, values),
                            .from = values.moment("--from", raw.from_time),
                            .to = values.moment("--to", raw.to_time)};
  values.expect_in_order(raw.from_time, query.from, query.to);
  return query;
}
Query read_remaining(const RawQuestion& raw, ValueReader& values) {
  if (raw.without.empty() && raw.host.empty() && raw.also.empty() && raw.notice.empty()) {
    values.problem(
        fmt::format("nothing is supposed - give {}, {}, {} or {}, or ask '{}' for how it is",
                    values.spelled("--without"), values.spelled("--host"), values.spelled("--also"),
                    values.spelled("--notice"), values.called("force ready")));
  }
  return model::RemainingQuery{.within_h = values.hours("--within", raw.within),
                               .tasks = tasks_of(raw, values)};
}

using Read = Query (*)(const RawQuestion&, ValueReader&);
const std::map<std::string, Read>& readers() {
  static const std::map<std::string, Read> kReaders{
      {"force strength", read_strength}, {"force ready", read_ready},
      {"force buildup", read_buildup},   {"force matrix", read_matrix},
      {"force tree", read_tree},         {"force unit", read_unit},
      {"force roster", read_roster},     {"force history", read_history},
      {"force diff", read_diff},         {"force stale", read_stale},
      {"force caveats", read_caveats},   {"force overrides", read_overrides},
      {"force standby", read_standby},   {"force remaining", read_remaining}};
  return kReaders;
}

}  // namespace

bool asks_about_force(const std::string& name) { return readers().contains(name); }

Query read_force(const std::string& name, const RawQuestion& raw, ValueReader& values) {
  return readers().at(name)(raw, values);
}

}  // namespace muster::asking
