// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/command_tree.h"
#include "nodes/secretariat/option_values.h"

/// For arguments.cpp alone.
namespace muster::secretariat {

/// Is it one of the questions under `muster operation`? `name` is "operation gaps" and its
/// siblings.
bool asks_about_operations(const std::string& name);

/// The question that it asks.
AskCommand read_operation(const std::string& name, const RawArguments& raw, ValueReader& values);

/// How long an answer is waited for when nobody said it: a search needs its own time, and some for
/// the way.
std::chrono::milliseconds usual_timeout(const model::Query& query);

}  // namespace muster::secretariat
