// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace muster::server {

/// The other side of SolverProcess: what `muster-broker --solve-package` does, and nothing else in
/// that process. Reads one question from standard input (planner/package_text.h), searches until
/// its time is over or the input ends, and writes the package to standard output; whatever a
/// library prints goes to standard error. Reads no configuration.
///
/// It asks for less than the broker has: a lower priority, no core file, 4 GiB of addresses at
/// most, to be the first that the kernel ends when memory is short, and to end with the thread that
/// started it. SIGINT and SIGTERM are the broker's to answer: the end of the input tells.
///
/// Returns the exit code after sysexits(3): 0, 65 no question, 71 no memory, 74 nobody reads.
int solve_package();

}  // namespace muster::server
