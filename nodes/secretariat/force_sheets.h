// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/secretariat/answer_sheet.h"

/// Answers about the force as rows and columns, and their facts. For answer_sheet.cpp and
/// answer_lines.cpp alone.
namespace muster::secretariat {

// ---- readiness_sheets.cpp -----------------------------------------------------------------------

Sheet sheet(const model::ReadyAnswer& answer);
Sheet left_out_sheet(const model::ReadyAnswer& answer);
/// With a bar for each step when it is a picture: people who are certain, likely and claimed so
/// far.
Sheet buildup_sheet(const model::BuildupAnswer& answer, const Layout& layout);
/// One row a cell.
Sheet sheet(const model::MatrixAnswer& answer);
/// Nations against capabilities: "493 2↑*" is 493 people, level 2, more than before, some of it
/// stale.
Sheet matrix_grid(const model::MatrixAnswer& answer);

std::string facts(const model::ReadyAnswer& answer);
std::string facts(const model::BuildupAnswer& answer);
std::string facts(const model::MatrixAnswer& answer);

// ---- record_sheets.cpp --------------------------------------------------------------------------

Sheet sheet(const model::RosterAnswer& answer);
Sheet sheet(const model::HistoryAnswer& answer);
Sheet sheet(const model::DiffAnswer& answer);

std::string facts(const model::RosterAnswer& answer);
std::string facts(const model::HistoryAnswer& answer);
std::string facts(const model::DiffAnswer& answer);

/// "units 65 · assigned 500 → 480 (-20) · present 471 · deployable 460".
std::string figures_words(const model::Figures& before, const model::Figures& after);

// ---- dry_run_sheets.cpp -------------------------------------------------------------------------

/// What the accepted reports would change.
Sheet sheet(const model::DryRunAnswer& answer);
/// What each report would be answered, with every finding at its place.
std::string facts(const model::DryRunAnswer& answer);

// ---- doubt_sheets.cpp ---------------------------------------------------------------------------

/// `at` is the moment that ages are counted to.
Sheet stale_sheet(const model::StaleAnswer& answer, model::UtcTime at);
Sheet sheet(const model::CaveatsAnswer& answer);
Sheet sheet(const model::OverridesAnswer& answer);
/// The proof itself, without the checks: those are proof.cpp's.
Sheet sheet(const model::LedgerProofAnswer& answer);

std::string facts(const model::StaleAnswer& answer);
std::string facts(const model::CaveatsAnswer& answer);
std::string facts(const model::OverridesAnswer& answer);
std::string facts(const model::LedgerProofAnswer& answer);

}  // namespace muster::secretariat
