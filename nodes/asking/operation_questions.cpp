// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/operation_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "nodes/asking/question.h"

namespace muster::asking {
namespace {

using model::Query;
using std::chrono::milliseconds;

constexpr milliseconds kSearchUsual{10'000};
constexpr milliseconds kSearchMax{600'000};
constexpr milliseconds kTimeoutUsual{5'000};  // Also what a search needs beside its own time.

model::Code operation_of(const RawQuestion& raw, ValueReader& values) {
  return values.id<model::Code>("OP", raw.operation);
}

std::optional<std::uint32_t> version_of(const RawQuestion& raw) {
  return raw.version > 0 ? std::optional(raw.version) : std::nullopt;
}

/// What --timeout says; 0 when it says nothing, or nothing that can be read, which is told
/// elsewhere.
milliseconds given_timeout(const RawQuestion& raw) {
  return raw.timeout.empty() ? milliseconds{0}
                             : parse_duration(raw.timeout).value_or(milliseconds{0});
}

/// What is not given is cut to the wait that is; what is given must fit into it.
std::uint32_t search_time(const RawQuestion& raw, ValueReader& values) {
  const auto timeout = given_timeout(raw);
  const bool is_timed = timeout > milliseconds{0};
  auto limit = is_timed ? std::clamp(timeout / 2, milliseconds{1}, kSearchUsual) : kSearchUsual;
  if (!raw.time_limit.empty()) {
    limit = parse_duration(raw.time_limit).value_or(milliseconds{0});
  }
  if (limit < milliseconds{1} || limit > kSearchMax) {
    values.wrong("--time-limit", raw.time_limit,
                 "not a time from 1ms to 10m - write 500ms, 5s or 2m");
  } else if (is_timed && limit >= timeout && !raw.time_limit.empty()) {
    values.wrong("--time-limit", raw.time_limit,
                 fmt::format("as long as {} {} or longer: nobody would wait for the answer",
                             values.spelled("--timeout"), raw.timeout));
  }
  return static_cast<std::uint32_t>(std::min(limit, kSearchMax).count());
}

Query read_list(const RawQuestion& /*raw*/, ValueReader& /*values*/) {
  return model::OperationsQuery{};
}
Query read_show(const RawQuestion& raw, ValueReader& values) {
  return model::OperationQuery{operation_of(raw, values)};
}
Query read_gaps(const RawQuestion& raw, ValueReader& values) {
  return model::GapsQuery{.operation = operation_of(raw, values), .version = version_of(raw)};
}

Query read_assemble(const RawQuestion& raw, ValueReader& values) {
  model::AssembleQuery query;
  query.operation = operation_of(raw, values);
  query.version = version_of(raw);
  for (const auto goal : values.codes<model::AssemblyGoal>("--goal", {raw.goal})) {
    query.goal = goal;
  }
  if (raw.max_depletion > 0) {
    query.max_depletion_percent = static_cast<std::uint8_t>(raw.max_depletion);
  }
  query.min_freshness =
      values.min_freshness("--min-freshness", raw.min_freshness).value_or(query.min_freshness);
  query.time_limit_ms = search_time(raw, values);
  return query;
}

Query read_commitments(const RawQuestion& raw, ValueReader& values) {
  model::CommitmentsQuery query{.operation = {},
                                .nations = values.nations("--nation", raw.nations),
                                .from = values.moment("--from", raw.from_time),
                                .to = values.moment("--to", raw.to_time)};
  if (!raw.operation.empty()) {
    query.operation = values.id<model::Code>("--operation", raw.operation);
  }
  values.expect_in_order(raw.from_time, query.from, query.to);
  return query;
}

Query read_buildup(const RawQuestion& raw, ValueReader& values) {
  return model::OperationBuildupQuery{.operation = operation_of(raw, values),
                                      .horizon_h = values.hours("--horizon", raw.horizon)};
}
Query read_withdrawal(const RawQuestion& raw, ValueReader& values) {
  return model::WithdrawalQuery{operation_of(raw, values)};
}
Query read_sustainment(const RawQuestion& raw, ValueReader& values) {
  model::SustainmentQuery query{
      .operation = operation_of(raw, values), .people = {}, .days = raw.days};
  if (raw.people > 0) {
    query.people = raw.people;
  }
  return query;
}

using Read = Query (*)(const RawQuestion&, ValueReader&);
const std::map<std::string, Read>& readers() {
  static const std::map<std::string, Read> kReaders{{"operation list", read_list},
                                                    {"operation show", read_show},
                                                    {"operation gaps", read_gaps},
                                                    {"operation assemble", read_assemble},
                                                    {kCommitments, read_commitments},
                                                    {"operation buildup", read_buildup},
                                                    {"operation withdrawal", read_withdrawal},
                                                    {"operation sustainment", read_sustainment}};
  return kReaders;
}

}  // namespace

bool asks_about_operations(const std::string& name) { return readers().contains(name); }

Query read_operation(const std::string& name, const RawQuestion& raw, ValueReader& values) {
  return readers().at(name)(raw, values);
}

milliseconds usual_timeout(const model::Query& query) {
  const auto* assemble = std::get_if<model::AssembleQuery>(&query);
  return kTimeoutUsual +
         (assemble == nullptr ? milliseconds{0} : milliseconds{assemble->time_limit_ms});
}

}  // namespace muster::asking
