// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/secretariat/sheet.h"
#include "schemas/model/query.h"

/// Answers of the broker as rows and columns, and what is said above and below them.
namespace muster::secretariat {

Sheet sheet_of(const model::Answer& answer);

/// "As of 2026-11-20T06:00:00Z · ledger 184 · 6 of 6 nations reporting · EXERCISE - FICTIONAL
/// DATA", with a line feed.
std::string header_line(const model::AnswerHeader& header);

/// What stands between the header and the table: facts of the answer that are no rows. May be
/// empty.
std::string facts_of(const model::Answer& answer);

/// The nations that are missing or stale and how many people rest on that; empty when none.
std::string caution_line(const model::AnswerHeader& header);

}  // namespace muster::secretariat
