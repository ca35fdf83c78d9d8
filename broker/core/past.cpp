// SPDX-License-Identifier: Apache-2.0
#include "broker/core/past.h"

#include <fmt/format.h>

#include <vector>

namespace muster::core {
namespace {

using model::StatementKind;

Place place_of(const Word& word) { return {word.ledger_seq, word.seq, word.statement}; }

/// The words that make the roster of `last`: a FULL and the DELTAs on it, last first.
std::vector<const Word*> roster_words(const Words& words, const Word& last,
                                      model::UtcTime known_at) {
  std::vector<const Word*> needed{&last};
  auto wanted = roster_brief(last);
  const auto view = words.view();
  for (auto i = static_cast<std::size_t>(&last - view.data()); i > 0 && wanted.is_delta; --i) {
    const auto& before = view[i - 1];
    if (is_standing(before, known_at) && roster_brief(before).version == wanted.base_version) {
      needed.push_back(&before);
      wanted = roster_brief(before);
    }
  }
  return needed;
}

/// What the last of these words says of release and stamp, and the people that all of them leave.
model::Result<KeptPtr<Roster>> roster_of(const std::vector<const Word*>& words,
                                         const Recall& recall) {
  Roster roster;
  Said said;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    MUSTER_TRY(said, recall(place_of(**word)));
    roster = applied(&roster, std::get<model::RosterStatement>(said.statement));
  }
  return std::make_shared<const Kept<Roster>>(
      Kept<Roster>{std::move(roster), said.stamp, said.releasable_to});
}

/// Fills a unit of the past kind by kind.
class Rebuilding {
 public:
  Rebuilding(const UnitState& now, const model::Bitime& at, const Recall& recall)
      : now_(now), at_(at), recall_(recall) {}

  model::Result<UnitState> unit() {
    UnitState past;
    past.owner = now_.owner;
    past.number = now_.number;
    past.history = now_.history;
    MUSTER_CHECK(fill(StatementKind::unit, now_.identity, past.identity));
    MUSTER_CHECK(fill(StatementKind::strength, now_.strength, past.strength));
    MUSTER_CHECK(fill(StatementKind::equipment, now_.equipment, past.equipment));
    MUSTER_CHECK(fill(StatementKind::self_sustainment, now_.sustainment, past.sustainment));
    MUSTER_CHECK(fill(StatementKind::training, now_.training, past.training));
    MUSTER_CHECK(fill(StatementKind::readiness, now_.readiness, past.readiness));
    MUSTER_CHECK(fill(StatementKind::availability, now_.availability, past.availability));
    MUSTER_CHECK(fill_roster(past.roster));
    return past;
  }

 private:
  template <typename S>
  model::Result<void> fill(StatementKind kind, const KeptPtr<S>& known, KeptPtr<S>& past) const {
    const auto* word = word_at(now_.history.of(kind), at_);
    if (word == nullptr) {
      return {};
    }
    if (known && is_of(*word, known->stamp)) {
      past = known;
      return {};
    }
    MUSTER_TRY(auto said, recall_(place_of(*word)));
    past = std::make_shared<const Kept<S>>(
        Kept<S>{std::get<S>(std::move(said.statement)), said.stamp, said.releasable_to});
    return {};
  }

  model::Result<void> fill_roster(KeptPtr<Roster>& past) const {
    const auto& words = now_.history.of(StatementKind::roster);
    const auto* word = word_at(words, at_);
    if (word == nullptr) {
      return {};
    }
    if (now_.roster && is_of(*word, now_.roster->stamp)) {
      past = now_.roster;
      return {};
    }
    MUSTER_TRY(past, roster_of(roster_words(words, *word, at_.known_at), recall_));
    return {};
  }

  const UnitState& now_;
  const model::Bitime& at_;
  const Recall& recall_;
};

/// All units that there are, for a loop that may end with an error.
std::vector<std::pair<model::UnitId, const UnitState*>> units_of(const State& state) {
  std::vector<std::pair<model::UnitId, const UnitState*>> units;
  units.reserve(state.units.size());
  state.units.for_each(
      [&](const model::UnitId& id, const UnitState& unit) { units.emplace_back(id, &unit); });
  return units;
}

}  // namespace

model::Result<State> state_at(const State& now, const model::Bitime& at, std::uint64_t ledger_seq,
                              const Recall& recall) {
  State past;
  past.nodes = now.nodes;
  past.authors = now.authors;
  past.registry_versions = now.registry_versions;
  past.registry = now.registry_known(at.known_at);
  past.agreement_words = now.agreement_words;
  past.agreements = agreements_at(now.agreement_words, at);
  past.ledger_seq = ledger_seq;
  past.overview = Overview(*past.registry, at.valid_at);
  for (const auto& [id, unit] : units_of(now)) {
    MUSTER_TRY(auto rebuilt, Rebuilding(*unit, at, recall).unit());
    if (!rebuilt.identity) {
      continue;  // Nobody had declared it by then.
    }
    rebuilt.row = row_at(id, unit->history, at);
    derive(rebuilt, *past.registry, at.valid_at);
    put_unit(past, id, std::move(rebuilt), at.valid_at);
  }
  return past;
}

}  // namespace muster::core
