// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "broker/core/agreements.h"
#include "broker/core/history.h"
#include "broker/core/kept.h"
#include "broker/core/overview.h"
#include "broker/core/persistent_map.h"
#include "broker/core/registry.h"
#include "broker/core/roster.h"
#include "schemas/model/query.h"
#include "schemas/model/report.h"

/// What the broker knows, as values. A copy of State is a snapshot and costs a few pointers.
namespace muster::core {

/// Everything known of one unit: its newest accepted statements, what follows from them, and where
/// the older ones stand.
struct UnitState {
  model::NodeId owner;  ///< The node that declared it; transfers are in the registry.
  KeptPtr<model::UnitStatement> identity;
  KeptPtr<model::StrengthStatement> strength;
  KeptPtr<model::EquipmentStatement> equipment;
  KeptPtr<model::SelfSustainmentStatement> sustainment;
  KeptPtr<model::TrainingStatement> training;
  KeptPtr<model::ReadinessStatement> readiness;
  KeptPtr<model::AvailabilityStatement> availability;
  KeptPtr<Roster> roster;
  History history;
  std::uint32_t number = 0;  ///< Of the unit, in the order of declaration.

  // Follows from the above, computed once when they change.
  Row row;             ///< What combined strength counts; its level is not kept.
  model::Figures own;  ///< Zero people while no Strength was accepted.
  model::Levels computed;
  model::Level effective = model::kNotMeasured;
  model::UtcTime levels_until{};  ///< From then on the levels are others: a certificate ends.

  [[nodiscard]] bool is_disbanded() const;
  /// FORMING, CONVERTING or DISBANDED: level 5 needs no override, and the unit is not available.
  [[nodiscard]] bool is_reorganising() const;
  [[nodiscard]] bool stands_by() const;                       ///< Lifecycle STANDBY.
  [[nodiscard]] std::optional<model::UnitId> parent() const;  ///< The first CHILD_OF relation.
};
/// Compares what is known, not how it is held.
bool operator==(const UnitState& a, const UnitState& b);

/// Calls `visit(kind, kept)` for each kind of statement on a unit, in the order of their numbers.
template <typename Unit, typename Visit>
void for_each_kept(Unit& unit, Visit visit) {
  visit(model::StatementKind::unit, unit.identity);
  visit(model::StatementKind::strength, unit.strength);
  visit(model::StatementKind::equipment, unit.equipment);
  visit(model::StatementKind::self_sustainment, unit.sustainment);
  visit(model::StatementKind::training, unit.training);
  visit(model::StatementKind::readiness, unit.readiness);
  visit(model::StatementKind::availability, unit.availability);
  visit(model::StatementKind::roster, unit.roster);
}

/// The stamp of the newest word of `kind`, or null when there is none.
const Stamp* newest_stamp(const UnitState& unit, model::StatementKind kind);

/// Where a node's chain ends, and how its reports fared.
struct NodeState {
  std::uint64_t head_seq = 0;
  model::Hash head_hash{};
  std::uint64_t last_ledger_seq = 0;
  model::UtcTime last_received_at{};
  std::uint64_t accepted = 0, refused = 0;
  friend bool operator==(const NodeState&, const NodeState&) = default;
};

struct State {
  PersistentMap<model::UnitId, UnitState> units;
  Overview overview;  ///< Of all units, by UnitState::number.
  PersistentMap<Person, model::UnitId>
      people;  ///< The unit whose roster has a person; empty: none.
  AgreementWords agreement_words;
  Agreements agreements;
  std::shared_ptr<const std::map<model::NodeId, NodeState>> nodes;  ///< Never null.
  std::shared_ptr<const std::vector<model::NodeId>> authors;        ///< Never null. Word::author.
  std::shared_ptr<const std::vector<RegistryVersion>> registry_versions;  ///< Never null.
  RegistryPtr registry;          ///< Never null. The newest.
  std::uint64_t ledger_seq = 0;  ///< The last record folded in.

  State();
  /// An empty one when it never sent anything.
  [[nodiscard]] const NodeState& node(const model::NodeId& id) const;
  /// The registry as it was known at `known_at`; the first one for a time before it.
  [[nodiscard]] const RegistryPtr& registry_known(model::UtcTime known_at) const;
  [[nodiscard]] model::ReportId report_of(const Word& word) const;
};
bool operator==(const State& a, const State& b);

/// The node that may publish `unit` at `at`: the last transfer until then, or who declared it.
model::NodeId owner_of(const State& state, const model::UnitId& id, const UnitState& unit,
                       model::UtcTime at);

// ---- changes ------------------------------------------------------------------------------------

/// An accepted statement. A correction may take away the newest word without being the newest
/// itself: then an older one counts again, and `revived` brings it.
struct StatementTaken {
  Said said;
  std::optional<Said> revived{};
};
/// An envelope took its place in its node's chain and in the ledger.
struct EnvelopeTaken {
  model::NodeId node;
  std::uint64_t last_seq = 0;
  model::Hash chain_hash{};
  std::uint64_t ledger_seq = 0;
  model::UtcTime received_at{};
  std::uint32_t accepted = 0, refused = 0;
};
using Change = std::variant<StatementTaken, EnvelopeTaken>;

/// Folds one committed change into `state`. Total. Recovery replays exactly this.
void evolve(State& state, const Change& change);

/// Puts what was said where it belongs in its unit, as the newest word of its kind; a DELTA of a
/// roster changes what is there. Nothing for kinds that are not about one unit.
void keep(UnitState& unit, const Said& said);

/// The word that `said` becomes in the history of its unit.
Word word_of(const State& state, const Said& said);

/// Computes anew what follows from a unit's statements, by the thresholds that count at `at`.
void derive(UnitState& unit, const Registry& registry, model::UtcTime at);

/// Writes a unit back after a change, and what the overview says of it; `at` is when it was
/// derived.
void put_unit(State& state, const model::UnitId& id, UnitState unit, model::UtcTime at);

/// Computes everything anew that follows from thresholds and cadences, for all units.
void derive_all(State& state, model::UtcTime at);

/// The number of `node` among the authors of words; a new one for a new node.
std::uint16_t author_number(State& state, const model::NodeId& node);

/// What must hold of every State, and does not: empty unless there is a bug of ours. For tests and
/// debug builds.
std::vector<std::string> broken_invariants(const State& state);

/// The state as text, sorted, the same for equal states. For scenarios and failing tests.
std::string describe(const State& state);

}  // namespace muster::core
