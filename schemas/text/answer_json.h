// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/model/session.h"

/// Answers as JSON: the contract of `-o json` (ops/docs/JSON.md), held by golden tests. New fields
/// may come. Nothing here fails: text that is not UTF-8 is printed with U+FFFD in its place.
namespace muster::text {

/// {"apiVersion":"muster/v1","kind":"ForceStrength","header":{…},"group_by":[…],"rows":[…],
/// "total":{…}} and its siblings: ForceTree, Unit, ServerInfo, LedgerTail, ForceReady (with a total
/// and left_out), ForceBuildup, ForceMatrix, ForceRoster, ForceHistory, ForceDiff, ForceStale,
/// ForceCaveats, ForceOverrides, ForceStandby, ForceRemaining, OperationList, Operation,
/// OperationGaps, OperationPackage, OperationCommitments, OperationBuildup, OperationSustainment,
/// OperationWithdrawal, ReportDryRun (with the verdicts), and LedgerProof with one row. The order
/// of fields is stable; an optional value that is absent is left out. `indent` below 0 gives one
/// line. No newline at the end.
std::string answer_to_json(const model::Answer& answer, int indent = 2);

/// What `-o ndjson` prints: one line for each row and no header; then the line {"total":true,…}
/// where there is a total, and a line for each entry of the lists behind the rows, marked with the
/// name of the list: {"left_out":true,…}. Where something was supposed, each line ends with the
/// `what_if` of the header. Every line ends with a newline.
std::string answer_to_ndjson(const model::Answer& answer);

/// A list of objects: rule, severity, statement (left out when it is about the whole report),
/// field, found, expected.
std::string findings_to_json(const std::vector<model::Finding>& findings, int indent = 2);

}  // namespace muster::text
