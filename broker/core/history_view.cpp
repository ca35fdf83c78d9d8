// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/facts.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

using model::StatementKind;

auto ledger_order(const Word& word) { return std::tuple(word.ledger_seq, word.seq); }

/// The known words of one kind on a unit, in the order of the ledger, recalled when asked for.
class KindHistory {
 public:
  KindHistory(const Words& words, model::UtcTime known_at, const Recall& recall) : recall_(recall) {
    for (const auto& word : words.view()) {
      if (word.received_at <= known_at) {
        words_.push_back(word);
      }
    }
    std::sort(words_.begin(), words_.end(),
              [](const Word& a, const Word& b) { return ledger_order(a) < ledger_order(b); });
    replaced_by_.resize(words_.size(), words_.size());
    is_hidden_.resize(words_.size(), false);
    Places places;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto [stands, is_first] = places.try_emplace(place_of(words_[i]), i);
      if (!is_first) {
        replaced_by_[stands->second] = i;
        stands->second = i;
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] const Word& word(std::size_t i) const { return words_[i]; }

  /// From now on words that the viewer may not see are as if they had not been said. Without it
  /// nothing is hidden. Errors: those of recall, which is not asked for those who see all.
  model::Result<void> hide_from(const Viewer& viewer, const model::Nation& nation) {
    if (sees(viewer, nation, nullptr)) {
      return {};
    }
    for (std::size_t i = 0; i < size(); ++i) {
      MUSTER_TRY(const auto* what, said(i));
      is_hidden_[i] = !sees(viewer, nation, what->releasable_to);
    }
    return {};
  }
  [[nodiscard]] bool is_hidden(std::size_t i) const { return is_hidden_[i]; }

  /// The correction that took the place of word `i`; size() when there is none to be seen.
  [[nodiscard]] std::size_t replacement_of(std::size_t i) const {
    auto by = replaced_by_[i];
    while (by != size() && is_hidden_[by]) {
      by = replaced_by_[by];
    }
    return by;
  }

  /// Good as long as this history. Errors: those of recall.
  model::Result<const Said*> said(std::size_t i) {
    auto& known = said_[i];
    if (!known) {
      const auto& at = words_[i];
      MUSTER_TRY(known, recall_({at.ledger_seq, at.seq, at.statement}));
    }
    return &*known;
  }

  /// What word `i` says; of a roster what it leaves of people. Errors: those of recall.
  model::Result<Facts> facts(std::size_t i) {
    MUSTER_TRY(const auto* what, said(i));
    if (!std::holds_alternative<model::RosterStatement>(what->statement)) {
      return flatten(what->statement);
    }
    MUSTER_TRY(const auto left, roster_after(i));
    return flatten(*left);
  }

  /// The word that a reader compares word `i` with: the one that it replaces, else the one that
  /// counted for its valid time before it came. size() when there is none. Asked in the order of
  /// the ledger, with take() after each word.
  [[nodiscard]] std::size_t counted_before(std::size_t i) const {
    if (const auto replaced = places_.find(place_of(words_[i])); replaced != places_.end()) {
      return replaced->second;
    }
    const auto next = standing_.upper_bound(key_of(i));
    return next != standing_.begin() ? std::prev(next)->second : size();
  }

  /// From now on word `i` stands, and the one that it replaces does not.
  void take(std::size_t i) {
    const auto [stands, is_first] = places_.try_emplace(place_of(words_[i]), i);
    if (!is_first) {
      standing_.erase(key_of(stands->second));
      stands->second = i;
    }
    standing_.insert(key_of(i));
  }

 private:
  /// Whose place a word takes, and the word that stands there: a report says one thing of a kind.
  using PlaceInChain = std::pair<std::uint16_t, std::uint64_t>;
  using Places = std::map<PlaceInChain, std::size_t>;
  static PlaceInChain place_of(const Word& word) { return {word.author, word.place}; }

  /// Sorts as words count: words_ is in the order of the ledger.
  using Key = std::pair<model::UtcTime, std::size_t>;
  [[nodiscard]] Key key_of(std::size_t i) const { return {words_[i].valid_at, i}; }

  /// The people after word `i`: a DELTA changes the version that it names as it stood then.
  model::Result<const Roster*> roster_after(std::size_t i) {
    std::vector<std::size_t> missing;  // Word i and the ones that it rests on, last first.
    for (auto at = i; at != size() && !rosters_.contains(at);) {
      missing.push_back(at);
      MUSTER_TRY(at, base_of(at));
    }
    for (; !missing.empty(); missing.pop_back()) {
      const auto at = missing.back();
      MUSTER_TRY(const auto* what, said(at));
      MUSTER_TRY(const auto base, base_of(at));
      const auto* before = base != size() ? &rosters_.at(base) : nullptr;
      rosters_.emplace(at, applied(before, std::get<model::RosterStatement>(what->statement)));
    }
    return &rosters_.at(i);
  }

  /// The word with the version that DELTA `i` changes; size() for a FULL.
  model::Result<std::size_t> base_of(std::size_t i) {
    MUSTER_TRY(const auto* what, said(i));
    const auto& roster = std::get<model::RosterStatement>(what->statement);
    if (roster.form == model::RosterForm::delta) {
      for (auto j = i; j > 0; --j) {
        MUSTER_TRY(const auto* earlier, said(j - 1));
        const auto& base = std::get<model::RosterStatement>(earlier->statement);
        if (replaced_by_[j - 1] >= i && base.version == roster.base_version) {
          return j - 1;
        }
      }
    }
    return size();
  }

  const Recall& recall_;
  std::vector<Word> words_;
  std::vector<std::size_t> replaced_by_;
  std::vector<bool> is_hidden_;
  std::map<std::size_t, std::optional<Said>> said_;
  std::map<std::size_t, Roster> rosters_;
  // What stands after the words that take() was told of.
  Places places_;
  std::set<Key> standing_;
};

/// What is the same for all words of an answer.
struct Question {
  const State& state;
  const model::HistoryQuery& query;
  const Moment& moment;

  [[nodiscard]] bool asks_for(const Word& word) const {
    return word.valid_at <= moment.now && (!query.from || *query.from <= word.valid_at) &&
           (!query.to || word.valid_at <= *query.to);
  }
};

model::Result<model::HistoryRow> row_of(const State& state, StatementKind kind, KindHistory& words,
                                        std::size_t i) {
  MUSTER_TRY(const auto* said, words.said(i));
  model::HistoryRow row{.kind = kind,
                        .report = said->stamp.report,
                        .report_kind = said->kind,
                        .valid_at = said->stamp.valid_at,
                        .issued_at = said->stamp.issued_at,
                        .received_at = said->stamp.received_at,
                        .ledger_seq = said->stamp.ledger_seq};
  if (const auto by = words.replacement_of(i); by != words.size()) {
    row.corrected_by = state.report_of(words.word(by));
  }
  Facts before;
  if (const auto counted = words.counted_before(i); counted != words.size()) {
    MUSTER_TRY(before, words.facts(counted));
  }
  MUSTER_TRY(const auto facts, words.facts(i));
  row.changes = changes_between(before, facts);
  return row;
}

model::Result<void> add_kind(const Question& asked, StatementKind kind, KindHistory words,
                             std::vector<model::HistoryRow>& rows) {
  MUSTER_CHECK(words.hide_from(asked.moment.viewer, asked.query.unit.nation()));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.is_hidden(i)) {
      continue;
    }
    if (asked.asks_for(words.word(i))) {
      MUSTER_TRY(auto row, row_of(asked.state, kind, words, i));
      rows.push_back(std::move(row));
    }
    words.take(i);
  }
  return {};
}

bool comes_before(const model::HistoryRow& a, const model::HistoryRow& b) {
  return std::tie(a.ledger_seq, a.report.seq, a.kind) <
         std::tie(b.ledger_seq, b.report.seq, b.kind);
}

}  // namespace

model::Result<std::optional<model::HistoryAnswer>> history(const State& state,
                                                           const model::HistoryQuery& query,
                                                           const Moment& moment,
                                                           const Recall& recall) {
  using Found = std::optional<model::HistoryAnswer>;
  const auto* unit = state.units.find(query.unit);
  if (unit == nullptr || !unit->identity || !can_see(moment.viewer, query.unit, *unit)) {
    return Found{};
  }
  const Question asked{state, query, moment};
  model::HistoryAnswer answer{.unit = query.unit, .rows = {}};
  for (const auto kind : kUnitKinds) {
    if (passes(query.kinds, kind)) {
      KindHistory words(unit->history.of(kind), moment.known_at, recall);
      MUSTER_CHECK(add_kind(asked, kind, std::move(words), answer.rows));
    }
  }
  std::sort(answer.rows.begin(), answer.rows.end(), comes_before);
  return Found(std::move(answer));
}

}  // namespace muster::core
