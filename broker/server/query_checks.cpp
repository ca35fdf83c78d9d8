// SPDX-License-Identifier: Apache-2.0
#include "broker/server/query_checks.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::server {

using model::ErrorCode;

namespace {

struct NationsOf {
  using Nations = std::vector<model::Nation>;
  Nations operator()(const model::TreeQuery& query) const { return {query.nation}; }
  /// The secretariat and the registrar are no nations of the force: their word is for all.
  Nations operator()(const model::DryRunQuery& query) const {
    const auto publisher = query.node.publisher();
    return publisher == model::secretariat() || publisher == model::registrar()
               ? Nations{}
               : Nations{publisher};
  }
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

model::Result<void> check_order(const std::optional<model::UtcTime>& from,
                                const std::optional<model::UtcTime>& to) {
  if (from && to && *to <= *from) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("to {}: expected a time after from, {}", model::format_time(*to),
                                   model::format_time(*from)));
  }
  return {};
}

model::Result<void> check_range(std::string_view name, const std::optional<model::UtcTime>& time) {
  if (time && (*time < model::kTimeMin || *time > model::kTimeMax)) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("{}: expected a time in the years 1990 to 2100", name));
  }
  return {};
}

model::Result<void> check_span(const std::optional<model::UtcTime>& from,
                               const std::optional<model::UtcTime>& to,
                               const std::optional<model::UtcTime>& begin) {
  MUSTER_CHECK(check_range("from", from));
  MUSTER_CHECK(check_range("to", to));
  return check_order(begin, to);
}

/// Each once, and not so many that one question is work for hundreds.
template <typename Name>
model::Result<void> check_list(std::string_view list, std::vector<Name> names) {
  constexpr std::size_t kNamesMax = 16;
  if (names.size() > kNamesMax) {
    return model::fail(
        ErrorCode::malformed,
        fmt::format("what if {}: {} are named, at most {} can be", list, names.size(), kNamesMax));
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("what if {}: {} is named twice", list, twice->view()));
  }
  return {};
}

template <typename... Kinds>
bool is_one_of(const model::Query& query) {
  return (std::holds_alternative<Kinds>(query) || ...);
}

}  // namespace

std::vector<model::Nation> nations_of(const model::Query& query) {
  return std::visit(NationsOf{}, query);
}

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

model::Result<void> check_period(const model::Query& query, model::UtcTime now) {
  if (const auto* commitments = std::get_if<model::CommitmentsQuery>(&query)) {
    return check_span(commitments->from, commitments->to, commitments->from);
  }
  if (const auto* standby = std::get_if<model::StandbyQuery>(&query)) {
    return check_span(standby->from, standby->to, standby->from.value_or(now));
  }
  return {};
}

model::Result<void> check_codes(const model::Query& query) {
  if (const auto* assembly = std::get_if<model::AssembleQuery>(&query);
      assembly != nullptr && !model::is_known(assembly->goal)) {
    return model::fail(ErrorCode::unsupported,
                       fmt::format("this broker makes no package for the goal {}",
                                   model::to_text(assembly->goal)));
  }
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

model::Result<void> check_now(const model::Request& request) {
  if (!request.as_of && !request.known_at && !request.what_if.is_set()) {
    return {};
  }
  return model::fail(
      ErrorCode::malformed,
      fmt::format("{} is about what would be published now: ask without a moment and "
                  "without a what-if",
                  model::name_of(request.query)));
}

model::Result<void> check_what_if(const model::Request& request) {
  const auto& query = request.query;
  const auto name = model::name_of(query);
  if (!request.what_if.is_set()) {
    return is_one_of<model::RemainingQuery>(query)
               ? model::Result<void>(model::fail(
                     ErrorCode::malformed,
                     fmt::format("{} compares what is with a what-if: say what is supposed "
                                 "(without, host, also or notice)",
                                 name)))
               : model::Result<void>();
  }
  MUSTER_CHECK(check_list("without", request.what_if.without));
  MUSTER_CHECK(check_list("also", request.what_if.also));
  if (is_one_of<model::HistoryQuery, model::DiffQuery>(query)) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("{} tells what was said, and a what-if never was: ask without "
                                   "one",
                                   name));
  }
  if (is_one_of<model::LedgerTailQuery, model::LedgerProofQuery, model::ServerInfoQuery>(query)) {
    return model::fail(ErrorCode::malformed,
                       fmt::format("{} is about the record, which no what-if changes: ask without "
                                   "one",
                                   name));
  }
  return {};
}

model::Result<void> check_nations(const core::State& state, const model::Request& request) {
  auto nations = nations_of(request.query);
  const auto& what_if = request.what_if;
  nations.insert(nations.end(), what_if.without.begin(), what_if.without.end());
  if (what_if.host) {
    nations.push_back(*what_if.host);
  }
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

}  // namespace muster::server
