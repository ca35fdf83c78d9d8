// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/command_tree.h"
#include "nodes/asking/option_values.h"

namespace muster::secretariat {

/// Whether `name` is "report …" or "force export".
bool is_about_files(const std::string& name);

/// The command that is_about_files(). For arguments.cpp alone.
Command read_report_command(const std::string& name, const RawArguments& raw,
                            asking::ValueReader& values);

}  // namespace muster::secretariat
