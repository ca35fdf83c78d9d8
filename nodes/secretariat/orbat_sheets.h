// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/desk/interchange.h"
#include "nodes/secretariat/output.h"

/// How an import of an order of battle reads.
namespace muster::secretariat {

/// A table and a line of CSV for each finding.
Sheet findings_sheet(const std::vector<desk::ImportFinding>& findings);

/// {"apiVersion","kind":"OrderOfBattleImport","file","format","nation","valid_at","reports","units",
/// "units_skipped","equipment_items","others","sides","counts","findings"}: a contract with
/// scripts. valid_at is left out when nobody said it.
text::Json import_json(const ImportCommand& command, model::Nation nation,
                       const desk::ImportDraft& draft);

/// In the chosen format: a summary, the findings and how many there are of each kind. ndjson has a
/// line a finding, then the summary marked {"total":true,…}; CSV the findings alone, with the
/// summary on stderr.
void print_import(const Output& output, const ImportCommand& command, model::Nation nation,
                  const desk::ImportDraft& draft);

}  // namespace muster::secretariat
