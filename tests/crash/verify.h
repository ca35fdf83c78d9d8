// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "nodes/exercise/workspace.h"
#include "storage/store.h"

/// What the tests of this folder share beside the oracle.
namespace muster::crash {

/// MUSTER_SEED, or a new one. It is printed, so that a failure can be replayed.
std::uint64_t seed_of_this_run();

/// A workspace whose broker keeps its ports, so that nodes find it again after a restart. They lie
/// below the ports that the machine gives to connections of its own.
exercise::Workspace make_workspace_with_ports(const std::filesystem::path& folder);

/// Opens the store of a broker that has ended, as a broker would, and reads all of its ledger.
/// Expects that the state which the projection and the ledger's tail give is the same as what the
/// ledger alone gives.
std::vector<storage::LedgerRecord> read_ledger(const exercise::Workspace& workspace);

}  // namespace muster::crash
