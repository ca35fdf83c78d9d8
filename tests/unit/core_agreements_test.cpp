// SPDX-License-Identifier: Apache-2.0
#include "broker/core/agreements.h"

#include <gmock/gmock.h>

#include "broker/core/force_views.h"
#include "broker/core/views.h"
#include "tests/support/core_samples.h"

// How what was agreed follows from what was said, in the order of the ledger.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using tests::code;
using tests::kSampleTime;
using tests::unit_id;

/// A record of agreements that takes statements of one node, a report each.
class Agreed : public ::testing::Test {
 protected:
  std::uint64_t say(model::Statement statement, model::UtcTime valid_at = kSampleTime,
                    std::optional<std::uint64_t> corrects = {}) {
    return say_all({std::move(statement)}, valid_at, corrects);
  }
  std::uint64_t say_all(const std::vector<model::Statement>& statements,
                        model::UtcTime valid_at = kSampleTime,
                        std::optional<std::uint64_t> corrects = {}) {
    ++seq_;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      Said said{.statement = statements[i],
                .stamp = {.report = {tests::node_id("KAZ/mod"), seq_},
                          .valid_at = valid_at,
                          .issued_at = kSampleTime,
                          .received_at = kSampleTime + std::chrono::minutes{seq_},
                          .ledger_seq = seq_},
                .index = static_cast<std::uint16_t>(i)};
      if (corrects) {
        said.corrects = model::ReportId{tests::node_id("KAZ/mod"), *corrects};
      }
      take_agreement_word(words_, agreements_, said);
    }
    return seq_;
  }
  const Contribution& offer() const { return *agreements_.contributions.find("KAZ/OFFER-1"); }
  const Operation& operation() const { return *agreements_.operations.find("EX-2203"); }

  AgreementWords words_;
  Agreements agreements_;
  std::uint64_t seq_ = 0;
};

model::StandbyStatement slot(model::UtcTime from, model::Count people) {
  auto standby = tests::full_standby();
  standby.from = from;
  standby.to = from + 24h * 100;
  standby.people = people;
  return standby;
}

TEST_F(Agreed, ACorrectionRestatesEachSlotOfAUnit) {
  const auto first = say_all({slot(kSampleTime, 100), slot(kSampleTime + 24h * 180, 60)});

  say_all({slot(kSampleTime, 90), slot(kSampleTime + 24h * 180, 50)}, kSampleTime, first);

  ASSERT_EQ(agreements_.standby.size(), 2U);
  agreements_.standby.for_each([](const std::string&, const auto& kept) {
    EXPECT_THAT(kept->statement.people, ::testing::AnyOf(90U, 50U));
  });
}

TEST_F(Agreed, ACorrectionMayMoveTheOnlySlot) {
  const auto first = say(slot(kSampleTime, 100));

  say(slot(kSampleTime + 1h, 100), kSampleTime, first);

  ASSERT_EQ(agreements_.standby.size(), 1U);
  EXPECT_NE(agreements_.standby.find(standby_key(tests::full_standby().unit, kSampleTime + 1h)),
            nullptr);
}

TEST_F(Agreed, ACorrectedOfferLeavesWhatCameAfterIt) {
  auto contribution = tests::full_contribution();
  contribution.state = model::ContributionState::offered;
  const auto offered = say(contribution);
  auto committed = contribution;
  committed.state = model::ContributionState::committed;
  say(committed);
  contribution.variation = "in other words";

  say(contribution, kSampleTime, offered);

  EXPECT_EQ(offer().state, model::ContributionState::committed);
}

TEST_F(Agreed, ARepeatedOperationDoesNotUndoADecision) {
  auto operation = tests::full_operation();
  operation.authorised_strength = 2500;
  say(operation);
  auto decision = tests::full_decision();
  decision.kind = model::DecisionKind::authorised_strength;
  decision.operation = operation.operation;
  decision.value = 3000;
  say(decision);

  say(operation, kSampleTime + 1h);
  EXPECT_EQ(this->operation().authorised_strength, 3000U);

  operation.authorised_strength = 2000;
  say(operation, kSampleTime + 2h);
  EXPECT_EQ(this->operation().authorised_strength, 2000U);
}

/// Accepted one by one at different valid times, two units may stand below each other at one of
/// them.
TEST(Tree, ShowsUnitsThatStandBelowEachOther) {
  State state;
  evolve(state, StatementTaken{.said = {.statement = tests::six_members()}});
  const auto declare = [&](std::string_view id, std::string_view parent, std::uint64_t seq) {
    evolve(state, StatementTaken{.said = {.statement = tests::unit_of(id, parent),
                                          .stamp = {.report = {tests::node_id("KAZ/mod"), seq},
                                                    .ledger_seq = seq}}});
  };
  declare("KAZ:A", "KAZ:B", 1);
  declare("KAZ:B", "KAZ:C", 2);
  declare("KAZ:C", "KAZ:A", 3);
  declare("KAZ:D", "KAZ:C", 4);

  const auto answer =
      tree(state, {tests::nation("KAZ")},
           {.viewer = {tests::node_id("SEC/hq"), {model::Role::officer}}, .now = tests::kNow});

  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->nodes.size(), 4U);
  EXPECT_EQ(answer->nodes[0].unit, unit_id("KAZ:A"));
  EXPECT_EQ(answer->nodes[0].rolled_up.units, 4U);
}

}  // namespace
}  // namespace muster::core
