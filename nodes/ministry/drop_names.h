// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nodes/ministry/files.h"

/// What a drop folder makes of the names it finds.
namespace muster::ministry {

inline constexpr std::string_view kJournalEnd = ".journal";

inline constexpr std::string_view kReportEnd = ".json";

/// Leaves room for what is added to a name (".NAME.2.json.findings.json.tmp") in the 255 bytes that
/// file systems take.
inline constexpr std::size_t kNameBytesMax = 200;

/// "strength.json" or "STRENGTH.JSON", and not what an editor or a copier is still busy with.
bool is_report_name(const std::string& name);

/// What an editor or a copier is busy with, and may yet become a report.
bool is_half_written(const std::string& name);

/// Regular files, by name; links and folders are nobody's reports. Empty when it cannot be read.
std::vector<Path> entries_of(const Path& folder);

/// The name in a form that JSON can carry: names in old encodings lose their letters.
std::string printable(const std::string& name);

/// Why a file of this name is never claimed; empty when it is, or may yet be renamed to be.
std::string why_ignored(const std::string& name);

bool is_taken(const Path& path);

}  // namespace muster::ministry
