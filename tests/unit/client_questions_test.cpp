// SPDX-License-Identifier: Apache-2.0
// Many questions at once: what becomes of each, and the same over real encrypted sockets.
#include "nodes/client/questions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "link_fixture.h"
#include "nodes/client/open_questions.h"
#include "schemas/link/waiter.h"

namespace muster::client {
namespace {

using namespace std::chrono_literals;
using link::test::eventually;
using link::test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const OpenQuestions::Moment kStart{1h};
const Reach kConnected{.is_connected = true};
const Reach kAway{};

Question question(model::Query query, std::chrono::milliseconds wait_max = 5s) {
  return {.query = std::move(query), .wait_max = wait_max, .deadline = kStart + wait_max};
}
model::Query about(const char* nation) {
  return model::TreeQuery{.nation = *model::Nation::parse(nation)};
}
std::string nation_of(const model::Answer& answer) {
  return std::string(std::get<model::TreeAnswer>(answer.body).nation.view());
}
/// An answer of `nodes` rows: 3,000 take several chunks.
std::vector<model::Bytes> answer_about(const char* nation, std::uint64_t id, std::size_t nodes) {
  model::TreeAnswer tree{.nation = *model::Nation::parse(nation)};
  tree.nodes.resize(nodes,
                    {.unit = *model::UnitId::parse("KAZ:EX-1"), .name = std::string(100, 'x')});
  return wire::answer_messages(id, {.header = {}, .body = tree});
}
std::string said(const Answered& one) {
  return one.result ? nation_of(*one.result) : one.result.error().message;
}
std::vector<std::string> said(std::vector<Answered> answered) {
  std::vector<std::string> texts;
  for (const auto& one : answered) {
    texts.push_back(said(one));
  }
  return texts;
}

class OpenQuestionsTest : public testing::Test {
 protected:
  /// Sends all there is on this connection, and gives the requests.
  std::vector<model::Request> send_all(std::uint64_t connection) {
    std::vector<model::Request> requests;
    while (const auto message = open_.to_send(kStart)) {
      requests.push_back(must(wire::read_request(must(wire::read_message(*message)).body)));
      open_.sent(connection);
    }
    return requests;
  }
  void refuse(std::uint64_t id) {
    open_.received(wire::refusal_message(
        {.id = id, .code = model::QueryError::unsupported, .message = "what is that"}));
  }

  OpenQuestions open_{{.query_endpoint = "tcp://broker:7611"}};
};

TEST_F(OpenQuestionsTest, PutsTheChunksOfManyAnswersTogetherInAnyOrder) {
  open_.add(question(about("KAZ")));
  open_.add(question(about("TJK")));
  const auto requests = send_all(1);
  ASSERT_THAT(requests, SizeIs(2));
  const auto kaz = answer_about("KAZ", requests[0].id, 3'000);
  const auto tjk = answer_about("TJK", requests[1].id, 3'000);
  ASSERT_GT(kaz.size(), 1U) << "otherwise nothing is interleaved";

  for (std::size_t i = 0; i < kaz.size(); ++i) {
    open_.received(tjk[i]);
    open_.received(kaz[i]);
  }

  EXPECT_THAT(said(open_.answered()), ElementsAre("TJK", "KAZ"));
  EXPECT_THAT(open_.answered(), IsEmpty()) << "each once";
  EXPECT_EQ(open_.wake_at(), std::nullopt);
}

TEST_F(OpenQuestionsTest, AsksAgainWhatABrokenConnectionMayHaveLostAndNothingElse) {
  open_.add(question(about("KAZ")));
  open_.add(question(about("TJK")));
  const auto first = send_all(1);
  open_.connected(1);
  EXPECT_FALSE(open_.has_unsent()) << "that is the connection they went out on";
  open_.add(question(about("ARM")));

  open_.connected(2);
  const auto again = send_all(2);

  ASSERT_THAT(again, SizeIs(3));
  EXPECT_EQ(std::get<model::TreeQuery>(again[0].query).nation.view(), "KAZ");
  EXPECT_EQ(std::get<model::TreeQuery>(again[2].query).nation.view(), "ARM");
  open_.received(answer_about("KAZ", first[0].id, 0)[0]);
  EXPECT_THAT(open_.answered(), IsEmpty()) << "the old number is nobody's";
  open_.received(answer_about("KAZ", again[0].id, 0)[0]);
  EXPECT_THAT(said(open_.answered()), ElementsAre("KAZ"));
}

TEST_F(OpenQuestionsTest, GivesEachItsOwnTime) {
  open_.add(question(about("KAZ"), 100ms));
  open_.add(question(about("TJK"), 300ms));
  const auto requests = send_all(1);
  EXPECT_EQ(requests[0].deadline_ms, 100U);
  EXPECT_EQ(requests[1].deadline_ms, 300U);
  EXPECT_EQ(open_.wake_at(), kStart + 100ms);

  open_.tick(kStart + 99ms, kConnected);
  EXPECT_THAT(open_.answered(), IsEmpty());
  open_.tick(kStart + 100ms, kConnected);
  EXPECT_THAT(said(open_.answered()),
              ElementsAre("no answer to the tree query from tcp://broker:7611 within 100 ms: give "
                          "it more time, or look at the broker's health"));
  EXPECT_EQ(open_.wake_at(), kStart + 300ms);
  open_.connected(2);  // The second waits to be sent again.
  open_.tick(kStart + 300ms, kAway);
  EXPECT_THAT(said(open_.answered()),
              ElementsAre("cannot reach the broker at tcp://broker:7611 within 300 ms: is the "
                          "broker running, and is the endpoint right?"));
}

TEST_F(OpenQuestionsTest, TakesARefusalWithoutANumberForTheFirstThatIsAnsweredInOrder) {
  open_.add(question(model::AssembleQuery{.operation = *model::Code::parse("EX-1")}));
  open_.add(question(about("TJK")));
  open_.add(question(about("KAZ")));
  const auto requests = send_all(1);

  refuse(0);
  auto answered = open_.answered();
  ASSERT_THAT(answered, SizeIs(1));
  EXPECT_EQ(std::get<model::TreeQuery>(answered[0].question.query).nation.view(), "TJK");
  EXPECT_EQ(said(answered[0]),
            "the broker refused (UNSUPPORTED): what is that. Upgrade the older of the two "
            "programs");
  refuse(requests[2].id);
  EXPECT_THAT(open_.answered(), SizeIs(1));
  refuse(0);
  answered = open_.answered();
  ASSERT_THAT(answered, SizeIs(1));
  EXPECT_EQ(model::name_of(answered[0].question.query), "assemble");
  refuse(0);
  EXPECT_THAT(open_.answered(), IsEmpty());
}

TEST_F(OpenQuestionsTest, EndsAllThatWaitsWhenTheBrokerCannotBeUnderstood) {
  open_.add(question(about("KAZ")));
  open_.add(question(about("TJK")));
  send_all(1);
  open_.add(question(about("ARM")));

  open_.received(model::view_of("no message"));

  const auto answered = open_.answered();
  ASSERT_THAT(answered, SizeIs(3));
  for (const auto& one : answered) {
    EXPECT_EQ(one.result.error().code, model::ErrorCode::malformed);
    EXPECT_THAT(said(one), HasSubstr("cannot understand the broker: "));
  }
}

TEST_F(OpenQuestionsTest, TakesNoAnswerToAnotherQuestion) {
  auto supposed = question(about("KAZ"));
  supposed.standpoint.what_if.notice_min = 60;
  open_.add(std::move(supposed));
  const auto requests = send_all(1);
  EXPECT_EQ(requests[0].what_if.notice_min, 60);

  open_.received(answer_about("KAZ", requests[0].id, 0)[0]);

  EXPECT_THAT(said(open_.answered()),
              ElementsAre("the broker answered how it is, and not what was supposed. Upgrade the "
                          "broker"));
}

// ---- over sockets -------------------------------------------------------------------------------

/// Answers each batch of questions backwards, as soon as it is told to.
class BackwardBroker {
 public:
  BackwardBroker(link::Context& context, const link::RouterOptions& options,
                 const std::string& endpoint)
      : router_(must(link::RouterSocket::bind(context, endpoint, options))),
        endpoint_(router_.endpoint()),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}
  [[nodiscard]] const std::string& endpoint() const { return endpoint_; }
  std::atomic<bool> answers{false};
  std::atomic<std::size_t> asked{0};

 private:
  void run(const std::stop_token& stop) {
    link::Waiter waiter;
    waiter.watch(router_);
    std::vector<std::pair<link::PeerAddress, model::Request>> waiting;
    while (!stop.stop_requested()) {
      waiter.wait(5ms);
      while (auto incoming = router_.receive()) {
        const auto message = must(wire::read_message(incoming->frame.bytes()));
        waiting.emplace_back(incoming->from, must(wire::read_request(message.body)));
        ++asked;
      }
      for (; answers && !waiting.empty(); waiting.pop_back()) {
        const auto& [from, request] = waiting.back();
        const auto nation = std::get<model::TreeQuery>(request.query).nation;
        for (const auto& chunk : answer_about(std::string(nation.view()).c_str(), request.id, 10)) {
          EXPECT_EQ(router_.send(from, chunk), link::SendResult::sent);
        }
      }
    }
  }

  link::RouterSocket router_;
  std::string endpoint_;
  std::jthread thread_;
};

class QuestionsTest : public link::test::Bus {
 protected:
  QuestionsTest() { start_zap(); }
  std::unique_ptr<BackwardBroker> broker(const std::string& endpoint = "tcp://127.0.0.1:*") {
    return std::make_unique<BackwardBroker>(*context_, router_options(), endpoint);
  }
  std::unique_ptr<Questions> questions(const std::string& endpoint, const link::CurveKeyPair& keys,
                                       std::size_t in_flight_max = 256) {
    return must(Questions::connect(
        *context_, {.query_endpoint = endpoint, .server_key = server_.public_key, .curve = keys},
        in_flight_max));
  }
  void ask(Questions& questions, const char* nation, std::chrono::milliseconds wait_max = 20s) {
    questions.ask(about(nation), {}, wait_max,
                  [this](model::Result<model::Answer> result) { take(std::move(result)); });
  }
  void take(const model::Result<model::Answer>& result) {
    const std::scoped_lock lock(mutex_);
    said_.push_back(result ? nation_of(*result) : result.error().message);
  }
  std::vector<std::string> said() {
    const std::scoped_lock lock(mutex_);
    return said_;
  }
  bool were_said(std::size_t count) {
    return eventually([&] { return said().size() == count; }, 20s);
  }

  std::mutex mutex_;
  std::vector<std::string> said_;
};

TEST_F(QuestionsTest, AsksManyAtOnceAndTellsEachItsOwnAnswer) {
  const auto broker = this->broker();
  const auto questions = this->questions(broker->endpoint(), kaz_);
  std::vector<std::string> expected;
  for (int i = 0; i < 50; ++i) {
    for (const auto* nation : {"ARM", "KAZ", "TJK"}) {
      questions->ask(about(nation), {}, 20s, [this, nation](const model::Result<model::Answer>& a) {
        const std::scoped_lock lock(mutex_);
        said_.push_back(a && nation_of(*a) == nation ? "its own" : "not its own");
      });
      expected.emplace_back("its own");
    }
  }
  ASSERT_TRUE(eventually([&] { return broker->asked == 150U; }, 20s)) << "none waits for another";

  broker->answers = true;

  ASSERT_TRUE(were_said(150)) << said().size();
  EXPECT_EQ(said(), expected);
}

TEST_F(QuestionsTest, SaysAtOnceThatTooMuchIsAsked) {
  const auto broker = this->broker();
  const auto questions = this->questions(broker->endpoint(), kaz_, 2);
  ask(*questions, "KAZ");
  ask(*questions, "KAZ");

  ask(*questions, "ARM");
  ASSERT_TRUE(were_said(1));
  EXPECT_THAT(said(), ElementsAre("busy: 2 questions are on their way to the broker already. Try "
                                  "again in a moment"));
  broker->answers = true;
  ASSERT_TRUE(were_said(3));
  ask(*questions, "TJK");

  ASSERT_TRUE(were_said(4));
  EXPECT_EQ(said().back(), "TJK") << "there is room again";
}

TEST_F(QuestionsTest, AsksAgainWhenTheBrokerComesBackWithinTheTime) {
  auto broker = this->broker();
  const auto endpoint = broker->endpoint();
  const auto questions = this->questions(endpoint, kaz_);
  ask(*questions, "KAZ");
  ask(*questions, "ARM", 300ms);
  ASSERT_TRUE(eventually([&] { return broker->asked == 2U; }, 20s));

  broker.reset();
  ASSERT_TRUE(were_said(1));
  EXPECT_THAT(said().front(), HasSubstr("cannot reach the broker at " + endpoint));
  broker = this->broker(endpoint);
  broker->answers = true;

  ASSERT_TRUE(were_said(2));
  EXPECT_EQ(said().back(), "KAZ");
}

TEST_F(QuestionsTest, SaysThatItsKeyIsNotAcceptedAndComesInWhenItIs) {
  const auto broker = this->broker();
  broker->answers = true;
  const auto stranger = link::CurveKeyPair::generate();
  const auto questions = this->questions(broker->endpoint(), stranger);
  ask(*questions, "KAZ");

  ASSERT_TRUE(were_said(1));
  EXPECT_EQ(said().front(),
            fmt::format("the broker at {} does not accept this key (fingerprint {}): ask the "
                        "registrar to enrol it",
                        broker->endpoint(), link::fingerprint(stranger.public_key)));
  zap_->replace(link::test::table_of(stranger.public_key, "KAZ/mod"));

  EXPECT_TRUE(eventually(
      [&] {
        const auto before = said().size();
        ask(*questions, "KAZ");
        return were_said(before + 1) && said().back() == "KAZ";
      },
      20s));
}

TEST_F(QuestionsTest, AnswersAllThatWaitsWhenItEnds) {
  const auto broker = this->broker();
  {
    auto questions = this->questions(broker->endpoint(), kaz_);
    ask(*questions, "KAZ");
    questions->ask(about("ARM"), {}, 20s,
                   [this, &questions = *questions](const model::Result<model::Answer>& result) {
                     take(result);
                     ask(questions, "TJK");
                   });
    ASSERT_TRUE(eventually([&] { return broker->asked == 2U; }, 20s));
  }

  const std::string stops = "this program stops: ask again when it runs";
  EXPECT_THAT(said(), ElementsAre(stops, stops, stops));
}

TEST_F(QuestionsTest, RefusesToBeAskedNothing) {
  const auto none = Questions::connect(*context_, {}, 0);

  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, model::ErrorCode::configuration);
}

}  // namespace
}  // namespace muster::client
