// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <string>

#include "nodes/exercise/kazakhstan_2022.h"
#include "nodes/exercise/play_tally.h"
#include "tests/scenario/script.h"
#include "tests/support/broker_rig.h"

namespace muster::tests {

/// A broker, its nodes and its clock, driven by commands (README.md lists them). What each command
/// brings about is told in words, the same on every machine.
class Stage {
 public:
  std::string run(const Command& command);

 private:
  using Action = std::string (Stage::*)(const Command&);
  static const std::map<std::string, Action>& actions();

  std::string node(const Command& command);
  std::string unit(const Command& command);
  std::string strength(const Command& command);
  std::string resend(const Command& command);
  std::string fork(const Command& command);
  std::string skip(const Command& command);
  std::string revoke(const Command& command);
  std::string transfer(const Command& command);
  std::string tick(const Command& command);
  std::string query(const Command& command);
  std::string restart(const Command& command);
  std::string rebuild(const Command& command);
  std::string fail_disk(const Command& command);
  std::string show(const Command& command);
  std::string enrol(const Command& command);
  std::string say(const Command& command);
  std::string muster(const Command& command);
  std::string play(const Command& command);

  std::string play_one(const exercise::PlayEvent& event);
  TestNode& player_of(const model::NodeId& node);
  /// Puts what is common to all reports into `statements`, and sends them as the node says it.
  std::string publish(const Command& command, std::vector<model::Statement> statements);
  std::string send(const TestNode& from, const model::Bytes& message);
  TestNode& speaker();
  model::UtcTime valid_at(const Command& command) const;
  [[nodiscard]] core::Moment moment(const Command& command) const;

  BrokerRig rig_;
  std::map<std::string, TestNode*> nodes_ = {{"KAZ/mod", &rig_.kaz},
                                             {"KAZ/mod-2", &rig_.kaz2},
                                             {"ARM/mod", &rig_.arm},
                                             {"SEC/hq", &rig_.sec},
                                             {"REG/registry", &rig_.reg}};
  std::deque<TestNode> enrolled_;
  TestNode* speaker_ = &rig_.kaz;
  std::map<std::string, std::vector<model::Bytes>> sent_;  // By node, in order.
  std::vector<exercise::PlayEvent> script_;                // Of the play; empty before it begins.
  std::size_t played_ = 0;                                 // Events of it.
  exercise::PlayTally tally_;
};

}  // namespace muster::tests
