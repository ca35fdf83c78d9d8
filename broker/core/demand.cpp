// SPDX-License-Identifier: Apache-2.0
#include "broker/core/demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "broker/core/figures.h"
#include "broker/core/operation_states.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::LeftOutReason;

model::Result<Demanded> no_requirement(const model::Code& code,
                                       std::optional<std::uint32_t> version) {
  return model::fail(
      model::ErrorCode::not_found,
      version ? fmt::format("operation {} has no requirement of version {}", code.view(), *version)
              : fmt::format("operation {} has no requirement", code.view()));
}

/// Was the word taken back by a correction that the state knows?
bool is_corrected(const State& state, const AgreementWord& word) {
  const auto words = state.agreement_words.view();
  return std::any_of(words.begin(), words.end(), [&](const AgreementWord& other) {
    return other.said.corrects && other.said.stamp.ledger_seq <= state.ledger_seq &&
           other.said.stamp.received_at == word.replaced_at;
  });
}

/// An older version from the record, of which the operation keeps the highest alone: the last word
/// on the highest version up to `version` that the viewer may see.
const model::RequirementStatement* older_requirement(const State& state, const Viewer& viewer,
                                                     const model::Code& code,
                                                     std::uint32_t version) {
  const model::RequirementStatement* found = nullptr;
  for (const auto& word : state.agreement_words.view()) {
    const auto* said = std::get_if<model::RequirementStatement>(&word.said.statement);
    const bool counts = said != nullptr && said->operation == code && said->version <= version &&
                        word.said.stamp.ledger_seq <= state.ledger_seq &&
                        sees(viewer, model::secretariat(), word.said.releasable_to) &&
                        !is_corrected(state, word);
    if (counts && (found == nullptr || found->version <= said->version)) {
      found = said;
    }
  }
  return found;
}

const model::RequirementStatement* requirement_of(const State& state, const Viewer& viewer,
                                                  const model::Code& code,
                                                  const Operation& operation,
                                                  std::optional<std::uint32_t> version) {
  if (!operation.requirement) {
    return nullptr;
  }
  const auto highest = operation.requirement->statement.version;
  const auto* newest = seen(viewer, model::secretariat(), operation.requirement);
  if (newest != nullptr && version.value_or(highest) == highest) {
    return newest;
  }
  const auto* older =
      older_requirement(state, viewer, code, std::min(version.value_or(highest), highest));
  return older != nullptr && (!version || older->version == *version) ? older : nullptr;
}

/// Degrees east of `origin`, so that an area across the antimeridian has its middle there.
double east_of(double origin, double lon) { return std::remainder(lon - origin, 360.0); }

/// Why the unit's capabilities are not of the type that the line asks for; empty when they are.
std::string wrong_type(const model::UnitStatement* unit, const model::RequirementLine& line) {
  if (!line.capability_type) {
    return {};
  }
  for (const auto task : line.tasks) {
    std::optional<std::uint8_t> best;
    for (const auto& each :
         unit != nullptr ? unit->capabilities : std::vector<model::Capability>{}) {
      const bool has_task =
          std::find(each.tasks.begin(), each.tasks.end(), task) != each.tasks.end();
      if (has_task && each.type) {
        best = std::min(best.value_or(*each.type), *each.type);
      }
    }
    if (!best || *best > *line.capability_type) {
      return fmt::format("{} {}, type {} wanted", model::to_text(task),
                         best ? fmt::format("of type {}", *best) : "of no stated type",
                         *line.capability_type);
    }
  }
  return {};
}

/// The time within `during` at which a slice holds its people.
Period held_in(const Slice& slice, const Period& during, model::UtcTime now) {
  auto period = period_of(*slice.said);
  const bool has_left = slice.state != model::ContributionState::accepted &&
                        slice.state != model::ContributionState::committed;
  if (has_left && period.to && *period.to <= now) {
    period.to = std::nullopt;
  }
  const auto begin = std::max(during.from.value_or(now), now);
  period.from = has_left ? begin : std::max(period.from.value_or(begin), begin);
  if (during.to) {
    period.to = std::min(period.to.value_or(*during.to), *during.to);
  }
  return period;
}

/// The most at one moment of `during` of that which `count_of(statement)` counts.
template <typename CountOf>
std::uint64_t most_held(const std::vector<Slice>& slices, const Period& during, model::UtcTime now,
                        CountOf count_of) {
  std::vector<Need> needs;
  for (const auto& slice : slices) {
    const auto period = held_in(slice, during, now);
    if (!period.to || *period.from < *period.to) {
      needs.push_back({period, count_of(*slice.said)});
    }
  }
  return peak_of(needs).count;
}

}  // namespace

model::Result<Demanded> demanded(const State& state, const Viewer& viewer, const model::Code& code,
                                 std::optional<std::uint32_t> version) {
  const auto* operation = state.agreements.operations.find(code.str());
  const auto* said =
      operation != nullptr ? seen(viewer, model::secretariat(), operation->said) : nullptr;
  if (said == nullptr) {
    return model::fail(model::ErrorCode::not_found,
                       fmt::format("operation {} is not known", code.view()));
  }
  MUSTER_TRY(const auto known, seen_operation(state, viewer, code));
  if (is_final(known.state) || known.state == model::OperationState::withdrawn) {
    return model::fail(
        model::ErrorCode::not_found,
        fmt::format("operation {} is {}: it asks for nothing any more; ask as of an earlier moment",
                    code.view(), model::to_text(known.state)));
  }
  const auto* requirement = requirement_of(state, viewer, code, *operation, version);
  if (requirement == nullptr) {
    return no_requirement(code, version);
  }
  return Demanded{.code = code, .operation = operation, .said = said, .requirement = requirement};
}

std::optional<model::Place> middle_of(const std::vector<model::Place>& area) {
  if (area.empty()) {
    return std::nullopt;
  }
  const auto origin = area.front().lon;
  double lat = 0;
  double east = 0;
  for (const auto& corner : area) {
    lat += corner.lat;
    east += east_of(origin, corner.lon);
  }
  const auto corners = static_cast<double>(area.size());
  return model::Place{.lat = lat / corners, .lon = east_of(0, origin + east / corners)};
}

Period stay_on(const model::RequirementLine& line, const Moment& moment,
               std::optional<model::UtcTime> from) {
  const auto begin = std::max(from.value_or(moment.now), moment.now);
  if (!line.duration_days) {
    return {begin, std::nullopt};
  }
  const std::chrono::hours latest{line.needed_within_h + 24 * *line.duration_days};
  return {begin, begin + latest};
}

std::vector<Slice> slices_elsewhere(const State& state, const Viewer& viewer,
                                    const model::UnitId& unit, const Demanded& demanded) {
  const auto& lines = demanded.requirement->lines;
  const auto is_elsewhere = [&](const std::string&, const Contribution& promise) {
    const auto* said = seen(viewer, unit.nation(), promise.said);
    if (said == nullptr || !is_accepted(promise.state)) {
      return false;
    }
    return said->operation != demanded.code ||
           promise.state == model::ContributionState::returning ||
           std::none_of(lines.begin(), lines.end(),
                        [&](const auto& line) { return line.line_id == said->sor_line; });
  };
  auto slices = slices_of(state.agreements, unit, is_elsewhere);
  std::sort(slices.begin(), slices.end(),
            [](const Slice& a, const Slice& b) { return a.key < b.key; });
  return slices;
}

std::uint64_t held_by(const std::vector<Slice>& slices, const Period& during, model::UtcTime now) {
  return most_held(slices, during, now, people_of);
}

std::uint64_t items_held_by(const std::vector<Slice>& slices, model::EquipmentKind kind,
                            const Period& during, model::UtcTime now) {
  return most_held(slices, during, now, [&](const auto& slice) { return items_of(slice, kind); });
}

// ---- LineDemand ---------------------------------------------------------------------------------

LineDemand::LineDemand(const State& state, const Moment& moment, const Demanded& demanded,
                       const model::RequirementLine& line, model::Freshness min_freshness)
    : state_(state),
      moment_(moment),
      demanded_(demanded),
      line_(line),
      min_freshness_(min_freshness),
      assembly_(state, moment, {line.tasks, middle_of(demanded.said->area)}) {}

Candidate LineDemand::candidate(const model::UnitId& id, const UnitState& unit,
                                const Spared& spared) const {
  auto found = assembly_.candidate(id, unit, spared);
  const auto committed = found.committed;
  return with_committed(std::move(found), committed);
}

std::optional<model::LeftOut> LineDemand::barred(const Candidate& candidate,
                                                 const UnitState& unit) const {
  const auto nation = candidate.unit.nation();
  const auto left_out = [&](LeftOutReason reason, std::string detail) {
    return model::LeftOut{.unit = candidate.unit,
                          .reason = reason,
                          .detail = std::move(detail),
                          .people = candidate.free};
  };
  if (demanded_.said->host == nation && !demanded_.said->host_may_contribute) {
    return left_out(LeftOutReason::host, fmt::format("{} is the host", nation.view()));
  }
  const auto* member = state_.registry->member(nation, moment_.now);
  if (nation != model::secretariat() && member == nullptr) {
    return left_out(LeftOutReason::suspended, fmt::format("{} is no member", nation.view()));
  }
  if (member != nullptr && member->participation_status == model::ParticipationStatus::suspended) {
    return left_out(LeftOutReason::suspended, fmt::format("{} is suspended", nation.view()));
  }
  if (candidate.element_kind != line_.element_kind) {
    return left_out(LeftOutReason::wrong_capability,
                    fmt::format("{}, {} wanted", model::to_text(candidate.element_kind),
                                model::to_text(line_.element_kind)));
  }
  auto wrong = missing_tasks(candidate.able, line_.tasks);
  if (wrong.empty()) {
    wrong = wrong_type(seen(moment_.viewer, nation, unit.identity), line_);
  }
  return wrong.empty() ? std::nullopt
                       : std::optional(left_out(LeftOutReason::wrong_capability, std::move(wrong)));
}

bool LineDemand::is_able(const Candidate& candidate, const UnitState& unit) const {
  return !barred(candidate, unit);
}

std::optional<model::LeftOut> LineDemand::left_out(const Candidate& candidate,
                                                   const UnitState& unit) const {
  if (auto found = barred(candidate, unit)) {
    return found;
  }
  auto found =
      assembly_.left_out(candidate, 60 * std::uint64_t{line_.needed_within_h}, min_freshness_);
  if (candidate.unapproved != nullptr && (!found || found->reason != LeftOutReason::caveat)) {
    return model::LeftOut{.unit = candidate.unit,
                          .reason = LeftOutReason::caveat,
                          .detail = named(*candidate.unapproved),
                          .people = candidate.free};
  }
  if (found || !line_.duration_days || !candidate.available_until) {
    return found;
  }
  const auto leaves = moment_.now + std::chrono::minutes{*candidate.arrival_min()} +
                      std::chrono::hours{24 * *line_.duration_days};
  if (*candidate.available_until < leaves) {
    return model::LeftOut{
        .unit = candidate.unit,
        .reason = LeftOutReason::not_available,
        .detail = fmt::format("available until {}, {} days wanted",
                              model::format_time(*candidate.available_until), *line_.duration_days),
        .people = candidate.free};
  }
  return std::nullopt;
}

}  // namespace muster::core
