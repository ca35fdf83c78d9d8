// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <string_view>

#include "nodes/exercise/contingents.h"
#include "schemas/link/curve.h"
#include "schemas/text/report_json.h"
#include "schemas/trust/signing.h"

namespace muster::exercise {

using model::ErrorCode;
using model::fail;
namespace fs = std::filesystem;

namespace {

/// Before any moment that an exercise plays.
constexpr auto kRegistryFrom = std::chrono::sys_days{std::chrono::year{2022} / 1 / 1};

std::string file_name(const model::NodeId& node) {
  auto name = node.str();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return c == '/' ? '-' : static_cast<char>(std::tolower(c));
  });
  return name;
}

/// All nodes with their roles; keys are filled in by who makes them.
std::vector<NodeKeys> nodes_and_roles() {
  auto nodes = exercise_nodes();
  std::vector<NodeKeys> load;
  for (const auto& entry : nodes) {
    const bool is_ministry = entry.roles == std::vector{model::Role::publisher};
    if (is_ministry) {
      load.push_back(
          {*model::NodeId::parse(entry.node.publisher().str() + "/load"), {}, {}, entry.roles});
    }
  }
  nodes.insert(nodes.end(), load.begin(), load.end());
  return nodes;
}

model::Result<void> write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.flush();
  if (!file) {
    return fail(ErrorCode::io, fmt::format("{}: cannot be written", path.string()));
  }
  return {};
}

model::Result<void> make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    return fail(ErrorCode::io, fmt::format("{}: {}", path.string(), error.message()));
  }
  return {};
}

struct PublicHalves {
  model::PublicKey signing{}, curve{};
};

model::Result<PublicHalves> make_keys(const fs::path& stem) {
  const auto signing = trust::SigningKey::generate();
  const auto curve = link::CurveKeyPair::generate();
  MUSTER_CHECK(signing.save(stem.string() + ".sign"));
  MUSTER_CHECK(link::save_secret_key(stem.string() + ".curve", curve.secret));
  return PublicHalves{signing.public_key(), curve.public_key};
}

std::string broker_toml(const WorkspaceOptions& options) {
  return fmt::format(
      "# The broker of an exercise. All options: muster-broker --print-config\n"
      "[store]\ndata = \"data\"\n\n[registry]\ngenesis = \"genesis.json\"\n\n"
      "[keys]\ncurve = \"keys/broker.curve\"\nsigning = \"keys/broker.sign\"\n\n"
      "[network]\ningest = \"{}\"\nquery = \"{}\"\nhttp_port = {}\n",
      options.ingest, options.query, options.http_port);
}

struct NationName {
  std::string_view code, en, ru;
};
/// As the page shows them, in its order.
constexpr std::array<NationName, 6> kNationNames{{{"ARM", "Armenia", "Армения"},
                                                  {"BLR", "Belarus", "Беларусь"},
                                                  {"KAZ", "Kazakhstan", "Казахстан"},
                                                  {"KGZ", "Kyrgyzstan", "Кыргызстан"},
                                                  {"RUS", "Russia", "Россия"},
                                                  {"TJK", "Tajikistan", "Таджикистан"}}};

std::string gateway_toml(const WorkspaceOptions& options) {
  auto text = fmt::format(
      "# The gateway of an exercise. All options: ops/docs/GATEWAY.md\n"
      "[gateway]\nlisten = \"127.0.0.1:{}\"\nweb = \"{}\"\n"
      "marking = \"FOR OFFICIAL USE · ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ\"\n\n"
      "[[identity]]\nconfig = \"nodes/sec-board.toml\"\n",
      options.gateway_port, options.web);
  for (const auto& nation : kNationNames) {
    text += fmt::format("\n[[nation]]\ncode = \"{}\"\nen = \"{}\"\nru = \"{}\"\n", nation.code,
                        nation.en, nation.ru);
  }
  return text;
}

std::string node_toml(const model::NodeId& node, const model::PublicKey& server_key,
                      const WorkspaceOptions& options) {
  const auto name = file_name(node);
  return fmt::format(
      "# {} in an exercise.\n[broker]\ningest = \"{}\"\nquery = \"{}\"\nserver_key = \"{}\"\n\n"
      "[node]\nid = \"{}\"\ncurve_key = \"{}/node.curve\"\nsigning_key = \"{}/node.sign\"\noutbox "
      "= \"{}/outbox\"\n\n"
      "[drop]\nfolder = \"{}/drop\"\npoll_ms = 200\n",
      node.view(), options.ingest, options.query, model::to_hex(server_key), node.view(), name,
      name, name, name);
}

/// "127.0.0.1:7610". Nodes connect to it, so neither may be left open.
bool is_host_and_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || text.substr(0, colon) == "*") {
    return false;
  }
  const auto port = text.substr(colon + 1);
  std::uint16_t number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  return read.ec == std::errc() && read.ptr == port.data() + port.size() && number > 0;
}

}  // namespace

std::string endpoint_problem(const std::string& endpoint) {
  constexpr std::string_view kTcp = "tcp://";
  constexpr std::string_view kIpc = "ipc://";
  const std::string_view text = endpoint;
  const bool is_good = (text.starts_with(kTcp) && is_host_and_port(text.substr(kTcp.size()))) ||
                       (text.starts_with(kIpc) && text.size() > kIpc.size());
  return is_good ? std::string()
                 : fmt::format("found '{}', expected tcp://host:port or ipc://path", endpoint);
}

std::string folder_problem(const std::string& folder) {
  return folder.find_first_of("\"\\\n\r") == std::string::npos
             ? std::string()
             : fmt::format("found '{}', expected a name without quotes, backslashes and line ends",
                           folder);
}

model::Result<void> check_prepared(const Workspace& workspace) {
  std::error_code ignored;
  if (fs::exists(workspace.broker_config(), ignored) && fs::exists(workspace.genesis(), ignored)) {
    return {};
  }
  return fail(ErrorCode::not_found,
              fmt::format("{}: not an exercise folder - make one with: muster-exercise prepare DIR",
                          workspace.folder.string()));
}

fs::path Workspace::node_config(const model::NodeId& node) const {
  return folder / "nodes" / (file_name(node) + ".toml");
}
fs::path Workspace::node_folder(const model::NodeId& node) const {
  return folder / "nodes" / file_name(node);
}

std::vector<model::NodeId> workspace_nodes() {
  std::vector<model::NodeId> nodes;
  for (const auto& entry : nodes_and_roles()) {
    nodes.push_back(entry.node);
  }
  return nodes;
}

model::Result<Workspace> prepare(const fs::path& folder, const WorkspaceOptions& options) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return fail(ErrorCode::already_exists,
                fmt::format("{}: is not empty; name a new folder", folder.string()));
  }
  const Workspace workspace{folder};
  MUSTER_CHECK(make_folders(folder / "keys"));
  MUSTER_TRY(const auto broker, make_keys(folder / "keys" / "broker"));
  MUSTER_CHECK(write_file(workspace.broker_config(), broker_toml(options)));
  MUSTER_CHECK(write_file(workspace.gateway_config(), gateway_toml(options)));
  auto nodes = nodes_and_roles();
  for (auto& node : nodes) {
    MUSTER_CHECK(make_folders(workspace.drop_folder(node.node)));
    MUSTER_TRY(const auto keys, make_keys(workspace.node_folder(node.node) / "node"));
    node.key = keys.signing;
    node.curve_key = keys.curve;
    MUSTER_CHECK(
        write_file(workspace.node_config(node.node), node_toml(node.node, broker.curve, options)));
  }
  MUSTER_CHECK(write_file(workspace.genesis(),
                          text::registry_to_json(registry_for_exercise(nodes, kRegistryFrom))));
  return workspace;
}

}  // namespace muster::exercise
