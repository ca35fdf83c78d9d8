// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "broker/core/kept.h"
#include "broker/core/persistent_map.h"
#include "broker/core/tape.h"
#include "schemas/model/force_query.h"

/// What nations and the secretariat agree on beside their units: caveats, stand-by slots,
/// contributions, operations, requirements, decisions. They are few, so what was said is held in
/// memory, and a past moment is the fold of what was known then.
namespace muster::core {

/// A contribution and what became of it. The nation's word and the secretariat's decisions both
/// change its state.
struct Contribution {
  KeptPtr<model::ContributionStatement> said;
  model::ContributionState state = model::ContributionState::offered;
  bool caveat_approved = false;  ///< A CAVEAT_APPROVAL names it.
};
bool operator==(const Contribution& a, const Contribution& b);

/// An operation and what was decided about it.
struct Operation {
  KeptPtr<model::OperationStatement> said;
  model::OperationState state = model::OperationState::draft;
  std::optional<model::Count> authorised_strength;   ///< The last word or decision.
  std::string commander;                             ///< May be empty in every state.
  KeptPtr<model::RequirementStatement> requirement;  ///< Of the highest version.
};
bool operator==(const Operation& a, const Operation& b);

/// By what they are called. Keys: caveats and contributions "KAZ/ID", stand-by slots
/// "KAZ:UNIT@microseconds", operations and decisions by their codes.
struct Agreements {
  PersistentMap<std::string, KeptPtr<model::CaveatStatement>> caveats;
  PersistentMap<std::string, KeptPtr<model::StandbyStatement>> standby;
  PersistentMap<std::string, Contribution> contributions;
  PersistentMap<model::UnitId, std::vector<std::string>> slices;  ///< Contributions of each unit.
  PersistentMap<std::string, Operation> operations;
  PersistentMap<std::string, KeptPtr<model::DecisionStatement>> decisions;
};

/// "KAZ/C-1": what caveats, contributions and the decisions about them call each other.
std::string agreement_key(const model::Nation& nation, const model::Code& id);
std::string standby_key(const model::UnitId& unit, model::UtcTime from);

/// Is the statement one of these?
bool is_agreement(const model::Statement& statement);

/// A statement of these kinds in the record, and until when it counts.
struct AgreementWord {
  Said said;
  std::uint64_t place = 0;  ///< As Word::place.
  model::UtcTime replaced_at = model::UtcTime::max();
};
using AgreementWords = Tape<AgreementWord>;  ///< In the order of the ledger.

/// Folds one statement in. Statements come in the order of the ledger; of two about the same thing
/// the one with the later valid_at counts, and decisions count one after the other.
void take_agreement(Agreements& agreements, const Said& said);

/// What was agreed at `at`: the fold of the words that are true by then and stand. A correction
/// stands at the place of the word that it replaced, so that what was decided after it still is.
Agreements agreements_at(const AgreementWords& words, const model::Bitime& at);

/// The word that still stands and that `statement` would replace in a CORRECTION of `corrected`:
/// about the same thing, in the same place. Null when there is none.
const AgreementWord* replaced_word(const AgreementWords& words, const model::ReportId& corrected,
                                   const model::Statement& statement);

/// What is agreed now but for the words that a CORRECTION of `corrected` with these statements
/// would replace.
Agreements agreements_without(const AgreementWords& words, const model::ReportId& corrected,
                              const std::vector<model::Statement>& statements);

/// Adds `said` to the record and folds it in; a correction folds the record anew.
void take_agreement_word(AgreementWords& words, Agreements& agreements, const Said& said);

}  // namespace muster::core
