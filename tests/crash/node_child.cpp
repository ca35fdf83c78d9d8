// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/node_child.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>

#include "nodes/client/connection_file.h"
#include "nodes/exercise/workspace.h"
#include "schemas/trust/hash.h"
#include "tests/crash/feeder.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {

using e2e::must;

namespace {

/// One write, which arrives whole or not at all.
void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    ::_exit(74);
  }
}

void publish(client::Publisher& publisher, const model::Bytes& report) {
  std::uint64_t seq = 0;
  const auto result = must(publisher.publish_encoded({report}, seq));
  if (result == client::PublishResult::kept) {
    say(fmt::format("kept {} {}\n", seq, model::to_hex(trust::sha256(report))));
  }
}

}  // namespace

int run_node_child(char** arguments) {
  const exercise::Workspace workspace{arguments[2]};
  const auto node = must(model::NodeId::parse(arguments[3]));
  Reports reports(node, std::stoull(arguments[4]));
  auto config = must(client::load_node_config(workspace.node_config(node).string()));
  auto outbox = must(storage::open_outbox(config.outbox));
  const bool is_new = outbox->next_seq() == 1;
  const auto context = must(link::Context::create());
  const auto publisher = must(client::Publisher::start(
      *context, {.connection = config.connection, .node = node, .signing_key = *config.signing_key},
      std::move(outbox), [](const client::Acknowledged& acknowledged) {
        say(fmt::format("acknowledged {}\n", acknowledged.report.seq));
      }));
  if (is_new) {
    publish(*publisher, reports.declaration());
  }
  while (true) {
    publish(*publisher, reports.next());
  }
}

}  // namespace muster::crash
