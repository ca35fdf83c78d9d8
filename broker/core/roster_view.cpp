// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "broker/core/candidates.h"
#include "broker/core/figures.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

using model::RosterDimension;

/// What a person counts under in one dimension: the place among the rows, and the text.
struct Key {
  unsigned order = 0;  ///< The number of a code; 0 where text alone sorts.
  std::string text;
  friend auto operator<=>(const Key&, const Key&) = default;
};

template <typename Code>
Key key_of(Code code) {
  return {static_cast<unsigned>(code), model::to_text(code)};
}

/// Under an empty key where the grade is of a newer schema.
Key category_key(model::RankGrade grade) {
  const auto category = category_of(grade);
  return category ? key_of(*category) : Key{};
}

std::vector<Key> keys_of(const model::RosterEntry& person, RosterDimension dimension) {
  switch (dimension) {
    case RosterDimension::grade:
      return {key_of(person.rank_grade)};
    case RosterDimension::specialty:
      return {{0, person.specialty ? person.specialty->str() : std::string()}};
    case RosterDimension::language: {
      std::vector<Key> keys;
      for (const auto& language : person.languages) {
        keys.push_back({0, language});
      }
      std::sort(keys.begin(), keys.end());
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      return keys;
    }
    case RosterDimension::duty_status:
      return {key_of(person.duty_status)};
    case RosterDimension::sex:
      return {key_of(person.sex)};
    case RosterDimension::category:
      return {category_key(person.rank_grade)};
  }
  return {};
}

std::vector<RosterDimension> dimensions_of(const model::RosterQuery& query) {
  if (!query.by.empty()) {
    return query.by;
  }
  std::vector<RosterDimension> all;
  for (const auto& code : model::code_names(RosterDimension{})) {
    all.push_back(code.value);
  }
  return all;
}

/// Anything with the three counts: an answer and its rows.
template <typename Counts>
void count(Counts& counts, const model::RosterEntry& person) {
  ++counts.people;
  counts.present += person.duty_status == model::DutyStatus::present ? 1 : 0;
  counts.deployable += person.deployable ? 1 : 0;
}

class Counting {
 public:
  Counting(const model::RosterQuery& query, model::RosterAnswer& answer)
      : dimensions_(dimensions_of(query)), answer_(answer), rows_(dimensions_.size()) {}

  void add(const UnitState& unit) {
    const auto& kept = *unit.roster;
    ++answer_.units;
    answer_.version = kept.statement.version;
    answer_.valid_at =
        std::min(answer_.valid_at.value_or(kept.stamp.valid_at), kept.stamp.valid_at);
    for (const auto& person : kept.statement.people) {
      add(*person);
    }
    if (unit.strength) {
      answer_.strength = answer_.strength.value_or(model::Figures{});
      *answer_.strength += unit.own;
    }
  }

  void write_rows() {
    for (const auto& rows : rows_) {
      for (const auto& [key, row] : rows) {
        answer_.rows.push_back(row);
      }
    }
  }

 private:
  void add(const model::RosterEntry& person) {
    count(answer_, person);
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      for (const auto& key : keys_of(person, dimensions_[i])) {
        auto& row = rows_[i][key];
        row.dimension = dimensions_[i];
        row.key = key.text;
        count(row, person);
      }
    }
  }

  std::vector<RosterDimension> dimensions_;
  model::RosterAnswer& answer_;
  std::vector<std::map<Key, model::RosterRow>> rows_;
};

/// The unit and all below it that the viewer may see.
std::vector<const UnitState*> branch_of(const State& state, const model::UnitId& root,
                                        const Viewer& viewer) {
  std::multimap<model::UnitId, std::pair<model::UnitId, const UnitState*>> below;
  for_each_visible(state, viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto parent = unit.parent();
    // Words of different times may set units below each other, which V07 never saw: the branch ends
    // where it would come back to its root.
    if (parent && id != root && id.nation() == root.nation()) {
      below.emplace(*parent, std::pair(id, &unit));
    }
  });
  std::vector<std::pair<model::UnitId, const UnitState*>> branch{{root, state.units.find(root)}};
  for (std::size_t i = 0; i < branch.size(); ++i) {
    const auto [first, last] = below.equal_range(branch[i].first);
    std::transform(first, last, std::back_inserter(branch),
                   [](const auto& entry) { return entry.second; });
  }
  std::vector<const UnitState*> units;
  units.reserve(branch.size());
  for (const auto& [id, unit] : branch) {
    units.push_back(unit);
  }
  return units;
}

}  // namespace

std::optional<model::RosterAnswer> roster(const State& state, const model::RosterQuery& query,
                                          const Moment& moment) {
  const auto* known = state.units.find(query.unit);
  if (known == nullptr || !known->identity || !can_see(moment.viewer, query.unit, *known)) {
    return std::nullopt;
  }
  model::RosterAnswer answer{.unit = query.unit};
  Counting counting(query, answer);
  const auto units = query.with_subordinates ? branch_of(state, query.unit, moment.viewer)
                                             : std::vector<const UnitState*>{known};
  for (const auto* unit : units) {
    if (seen(moment.viewer, query.unit.nation(), unit->roster) != nullptr) {
      counting.add(*unit);
    }
  }
  if (query.with_subordinates) {
    answer.version = std::nullopt;
  }
  counting.write_rows();
  return answer;
}

}  // namespace muster::core
