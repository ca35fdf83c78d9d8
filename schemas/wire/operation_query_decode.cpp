// SPDX-License-Identifier: Apache-2.0
// Questions about operations, and what is supposed in a question. Their encoders:
// operation_query_encode.cpp.
#include <fmt/format.h>

#include <limits>

#include "schemas/wire/operation_codec.h"

namespace muster::wire {
namespace {

constexpr std::uint16_t kHoursMax = 8760;
constexpr std::uint8_t kPercentMax = 100;
constexpr std::uint32_t kTimeLimitMsMax = 600'000;
/// As many as a Count can say: with any number of days, person-days fit.
constexpr std::uint64_t kPeopleMax = std::numeric_limits<model::Count>::max();

template <typename Number>
void expect_range(Reading& in, const Path& at, Number found, Number min, Number max) {
  if (found < min || found > max) {
    in.fail(at, fmt::format("found {}, expected {} to {}", found, min, max));
  }
}

/// What a question wants done must be known to who does it; in what is only told, an unknown code
/// is kept.
template <typename Enum>
void expect_known(Reading& in, const Path& at, Enum code) {
  if (!model::is_known(code)) {
    in.fail(at, fmt::format("{} is none that this build knows", static_cast<unsigned>(code)),
            model::ErrorCode::unsupported);
  }
}

}  // namespace

void read_what_if(Reading& in, const Path& at, const fbs::WhatIf* from, model::WhatIf& to) {
  if (from == nullptr) {
    return;
  }
  read_keys(in, {&at, "without"}, from->without(), to.without);
  read_key_if_any(in, {&at, "host"}, from->host(), to.host);
  read_keys(in, {&at, "also"}, from->also(), to.also);
  to.notice_min = from->notice_min();
  if (to.notice_min) {
    expect_range(in, {&at, "notice_min"}, *to.notice_min, -kNoticeMinMax, kNoticeMinMax);
  }
}

void read_query(Reading&, const fbs::OperationsQuery&, model::OperationsQuery&) {}
void read_query(Reading& in, const fbs::OperationQuery& from, model::OperationQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
}
void read_query(Reading& in, const fbs::GapsQuery& from, model::GapsQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
  to.version = from.version();
}
void read_query(Reading& in, const fbs::AssembleQuery& from, model::AssembleQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
  to.version = from.version();
  to.goal = static_cast<model::AssemblyGoal>(from.goal());
  expect_known(in, {&kQuery, "goal"}, to.goal);
  to.max_depletion_percent = from.max_depletion_percent();
  if (to.max_depletion_percent) {
    expect_range(in, {&kQuery, "max_depletion_percent"}, *to.max_depletion_percent, std::uint8_t{1},
                 kPercentMax);
  }
  to.min_freshness = static_cast<model::Freshness>(from.min_freshness());
  expect_known(in, {&kQuery, "min_freshness"}, to.min_freshness);
  to.time_limit_ms = from.time_limit_ms();
  expect_range(in, {&kQuery, "time_limit_ms"}, to.time_limit_ms, 1U, kTimeLimitMsMax);
}
void read_query(Reading& in, const fbs::CommitmentsQuery& from, model::CommitmentsQuery& to) {
  read_key_if_any(in, {&kQuery, "operation"}, from.operation(), to.operation);
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
}
void read_query(Reading& in, const fbs::OperationBuildupQuery& from,
                model::OperationBuildupQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
  to.horizon_h = from.horizon_h();
  expect_range(in, {&kQuery, "horizon_h"}, to.horizon_h, std::uint16_t{0}, kHoursMax);
}
void read_query(Reading& in, const fbs::StandbyQuery& from, model::StandbyQuery& to) {
  read_keys(in, {&kQuery, "nations"}, from.nations(), to.nations);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
}
void read_query(Reading& in, const fbs::RemainingQuery& from, model::RemainingQuery& to) {
  to.within_h = from.within_h();
  expect_range(in, {&kQuery, "within_h"}, to.within_h, std::uint16_t{0}, kHoursMax);
  read_codes(in, {&kQuery, "tasks"}, from.tasks(), to.tasks);
}
void read_query(Reading& in, const fbs::SustainmentQuery& from, model::SustainmentQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
  to.people = from.people();
  if (to.people) {
    expect_range(in, {&kQuery, "people"}, *to.people, std::uint64_t{0}, kPeopleMax);
  }
  to.days = from.days();
}
void read_query(Reading& in, const fbs::WithdrawalQuery& from, model::WithdrawalQuery& to) {
  read_key(in, {&kQuery, "operation"}, from.operation(), to.operation);
}

}  // namespace muster::wire
