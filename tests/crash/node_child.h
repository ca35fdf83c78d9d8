// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace muster::crash {

/// A node to be killed: opens its durable outbox in a workspace, publishes without end, and writes
/// a line as soon as something was promised: "kept SEQ SHA-256", "acknowledged SEQ".
/// `arguments` are those of main(): program, "--node", workspace, node, seed.
int run_node_child(char** arguments);

/// How main() tells that it is to be this child.
inline constexpr const char* kNodeChildFlag = "--node";

}  // namespace muster::crash
