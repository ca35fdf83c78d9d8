// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>

#include "nodes/client/query_client.h"
#include "schemas/link/context.h"
#include "tests/e2e/broker_process.h"
#include "tests/e2e/peer.h"

namespace muster::e2e {

using model::NackCode;
using model::Rule;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A broker of the exercise that serves, and whoever speaks to it.
class Bus : public testing::Test {
 protected:
  Bus() { start(); }

  void start() {
    broker_ = std::make_unique<BrokerProcess>(workspace_);
    if (!broker_->is_ready()) {
      throw std::runtime_error("the broker is not ready: " + broker_->program().output());
    }
  }
  void kill_and_restart() {
    broker_->program().kill();
    start();
  }

  Peer peer(std::string_view node, std::int64_t message_bytes_max = link::kMessageBytesMax) {
    return {*context_, *broker_, workspace_, node, message_bytes_max};
  }
  model::Result<model::Answer> ask(std::string_view node, const model::Query& query) {
    const auto connection = broker_->connection(must(model::NodeId::parse(node)));
    const auto client = must(client::QueryClient::connect(*context_, connection));
    return client->ask(query, kPatience);
  }
  template <typename Body>
  Body answer(std::string_view node, const model::Query& query) {
    return std::get<Body>(must(ask(node, query)).body);
  }

  std::uint64_t ledger_seq() {
    return answer<model::ServerInfoAnswer>("SEC/ops", model::ServerInfoQuery{}).ledger_seq;
  }
  /// Combined strength by nation, as the secretariat sees it.
  model::StrengthAnswer strength_by_nation(std::string_view viewer = "SEC/officer") {
    return answer<model::StrengthAnswer>(
        viewer, model::StrengthQuery{.group_by = {model::Dimension::nation}});
  }
  double metric(std::string_view series) {
    return e2e::metric(get(broker_->http_port(), "/metrics").body, series);
  }

  TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace(folder_.path());
  std::unique_ptr<link::Context> context_ = must(link::Context::create());
  std::unique_ptr<BrokerProcess> broker_;
};

/// A report that declares a company, with its people.
inline model::Report company(std::string_view id, model::Count people = 100) {
  return report({unit(id), strength(id, people)});
}

}  // namespace muster::e2e
