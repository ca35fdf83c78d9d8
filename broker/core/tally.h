// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "broker/core/viewer.h"

/// Adds up rows, or cells of the overview: the header of an answer and combined strength in one
/// scan. Internal to core.
namespace muster::core {

/// What is known of a nation while its rows are added up. Rows are judged by comparing times with
/// cutoffs, which are computed once.
struct NationTally {
  std::uint32_t nation = 0;
  bool is_asked = true;       ///< By the filter of the question.
  bool has_reported = false;  ///< Some Strength has not expired.
  bool is_stale = false;      ///< Some unit is STALE or EXPIRED.
  std::uint64_t stale_strength = 0;
  // A word from before its cutoff, in microseconds, is STALE; from before `expired` it is EXPIRED.
  std::int64_t strength_stale = 0, strength_expired = 0, readiness_stale = 0,
               availability_stale = 0, standby_availability_stale = 0;
};

/// Who has reported and who is stale, nation by nation. Nations are few: they are looked for one by
/// one, the last one first.
class Reporting {
 public:
  /// `nations`: whom the question is about; empty for all.
  Reporting(const Registry& registry, const Moment& moment, std::vector<model::Nation> nations);

  void add(const Row& row, bool is_visible) {
    if (!row.counts()) {
      return;
    }
    auto& nation = of(row.nation);
    nation.has_reported = nation.has_reported || row.strength_at >= nation.strength_expired;
    if (is_stale(row, nation)) {
      nation.is_stale = true;
      nation.stale_strength += is_visible ? row.deployable : 0;
    }
  }
  /// A cell of the overview, all of which the viewer sees.
  void add(const Overview::Seen& seen) {
    auto& nation = of(seen.cell.nation);
    nation.has_reported = nation.has_reported || seen.has_reported;
    nation.is_stale = nation.is_stale || seen.is_stale;
    nation.stale_strength += seen.stale_strength;
  }
  [[nodiscard]] model::AnswerHeader header(std::uint64_t ledger_seq) const;

 private:
  NationTally& of(std::uint32_t nation) {
    if (last_ >= nations_.size() || nations_[last_].nation != nation) {
      last_ = find(nation);
    }
    return nations_[last_];
  }
  [[nodiscard]] bool is_stale(const Row& row, const NationTally& nation) const {
    const bool stands_by = row.lifecycle == static_cast<std::uint8_t>(model::Lifecycle::standby);
    return row.strength_at < nation.strength_stale || row.readiness_at < nation.readiness_stale ||
           row.availability_at <
               (stands_by ? nation.standby_availability_stale : nation.availability_stale) ||
           row.pledge_until <= now_;
  }
  std::size_t find(std::uint32_t nation);
  [[nodiscard]] const NationTally* known(const model::Nation& nation) const;

  const Registry& registry_;
  const Moment& moment_;
  std::vector<model::Nation> asked_;
  std::int64_t now_;
  std::vector<NationTally> nations_;
  std::size_t last_ = 0;
};

/// Combined strength, grouped and filtered.
class Strengths {
 public:
  explicit Strengths(const model::StrengthQuery& query);

  void add(const Row& row) {
    if (row.counts() && passes(row)) {
      sum_of(row).add(row);
    }
  }
  /// A cell of the overview; only when no level is asked for.
  void add(const Cell& cell) {
    Row row;
    row.nation = cell.nation;
    row.component = cell.component;
    row.element_kind = cell.element_kind;
    row.pools = cell.pools;
    if (passes(row)) {
      sum_of(row) += cell.sum;
    }
  }
  [[nodiscard]] model::StrengthAnswer answer() const;

 private:
  /// Places in a group, one for each dimension that may be asked for: its number where it is
  /// grouped by, else 0.
  struct Key {
    std::uint32_t nation = 0;
    std::uint8_t component = 0, element_kind = 0, level = 0;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  // Codes that are known are small, so their sums stand in a table; others in a map.
  static constexpr std::size_t kComponents = 4, kElementKinds = 16, kLevels = 8;
  struct Sums {
    std::uint32_t nation = 0;
    std::array<RowSum, kComponents * kElementKinds * kLevels> cells;
  };

  [[nodiscard]] bool passes(const Row& row) const {
    return has(components_, row.component) && has(element_kinds_, row.element_kind) &&
           has(levels_, row.level) && (any_pool_ || (pools_ & row.pools) != 0) &&
           (nations_.empty() || is_asked(row.nation));
  }
  static bool has(std::uint64_t bits, std::uint8_t number) {
    return bits == ~std::uint64_t{0} || (number < 64 && (bits >> number & 1U) != 0);
  }
  [[nodiscard]] bool is_asked(std::uint32_t nation) const;

  RowSum& sum_of(const Row& row) {
    const Key key{row.nation & nation_mask_,
                  static_cast<std::uint8_t>(row.component & component_mask_),
                  static_cast<std::uint8_t>(row.element_kind & element_kind_mask_),
                  static_cast<std::uint8_t>(row.level & level_mask_)};
    if (key.component >= kComponents || key.element_kind >= kElementKinds || key.level >= kLevels) {
      return others_[key];
    }
    if (last_ >= tables_.size() || tables_[last_].nation != key.nation) {
      last_ = find(key.nation);
    }
    return tables_[last_]
        .cells[(key.component * kElementKinds + key.element_kind) * kLevels + key.level];
  }
  std::size_t find(std::uint32_t nation);
  [[nodiscard]] std::vector<std::uint64_t> parts_of(const Key& key) const;

  const model::StrengthQuery& query_;
  std::uint64_t components_, element_kinds_, levels_;
  unsigned pools_ = 0;
  bool any_pool_ = true;
  std::vector<std::uint32_t> nations_;
  std::uint32_t nation_mask_ = 0;
  std::uint8_t component_mask_ = 0, element_kind_mask_ = 0, level_mask_ = 0;
  std::vector<Sums> tables_;
  std::size_t last_ = 0;
  std::map<Key, RowSum> others_;
};

}  // namespace muster::core
