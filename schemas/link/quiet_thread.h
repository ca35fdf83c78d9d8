// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <thread>

#include "schemas/model/result.h"

namespace muster::link {

/// Starts a thread that no signal is delivered to, because signals belong to main. `name` shows in
/// top and gdb, 15 bytes at most. `body` must not throw.
/// Errors: unavailable if the machine is out of threads.
model::Result<std::jthread> start_quiet_thread(const char* name, std::function<void()> body);

}  // namespace muster::link
