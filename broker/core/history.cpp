// SPDX-License-Identifier: Apache-2.0
#include "broker/core/history.h"

#include <tuple>

namespace muster::core {
namespace {

/// How many words are true by `valid_at`. Reports come at a pace, so a guess by proportion is
/// nearly right, and the search widens from there: a few neighbouring words instead of a dozen that
/// lie apart.
std::size_t count_true(std::span<const Word> words, model::UtcTime valid_at) {
  const auto size = words.size();
  if (size == 0 || valid_at < words.front().valid_at) {
    return 0;
  }
  if (words.back().valid_at <= valid_at) {
    return size;
  }
  const auto span = (words.back().valid_at - words.front().valid_at).count();
  const auto part = (valid_at - words.front().valid_at).count();
  const auto guess = static_cast<std::size_t>(
      static_cast<double>(size - 1) * static_cast<double>(part) / static_cast<double>(span));
  std::size_t low = 0;  // words[low] is true by then, words[high] is not.
  std::size_t high = size - 1;
  for (std::size_t step = 1, at = std::min(guess, size - 2); low + 1 < high; step *= 2) {
    if (words[at].valid_at <= valid_at) {
      low = at;
      at = std::min(low + step, high - 1);
    } else {
      high = at;
      at = high > low + step ? high - step : low + 1;
    }
    if (step > 8) {
      break;
    }
  }
  while (low + 1 < high) {
    const auto middle = low + (high - low) / 2;
    (words[middle].valid_at <= valid_at ? low : high) = middle;
  }
  return high;
}

}  // namespace

bool counts_before(const Word& a, const Word& b) {
  return std::tuple(a.valid_at, a.ledger_seq, a.seq) < std::tuple(b.valid_at, b.ledger_seq, b.seq);
}

const Word* word_at(const Words& words, const model::Bitime& at) {
  const auto view = words.view();
  for (auto i = count_true(view, at.valid_at); i > 0; --i) {
    if (is_standing(view[i - 1], at.known_at)) {
      return &view[i - 1];
    }
  }
  return nullptr;
}

const Word* newest(const Words& words) { return word_at(words, kEver); }

void take_word(Words& words, const Word& word) {
  const auto view = words.view();
  auto at = view.size();
  while (at > 0 && counts_before(word, view[at - 1])) {
    --at;
  }
  const bool is_correction = word.place != word.seq;
  if (at == view.size()) {
    words.push_back(word);
  } else {
    words.insert(at, word);
  }
  if (!is_correction) {
    return;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& other = words[i];
    const bool same_place = other.author == word.author && other.place == word.place;
    const bool is_older =
        std::pair(other.ledger_seq, other.seq) < std::pair(word.ledger_seq, word.seq);
    if (same_place && is_older && other.replaced_at == model::UtcTime::max()) {
      words.modify(i, [&](Word& replaced) { replaced.replaced_at = word.received_at; });
    }
  }
}

std::size_t History::size() const {
  std::size_t size = 0;
  for (const auto& words : words_) {
    size += words.size();
  }
  return size;
}

}  // namespace muster::core
