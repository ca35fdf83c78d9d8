// SPDX-License-Identifier: Apache-2.0
#include "broker/core/tape.h"

#include <gmock/gmock.h>

#include <random>
#include <thread>
#include <vector>

namespace muster::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<int> all(const Tape<int>& tape) {
  const auto view = tape.view();
  return {view.begin(), view.end()};
}

Tape<int> counting_to(int n) {
  Tape<int> tape;
  for (int i = 1; i <= n; ++i) {
    tape.push_back(i);
  }
  return tape;
}

TEST(Tape, IsEmptyAtFirst) {
  const Tape<int> tape;

  EXPECT_TRUE(tape.empty());
  EXPECT_EQ(tape.size(), 0U);
  EXPECT_THAT(tape.view(), IsEmpty());
}

TEST(Tape, KeepsWhatItWasGivenInOrder) {
  const auto tape = counting_to(5);

  EXPECT_THAT(all(tape), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(tape.back(), 5);
  EXPECT_EQ(tape[2], 3);
}

TEST(Tape, SharesItsEntriesWithItsCopies) {
  auto tape = counting_to(5);
  const auto snapshot = tape;
  tape.push_back(6);

  EXPECT_EQ(tape.view().data(), snapshot.view().data());
  EXPECT_THAT(all(snapshot), ElementsAre(1, 2, 3, 4, 5));
}

TEST(Tape, MovesToItsOwnWhenAnotherCopyTookTheNextPlace) {
  const auto tape = counting_to(5);
  auto first = tape;
  auto second = tape;
  first.push_back(6);
  second.push_back(7);

  EXPECT_THAT(all(tape), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(all(first), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(all(second), ElementsAre(1, 2, 3, 4, 5, 7));
}

TEST(Tape, ForgetsABatchThatWasDropped) {
  auto tape = counting_to(5);
  {
    auto batch = tape;
    batch.push_back(100);
    batch.push_back(101);
  }
  tape.push_back(6);

  EXPECT_THAT(all(tape), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Tape, InsertsInOneCopyAlone) {
  auto tape = counting_to(3);
  const auto snapshot = tape;
  tape.insert(1, 10);
  tape.insert(0, 20);
  tape.insert(5, 30);
  tape.push_back(40);

  EXPECT_THAT(all(tape), ElementsAre(20, 1, 10, 2, 3, 30, 40));
  EXPECT_THAT(all(snapshot), ElementsAre(1, 2, 3));
}

TEST(Tape, ChangesAnEntryInOneCopyAlone) {
  auto tape = counting_to(3);
  const auto snapshot = tape;
  tape.modify(1, [](int& entry) { entry = 20; });
  tape.push_back(4);

  EXPECT_THAT(all(tape), ElementsAre(1, 20, 3, 4));
  EXPECT_THAT(all(snapshot), ElementsAre(1, 2, 3));
}

TEST(Tape, CopiesAfterAChangeShareAgain) {
  auto tape = counting_to(3);
  tape.modify(0, [](int& entry) { entry = 10; });
  auto first = tape;
  auto second = tape;
  first.push_back(4);
  second.push_back(5);

  EXPECT_THAT(all(first), ElementsAre(10, 2, 3, 4));
  EXPECT_THAT(all(second), ElementsAre(10, 2, 3, 5));
  EXPECT_THAT(all(tape), ElementsAre(10, 2, 3));
}

/// Some copies side by side, each against a vector of its own.
TEST(Tape, IsAValueWhateverItsCopiesDo) {
  constexpr unsigned kSeed = 20220107;
  std::mt19937 random(kSeed);
  const auto below = [&](std::size_t n) { return random() % n; };
  std::vector<std::pair<Tape<int>, std::vector<int>>> copies(6);
  for (int step = 0; step < 20'000; ++step) {
    auto& [tape, model] = copies[below(copies.size())];
    switch (below(8)) {
      case 0:
        copies[below(copies.size())] = {tape, model};
        break;
      case 1: {
        const auto at = below(model.size() + 1);
        tape.insert(at, step);
        model.insert(model.begin() + static_cast<std::ptrdiff_t>(at), step);
        break;
      }
      case 2:
        if (!model.empty()) {
          const auto at = below(model.size());
          tape.modify(at, [&](int& entry) { entry = -step; });
          model[at] = -step;
        }
        break;
      case 3:
        if (model.size() > 200) {
          tape = {};
          model.clear();
        }
        break;
      default:
        tape.push_back(step);
        model.push_back(step);
    }
    ASSERT_EQ(all(tape), model) << "seed " << kSeed << ", step " << step;
  }
  for (const auto& [tape, model] : copies) {
    EXPECT_EQ(all(tape), model);
  }
}

TEST(Tape, GrowsInOneThreadWhileOthersRead) {
  auto tape = counting_to(10);
  std::vector<std::jthread> readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.emplace_back([snapshot = tape]() mutable {
      snapshot.push_back(-1);
      int sum = 0;
      for (int round = 0; round < 1'000; ++round) {
        for (const auto entry : snapshot.view()) {
          sum += entry;
        }
      }
      EXPECT_EQ(sum, 1'000 * (55 - 1));
    });
  }
  for (int i = 11; i <= 1'000; ++i) {
    tape.push_back(i);
  }
  readers.clear();

  EXPECT_EQ(all(tape), all(counting_to(1'000)));
}

}  // namespace
}  // namespace muster::core
