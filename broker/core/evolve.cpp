// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "broker/core/readiness.h"
#include "broker/core/state.h"

namespace muster::core {
namespace {

/// The statement of the greatest (valid_at, ledger_seq) is the one that counts (DOMAIN.md §6).
/// Among those of one envelope, which share a ledger_seq, the later report counts.
bool counts_before(const Stamp& a, const Stamp& b) {
  return std::tuple(a.valid_at, a.ledger_seq, a.report.seq) <
         std::tuple(b.valid_at, b.ledger_seq, b.report.seq);
}

template <typename S>
bool keep_newest(KeptPtr<S>& kept, const S& statement, const StatementTaken& change) {
  const bool replaces = kept && change.corrects == kept->stamp.report;
  if (kept && !replaces && counts_before(change.stamp, kept->stamp)) {
    return false;
  }
  kept = std::make_shared<const Kept<S>>(Kept<S>{statement, change.stamp, change.releasable_to});
  return true;
}

template <typename S>
const S* statement_of(const KeptPtr<S>& kept) {
  return kept ? &kept->statement : nullptr;
}

model::Figures figures_of(const model::StrengthStatement* strength) {
  model::Figures figures{.units = 1};
  if (strength == nullptr) {
    return figures;
  }
  figures.authorised = strength->authorised.value_or(0);
  figures.assigned = strength->assigned.value_or(0);
  figures.on_strength =
      figures.assigned + strength->attached_in.value_or(0) - strength->detached_out.value_or(0);
  figures.present = strength->present.value_or(0);
  figures.deployable = strength->deployable.value_or(0);
  return figures;
}

void derive(UnitState& unit) {
  const auto* strength = statement_of(unit.strength);
  const auto* readiness = statement_of(unit.readiness);
  unit.own = figures_of(strength);
  unit.computed = computed_levels(strength, statement_of(unit.equipment));
  unit.effective = effective_level(
      unit.computed, readiness != nullptr ? readiness->reported_overall : std::nullopt);
}

/// Puts the statement where it belongs in a unit. False when a newer one is there already.
struct Keep {
  UnitState& unit;
  const StatementTaken& change;

  bool operator()(const model::UnitStatement& statement) const {
    if (!unit.identity) {
      unit.owner = change.stamp.report.node;
    }
    return keep_newest(unit.identity, statement, change);
  }
  bool operator()(const model::StrengthStatement& statement) const {
    return keep_newest(unit.strength, statement, change);
  }
  bool operator()(const model::EquipmentStatement& statement) const {
    return keep_newest(unit.equipment, statement, change);
  }
  bool operator()(const model::ReadinessStatement& statement) const {
    return keep_newest(unit.readiness, statement, change);
  }
  bool operator()(const model::AvailabilityStatement& statement) const {
    return keep_newest(unit.availability, statement, change);
  }
  bool operator()(const model::RegistryStatement&) const { return false; }
  bool operator()(const model::UninterpretedStatement&) const { return false; }
};

/// Replaces the entry that `same` finds, or adds `entry`.
template <typename Entry, typename Same>
void upsert(std::vector<Entry>& entries, const Entry& entry, Same same) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return same(e, entry); });
  if (found != entries.end()) {
    *found = entry;
  } else {
    entries.push_back(entry);
  }
}

void take_registry(State& state, const model::RegistryStatement& statement) {
  auto registry = *state.registry;
  registry.realm = statement.realm;
  for (const auto& member : statement.members) {
    upsert(registry.members, member, [](const auto& a, const auto& b) {
      return a.nation == b.nation && a.valid_from == b.valid_from;
    });
  }
  for (const auto& node : statement.nodes) {
    upsert(registry.nodes, node,
           [](const auto& a, const auto& b) { return a.node_id == b.node_id && a.key == b.key; });
  }
  for (const auto& transfer : statement.unit_transfers) {
    upsert(registry.unit_transfers, transfer,
           [](const auto& a, const auto& b) { return a.unit == b.unit && a.at == b.at; });
  }
  state.registry = std::make_shared<const Registry>(std::move(registry));
}

void take_statement(State& state, const StatementTaken& change) {
  if (const auto* registry = std::get_if<model::RegistryStatement>(&change.statement)) {
    take_registry(state, *registry);
    return;
  }
  const auto* id = model::unit_of(change.statement);
  if (id == nullptr) {
    return;
  }  // Kept in the ledger, not read yet.
  const auto* known = state.units.find(*id);
  auto unit = known != nullptr ? *known : UnitState{};
  if (std::visit(Keep{unit, change}, change.statement)) {
    derive(unit);
    state.units.set(*id, std::move(unit));
  }
}

void take_envelope(State& state, const EnvelopeTaken& change) {
  auto nodes = *state.nodes;
  auto& node = nodes[change.node];
  node.head_seq = change.last_seq;
  node.head_hash = change.chain_hash;
  node.last_ledger_seq = change.ledger_seq;
  node.last_received_at = change.received_at;
  node.accepted += change.accepted;
  node.refused += change.refused;
  state.nodes = std::make_shared<const std::map<model::NodeId, NodeState>>(std::move(nodes));
  state.ledger_seq = change.ledger_seq;
}

}  // namespace

void evolve(State& state, const Change& change) {
  if (const auto* statement = std::get_if<StatementTaken>(&change)) {
    take_statement(state, *statement);
  } else {
    take_envelope(state, std::get<EnvelopeTaken>(change));
  }
}

}  // namespace muster::core
