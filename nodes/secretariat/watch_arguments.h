// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/asking/option_values.h"
#include "nodes/secretariat/arguments.h"
#include "nodes/secretariat/command_tree.h"

/// For arguments.cpp alone.
namespace muster::secretariat {

WatchCommand read_watch(const RawArguments& raw, asking::ValueReader& values);

}  // namespace muster::secretariat
