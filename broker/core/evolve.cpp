// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>

#include "broker/core/readiness.h"
#include "broker/core/state.h"

namespace muster::core {
namespace {

// ---- a unit's newest words ----------------------------------------------------------------------

template <typename S>
void set(KeptPtr<S>& kept, S statement, const Said& said) {
  kept = std::make_shared<const Kept<S>>(
      Kept<S>{std::move(statement), said.stamp, said.releasable_to});
}

/// Puts what was said where it belongs in a unit.
struct Keep {
  UnitState& unit;
  const Said& said;

  void operator()(const model::UnitStatement& s) const { set(unit.identity, s, said); }
  void operator()(const model::StrengthStatement& s) const { set(unit.strength, s, said); }
  void operator()(const model::EquipmentStatement& s) const { set(unit.equipment, s, said); }
  void operator()(const model::SelfSustainmentStatement& s) const {
    set(unit.sustainment, s, said);
  }
  void operator()(const model::TrainingStatement& s) const { set(unit.training, s, said); }
  void operator()(const model::ReadinessStatement& s) const { set(unit.readiness, s, said); }
  void operator()(const model::AvailabilityStatement& s) const { set(unit.availability, s, said); }
  void operator()(const model::RosterStatement& s) const {
    set(unit.roster, applied(statement_of(unit.roster), s), said);
  }
  template <typename Other>
  void operator()(const Other&) const {}
};

/// Remembers in which unit each person of a roster serves. Entries that both versions share are
/// passed over.
void index_people(State& state, const model::UnitId& id, const KeptPtr<Roster>& before,
                  const KeptPtr<Roster>& after) {
  if (before == after) {
    return;
  }
  static const std::vector<PersonPtr> kNobody;
  const auto& left = before ? before->statement.people : kNobody;
  const auto& right = after ? after->statement.people : kNobody;
  auto was = left.begin();
  auto is = right.begin();
  while (was != left.end() || is != right.end()) {
    if (is == right.end() || (was != left.end() && (*was)->person_ref < (*is)->person_ref)) {
      const auto* serves_in = state.people.find({(*was)->person_ref});
      if (serves_in != nullptr && *serves_in == id) {
        state.people.set({(*was)->person_ref}, model::UnitId{});
      }
      ++was;
    } else if (was == left.end() || (*is)->person_ref < (*was)->person_ref) {
      state.people.set({(*is)->person_ref}, id);
      ++is;
    } else {
      ++was;
      ++is;
    }
  }
}

/// After a word was taken in: the one that counts now is what the unit says.
void keep_newest(UnitState& unit, model::StatementKind kind, const StatementTaken& taken) {
  const auto* counts = newest(unit.history.of(kind));
  if (counts == nullptr) {
    return;
  }
  if (is_of(*counts, taken.said.stamp)) {
    keep(unit, taken.said);
  } else if (taken.revived && is_of(*counts, taken.revived->stamp)) {
    keep(unit, *taken.revived);
  } else {
    [[maybe_unused]] const auto* kept = newest_stamp(unit, kind);
    assert(kept != nullptr && is_of(*counts, *kept) && "a word that counts again is brought along");
  }
}

void take_unit_statement(State& state, const StatementTaken& taken, const model::UnitId& id) {
  const auto& said = taken.said;
  author_number(state, said.stamp.report.node);
  const auto word = word_of(state, said);
  const auto* known = state.units.find(id);
  auto unit = known != nullptr ? *known : UnitState{};
  if (known == nullptr) {
    unit.number = static_cast<std::uint32_t>(state.units.size());
  }
  if (unit.owner.empty()) {
    unit.owner = said.stamp.report.node;
  }
  const auto roster_before = unit.roster;
  const auto kind = model::kind_of(said.statement);
  unit.history.take(kind, word);
  keep_newest(unit, kind, taken);
  index_people(state, id, roster_before, unit.roster);
  unit.row = row_at(id, unit.history, kEver);
  derive(unit, *state.registry, said.stamp.received_at);
  put_unit(state, id, std::move(unit), said.stamp.received_at);
  if (state.overview.holds_until() <= said.stamp.received_at && !state.overview.is_full()) {
    derive_all(state, said.stamp.received_at);  // A cadence has changed with the time.
  }
}

// ---- registry -----------------------------------------------------------------------------------

void take_registry(State& state, const Said& said, const model::RegistryStatement& statement) {
  auto registry = *state.registry;
  registry.take(statement);
  state.registry = std::make_shared<const Registry>(std::move(registry));
  auto versions = *state.registry_versions;
  versions.push_back({said.stamp.received_at, said.stamp.ledger_seq, state.registry});
  state.registry_versions =
      std::make_shared<const std::vector<RegistryVersion>>(std::move(versions));
  if (!statement.policies.empty() || !statement.members.empty()) {
    derive_all(state, said.stamp.received_at);
  }
}

// ---- changes ------------------------------------------------------------------------------------

void take_statement(State& state, const StatementTaken& taken) {
  const auto& statement = taken.said.statement;
  if (const auto* registry = std::get_if<model::RegistryStatement>(&statement)) {
    return take_registry(state, taken.said, *registry);
  }
  if (is_agreement(statement)) {
    return take_agreement_word(state.agreement_words, state.agreements, taken.said);
  }
  const auto* id = model::unit_of(statement);
  if (id != nullptr && unit_kind_index(model::kind_of(statement))) {
    take_unit_statement(state, taken, *id);
  }  // A kind of a newer schema is kept in the ledger and not read.
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

}  // namespace

void evolve(State& state, const Change& change) {
  if (const auto* statement = std::get_if<StatementTaken>(&change)) {
    take_statement(state, *statement);
  } else {
    take_envelope(state, std::get<EnvelopeTaken>(change));
  }
}

void keep(UnitState& unit, const Said& said) { std::visit(Keep{unit, said}, said.statement); }

std::uint16_t author_number(State& state, const model::NodeId& node) {
  const auto& authors = *state.authors;
  const auto found = std::find(authors.begin(), authors.end(), node);
  const auto number = static_cast<std::uint16_t>(found - authors.begin());
  if (found == authors.end()) {
    auto more = authors;
    more.push_back(node);
    state.authors = std::make_shared<const std::vector<model::NodeId>>(std::move(more));
  }
  return number;
}

Word word_of(const State& state, const Said& said) {
  const auto& authors = *state.authors;
  const auto author = std::find(authors.begin(), authors.end(), said.stamp.report.node);
  Word word{.valid_at = said.stamp.valid_at,
            .received_at = said.stamp.received_at,
            .ledger_seq = said.stamp.ledger_seq,
            .seq = said.stamp.report.seq,
            .place = said.corrects ? said.corrects->seq : said.stamp.report.seq,
            .author = static_cast<std::uint16_t>(author - authors.begin()),
            .statement = said.index,
            .kind = said.kind,
            .brief = brief_of(said.statement)};
  const auto* id = model::unit_of(said.statement);
  const auto* unit = id != nullptr ? state.units.find(*id) : nullptr;
  if (!said.corrects || unit == nullptr) {
    return word;
  }
  for (const auto& other : unit->history.of(model::kind_of(said.statement)).view()) {
    if (other.author == word.author && other.seq == said.corrects->seq) {
      word.place = other.place;
    }
  }
  return word;
}

void derive(UnitState& unit, const Registry& registry, model::UtcTime at) {
  const auto* readiness = statement_of(unit.readiness);
  const auto levels = levels_of({.strength = statement_of(unit.strength),
                                 .equipment = statement_of(unit.equipment),
                                 .training = statement_of(unit.training)},
                                registry, at);
  unit.own = figures_of(statement_of(unit.strength));
  unit.computed = levels.computed;
  unit.levels_until = levels.until;
  unit.effective = effective_level(
      unit.computed, readiness != nullptr ? readiness->reported_overall : std::nullopt);
}

void put_unit(State& state, const model::UnitId& id, UnitState unit, model::UtcTime at) {
  const auto* known = state.units.find(id);
  state.overview.put(unit.number, known != nullptr ? known->row : Row{}, unit.row, *state.registry,
                     at);
  state.units.set(id, std::move(unit));
}

void derive_all(State& state, model::UtcTime at) {
  std::vector<std::pair<model::UnitId, UnitState>> units;
  units.reserve(state.units.size());
  state.units.for_each([&](const auto& id, const auto& unit) { units.emplace_back(id, unit); });
  state.overview = Overview(*state.registry, at);
  for (auto& [id, unit] : units) {
    derive(unit, *state.registry, at);
    state.overview.put(unit.number, Row{}, unit.row, *state.registry, at);
    state.units.set(id, std::move(unit));
  }
}

}  // namespace muster::core
