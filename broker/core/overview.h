// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "broker/core/persistent_map.h"
#include "broker/core/registry.h"
#include "broker/core/rows.h"

/// Combined strength and freshness as they stand, kept up to date unit by unit, so that a question
/// about now looks at 24 bytes a unit instead of at the unit.
namespace muster::core {

/// Sums of rows. `oldest` is the time of the oldest Strength, in microseconds.
struct RowSum {
  std::uint64_t units = 0, authorised = 0, assigned = 0, on_strength = 0, present = 0,
                deployable = 0;
  std::int64_t attached = 0;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();

  void add(const Row& row);
  /// `oldest` stays.
  void subtract(const Row& row);
  RowSum& operator+=(const RowSum& other);
};

/// Units of one nation, component, element kind and set of pools together.
struct Cell {
  std::uint32_t nation = 0;
  std::uint8_t component = 0, element_kind = 0, pools = 0;
  RowSum sum;  ///< Without `oldest`.
};

/// A value: copies share what they have in common.
class Overview {
 public:
  Overview() = default;
  /// Without units, for the cadences that count at `at`.
  Overview(const Registry& registry, model::UtcTime at);

  /// Puts a unit's row in the place of the one before, by the cadences of `registry` at `at`, which
  /// lies before holds_until(). A row that does not count takes the unit out.
  void put(std::uint32_t number, const Row& before, const Row& after, const Registry& registry,
           model::UtcTime at);

  /// Until then the cadences stay what they were; from then on this has to be made anew.
  [[nodiscard]] model::UtcTime holds_until() const { return holds_until_; }
  /// More kinds of units than it can tell apart: it says nothing any more.
  [[nodiscard]] bool is_full() const { return numbers_.size() >= kNoCell; }

  /// Of one cell at one moment.
  struct Seen {
    Cell cell;  ///< With `oldest`.
    bool has_reported = false;
    bool is_stale = false;
    std::uint64_t stale_strength = 0;
  };
  /// Every cell with units in it, at `now`, which lies before holds_until(). In no order.
  [[nodiscard]] std::vector<Seen> at(model::UtcTime now) const;

 private:
  /// Times in microseconds: after `stale_at` a unit is STALE, after `expires_at` its Strength is
  /// EXPIRED.
  struct Hot {
    std::int64_t stale_at = std::numeric_limits<std::int64_t>::min();
    std::int64_t expires_at = std::numeric_limits<std::int64_t>::min();
    std::uint32_t deployable = 0;
    std::uint16_t cell = kNoCell;
  };
  static constexpr std::uint16_t kNoCell = 0xffff;
  static constexpr std::uint32_t kInBlock = 128;
  using Block = std::array<Hot, kInBlock>;

  std::uint16_t cell_of(const Row& row);
  void set(std::uint32_t number, const Hot& hot);
  /// How long a Strength of the nation lasts until it is EXPIRED, in microseconds.
  std::int64_t lifetime(std::uint32_t nation) const;

  PersistentMap<std::uint32_t, Block> blocks_;
  PersistentMap<std::uint32_t, Cell> cells_;              // By number.
  PersistentMap<std::uint64_t, std::uint32_t> numbers_;   // Of cells, by what they have in common.
  PersistentMap<std::uint32_t, std::int64_t> lifetimes_;  // By nation.
  model::UtcTime holds_until_ = model::UtcTime::max();
};

}  // namespace muster::core
