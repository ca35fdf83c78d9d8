// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/codes.h"
#include "schemas/model/force_codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"
#include "schemas/model/unit_statements.h"

/// What is said of the force as a whole (DOMAIN.md §3): limits and promises of a nation, and the
/// operations of the secretariat. As it was said; nothing here is validated.
namespace muster::model {

// ---- caveat, stand-by, contribution: a nation ---------------------------------------------------

/// A declared limit on use. Of a whole nation when `unit` is absent.
struct CaveatStatement {
  Code caveat_id;  ///< Unique in its nation; a later statement with the same id replaces it.
  Nation nation;
  std::optional<UnitId> unit;
  CaveatKind kind = CaveatKind::approval_required;
  std::vector<Task> tasks;
  std::vector<Place> area;  ///< A polygon, its last corner joined to the first.
  std::optional<UtcTime> from, to;
  std::optional<Count> max_people;
  std::string mode;
  std::optional<UtcTime> declared_at, withdrawn_at;
  std::string text;
  friend bool operator==(const CaveatStatement&, const CaveatStatement&) = default;
};

/// A dated slot in which a unit stands by. A unit has one slot for each `from`.
struct StandbyStatement {
  UnitId unit;
  UtcTime from{}, to{};
  StandbyRole role = StandbyRole::main;
  Count people = 0;
  friend bool operator==(const StandbyStatement&, const StandbyStatement&) = default;
};

struct EquipmentCount {
  EquipmentKind kind = EquipmentKind::other;
  Count count = 0;
  friend bool operator==(const EquipmentCount&, const EquipmentCount&) = default;
};
/// A slice of a unit, promised to one line of a statement of requirements (EDXL-RM).
struct ContributionStatement {
  Code contribution_id;  ///< Unique in its nation.
  Code operation, sor_line;
  UnitId unit;
  std::optional<Count> people;  ///< Mandatory (V18): 0 is a valid contribution, silence is none.
  std::vector<EquipmentCount> equipment;
  ContributionState state = ContributionState::offered;
  std::optional<UtcTime> from, to, transfer_of_authority_at;
  Authority authority = Authority::none;
  std::string variation;  ///< From the SOR line, in words.
  friend bool operator==(const ContributionStatement&, const ContributionStatement&) = default;
};

// ---- operation, requirement, decision: the secretariat ------------------------------------------

/// A figure as it was published, in its own words: never overwritten by another.
struct PublishedFigure {
  std::string figure;
  Comparator comparator = Comparator::exact;
  Count value = 0;
  UtcTime as_of{};
  std::string source;
  friend bool operator==(const PublishedFigure&, const PublishedFigure&) = default;
};
/// One peacekeeping mission. Its state comes from decisions.
struct OperationStatement {
  Code operation;
  std::string name;
  std::optional<Nation> host;
  bool host_may_contribute = false;
  Partner partner = Partner::none;
  std::vector<std::string> legal_basis, mandate_refs;
  std::vector<Task> tasks;
  std::vector<Place> area;
  std::optional<Count> authorised_strength;
  std::optional<UtcTime> decided_at, planned_end;
  std::string commander;  ///< Optional in every state: often appointed after deployment has begun.
  std::vector<PublishedFigure> published_figures;
  friend bool operator==(const OperationStatement&, const OperationStatement&) = default;
};

struct RequirementLine {
  Code line_id;
  std::vector<Task> tasks;
  ElementKind element_kind = ElementKind::other;
  std::optional<std::uint8_t> capability_type;  ///< 1 to 4.
  Count people_min = 0, people_max = 0;
  std::vector<EquipmentCount> equipment;
  std::vector<SustainmentLine> self_sustainment;
  std::uint16_t needed_within_h = 0;           ///< 0 to 8760.
  std::optional<std::uint16_t> duration_days;  ///< 1 to 3650.
  bool must_have = false;
  std::uint8_t weight = 1;  ///< 1 to 100.
  friend bool operator==(const RequirementLine&, const RequirementLine&) = default;
};
/// A version of the statement of requirements (SOR) of an operation; the highest counts.
struct RequirementStatement {
  Code operation;
  std::uint32_t version = 0;
  std::vector<RequirementLine> lines;
  friend bool operator==(const RequirementStatement&, const RequirementStatement&) = default;
};

/// A decision of the body that it names.
struct DecisionStatement {
  Code decision_id;
  Body body = Body::secretariat;
  DecisionKind kind = DecisionKind::state_change;
  std::optional<Code> operation;
  std::string contribution_id;  ///< "KAZ/OFFER-1": nation and contribution, or a caveat of it.
  std::optional<OperationState> from_state, to_state;
  std::optional<ContributionState> contribution_from, contribution_to;
  std::optional<std::int64_t> value;
  UtcTime decided_at{};
  std::string reference;
  friend bool operator==(const DecisionStatement&, const DecisionStatement&) = default;
};

}  // namespace muster::model
