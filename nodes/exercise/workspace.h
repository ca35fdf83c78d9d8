// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "schemas/model/ids.h"
#include "schemas/model/result.h"

/// A folder with everything that an exercise needs: keys, genesis, the configurations of the broker
/// and of the gateway, and one for each node.
namespace muster::exercise {

struct WorkspaceOptions {
  std::string ingest = "tcp://127.0.0.1:7610";
  std::string query = "tcp://127.0.0.1:7611";
  std::uint16_t http_port = 7680;
  std::uint16_t gateway_port = 7690;
  std::string web = "/usr/share/muster/board";  ///< Folder of the page that the gateway serves.
};

/// Names inside a workspace.
struct Workspace {
  std::filesystem::path folder;
  [[nodiscard]] std::filesystem::path broker_config() const { return folder / "broker.toml"; }
  [[nodiscard]] std::filesystem::path genesis() const { return folder / "genesis.json"; }
  [[nodiscard]] std::filesystem::path gateway_config() const { return folder / "gateway.toml"; }
  /// "KAZ/mod" is "nodes/kaz-mod.toml", and its folder "nodes/kaz-mod".
  [[nodiscard]] std::filesystem::path node_config(const model::NodeId& node) const;
  [[nodiscard]] std::filesystem::path node_folder(const model::NodeId& node) const;
  [[nodiscard]] std::filesystem::path drop_folder(const model::NodeId& node) const {
    return node_folder(node) / "drop";
  }
};

/// The nodes of a workspace: those of the exercise, and one "load" node a nation.
std::vector<model::NodeId> workspace_nodes();

/// What is wrong with an endpoint that a broker listens at and nodes connect to; empty for
/// "tcp://host:port" and "ipc://path".
std::string endpoint_problem(const std::string& endpoint);

/// What is wrong with the name of a folder that stands in a configuration; empty when nothing is.
std::string folder_problem(const std::string& folder);

/// Errors: not_found unless prepare() made the folder.
model::Result<void> check_prepared(const Workspace& workspace);

/// Makes keys, genesis and configurations in `folder`, which must be empty or missing.
/// Errors: already_exists, io.
model::Result<Workspace> prepare(const std::filesystem::path& folder,
                                 const WorkspaceOptions& options);

}  // namespace muster::exercise
