// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/model/codes.h"
#include "schemas/model/statement.h"

/// The tables of DOMAIN.md §11 as data, and what else the exercise invents by table: every name,
/// site and share is fictional; only the totals follow the public record.
namespace muster::exercise {

inline constexpr std::size_t kElementKinds = 8;

/// Authorised people of one nation in the order of ElementKind: COMMAND, COMBAT, POLICE,
/// OBSERVER_GROUP, COMBAT_SUPPORT, TECHNICAL_SUPPORT, REAR_SUPPORT, OTHER.
struct NationRow {
  std::string_view nation;
  std::array<std::uint32_t, kElementKinds> authorised;
};

/// One published force pool.
struct PoolTable {
  model::ForcePool pool;
  std::string_view code_prefix;   ///< Of unit codes: "EX-" or "EX-R-".
  std::uint32_t unit_people_max;  ///< A cell of more people is split; 0 never splits.
  std::array<NationRow, 6> nations;
};

/// Null for a pool that has no published table.
const PoolTable* table_of(model::ForcePool pool);

/// Deployable people of a cell: floor(0.95 x authorised).
constexpr std::uint32_t deployable_of(std::uint32_t authorised) { return authorised * 95 / 100; }

/// One kind of item that units of an element kind hold: so many for a thousand people, at least
/// one.
struct IssueRow {
  std::string_view item_code;
  model::EquipmentKind kind;
  std::uint32_t per_thousand;
  model::Criticality criticality;
};

/// A specialty that units of an element kind need: so many posts for a thousand people, at least
/// one. The rows of one kind leave posts over in every unit of four people or more.
struct SpecialtyRow {
  std::string_view code;
  std::uint32_t per_thousand;
  bool critical;
};

/// What units of one element kind can do without, and for how many: in per cent of their own
/// people.
struct SustainmentRow {
  model::SelfSustainmentCategory category;
  std::uint32_t covers_percent;
};

/// What units of one element kind are like.
struct ElementRow {
  model::ElementKind kind;
  std::string_view code;  ///< "CBT", in unit codes.
  std::string_view name;  ///< "Combat Unit".
  model::Component component;
  std::string_view sidc_set;     ///< Positions 5-6.
  std::string_view sidc_entity;  ///< Positions 11-16.
  std::uint32_t within_h;        ///< Notice and loading together never take longer.
  std::span<const model::Task> tasks;
  std::span<const IssueRow> issue;
  std::span<const SpecialtyRow> specialties;
  std::span<const SustainmentRow> sustainment;
};
const ElementRow& element_of(model::ElementKind kind);

/// How many of a hundred people of a category have a grade.
struct GradeRow {
  model::RankGrade grade;
  std::uint32_t percent;
};
std::span<const GradeRow> grades_of(model::PersonCategory category);

/// Three sites inside the nation, in ten-thousandths of a degree.
struct Site {
  std::int32_t lat, lon;
};
struct NationProfile {
  std::string_view nation;
  std::string_view adjective;  ///< "Kazakhstani".
  std::string_view language;   ///< ISO 639-3.
  std::array<Site, 3> sites;
};
const NationProfile& profile_of(std::string_view nation);

/// Echelon of a unit of that size, and positions 9-10 of its symbol.
struct EchelonRow {
  std::uint32_t people_max;
  model::Echelon echelon;
  std::string_view sidc_digits;
};
const EchelonRow& echelon_of(model::ElementKind kind, std::uint32_t people);

}  // namespace muster::exercise
