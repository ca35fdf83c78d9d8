// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/secretariat/sheet.h"
#include "schemas/model/codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"

/// How single values read in a table.
namespace muster::secretariat {

/// Exact for programs, whole seconds for people, and whole minutes where the table is not wide.
Cell time_cell(std::optional<model::UtcTime> time);
std::string whole_seconds(model::UtcTime time);
/// "2026-11-20T05:30Z".
std::string whole_minutes(model::UtcTime time);

/// "2", "5 REORGANISING", "6 NOT MEASURED".
Cell level_cell(model::Level level);
Cell freshness_cell(model::Freshness freshness);
Cell verdict_cell(model::Verdict verdict);

/// "KAZ, RUS".
std::string join(const std::vector<model::Nation>& nations);

/// "1 unit", "2 units".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace muster::secretariat
