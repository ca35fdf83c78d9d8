// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/e2e/bus_fixture.h"
#include "tests/e2e/http_client.h"

namespace muster::e2e {

/// A muster-gateway beside the broker, with a small page.
class Gateway : public Bus {
 protected:
  Gateway() {
    namespace fs = std::filesystem;
    fs::create_directories(folder_.path() / "board/assets");
    write_text(folder_.path() / "board/index.html", "<html>board</html>");
    write_text(folder_.path() / "board/assets/app-1f2e3d4c.js", "script");
    write_text(folder_.path() / "secret.txt", "secret");
    replace(workspace_.gateway_config(), "/usr/share/muster/board", "board");
    // A broker that is started again keeps its ports.
    find_broker(workspace_.broker_config());
    connect("SEC/board");
  }

  static void replace(const std::filesystem::path& path, std::string_view from,
                      std::string_view to) {
    auto text = read_text(path);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << " in " << text;
    write_text(path, text.replace(at, from.size(), to));
  }
  void find_broker(const std::filesystem::path& config) const {
    replace(config, "ingest = \"tcp://127.0.0.1:0\"", "ingest = \"" + broker_->ingest() + "\"");
    replace(config, "query = \"tcp://127.0.0.1:0\"", "query = \"" + broker_->query() + "\"");
  }
  /// The gateway may ask as this node.
  void connect(std::string_view node) const {
    find_broker(workspace_.node_config(must(model::NodeId::parse(node))));
  }
  void start_gateway() {
    gateway_ = std::make_unique<Program>(
        std::vector<std::string>{MUSTER_GATEWAY, "--config", workspace_.gateway_config().string()});
    const auto line = gateway_->line_with("event=started");
    ASSERT_TRUE(line) << gateway_->output();
    constexpr std::string_view kAddress = "://127.0.0.1:";
    port_ = static_cast<std::uint16_t>(
        std::stoul(line->substr(line->find(kAddress) + kAddress.size())));
  }
  void start_live() {
    start_gateway();
    ASSERT_TRUE(is_at("/readyz", 200)) << gateway_->output();
  }
  /// The page comes to have that status.
  bool is_at(std::string_view path, int status) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (get(port_, path).status != status) {
      if (std::chrono::steady_clock::now() > deadline) {
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
  }

  std::unique_ptr<Program> gateway_;
  std::uint16_t port_ = 0;
};

}  // namespace muster::e2e
