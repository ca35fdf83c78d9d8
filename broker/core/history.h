// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "broker/core/kept.h"
#include "broker/core/tape.h"
#include "schemas/model/force_query.h"
#include "schemas/model/statement.h"

/// Where in the ledger each accepted word on a unit stands, and the times that decide whether it
/// counts. The ledger is the history: what was said stays there once, and is recalled from there.
namespace muster::core {

/// One accepted statement on a unit. 80 bytes, so that a year of daily words of ten thousand units
/// is held in memory.
struct Word {
  model::UtcTime valid_at{}, received_at{};
  model::UtcTime replaced_at = model::UtcTime::max();  ///< When a correction took its place.
  std::uint64_t ledger_seq = 0;
  std::uint64_t seq = 0;  ///< Of its report in its node's chain.
  /// The report in whose place it stands: its own, or for a correction the first that was
  /// corrected.
  std::uint64_t place = 0;
  std::uint16_t author = 0;     ///< Its node, by its number in State::authors.
  std::uint16_t statement = 0;  ///< Its index in its report.
  model::ReportKind kind = model::ReportKind::regular;
  std::array<std::uint32_t, 6> brief{};  ///< What combined strength needs of it (rows.h).
  friend bool operator==(const Word&, const Word&) = default;
};

/// The words of one kind on one unit, in the order in which they count: valid_at, ledger_seq, seq.
using Words = Tape<Word>;

/// True when `a` counts before `b`, of two words that both are known and true (DOMAIN.md §6).
bool counts_before(const Word& a, const Word& b);

/// Is `stamp` that of this word's report?
inline bool is_of(const Word& word, const Stamp& stamp) {
  return word.ledger_seq == stamp.ledger_seq && word.seq == stamp.report.seq;
}

/// Did the broker know of `word` at `known_at`, and had nothing taken its place by then?
inline bool is_standing(const Word& word, model::UtcTime known_at) {
  return word.received_at <= known_at && known_at < word.replaced_at;
}

/// The word that counts at `at`, or null: of those that are true by then and stand, the last.
const Word* word_at(const Words& words, const model::Bitime& at);

/// The newest word that stands now, or null.
const Word* newest(const Words& words);

/// Takes `word` in: at its place by its times, and instead of those in whose place it stands.
void take_word(Words& words, const Word& word);

/// The kinds that are about one unit, each with words of its own.
inline constexpr std::array kUnitKinds = {
    model::StatementKind::unit,         model::StatementKind::strength,
    model::StatementKind::equipment,    model::StatementKind::self_sustainment,
    model::StatementKind::training,     model::StatementKind::readiness,
    model::StatementKind::availability, model::StatementKind::roster};
/// The place of `kind` among kUnitKinds, or nothing when it is none of them.
constexpr std::optional<std::size_t> unit_kind_index(model::StatementKind kind) {
  const auto number = static_cast<std::size_t>(kind);
  return number >= 1 && number <= kUnitKinds.size() ? std::optional(number - 1) : std::nullopt;
}

/// All words on one unit.
class History {
 public:
  /// Of a kind among kUnitKinds.
  [[nodiscard]] const Words& of(model::StatementKind kind) const {
    return words_.at(*unit_kind_index(kind));
  }
  void take(model::StatementKind kind, const Word& word) {
    take_word(words_.at(*unit_kind_index(kind)), word);
  }
  /// Puts back a word that stood here before, behind those that count before it.
  void restore(model::StatementKind kind, const Word& word) {
    words_.at(*unit_kind_index(kind)).push_back(word);
  }
  [[nodiscard]] std::size_t size() const;

 private:
  std::array<Words, kUnitKinds.size()> words_;
};

/// A point that includes everything.
inline constexpr model::Bitime kEver{model::UtcTime::max() - model::Duration{1},
                                     model::UtcTime::max() - model::Duration{1}};

}  // namespace muster::core
