// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/sheet.h"
#include "nodes/words/words.h"

/// Where texts get the language of their reader: sheets before they become a table, and the help.
/// Not what programs read: the fields of CSV and JSON, codes, moments, names.
namespace muster::secretariat {

/// The sheet with its titles, its words for nothing, and those of its cells that hold texts of
/// ours.
Sheet told(Sheet sheet, const words::Words& words);

/// Has the help of all commands in this language. Examples stay as they are typed.
void tell_help(CLI::App& app, const words::Words& words);

/// What `--lang` says among arguments that nobody has read yet, so that a complaint about them is
/// in the right language too. Empty when it is not there.
std::string language_given(const std::vector<std::string>& arguments);

}  // namespace muster::secretariat
