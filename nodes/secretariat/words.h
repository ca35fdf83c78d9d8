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

/// Minutes for programs; for people "12 h", or "11.3 h" with the tenth rounded up, so that nobody
/// is said to be there before he is. Absent is "-".
Cell minutes_cell(std::optional<std::uint64_t> minutes);
std::string hours_words(std::uint64_t minutes);
/// A share: thousandths for programs, "88.0 %" for people; bad beyond the whole.
Cell permille_cell(std::optional<std::uint64_t> permille);
/// A count that is bad when it is not 0; 0 is shown as "-".
Cell lacking_cell(std::uint64_t count);

/// "T03 T08".
std::string join(const std::vector<model::Task>& tasks);
/// "for T03 T08", or "for any task".
std::string for_tasks(const std::vector<model::Task>& tasks);
/// The name of a capability in at most nine characters, where it is an element kind: "TECH SUP".
std::string short_capability(const std::string& capability);
/// "TECHNICAL SUPPORT".
std::string spaced(std::string_view code_name);
/// "88.0 %", cut and not rounded; "not measured" of nothing.
std::string percent(std::uint64_t part, std::uint64_t whole);

/// "KAZ, RUS".
std::string join(const std::vector<model::Nation>& nations);

/// The words of a text in lines of at most `most` characters; a longer word is a line of its own.
/// One line at least.
std::vector<std::string> wrapped(std::string_view text, std::size_t most);

/// Each line of a text in lines of at most `most` characters: broken at " · " where it has one that
/// helps, else between words.
std::string folded(std::string_view text, std::size_t most);

/// "1 unit", "2 units".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace muster::secretariat
