// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <atomic>
#include <latch>

#include "broker/server/loops.h"
#include "schemas/wire/query.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/server_operation_fixture.h"

// The query loop over real sockets: a search on one thread, everybody else's questions on the
// other.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using link::test::must;
using ::testing::HasSubstr;
using tests::BrokerRig;

/// A search that takes until it is let go, or a stop cuts it short.
class SlowSearch {
 public:
  model::Result<model::AssembleAnswer> operator()(const core::State& /*state*/,
                                                  const model::AssembleQuery& query,
                                                  const std::vector<model::Code>& /*also*/,
                                                  const core::Moment& /*moment*/,
                                                  const std::stop_token& stop) {
    const std::stop_callback cut_short(stop, [this] { let_go(); });
    began_ = true;
    go_.wait();
    return model::AssembleAnswer{.operation = query.operation, .version = 5};
  }
  [[nodiscard]] bool began() const { return began_; }
  void let_go() {
    if (!let_go_.exchange(true)) {
      go_.count_down();
    }
  }

 private:
  std::atomic<bool> began_ = false, let_go_ = false;
  std::latch go_{1};
};

class QueryLoopTest : public link::test::Bus {
 protected:
  QueryLoopTest() {
    tests::begin_operation(rig_);
    zap_ = must(link::ZapService::start(*context_,
                                        link::test::table_of(kaz_.public_key, rig_.sec.user_id())));
    auto router = bind();
    dealer_.emplace(connect(router, kaz_));
    loop_.emplace(
        std::move(router), must(link::Waker::create()),
        QueryService(
            {.view = rig_.view(),
             .store = rig_.store(),
             .metrics = metrics_.query(),
             .limits = {},
             .software = "test",
             .assemble =
                 [this](const auto& state, const auto& query, const auto& also, const auto& moment,
                        const auto& stop) { return search_(state, query, also, moment, stop); }}),
        FeedSetup{.view = rig_.view(), .published = published_, .metrics = metrics_.feed()},
        [this] { return rig_.now; }, metrics_.ingest());
    EXPECT_TRUE(link::test::reaches(*dealer_, link::DealerState::connected));
  }
  ~QueryLoopTest() override { search_.let_go(); }

  void ask(std::uint64_t id, model::Query query) {
    auto request = tests::request_of(std::move(query));
    request.id = id;
    request.deadline_ms = 60'000;
    const auto message = wire::request_message(request);
    EXPECT_TRUE(
        link::test::eventually([&] { return dealer_->send(message) == link::SendResult::sent; }));
  }
  void ask_for_package(std::uint64_t id) {
    ask(id, model::AssembleQuery{.operation = tests::code("EX-2203")});
  }
  bool search_begins() {
    return link::test::eventually([&] { return search_.began(); });
  }
  /// The next message, as what it answers request `id` with. All answers here are one chunk.
  model::Result<model::Answer> next_answer(std::uint64_t id) {
    std::vector<model::Bytes> messages;
    link::test::eventually([&] {
      if (const auto frame = dealer_->receive()) {
        const auto bytes = frame->bytes();
        messages.emplace_back(bytes.begin(), bytes.end());
      }
      return !messages.empty();
    });
    return tests::read_answer(id, messages);
  }

  BrokerRig rig_;
  BrokerMetrics metrics_{"test", {}};
  SlowSearch search_;
  std::optional<link::DealerSocket> dealer_;
  link::Waker published_ = must(link::Waker::create());
  std::optional<QueryLoop> loop_;
};

TEST_F(QueryLoopTest, AnswersStrengthWhileAPackageIsMade) {
  ask_for_package(1);
  ASSERT_TRUE(search_begins());

  for (std::uint64_t id = 2; id < 5; ++id) {
    ask(id, model::StrengthQuery{});
    const auto strength = next_answer(id);
    ASSERT_TRUE(strength) << strength.error().message;
    EXPECT_TRUE(std::holds_alternative<model::StrengthAnswer>(strength->body));
  }
  search_.let_go();

  const auto package = next_answer(1);
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(std::get<model::AssembleAnswer>(package->body).version, 5U);
}

TEST_F(QueryLoopTest, RefusesThePackageThatIsOneTooMany) {
  ask_for_package(1);
  ASSERT_TRUE(search_begins());
  for (std::uint64_t id = 2; id < 2 + PlanningDesk::kWaitingMax; ++id) {
    ask_for_package(id);
  }

  ask_for_package(99);

  const auto refused = next_answer(99);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("8 assemblies are waiting; ask again"));
}

TEST_F(QueryLoopTest, TellsTheAskerAtOnceWhenTheBrokerStopsAndCutsTheSearchShort) {
  ask_for_package(1);
  ASSERT_TRUE(search_begins());

  auto stopping = std::async(std::launch::async, [&] { loop_.reset(); });

  const auto refused = next_answer(1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, model::ErrorCode::unavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("the broker is stopping"));
  EXPECT_EQ(stopping.wait_for(5s), std::future_status::ready);
  search_.let_go();
}

TEST_F(QueryLoopTest, StopsAtOnceWhenNothingIsSearched) {
  ask(1, model::StrengthQuery{});
  ASSERT_TRUE(next_answer(1));

  auto stopping = std::async(std::launch::async, [&] { loop_.reset(); });

  EXPECT_EQ(stopping.wait_for(5s), std::future_status::ready);
  stopping.wait();
}

}  // namespace
}  // namespace muster::server
