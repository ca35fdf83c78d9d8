// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <map>

#include "broker/core/views.h"

namespace muster::core {
namespace {

/// What a row is counted under: a byte each for component, element kind and level, then the nation.
/// Only what is grouped by is not zero. The dimension that stands first in the question need not
/// stand first here: rows are sorted when they become text.
using GroupKey = std::uint64_t;

constexpr GroupKey kNationMask = 0xffffff;
constexpr unsigned kComponentShift = 24, kElementKindShift = 32, kLevelShift = 40;
constexpr GroupKey kByte = 0xff;

GroupKey mask_of(const std::vector<model::Dimension>& group_by) {
  GroupKey mask = 0;
  for (const auto dimension : group_by) {
    switch (dimension) {
      case model::Dimension::nation:
        mask |= kNationMask;
        break;
      case model::Dimension::component:
        mask |= kByte << kComponentShift;
        break;
      case model::Dimension::element_kind:
        mask |= kByte << kElementKindShift;
        break;
      case model::Dimension::level:
        mask |= kByte << kLevelShift;
        break;
    }
  }
  return mask;
}

GroupKey key_of(const Row& row) {
  return row.nation | GroupKey{row.component} << kComponentShift |
         GroupKey{row.element_kind} << kElementKindShift | GroupKey{row.level} << kLevelShift;
}

std::uint64_t part_of(GroupKey key, model::Dimension dimension) {
  switch (dimension) {
    case model::Dimension::nation:
      return key & kNationMask;
    case model::Dimension::component:
      return key >> kComponentShift & kByte;
    case model::Dimension::element_kind:
      return key >> kElementKindShift & kByte;
    case model::Dimension::level:
      return key >> kLevelShift & kByte;
  }
  return 0;
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

struct Sum {
  model::Figures figures;
  std::int64_t attached = 0;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();

  void add(const Row& row) {
    figures += row.figures();
    attached += row.attached;
    oldest = std::min(oldest, row.strength_at == kNever ? oldest : row.strength_at);
  }
};

/// Sums by key, in a table that is looked into once a row: open addressing, a power of two of
/// places, at most half of them taken.
class Groups {
 public:
  Sum& at(GroupKey key) {
    if (2 * taken_ >= places_.size()) {
      grow();
    }
    auto& place = find(places_, key);
    if (!place.is_taken) {
      place.is_taken = true;
      place.key = key;
      ++taken_;
    }
    return place.sum;
  }
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& place : places_) {
      if (place.is_taken) {
        visit(place.key, place.sum);
      }
    }
  }

 private:
  struct GroupPlace {
    GroupKey key = 0;
    bool is_taken = false;
    Sum sum;
  };
  static GroupPlace& find(std::vector<GroupPlace>& places, GroupKey key) {
    const auto mask = places.size() - 1;
    auto at = (key * 0x9e3779b97f4a7c15ULL) >> 32U & mask;
    while (places[at].is_taken && places[at].key != key) {
      at = (at + 1) & mask;
    }
    return places[at];
  }
  void grow() {
    std::vector<GroupPlace> more(2 * places_.size());
    for (auto& place : places_) {
      if (place.is_taken) {
        find(more, place.key) = place;
      }
    }
    places_ = std::move(more);
  }

  std::vector<GroupPlace> places_ = std::vector<GroupPlace>(64);
  std::size_t taken_ = 0;
};

/// The filters of a question as bits, so that a row is judged without a search.
class Filter {
 public:
  explicit Filter(const model::StrengthQuery& query)
      : components_(bits(query.components)),
        element_kinds_(bits(query.element_kinds)),
        levels_(bits(query.levels)) {
    for (const auto& nation : query.nations) {
      nations_.push_back(packed(nation));
    }
    for (const auto pool : query.pools) {
      const auto number = static_cast<unsigned>(pool);
      pools_ |= number >= 1 && number <= 8 ? 1U << (number - 1) : 0U;
      any_pool_ = false;
    }
  }
  [[nodiscard]] bool passes(const Row& row) const {
    return has(components_, row.component) && has(element_kinds_, row.element_kind) &&
           has(levels_, row.level) && (any_pool_ || (pools_ & row.pools) != 0) &&
           (nations_.empty() ||
            std::find(nations_.begin(), nations_.end(), row.nation) != nations_.end());
  }

 private:
  static constexpr std::uint64_t kAll = ~std::uint64_t{0};
  template <typename Code>
  static std::uint64_t bits(const std::vector<Code>& codes) {
    std::uint64_t found = codes.empty() ? kAll : 0;
    for (const auto code : codes) {
      const auto number = static_cast<unsigned>(code);
      found |= number < 64 ? std::uint64_t{1} << number : 0;
    }
    return found;
  }
  static bool has(std::uint64_t bits, std::uint8_t number) {
    return bits == kAll || (number < 64 && (bits >> number & 1U) != 0);
  }

  std::uint64_t components_, element_kinds_, levels_;
  std::vector<std::uint32_t> nations_;
  unsigned pools_ = 0;
  bool any_pool_ = true;
};

bool asks_for_levels(const model::StrengthQuery& query) {
  return !query.levels.empty() || std::find(query.group_by.begin(), query.group_by.end(),
                                            model::Dimension::level) != query.group_by.end();
}

model::StrengthRow row_of(const Sum& sum) {
  model::StrengthRow row{.key = {}, .figures = sum.figures, .oldest_valid_at = {}};
  if (sum.oldest != std::numeric_limits<std::int64_t>::max()) {
    row.oldest_valid_at = model::from_micros(sum.oldest);
  }
  return row;
}

/// Adds rows up and makes the answer.
class Strengths {
 public:
  explicit Strengths(const model::StrengthQuery& query)
      : query_(query), filter_(query), mask_(mask_of(query.group_by)) {}

  void add(const Row& row) {
    if (row.counts() && filter_.passes(row)) {
      groups_.at(key_of(row) & mask_).add(row);
    }
  }

  [[nodiscard]] model::StrengthAnswer answer() const {
    model::StrengthAnswer answer{
        .group_by = query_.group_by, .rows = {}, .total = {}, .basis = query_.basis};
    // Sorted by the numbers of their codes, in the order in which they were asked for.
    std::map<std::vector<std::uint64_t>, Sum> sorted;
    Sum total;
    groups_.for_each([&](GroupKey key, const Sum& sum) {
      std::vector<std::uint64_t> parts;
      for (const auto dimension : query_.group_by) {
        parts.push_back(part_of(key, dimension));
      }
      sorted.emplace(std::move(parts), sum);
      total.figures += sum.figures;
      total.attached += sum.attached;
      total.oldest = std::min(total.oldest, sum.oldest);
    });
    for (const auto& [parts, sum] : sorted) {
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

 private:
  const model::StrengthQuery& query_;
  Filter filter_;
  GroupKey mask_;
  Groups groups_;
};

}  // namespace

model::StrengthAnswer strength(const State& state, const model::StrengthQuery& query,
                               const Moment& moment) {
  Strengths strengths(query);
  bool levels_hold = true;
  if (sees_all(moment.viewer)) {
    const auto now = model::to_micros(moment.now);
    const bool needs_levels = asks_for_levels(query);
    state.rows.for_each([&](const Row& row) {
      levels_hold = levels_hold && (!needs_levels || now < row.levels_until);
      strengths.add(row);
    });
    if (levels_hold) {
      return strengths.answer();
    }
  }
  Strengths one_by_one(query);
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    auto row = state.rows.at(unit.number);
    row.level = level_seen(state, moment, id, unit);
    one_by_one.add(row);
  });
  return one_by_one.answer();
}

bool words_suffice(const model::Query& query, const Viewer& viewer) {
  const auto* strength = std::get_if<model::StrengthQuery>(&query);
  return strength != nullptr && sees_all(viewer) && !asks_for_levels(*strength);
}

model::StrengthAnswer strength_from_words(const State& now, const model::StrengthQuery& query,
                                          const Moment& moment) {
  Strengths strengths(query);
  now.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    strengths.add(row_at(id, unit.history, {moment.now, moment.known_at}));
  });
  return strengths.answer();
}

}  // namespace muster::core
