// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/verify.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <random>
#include <stdexcept>

#include "broker/server/recovery.h"
#include "schemas/text/report_json.h"
#include "storage/rocksdb_store.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {

using e2e::must;

namespace {

bool is_free(std::uint16_t port) {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool free = ::bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return free;
}

std::uint16_t free_port(std::mt19937_64& random) {
  constexpr std::uint16_t kFirst = 15'000, kCount = 16'000;
  for (int tries = 0; tries < 100; ++tries) {
    const auto port = static_cast<std::uint16_t>(kFirst + random() % kCount);
    if (is_free(port)) {
      return port;
    }
  }
  throw std::runtime_error("no free port");
}

model::RegistryStatement genesis_of(const exercise::Workspace& workspace) {
  auto parsed = text::registry_from_json(e2e::read_text(workspace.genesis()));
  if (!parsed.problems.empty()) {
    throw std::runtime_error(text::describe(parsed.problems.front()));
  }
  return std::move(parsed.registry);
}

void expect_equal(const server::Recovered& projected, const server::Recovered& replayed) {
  EXPECT_EQ(replayed.replayed, replayed.state.ledger_seq) << "this one reads the whole ledger";
  EXPECT_TRUE(projected.frontier == replayed.frontier);
  if (!(projected.state == replayed.state)) {
    ADD_FAILURE() << "with the projection:\n"
                  << core::describe(projected.state) << "\nfrom the ledger alone:\n"
                  << core::describe(replayed.state);
  }
}

}  // namespace

std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("MUSTER_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device()();
  fmt::print("MUSTER_SEED={}\n", seed);
  return seed;
}

exercise::Workspace make_workspace_with_ports(const std::filesystem::path& folder) {
  std::mt19937_64 random(std::random_device{}());
  const auto endpoint = [&] { return fmt::format("tcp://127.0.0.1:{}", free_port(random)); };
  return must(
      exercise::prepare(folder, {.ingest = endpoint(), .query = endpoint(), .http_port = 0}));
}

std::vector<storage::LedgerRecord> read_ledger(const exercise::Workspace& workspace) {
  const auto data = (workspace.folder / "data").string();
  const auto mark = must(must(storage::HighWaterFile::open(data + "/high-water")).read());
  const auto store =
      must(storage::open_store({.path = data + "/store", .known_last_seq = mark.seq}));
  std::vector<storage::LedgerRecord> ledger;
  must(store->scan_ledger(1, [&](storage::LedgerRecord&& record) -> model::Result<bool> {
    ledger.push_back(std::move(record));
    return true;
  }));

  const auto genesis = genesis_of(workspace);
  const auto projected = must(server::recover(*store, mark, genesis, {}));
  must(store->drop_projection());
  const auto replayed = must(server::recover(*store, mark, genesis, {}));
  expect_equal(projected, replayed);
  fmt::print("{} ledger records, {} of them after the projection\n", ledger.size(),
             projected.replayed);
  return ledger;
}

}  // namespace muster::crash
