// SPDX-License-Identifier: Apache-2.0
#include "broker/core/tally.h"

#include <algorithm>

namespace muster::core {

using model::StatementKind;

namespace {

bool sees_who_reports(const Viewer& viewer) {
  return sees_all(viewer) || viewer.has(model::Role::ops);
}

/// All codes of a filter as bits; every bit when it is empty.
template <typename Code>
std::uint64_t bits_of(const std::vector<Code>& codes) {
  std::uint64_t bits = codes.empty() ? ~std::uint64_t{0} : 0;
  for (const auto code : codes) {
    const auto number = static_cast<unsigned>(code);
    bits |= number < 64 ? std::uint64_t{1} << number : 0;
  }
  return bits;
}

std::string text_of(model::Dimension dimension, std::uint64_t part) {
  switch (dimension) {
    case model::Dimension::nation:
      return unpacked(static_cast<std::uint32_t>(part)).str();
    case model::Dimension::component:
      return model::to_text(static_cast<model::Component>(part));
    case model::Dimension::element_kind:
      return model::to_text(static_cast<model::ElementKind>(part));
    case model::Dimension::level:
      return std::to_string(part);
  }
  return {};
}

model::StrengthRow row_of(const RowSum& sum) {
  model::StrengthRow row{.key = {},
                         .figures = {.units = static_cast<std::uint32_t>(sum.units),
                                     .authorised = sum.authorised,
                                     .assigned = sum.assigned,
                                     .on_strength = sum.on_strength,
                                     .present = sum.present,
                                     .deployable = sum.deployable},
                         .oldest_valid_at = {}};
  if (sum.oldest != std::numeric_limits<std::int64_t>::max()) {
    row.oldest_valid_at = model::from_micros(sum.oldest);
  }
  return row;
}

}  // namespace

// ---- who reports --------------------------------------------------------------------------------

Reporting::Reporting(const Registry& registry, const Moment& moment,
                     std::vector<model::Nation> nations)
    : registry_(registry),
      moment_(moment),
      asked_(std::move(nations)),
      now_(model::to_micros(moment.now)) {}

std::size_t Reporting::find(std::uint32_t nation) {
  const auto found = std::find_if(nations_.begin(), nations_.end(),
                                  [&](const auto& each) { return each.nation == nation; });
  if (found != nations_.end()) {
    return static_cast<std::size_t>(found - nations_.begin());
  }
  const auto& policy = registry_.policy(moment_.now);
  const auto cutoff = [&](StatementKind kind, bool stands_by, std::uint8_t intervals) {
    const auto interval = registry_.interval(unpacked(nation), kind, moment_.now, stands_by);
    return now_ - intervals * interval.count();
  };
  const auto stale = policy.ageing_intervals;
  nations_.push_back(
      {.nation = nation,
       .is_asked = passes(asked_, unpacked(nation)),
       .strength_stale = cutoff(StatementKind::strength, false, stale),
       .strength_expired = cutoff(StatementKind::strength, false, policy.stale_intervals),
       .readiness_stale = cutoff(StatementKind::readiness, false, stale),
       .availability_stale = cutoff(StatementKind::availability, false, stale),
       .standby_availability_stale = cutoff(StatementKind::availability, true, stale)});
  return nations_.size() - 1;
}

const NationTally* Reporting::known(const model::Nation& nation) const {
  for (const auto& each : nations_) {
    if (each.nation == packed(nation) && each.is_asked) {
      return &each;
    }
  }
  return nullptr;
}

model::AnswerHeader Reporting::header(std::uint64_t ledger_seq) const {
  model::AnswerHeader header{.valid_at = moment_.now,
                             .known_at = moment_.known_at,
                             .ledger_seq = ledger_seq,
                             .realm = registry_.realm,
                             .is_withheld = !sees_all(moment_.viewer)};
  for (const auto& member : registry_.members) {
    const auto& nation = member.nation;
    const auto* tally = known(nation);
    const bool has_reported = tally != nullptr && tally->has_reported;
    const bool concerns_viewer = sees_who_reports(moment_.viewer) ||
                                 nation == moment_.viewer.node.publisher() || has_reported;
    auto& list = has_reported ? header.nations_reporting : header.nations_missing;
    if (concerns_viewer && passes(asked_, nation) && registry_.is_member(nation, moment_.now) &&
        std::find(list.begin(), list.end(), nation) == list.end()) {
      list.push_back(nation);
    }
  }
  for (const auto& tally : nations_) {
    if (tally.is_asked && tally.is_stale) {
      header.nations_stale.push_back(unpacked(tally.nation));
      header.stale_strength += tally.stale_strength;
    }
  }
  std::sort(header.nations_stale.begin(), header.nations_stale.end());
  return header;
}

// ---- combined strength --------------------------------------------------------------------------

Strengths::Strengths(const model::StrengthQuery& query)
    : query_(query),
      components_(bits_of(query.components)),
      element_kinds_(bits_of(query.element_kinds)),
      levels_(bits_of(query.levels)) {
  for (const auto& nation : query.nations) {
    nations_.push_back(packed(nation));
  }
  for (const auto pool : query.pools) {
    const auto number = static_cast<unsigned>(pool);
    pools_ |= number >= 1 && number <= 8 ? 1U << (number - 1) : 0U;
    any_pool_ = false;
  }
  const auto groups_by = [&](model::Dimension dimension) {
    return std::find(query.group_by.begin(), query.group_by.end(), dimension) !=
           query.group_by.end();
  };
  nation_mask_ = groups_by(model::Dimension::nation) ? 0xffffff : 0;
  component_mask_ = groups_by(model::Dimension::component) ? 0xff : 0;
  element_kind_mask_ = groups_by(model::Dimension::element_kind) ? 0xff : 0;
  level_mask_ = groups_by(model::Dimension::level) ? 0xff : 0;
}

bool Strengths::is_asked(std::uint32_t nation) const {
  return std::find(nations_.begin(), nations_.end(), nation) != nations_.end();
}

std::size_t Strengths::find(std::uint32_t nation) {
  const auto found = std::find_if(tables_.begin(), tables_.end(),
                                  [&](const auto& table) { return table.nation == nation; });
  if (found != tables_.end()) {
    return static_cast<std::size_t>(found - tables_.begin());
  }
  tables_.push_back({.nation = nation, .cells = {}});
  return tables_.size() - 1;
}

std::vector<std::uint64_t> Strengths::parts_of(const Key& key) const {
  std::vector<std::uint64_t> parts;
  for (const auto dimension : query_.group_by) {
    switch (dimension) {
      case model::Dimension::nation:
        parts.push_back(key.nation);
        break;
      case model::Dimension::component:
        parts.push_back(key.component);
        break;
      case model::Dimension::element_kind:
        parts.push_back(key.element_kind);
        break;
      case model::Dimension::level:
        parts.push_back(key.level);
        break;
    }
  }
  return parts;
}

model::StrengthAnswer Strengths::answer() const {
  // Sorted by the numbers of their codes, in the order in which they were asked for.
  std::map<std::vector<std::uint64_t>, RowSum> sorted;
  for (const auto& [key, sum] : others_) {
    sorted[parts_of(key)] += sum;
  }
  for (const auto& table : tables_) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      if (table.cells[i].units > 0) {
        const Key key{table.nation, static_cast<std::uint8_t>(i / kLevels / kElementKinds),
                      static_cast<std::uint8_t>(i / kLevels % kElementKinds),
                      static_cast<std::uint8_t>(i % kLevels)};
        sorted[parts_of(key)] += table.cells[i];
      }
    }
  }
  model::StrengthAnswer answer{
      .group_by = query_.group_by, .rows = {}, .total = {}, .basis = query_.basis};
  RowSum total;
  for (const auto& [parts, sum] : sorted) {
    total += sum;
    auto row = row_of(sum);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      row.key.push_back(text_of(query_.group_by[i], parts[i]));
    }
    if (!parts.empty()) {
      answer.rows.push_back(std::move(row));
    }
  }
  answer.total = row_of(total);
  answer.attachment_balance = total.attached;
  return answer;
}

}  // namespace muster::core
