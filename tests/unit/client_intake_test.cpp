// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/intake.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace muster::client {
namespace {

std::vector<model::Bytes> reports(std::size_t count) {
  return std::vector<model::Bytes>(count, model::Bytes(10, 7));
}

TEST(Intake, GivesSeqsInOrder) {
  Intake intake(storage::make_memory_outbox(), 100);
  std::uint64_t first = 0;

  EXPECT_EQ(*intake.push(reports(3), first), PublishResult::kept);
  EXPECT_EQ(first, 1U);
  EXPECT_EQ(*intake.push(reports(1), first), PublishResult::kept);
  EXPECT_EQ(first, 4U);
  EXPECT_EQ(intake.next_seq(), 5U);
  EXPECT_EQ(intake.pushed_bytes(), 40U);
}

TEST(Intake, KeepsAllOfABatchOrNothing) {
  Intake intake(storage::make_memory_outbox(), 5);
  std::uint64_t first = 0;
  ASSERT_TRUE(intake.push(reports(3), first));

  EXPECT_EQ(*intake.push(reports(3), first), PublishResult::back_pressured);
  EXPECT_EQ(first, 1U) << "untouched";
  EXPECT_EQ(intake.next_seq(), 4U);
  EXPECT_EQ(*intake.push(reports(2), first), PublishResult::kept);
}

TEST(Intake, HasRoomAgainWhenTheOutboxForgot) {
  Intake intake(storage::make_memory_outbox(), 2);
  std::uint64_t first = 0;
  ASSERT_TRUE(intake.push(reports(2), first));
  ASSERT_EQ(*intake.push(reports(1), first), PublishResult::back_pressured);

  intake.forgotten(1);

  EXPECT_EQ(*intake.push(reports(1), first), PublishResult::kept);
}

TEST(Intake, TakesABatchOfAnySizeWhenItIsEmpty) {
  Intake intake(storage::make_memory_outbox(), 2);
  std::uint64_t first = 0;

  EXPECT_EQ(*intake.push(reports(10), first), PublishResult::kept);
}

TEST(Intake, GivesEachThreadItsOwnSeqs) {
  Intake intake(storage::make_memory_outbox(), 100'000);
  std::mutex mutex;
  std::set<std::uint64_t> firsts;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) {
          std::uint64_t first = 0;
          ASSERT_EQ(*intake.push(reports(2), first), PublishResult::kept);
          const std::scoped_lock lock(mutex);
          EXPECT_TRUE(firsts.insert(first).second);
        }
      });
    }
  }

  EXPECT_EQ(firsts.size(), 800U);
  EXPECT_EQ(*firsts.rbegin(), 1599U);
  EXPECT_EQ(intake.next_seq(), 1601U);
}

}  // namespace
}  // namespace muster::client
