// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// Exact for programs; a midnight is its day where the table is not wide.
Cell day_cell(std::optional<model::UtcTime> time);
/// "+12", "-3", "0"; without the plus for programs.
Cell change_cell(std::int64_t change);
/// A code as it is for programs, and in words: "TECHNICAL_SUPPORT", "TECHNICAL SUPPORT".
Cell code_cell(std::string code_name);
/// A report's name, or absent.
Cell report_cell(const model::ReportId& report);

/// "T03 T08".
std::string join(const std::vector<model::Task>& tasks);
/// "TECHNICAL SUPPORT".
std::string spaced(std::string_view code_name);
/// "88.0 %", cut and not rounded; "not measured" of nothing.
std::string percent(std::uint64_t part, std::uint64_t whole);

/// "KAZ, RUS".
std::string join(const std::vector<model::Nation>& nations);

/// "1 unit", "2 units".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace muster::secretariat
