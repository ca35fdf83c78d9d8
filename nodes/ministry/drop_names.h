// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nodes/ministry/files.h"

/// What a drop folder makes of the names it finds.
namespace muster::ministry {

inline constexpr std::string_view kJournalEnd = ".journal";

/// "strength.json", and not what an editor or a copier is still busy with.
bool is_report_name(const std::string& name);

/// Regular files, by name; links and folders are nobody's reports. Empty when it cannot be read.
std::vector<Path> entries_of(const Path& folder);

/// The name in a form that JSON can carry: names in old encodings lose their letters.
std::string printable(const std::string& name);

bool is_taken(const Path& path);

}  // namespace muster::ministry
