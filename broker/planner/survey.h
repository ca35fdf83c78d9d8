// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/demand.h"
#include "broker/planner/package.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// What a force package can be made from: every line with what is there already, every unit with
/// the lines that it could serve. Internal to the planner.
namespace muster::planner {

/// A slice that was accepted: it stays where it is.
struct Standing {
  std::string contribution;
  model::UnitId unit;
  std::uint64_t people = 0;  ///< That count.
  std::uint64_t ready_min = 0;
  std::vector<model::EquipmentCount> equipment;
};

/// A line of a requirement, its tests, and what it has.
struct SurveyedLine {
  const core::Demanded* demanded = nullptr;
  const model::RequirementLine* line = nullptr;
  core::LineDemand demand;
  std::vector<Standing> standing{};
  [[nodiscard]] std::uint64_t standing_people() const;
  [[nodiscard]] std::uint64_t standing_items(model::EquipmentKind kind) const;
  /// What the line asks for, each kind once.
  [[nodiscard]] std::map<model::EquipmentKind, std::uint64_t> wanted_items() const;
};

/// One unit against one line of its element kind.
struct Prospect {
  std::uint32_t line = 0;
  core::Candidate candidate;
  std::optional<model::LeftOut> left_out;  ///< Nothing: it can serve.
};

struct SurveyedUnit {
  model::UnitId id;
  const core::UnitState* state = nullptr;
  model::ElementKind element_kind = model::ElementKind::other;
  std::uint64_t free = 0;  ///< People that are promised to nobody, within every limit of the unit.
  bool is_standing = false;
  std::vector<Prospect> prospects{};           ///< By line.
  std::vector<model::EquipmentCount> items{};  ///< Fully mission capable and promised to nobody.
};

/// What a nation may give, and which limit says so.
struct SurveyedNation {
  model::Nation nation;
  std::uint64_t committed = 0;  ///< ACCEPTED or later, to all operations.
  std::uint64_t deployable = 0;
  std::uint64_t people_max = UINT64_MAX;           ///< More, to the package.
  const model::CaveatStatement* caveat = nullptr;  ///< The MAX_STRENGTH that says so, if it does.
};

/// Everything that the search and its explanation rest on. Keeps references to the state and the
/// moment. Not to be copied or moved: its lines point into it.
struct Survey {
  const core::State& state;
  const core::Moment& moment;
  std::uint64_t depletion_percent = 100;
  std::deque<core::Demanded> demanded{};
  /// In the order of their priority: must-have lines first, then by weight, then as the
  /// requirements have them.
  std::deque<SurveyedLine> lines{};
  std::vector<SurveyedUnit> units{};      ///< By unit.
  std::vector<SurveyedNation> nations{};  ///< By nation.

  Survey(const core::State& of, const core::Moment& at) : state(of), moment(at) {}
  Survey(const Survey&) = delete;
  Survey& operator=(const Survey&) = delete;

  /// Is some of the unit on a line already?
  [[nodiscard]] bool stands(const model::UnitId& unit) const;
  /// Null when the unit is not known or not to be seen.
  [[nodiscard]] const SurveyedUnit* unit(const model::UnitId& id) const;
  [[nodiscard]] std::uint32_t nation_index(const model::Nation& nation) const;
};

/// Fills `survey`. Errors: not_found for an operation or a requirement that is not known, malformed
/// for one without lines.
model::Result<void> look_around(Survey& survey, const model::AssembleQuery& query,
                                const std::vector<model::Code>& also);

/// One change that is supposed of a unit.
struct Change {
  core::Spared spared{};         ///< A caveat is approved or lifted.
  bool is_renewed = false;       ///< Its words are fresh.
  std::uint64_t sooner_min = 0;  ///< It is ready so much sooner.
  std::string released{};        ///< The people of this slice come back.
};
/// The unit against each line of its element kind, with the change.
std::vector<Prospect> prospects_of(const Survey& survey, const SurveyedUnit& unit,
                                   const Change& change);
/// People of a unit that all the lines that it can serve may share: the least that one of them
/// finds free, which asks for too little rather than too much where a MAX_STRENGTH touches only
/// some.
std::uint64_t free_people(const std::vector<Prospect>& prospects);

/// The nations with what they may give: up to a share of their deployable people, and up to their
/// own MAX_STRENGTH, of which the least that touches a line counts. `spared` is taken as if it were
/// not there.
std::vector<SurveyedNation> limited(const Survey& survey, std::vector<SurveyedNation> nations,
                                    std::uint64_t depletion_percent,
                                    const model::CaveatStatement* spared);

/// The same in numbers: lines, units and nations keep their indices.
Problem problem_of(const Survey& survey);
Unit in_numbers(const Survey& survey, const SurveyedUnit& unit);
Nation in_numbers(const SurveyedNation& nation);

}  // namespace muster::planner
