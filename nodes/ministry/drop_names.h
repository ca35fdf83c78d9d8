// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/ministry/files.h"

/// What a drop folder makes of the names it finds.
namespace muster::ministry {

inline constexpr std::string_view kJournalEnd = ".journal";
inline constexpr std::string_view kVerdictsEnd = ".verdicts";
inline constexpr std::string_view kMarkedEnd = ".marked.xlsx";

/// Leaves room for what is added to a name (".NAME.2.xlsx.findings.json.paper") in the 255 bytes
/// that file systems take.
inline constexpr std::size_t kNameBytesMax = 200;

/// "strength.xlsx" or "STRENGTH.JSON": a kind that the desk reads (desk::file_kind_of), or ".xls",
/// which is answered with what to do; and not what an editor or a copier is still busy with.
bool is_report_name(const std::string& name);
/// ".xls": the old format of Excel, which is not read.
bool is_old_excel_name(const std::string& name);
/// A zip, whose directory comes last: XLSX and ODS.
bool is_zip_name(const std::string& name);

/// What an editor or a copier is busy with, and may yet become a report.
bool is_half_written(const std::string& name);

/// Regular files, by name; links, pipes and folders are nobody's reports. Empty when it cannot be
/// read.
std::vector<Path> entries_of(const Path& folder);

/// The name in a form that every machine, a terminal and JSON can carry: control characters, those
/// that turn the direction of writing and what Windows cannot name become '_'; names in old
/// encodings lose their letters.
std::string printable(const std::string& name);
/// The printable name as the value of a field of a log line, in quotes when it has a space or '='.
std::string log_value(const std::string& name);
/// The same for a path that is printable already.
std::string log_path(const std::string& path);

/// Why a file of this name is never claimed; empty when it is, or may yet be renamed to be.
std::string why_ignored(const std::string& name);

bool is_taken(const Path& path);

}  // namespace muster::ministry
