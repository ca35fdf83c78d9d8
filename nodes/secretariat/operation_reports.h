// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "nodes/secretariat/doors.h"
#include "nodes/secretariat/operation_changes.h"
#include "nodes/secretariat/operation_file.h"
#include "nodes/secretariat/output.h"
#include "nodes/secretariat/publishing.h"

/// From what the secretariat says of an operation to a report in the ledger.
namespace muster::secretariat {

/// The operation, and the requirement when the file has lines, in one REGULAR report.
model::Report report_of(const OperationFile& file, model::UtcTime valid_at);

/// What the broker knows that a decision needs.
struct KnownOperation {
  model::OperationState state = model::OperationState::draft;
  std::vector<model::Code> decisions;  ///< Identifiers that are taken.
  std::vector<model::Nation> members;  ///< All nations, in their order.
};
/// Does recording `command` take an answer of the broker?
bool needs_broker(const DecideOperation& command);
/// The decisions in one CHANGE report, valid when they were taken: each with its identifier
/// (D-20220107T030000-01 for the moment of recording, `now`, the number being the first that is
/// free) and its from_state. Releasable to all members unless the command says to whom.
model::Report report_of(const DecideOperation& command, const KnownOperation& known,
                        model::UtcTime now);

/// A finding of the broker about report_of(file, …), in plain words and at its place in the file:
/// "ops.toml:14:1: line[0].people_min: found …, expected … (V39)".
std::string words_in_file(const model::Finding& finding, const FilePlaces& places);
/// A finding about a report of decisions: which of them, why not, and what would be allowed.
std::string words_of_decision(const model::Finding& finding, const model::Report& report);
/// "D-20220107T030000-01: EX-2299 CONSULTATION -> DECIDED by COUNCIL".
std::string decision_in_words(const model::DecisionStatement& decision);

/// One report of the secretariat on its way.
struct Sending {
  std::string what;    ///< "cannot create", for messages.
  std::string object;  ///< "ops.toml", "EX-2299": what the receipt names.
  model::Report report;
  bool dry_run = false;
  std::chrono::milliseconds wait{10'000};
  /// One finding of the broker in plain words, with its place.
  std::function<std::string(const model::Finding&)> words;
};

/// Publishes the report as the secretariat's node and says each finding on stderr: those that
/// refuse as errors, flags as warnings. With `dry_run` prints the report as JSON and sends nothing.
/// Refuses here, before it takes a number in the chain, what no node of SEC would sign.
ExitCode send(const Output& output, const Doors& doors, const Sending& sending);

}  // namespace muster::secretariat
