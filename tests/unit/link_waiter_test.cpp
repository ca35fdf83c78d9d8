// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/waiter.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "tests/unit/link_fixture.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::Bus;
using test::must;

TEST_F(Bus, WakesItsOwnerWhenAMessageComes) {
  start_zap();
  auto router = bind();
  auto dealer = connect(router, kaz_);
  Waiter waiter;
  const auto router_slot = waiter.watch(router);
  const auto dealer_slot = waiter.watch(dealer);

  // First the connection, which only the dealer sees.
  ASSERT_TRUE(waiter.wait(5s));
  EXPECT_TRUE(waiter.is_ready(dealer_slot));
  EXPECT_FALSE(waiter.is_ready(router_slot));
  ASSERT_TRUE(test::reaches(dealer, DealerState::connected));

  ASSERT_TRUE(test::send(dealer, "hello"));
  ASSERT_TRUE(waiter.wait(5s));
  EXPECT_TRUE(waiter.is_ready(router_slot));
  ASSERT_TRUE(waiter.wait(0ms)) << "what was not taken stays ready";
  ASSERT_TRUE(router.receive());
  EXPECT_FALSE(waiter.wait(0ms));
}

TEST_F(Bus, WakesItsOwnerWhenTheServerRefuses) {
  start_zap();
  auto router = bind();
  auto stranger = connect(router, CurveKeyPair::generate());
  Waiter waiter;
  waiter.watch(stranger);

  while (stranger.poll_events() == DealerState::connecting) {
    ASSERT_TRUE(waiter.wait(5s));
  }

  EXPECT_EQ(stranger.state(), DealerState::denied);
}

TEST(Waiter, IsWokenFromAnotherThread) {
  const auto waker = must(Waker::create());
  Waiter waiter;
  const auto slot = waiter.watch(waker);

  std::jthread other([&] { waker.wake(); });

  EXPECT_TRUE(waiter.wait(5s));
  EXPECT_TRUE(waiter.is_ready(slot));
}

TEST(Waiter, KeepsAWakeUntilItIsReset) {
  const auto waker = must(Waker::create());
  Waiter waiter;
  waiter.watch(waker);
  waker.wake();
  waker.wake();

  EXPECT_TRUE(waiter.wait(0ms));
  EXPECT_TRUE(waiter.wait(0ms));
  EXPECT_TRUE(waker.reset());
  EXPECT_FALSE(waker.reset());
  EXPECT_FALSE(waiter.wait(0ms));
}

TEST(Waiter, ReturnsWhenTheTimeIsUp) {
  const auto waker = must(Waker::create());
  Waiter waiter;
  const auto slot = waiter.watch(waker);
  const auto begin = steady_clock::now();

  EXPECT_FALSE(waiter.wait(20ms));

  EXPECT_GE(steady_clock::now() - begin, 19ms);
  EXPECT_FALSE(waiter.is_ready(slot));
  EXPECT_FALSE(waiter.wait(-5ms));
}

TEST(Waiter, ForgetsWhatItIsTold) {
  const auto waker = must(Waker::create());
  const auto other = must(Waker::create());
  Waiter waiter;
  waiter.watch(waker);
  waker.wake();

  waiter.forget_all();
  const auto slot = waiter.watch(other);

  EXPECT_FALSE(waiter.wait(0ms));
  other.wake();
  EXPECT_TRUE(waiter.wait(0ms));
  EXPECT_TRUE(waiter.is_ready(slot));
}

TEST(Waiter, TakesASignalForNothing) {
  struct sigaction action{};
  action.sa_handler = [](int) {};
  ASSERT_EQ(::sigaction(SIGUSR1, &action, nullptr), 0);
  const auto waker = must(Waker::create());
  Waiter waiter;
  const auto slot = waiter.watch(waker);
  const pthread_t waiting = ::pthread_self();
  std::atomic<bool> is_done{false};
  std::jthread disturber([&] {
    while (!is_done) {
      ::pthread_kill(waiting, SIGUSR1);
      std::this_thread::sleep_for(1ms);
    }
  });

  const bool is_ready = waiter.wait(5s);
  is_done = true;

  EXPECT_FALSE(is_ready);
  EXPECT_FALSE(waiter.is_ready(slot));
}

}  // namespace
}  // namespace muster::link
