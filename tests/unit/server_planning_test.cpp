// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <atomic>
#include <future>
#include <thread>

#include "broker/server/planning_desk.h"
#include "broker/server/query_service.h"
#include "schemas/wire/query.h"
#include "tests/unit/server_operation_fixture.h"

// Force packages are made beside everything else: who waits, who is refused, how long a search is.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::BrokerRig;
using tests::code;

const link::PeerAddress kSec("peer of SEC/hq");
const link::PeerAddress kKaz("peer of KAZ/mod");

/// A desk, a planner that notes what it is asked for, and a clock that stands still.
class PlanningTest : public ::testing::Test {
 protected:
  Planner planner() {
    return Planner({.metrics = metrics_.query(),
                    .assemble =
                        [this](const core::State& state, const model::AssembleQuery& query,
                               const std::vector<model::Code>& also, const core::Moment&,
                               const std::stop_token&) {
                          asked_.push_back({query, also, state.ledger_seq});
                          clock_ += search_;
                          return during_(query);
                        },
                    .clock = [this] { return clock_; }});
  }
  PlanningJob job(std::uint64_t id, std::chrono::milliseconds deadline = 5s) {
    return {.id = id,
            .query = {.operation = code("EX-2203"), .time_limit_ms = 1000},
            .moment = {},
            .state = std::make_shared<const core::State>(),
            .header = {},
            .asked_at = clock_,
            .deadline = clock_ + deadline};
  }
  static model::Result<model::Answer> answer_in(const Delivery& delivery, std::uint64_t id) {
    return tests::read_answer(id, delivery.messages);
  }
  static model::Error refusal_in(const Delivery& delivery, std::uint64_t id) {
    const auto answer = answer_in(delivery, id);
    return answer ? model::Error{ErrorCode::io, "it was answered"} : answer.error();
  }
  [[nodiscard]] std::string metric(const std::string& name) {
    const auto page = metrics_.page({});
    const auto at = page.find("\n" + name + " ");
    return at == std::string::npos
               ? "none"
               : page.substr(at + name.size() + 2, page.find('\n', at + 1) - at - name.size() - 2);
  }
  [[nodiscard]] std::string queries(std::string_view result) {
    return metric(fmt::format(R"(muster_queries_total{{query="assemble",result="{}"}})", result));
  }

  struct Seen {
    model::AssembleQuery query;
    std::vector<model::Code> also;
    std::uint64_t ledger_seq = 0;
  };
  std::vector<Seen> asked_;
  std::chrono::milliseconds search_ = 0ms;
  std::function<model::Result<model::AssembleAnswer>(const model::AssembleQuery&)> during_ =
      [](const model::AssembleQuery& query) -> model::Result<model::AssembleAnswer> {
    return model::AssembleAnswer{.operation = query.operation, .version = 3};
  };
  std::chrono::steady_clock::time_point clock_ = std::chrono::steady_clock::time_point(1000h);
  BrokerMetrics metrics_{"test", {}};
  int answered_ = 0;
  PlanningDesk desk_{planner(), metrics_.query(), [this] { ++answered_; }};
};

TEST_F(PlanningTest, AnswersWithTheHeaderAndTheOperationsOfTheJob) {
  auto asked = job(12);
  asked.header.ledger_seq = 41;
  asked.header.what_if.also = {code("EX-2202")};

  desk_.put(kSec, asked);
  EXPECT_THAT(desk_.collect(), IsEmpty());
  EXPECT_THAT(asked_, IsEmpty());
  EXPECT_TRUE(desk_.step());

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(1));
  EXPECT_EQ(deliveries[0].to, kSec);
  const auto answer = answer_in(deliveries[0], 12);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(std::get<model::AssembleAnswer>(answer->body).version, 3U);
  EXPECT_EQ(answer->header.ledger_seq, 41U);
  EXPECT_EQ(answer->header.what_if, asked.header.what_if);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_THAT(asked_[0].also, ElementsAre(code("EX-2202")));
  EXPECT_EQ(answered_, 1);
  EXPECT_THAT(desk_.collect(), IsEmpty());
  EXPECT_FALSE(desk_.step());
}

TEST_F(PlanningTest, AnswersInTheOrderOfAsking) {
  desk_.put(kSec, job(1));
  desk_.put(kKaz, job(1));
  desk_.put(kSec, job(2));

  while (desk_.step()) {
  }

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(3));
  EXPECT_EQ(deliveries[0].to, kSec);
  EXPECT_EQ(deliveries[1].to, kKaz);
  EXPECT_TRUE(answer_in(deliveries[1], 1));
  EXPECT_TRUE(answer_in(deliveries[2], 2));
}

TEST_F(PlanningTest, OutlivesASearchThatThrows) {
  during_ = [](const model::AssembleQuery&) -> model::Result<model::AssembleAnswer> {
    throw std::bad_alloc();
  };
  desk_.put(kSec, job(5));
  desk_.step();
  during_ = [](const model::AssembleQuery& query) -> model::Result<model::AssembleAnswer> {
    return model::AssembleAnswer{.operation = query.operation};
  };
  desk_.put(kSec, job(6));
  desk_.step();

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(2));
  EXPECT_EQ(refusal_in(deliveries[0], 5).code, ErrorCode::unavailable);
  EXPECT_TRUE(answer_in(deliveries[1], 6));
}

TEST_F(PlanningTest, TellsWhyThereIsNoPackage) {
  during_ = [](const model::AssembleQuery&) -> model::Result<model::AssembleAnswer> {
    return model::fail(ErrorCode::not_found, "no operation EX-2203");
  };
  desk_.put(kSec, job(5));

  desk_.step();

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(1));
  const auto error = refusal_in(deliveries[0], 5);
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_THAT(error.message, HasSubstr("no operation EX-2203"));
  EXPECT_EQ(queries("refused"), "1");
}

TEST_F(PlanningTest, CountsAnswersAndTheTimeFromTheQuestionOn) {
  search_ = 3s;
  desk_.put(kSec, job(1, 60s));
  clock_ += 4s;

  desk_.step();

  EXPECT_EQ(queries("answered"), "1");
  EXPECT_EQ(queries("refused"), "0");
  EXPECT_EQ(metric(R"(muster_query_duration_seconds_sum{query="assemble"})"), "7");
}

// ---- how long a search may take -----------------------------------------------------------------

TEST_F(PlanningTest, SearchesAsLongAsItIsTold) {
  desk_.put(kSec, job(1));

  desk_.step();

  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].query.time_limit_ms, 1000U);
}

TEST_F(PlanningTest, SearchesNoLongerThanTheAskerWaits) {
  auto asked = job(1, 5s);
  asked.query.time_limit_ms = 10'000;
  desk_.put(kSec, asked);
  clock_ += 1s;

  desk_.step();

  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].query.time_limit_ms, 3600U) << "4 s are left, less a tenth";
}

TEST_F(PlanningTest, SearchesForAMinuteAtMost) {
  auto asked = job(1, 1h);
  asked.query.time_limit_ms = 600'000;
  desk_.put(kSec, asked);

  desk_.step();

  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].query.time_limit_ms, 60'000U);
}

TEST_F(PlanningTest, BeginsNothingForWhomItComesTooLate) {
  search_ = 6s;
  desk_.put(kSec, job(1, 10s));
  desk_.put(kKaz, job(2, 6s));  // Its time is over when the first search ends.

  desk_.step();
  desk_.step();

  EXPECT_THAT(asked_, SizeIs(1));
  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(2));
  EXPECT_TRUE(answer_in(deliveries[0], 1));
  EXPECT_EQ(deliveries[1].to, kKaz);
  const auto error = refusal_in(deliveries[1], 2);
  EXPECT_EQ(error.code, ErrorCode::timed_out);
  EXPECT_THAT(error.message, HasSubstr("waited 6000 ms for its turn and had 6000 ms in all"));
  EXPECT_EQ(queries("refused"), "1");
}

// ---- a bounded queue ----------------------------------------------------------------------------

TEST_F(PlanningTest, LetsNoMoreWaitThanItMust) {
  for (std::uint64_t id = 1; id <= PlanningDesk::kWaitingMax; ++id) {
    desk_.put(kKaz, job(id));
  }
  ASSERT_THAT(desk_.collect(), IsEmpty());
  EXPECT_EQ(metric("muster_assemblies_waiting"), "8");

  desk_.put(kSec, job(99));

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(1));
  EXPECT_EQ(deliveries[0].to, kSec);
  const auto error = refusal_in(deliveries[0], 99);
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_THAT(error.message, HasSubstr("8 assemblies are waiting; ask again"));
  EXPECT_EQ(metric("muster_assemblies_waiting"), "8");
  EXPECT_EQ(queries("refused"), "1");
}

TEST_F(PlanningTest, HasRoomAgainAfterAnAnswer) {
  for (std::uint64_t id = 1; id <= PlanningDesk::kWaitingMax; ++id) {
    desk_.put(kKaz, job(id));
  }
  desk_.step();
  desk_.collect();
  EXPECT_EQ(metric("muster_assemblies_waiting"), "7");

  desk_.put(kSec, job(99));

  EXPECT_THAT(desk_.collect(), IsEmpty());
  EXPECT_EQ(metric("muster_assemblies_waiting"), "8");
}

TEST_F(PlanningTest, KeepsNoPlaceForThoseWhoWaitNoLonger) {
  for (std::uint64_t id = 1; id <= PlanningDesk::kWaitingMax; ++id) {
    desk_.put(kKaz, job(id, id <= 2 ? 1s : 1h));
  }
  clock_ += 2s;

  desk_.put(kSec, job(99));

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(2));
  EXPECT_EQ(refusal_in(deliveries[0], 1).code, ErrorCode::timed_out);
  EXPECT_EQ(refusal_in(deliveries[1], 2).code, ErrorCode::timed_out);
  EXPECT_EQ(metric("muster_assemblies_waiting"), "7");
}

// ---- the end ------------------------------------------------------------------------------------

TEST_F(PlanningTest, TellsAllWhoWaitWhenItCloses) {
  desk_.put(kSec, job(1));
  desk_.put(kKaz, job(2));

  desk_.close();
  desk_.put(kSec, job(3));

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(3));
  for (std::uint64_t id = 1; id <= 3; ++id) {
    const auto error = refusal_in(deliveries[id - 1], id);
    EXPECT_EQ(error.code, ErrorCode::unavailable);
    EXPECT_THAT(error.message, HasSubstr("the broker is stopping; ask again"));
  }
  EXPECT_FALSE(desk_.step()) << "nobody waits any more";
  EXPECT_EQ(metric("muster_assemblies_waiting"), "0");
}

TEST_F(PlanningTest, TellsOnceWhoIsJustBeingAnsweredWhenItCloses) {
  during_ = [this](const model::AssembleQuery& query) -> model::Result<model::AssembleAnswer> {
    desk_.close();
    return model::AssembleAnswer{.operation = query.operation};
  };
  desk_.put(kSec, job(1));

  desk_.step();

  const auto deliveries = desk_.collect();
  ASSERT_THAT(deliveries, SizeIs(1));
  EXPECT_THAT(refusal_in(deliveries[0], 1).message, HasSubstr("stopping"));
}

TEST_F(PlanningTest, WakesForAJobAndForAStop) {
  std::atomic<int> turns = 0;
  std::promise<void> first;
  std::jthread waiter([&](const std::stop_token& stop) {
    while (desk_.wait(stop)) {
      desk_.step();
      if (++turns == 1) {
        first.set_value();
      }
    }
  });

  desk_.put(kSec, job(1));
  ASSERT_EQ(first.get_future().wait_for(5s), std::future_status::ready);
  waiter.request_stop();
  waiter.join();

  EXPECT_EQ(turns, 1);
  EXPECT_THAT(desk_.collect(), SizeIs(1));
}

// ---- from the question to the job ---------------------------------------------------------------

TEST_F(PlanningTest, GivesTheJobBackAndAnswersOtherQuestionsMeanwhile) {
  BrokerRig rig;
  tests::begin_operation(rig);
  QueryService service({.view = rig.view(), .store = rig.store(), .metrics = metrics_.query()});
  const auto ask = [&](const model::Request& request) {
    return service.ask(rig.sec.user_id(), wire::request_message(request), rig.now);
  };
  auto request = tests::request_of(model::AssembleQuery{.operation = code("EX-2203")},
                                   {.without = {tests::nation("ARM")}});
  request.deadline_ms = 9000;

  const auto reply = ask(request);

  const auto* job = std::get_if<PlanningJob>(&reply);
  ASSERT_NE(job, nullptr);
  EXPECT_EQ(job->id, 7U);
  EXPECT_EQ(job->deadline - job->asked_at, 9s);
  EXPECT_EQ(job->header.what_if, request.what_if);
  EXPECT_EQ(job->moment.viewer.node, rig.sec.id());
  EXPECT_EQ(job->state->units.find(tests::unit_id("ARM:A")), nullptr) << "it is a branch";
  EXPECT_EQ(queries("answered"), "0") << "not yet";

  const auto strength = ask(tests::request_of(model::StrengthQuery{}));
  const auto* messages = std::get_if<QueryService::Messages>(&strength);
  ASSERT_NE(messages, nullptr);
  EXPECT_TRUE(tests::read_answer(7, *messages));
}

TEST_F(PlanningTest, AnswersFromTheStateOfTheMomentOfAsking) {
  BrokerRig rig;
  tests::begin_operation(rig);
  QueryService service({.view = rig.view(), .store = rig.store(), .metrics = metrics_.query()});
  const auto request = tests::request_of(model::AssembleQuery{.operation = code("EX-2203")});
  const auto asked_at = rig.state().ledger_seq;
  auto reply = service.ask(rig.sec.user_id(), wire::request_message(request), rig.now);
  ASSERT_TRUE(std::holds_alternative<PlanningJob>(reply));

  desk_.put(kSec, std::get<PlanningJob>(std::move(reply)));
  tests::accept(rig, rig.arm, tests::report_of({tests::unit_of("ARM:B")}));
  clock_ = std::chrono::steady_clock::now();
  desk_.step();

  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].ledger_seq, asked_at);
  EXPECT_EQ(rig.state().ledger_seq, asked_at + 1);
}

TEST_F(PlanningTest, RefusesAtOnceWhatNeedsNoSearch) {
  BrokerRig rig;
  tests::begin_operation(rig);
  QueryService service({.view = rig.view(), .store = rig.store(), .metrics = metrics_.query()});
  const auto refusal = [&](const tests::TestNode& who, const model::Request& request) {
    auto reply = service.ask(who.user_id(), wire::request_message(request), rig.now);
    const auto* messages = std::get_if<QueryService::Messages>(&reply);
    if (messages == nullptr) {
      return ErrorCode::io;
    }
    return tests::read_answer(request.id, *messages).error().code;
  };
  const auto request = tests::request_of(model::AssembleQuery{.operation = code("EX-2203")});
  auto supposed = request;
  supposed.what_if.host = tests::nation("USA");
  auto future = request;
  future.as_of = rig.now + 1h;

  EXPECT_EQ(refusal(rig.ops, request), ErrorCode::refused);
  EXPECT_EQ(refusal(rig.sec, supposed), ErrorCode::not_found);
  EXPECT_EQ(refusal(rig.sec, future), ErrorCode::malformed);
  EXPECT_EQ(refusal(rig.sec, request), ErrorCode::io) << "this one waits";
}

}  // namespace
}  // namespace muster::server
