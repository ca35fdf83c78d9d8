// SPDX-License-Identifier: Apache-2.0
#include "broker/core/agreements.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>

namespace muster::core {
namespace {

using model::StatementKind;

template <typename S>
KeptPtr<S> kept_of(const S& statement, const Said& said) {
  return std::make_shared<const Kept<S>>(Kept<S>{statement, said.stamp, said.releasable_to});
}

/// Words are folded in the order in which they count among words of one valid time; so of two, the
/// later one is newer unless it speaks of an earlier time.
template <typename S>
bool is_newer(const Said& said, const KeptPtr<S>& kept) {
  return !kept || said.stamp.valid_at >= kept->stamp.valid_at;
}

/// Puts a value where it belongs when it is newer than what is there.
template <typename S>
void keep(PersistentMap<std::string, KeptPtr<S>>& map, std::string key, const S& statement,
          const Said& said) {
  const auto* known = map.find(key);
  if (known == nullptr || is_newer(said, *known)) {
    map.set(std::move(key), kept_of(statement, said));
  }
}

template <typename Value>
Value value_of(const PersistentMap<std::string, Value>& map, const std::string& key) {
  const auto* known = map.find(key);
  return known != nullptr ? *known : Value{};
}

struct Take {
  Agreements& agreements;
  const Said& said;

  void operator()(const model::CaveatStatement& s) const {
    keep(agreements.caveats, agreement_key(s.nation, s.caveat_id), s, said);
  }
  void operator()(const model::StandbyStatement& s) const {
    keep(agreements.standby, standby_key(s.unit, s.from), s, said);
  }
  void operator()(const model::ContributionStatement& s) const {
    const auto key = agreement_key(s.unit.nation(), s.contribution_id);
    auto contribution = value_of(agreements.contributions, key);
    if (is_newer(said, contribution.said)) {
      index(key, s.unit, contribution.said ? &contribution.said->statement.unit : nullptr);
      contribution.said = kept_of(s, said);
      contribution.state = s.state;
      agreements.contributions.set(key, std::move(contribution));
    }
  }
  void operator()(const model::OperationStatement& s) const {
    auto operation = value_of(agreements.operations, s.operation.str());
    if (is_newer(said, operation.said)) {
      // A field that only repeats the last word does not undo what was decided since.
      const auto* before = statement_of(operation.said);
      if (s.authorised_strength &&
          (before == nullptr || before->authorised_strength != s.authorised_strength)) {
        operation.authorised_strength = s.authorised_strength;
      }
      if (!s.commander.empty() && (before == nullptr || before->commander != s.commander)) {
        operation.commander = s.commander;
      }
      operation.said = kept_of(s, said);
      agreements.operations.set(s.operation.str(), std::move(operation));
    }
  }
  void operator()(const model::RequirementStatement& s) const {
    auto operation = value_of(agreements.operations, s.operation.str());
    if (!operation.requirement || operation.requirement->statement.version <= s.version) {
      operation.requirement = kept_of(s, said);
      agreements.operations.set(s.operation.str(), std::move(operation));
    }
  }
  void operator()(const model::DecisionStatement& s) const {
    const auto* known = agreements.decisions.find(s.decision_id.str());
    if (known != nullptr && (*known)->statement == s) {
      return;  // Said again, as in a VALIDATION: what it changed may have changed since.
    }
    keep(agreements.decisions, s.decision_id.str(), s, said);
    decide_operation(s);
    decide_contribution(s);
  }
  template <typename Other>
  void operator()(const Other&) const {}

 private:
  /// Files a contribution under its unit, where it may have been under another.
  void index(const std::string& key, const model::UnitId& unit, const model::UnitId* before) const {
    if (before != nullptr && *before == unit) {
      return;
    }
    const auto filed = [&](const model::UnitId& id) {
      const auto* known = agreements.slices.find(id);
      return known != nullptr ? *known : std::vector<std::string>{};
    };
    if (before != nullptr) {
      auto rest = filed(*before);
      std::erase(rest, key);
      agreements.slices.set(*before, std::move(rest));
    }
    auto keys = filed(unit);
    keys.push_back(key);
    agreements.slices.set(unit, std::move(keys));
  }
  void decide_operation(const model::DecisionStatement& s) const {
    if (!s.operation) {
      return;
    }
    auto operation = value_of(agreements.operations, s.operation->str());
    if (s.kind == model::DecisionKind::state_change && s.to_state) {
      operation.state = *s.to_state;
    } else if (s.kind == model::DecisionKind::authorised_strength && s.value) {
      operation.authorised_strength = static_cast<model::Count>(*s.value);
    } else if (s.kind == model::DecisionKind::commander) {
      operation.commander = s.reference;
    } else {
      return;
    }
    agreements.operations.set(s.operation->str(), std::move(operation));
  }
  void decide_contribution(const model::DecisionStatement& s) const {
    const auto* known = agreements.contributions.find(s.contribution_id);
    if (known == nullptr) {
      return;
    }
    auto contribution = *known;
    if (s.kind == model::DecisionKind::offer_response && s.contribution_to) {
      contribution.state = *s.contribution_to;
    } else if (s.kind == model::DecisionKind::caveat_approval) {
      contribution.caveat_approved = true;
    } else {
      return;
    }
    agreements.contributions.set(s.contribution_id, std::move(contribution));
  }
};

/// What two statements about the same thing have in common.
struct Subject {
  std::string operator()(const model::CaveatStatement& s) const {
    return agreement_key(s.nation, s.caveat_id);
  }
  std::string operator()(const model::StandbyStatement& s) const { return s.unit.str(); }
  std::string operator()(const model::ContributionStatement& s) const {
    return agreement_key(s.unit.nation(), s.contribution_id);
  }
  std::string operator()(const model::OperationStatement& s) const { return s.operation.str(); }
  std::string operator()(const model::RequirementStatement& s) const { return s.operation.str(); }
  std::string operator()(const model::DecisionStatement& s) const { return s.decision_id.str(); }
  template <typename Other>
  std::string operator()(const Other&) const {
    return {};
  }
};

std::string subject_of(const model::Statement& statement) {
  return fmt::format("{} {}", static_cast<unsigned>(model::kind_of(statement)),
                     std::visit(Subject{}, statement));
}

/// The report in whose place a correction of `corrected` stands, in what it says of one subject:
/// itself, or the first that was corrected.
std::uint64_t place_of(std::span<const AgreementWord> words, const model::ReportId& corrected,
                       const std::string& subject) {
  for (const auto& word : words) {
    if (word.said.stamp.report == corrected && subject_of(word.said.statement) == subject) {
      return word.place;
    }
  }
  return corrected.seq;
}

/// Of two words: do they speak of the same thing in the same place of the same node?
bool stands_for(const AgreementWord& word, const model::NodeId& node, std::uint64_t place,
                const std::string& subject) {
  return word.place == place && word.said.stamp.report.node == node &&
         subject_of(word.said.statement) == subject;
}

/// Where each word counts among the others: a correction where the first word that it replaces did.
std::vector<std::size_t> order_of(std::span<const AgreementWord> words) {
  std::vector<std::size_t> order(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    order[i] = i;
    if (!words[i].said.corrects) {
      continue;
    }
    const auto subject = subject_of(words[i].said.statement);
    const auto first = std::find_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i),
                                    [&](const AgreementWord& word) {
                                      return stands_for(word, words[i].said.stamp.report.node,
                                                        words[i].place, subject);
                                    });
    order[i] = static_cast<std::size_t>(first - words.begin());
  }
  return order;
}

/// The fold of the words that `counts` lets through, each at its place.
template <typename Counts>
Agreements folded(std::span<const AgreementWord> words, Counts counts) {
  const auto order = order_of(words);
  std::vector<std::size_t> sequence;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (counts(words[i])) {
      sequence.push_back(i);
    }
  }
  std::stable_sort(sequence.begin(), sequence.end(),
                   [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
  Agreements agreements;
  for (const auto i : sequence) {
    take_agreement(agreements, words[i].said);
  }
  return agreements;
}

/// Which of a unit's slots, or versions of a requirement, a statement is about.
std::string exact_subject_of(const model::Statement& statement) {
  if (const auto* slot = std::get_if<model::StandbyStatement>(&statement)) {
    return standby_key(slot->unit, slot->from);
  }
  if (const auto* requirement = std::get_if<model::RequirementStatement>(&statement)) {
    return fmt::format("{} {}", requirement->operation.view(), requirement->version);
  }
  return {};
}

/// The word that a correction of `corrected` takes the place of: of several slots or versions the
/// same one, and another only when there is no choice. Never one of the correction itself, `own`.
std::optional<std::size_t> replaced_by(std::span<const AgreementWord> words,
                                       const model::ReportId& corrected,
                                       const model::Statement& statement,
                                       const model::ReportId* own) {
  const auto subject = subject_of(statement);
  const auto exact = exact_subject_of(statement);
  const auto place = place_of(words, corrected, subject);
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_own = own != nullptr && words[i].said.stamp.report == *own;
    if (!is_own && words[i].replaced_at == model::UtcTime::max() &&
        stands_for(words[i], corrected.node, place, subject)) {
      if (exact_subject_of(words[i].said.statement) == exact) {
        return i;
      }
      candidates.push_back(i);
    }
  }
  return candidates.size() == 1 ? std::optional(candidates.front()) : std::nullopt;
}

}  // namespace

bool operator==(const Contribution& a, const Contribution& b) {
  return same(a.said, b.said) && a.state == b.state && a.caveat_approved == b.caveat_approved;
}

bool operator==(const Operation& a, const Operation& b) {
  return same(a.said, b.said) && a.state == b.state &&
         a.authorised_strength == b.authorised_strength && a.commander == b.commander &&
         same(a.requirement, b.requirement);
}

std::string agreement_key(const model::Nation& nation, const model::Code& id) {
  return fmt::format("{}/{}", nation.view(), id.view());
}

std::string standby_key(const model::UnitId& unit, model::UtcTime from) {
  return fmt::format("{}@{}", unit.view(), model::to_micros(from));
}

bool is_agreement(const model::Statement& statement) {
  const auto kind = model::kind_of(statement);
  return !std::holds_alternative<model::UninterpretedStatement>(statement) &&
         kind >= StatementKind::caveat && kind <= StatementKind::decision;
}

void take_agreement(Agreements& agreements, const Said& said) {
  std::visit(Take{agreements, said}, said.statement);
}

Agreements agreements_at(const AgreementWords& words, const model::Bitime& at) {
  return folded(words.view(), [&](const AgreementWord& word) {
    const auto& stamp = word.said.stamp;
    return stamp.valid_at <= at.valid_at && stamp.received_at <= at.known_at &&
           at.known_at < word.replaced_at;
  });
}

const AgreementWord* replaced_word(const AgreementWords& words, const model::ReportId& corrected,
                                   const model::Statement& statement) {
  const auto view = words.view();
  const auto found = replaced_by(view, corrected, statement, nullptr);
  return found ? &view[*found] : nullptr;
}

Agreements agreements_without(const AgreementWords& words, const model::ReportId& corrected,
                              const std::vector<model::Statement>& statements) {
  std::vector<const AgreementWord*> replaced;
  for (const auto& statement : statements) {
    if (is_agreement(statement)) {
      replaced.push_back(replaced_word(words, corrected, statement));
    }
  }
  return folded(words.view(), [&](const AgreementWord& word) {
    return word.replaced_at == model::UtcTime::max() &&
           std::find(replaced.begin(), replaced.end(), &word) == replaced.end();
  });
}

void take_agreement_word(AgreementWords& words, Agreements& agreements, const Said& said) {
  const auto subject = subject_of(said.statement);
  const AgreementWord word{.said = said,
                           .place = said.corrects ? place_of(words.view(), *said.corrects, subject)
                                                  : said.stamp.report.seq};
  if (!said.corrects) {
    words.push_back(word);
    take_agreement(agreements, said);
    return;
  }
  const auto replaced =
      replaced_by(words.view(), *said.corrects, said.statement, &said.stamp.report);
  words.push_back(word);
  if (replaced) {
    words.modify(*replaced,
                 [&](AgreementWord& other) { other.replaced_at = said.stamp.received_at; });
  }
  agreements =
      agreements_at(words, {model::UtcTime::max(), model::UtcTime::max() - model::Duration{1}});
}

}  // namespace muster::core
