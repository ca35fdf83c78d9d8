// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/option_values.h"

namespace muster::secretariat {

/// The question that `muster force …` asks; `name` is "force strength" and its siblings. For
/// arguments.cpp alone.
AskCommand read_force(const std::string& name, const RawArguments& raw, ValueReader& values);

}  // namespace muster::secretariat
