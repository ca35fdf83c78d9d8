// SPDX-License-Identifier: Apache-2.0
// The real muster-node: how it ends, and what it tells of itself.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "tests/e2e/broker_process.h"
#include "tests/e2e/peer.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
namespace fs = std::filesystem;

class NodeProcess : public testing::Test {
 protected:
  [[nodiscard]] fs::path config() const { return workspace_.node_config(node_); }
  [[nodiscard]] fs::path drop(const std::string& name) const {
    return workspace_.drop_folder(node_) / name;
  }
  void add_to_config(const std::string& text) const {
    write_text(config(), read_text(config()) + text);
  }
  [[nodiscard]] Program run() const {
    return Program({MUSTER_NODE, "run", "--config", config().string()});
  }
  /// Exit code and what was said.
  static std::pair<int, std::string> end_of(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{MUSTER_NODE};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Program program(all);
    const auto code = program.exit_code();
    return {code.value_or(-1), program.output()};
  }
  static bool appears(const fs::path& path) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!fs::exists(path) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(10ms);
    }
    return fs::exists(path);
  }

  TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace(folder_.path());
  model::NodeId node_ = must(model::NodeId::parse("KAZ/mod"));
};

TEST_F(NodeProcess, SaysHowItIsUsed) {
  EXPECT_EQ(end_of({}).first, 64);
  EXPECT_EQ(end_of({"run"}).first, 64);
  EXPECT_EQ(end_of({"--colour"}).first, 64);
  EXPECT_EQ(end_of({"--help"}).first, 0);
  EXPECT_THAT(end_of({"--version"}).second, HasSubstr("muster-node "));
}

TEST_F(NodeProcess, ChecksItsConfigurationAndTheHeadingsOfTheMinistry) {
  EXPECT_EQ(end_of({"--check-config", "--config", config().string()}),
            std::pair(0, config().string() + ": good, node KAZ/mod\n"));

  write_text(config().parent_path() / "own.toml", "[columns]\nno_such_column = [\"X\"]\n");
  add_to_config("[desk]\ncolumns = \"own.toml\"\n");
  const auto [code, said] = end_of({"--check-config", "--config", config().string()});
  EXPECT_EQ(code, 78);
  EXPECT_THAT(said, HasSubstr("own.toml:2:"));

  EXPECT_EQ(end_of({"--check-config", "--config", "/none.toml"}).first, 78);
}

TEST_F(NodeProcess, TellsKeysFromConfiguration) {
  ::chmod((workspace_.node_folder(node_) / "node.curve").c_str(), 0644);

  const auto [code, said] = end_of({"run", "--config", config().string()});

  EXPECT_EQ(code, 77);
  EXPECT_THAT(said, HasSubstr("chmod 600"));
}

TEST_F(NodeProcess, ServesAFolderAlone) {
  auto first = run();
  ASSERT_TRUE(first.line_with("event=started")) << first.output();

  const auto [code, said] = end_of({"run", "--config", config().string()});

  EXPECT_EQ(code, 73);
  EXPECT_THAT(said, HasSubstr("another muster-node"));
  first.signal(SIGTERM);
  EXPECT_EQ(first.exit_code(), 0) << first.output();
}

TEST_F(NodeProcess, PublishesRowsAndTellsOfItselfInPapersStatusAndMetrics) {
  BrokerProcess broker(workspace_);
  ASSERT_TRUE(broker.is_ready()) << broker.program().output();
  auto text = read_text(config());
  for (const auto& [key, value] : {std::pair(std::string("ingest = "), broker.ingest()),
                                   std::pair(std::string("query = "), broker.query())}) {
    const auto at = text.find(key);
    text.replace(at, text.find('\n', at) - at, fmt::format("{}\"{}\"", key, value));
  }
  write_text(config(), text + "[metrics]\nlisten = \"127.0.0.1:0\"\n");
  auto child = run();
  const auto line = child.line_with("event=metrics port=");
  ASSERT_TRUE(line) << child.output();
  const auto port = static_cast<std::uint16_t>(std::stoul(line->substr(line->rfind('=') + 1)));

  write_text(drop("units.csv.part"),
             "unit_code,name,component,element_kind,echelon,lifecycle,valid_at\n"
             "KAZ:EX-1,Company (fictional),MILITARY,OTHER,COMPANY,TRAINING,2026-01-01\n");
  fs::rename(drop("units.csv.part"), drop("units.csv"));
  write_text(drop("bad.json"), "{");
  ASSERT_TRUE(appears(drop("rejected/bad.json"))) << child.output();
  ASSERT_TRUE(
      child.line_with("event=acknowledged file=units.csv report=KAZ/mod#1 "
                      "verdict=ACCEPTED"))
      << child.output();

  ASSERT_TRUE(child.line_with("event=connected"));
  std::this_thread::sleep_for(500ms);  // A look later the status file and the gauges agree.
  EXPECT_THAT(read_text(drop("status.json")), HasSubstr("\"processed\": 1"));
  EXPECT_THAT(read_text(drop("status.json")), HasSubstr("\"session\": \"greeted\""));
  const auto page = get(port, "/metrics");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(metric(page.body, "muster_node_drop_files_total{result=\"processed\"}"), 1);
  EXPECT_EQ(metric(page.body, "muster_node_drop_files_total{result=\"rejected\"}"), 1);
  EXPECT_EQ(metric(page.body, "muster_node_acknowledged_seq"), 1);
  EXPECT_EQ(metric(page.body, "muster_node_outbox_reports"), 0);
  EXPECT_EQ(get(port, "/healthz").body, "ok\n");
  child.signal(SIGTERM);
  EXPECT_EQ(child.exit_code(), 0) << child.output();
}

TEST_F(NodeProcess, KeepsTheWatchdogQuietHoweverSeldomTheFolderIsPolled) {
  const auto path = (folder_.path() / "notify").string();
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  auto text = read_text(config());
  text.replace(text.find("poll_ms = 200"), 13, "poll_ms = 3600000");
  write_text(config(), text);
  ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  ::setenv("WATCHDOG_USEC", "200000", 1);
  auto child = run();
  ::unsetenv("NOTIFY_SOCKET");
  ::unsetenv("WATCHDOG_USEC");

  std::string told;
  int alive = 0;
  for (std::array<char, 512> datagram{}; alive < 4;) {
    const auto size = ::recv(socket, datagram.data(), datagram.size(), 0);
    ASSERT_GT(size, 0) << told << child.output();
    const std::string word(datagram.data(), static_cast<std::size_t>(size));
    alive += word == "WATCHDOG=1" ? 1 : 0;
    told += word + "\n";
  }

  EXPECT_THAT(told, testing::StartsWith("READY=1\n"));
  EXPECT_THAT(told, HasSubstr("STATUS=Not publishing: "));
  child.signal(SIGTERM);
  EXPECT_EQ(child.exit_code(), 0);
  ::close(socket);
}

}  // namespace
}  // namespace muster::e2e
