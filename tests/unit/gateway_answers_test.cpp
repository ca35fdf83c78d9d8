// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/text/answer_json.h"
#include "tests/unit/gateway_rig.h"

namespace muster::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using words::Language;

/// An answer of that place in the ledger.
model::Answer answer_at(std::uint64_t ledger_seq) {
  auto answer = text::samples::strength_answer();
  answer.header.ledger_seq = ledger_seq;
  return answer;
}

class AnswersOfABroker : public testing::Test {
 protected:
  /// What each asker was told, in order.
  void ask(const std::string& key, std::uint64_t ledger_seq,
           Language language = Language::english) {
    answers.ask({.question = {.name = "force strength", .query = model::StrengthQuery{}}},
                {.key = key, .language = language, .ledger_seq = ledger_seq, .wait_max = 5s},
                [this](const Outcome& outcome) { told.push_back(outcome); });
  }
  const Body& body(std::size_t i) { return *std::get<std::shared_ptr<const Body>>(told.at(i)); }

  std::vector<rig::Asked> asked;
  bool is_connected = true;
  std::chrono::steady_clock::time_point now{};
  Answers answers{std::make_unique<rig::FakeQuestions>(asked, is_connected),
                  [this] { return now; }};
  std::vector<Outcome> told;
};

TEST_F(AnswersOfABroker, AreWhatTheCommandLinePrints) {
  ask("/strength", 7);
  asked.at(0).answer(answer_at(7));

  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(body(0).text, text::answer_to_json(answer_at(7), -1) + "\n");
  EXPECT_EQ(body(0).etag, etag_of(body(0).text));
  EXPECT_EQ(body(0).etag.size(), 34U);
  EXPECT_EQ(asked[0].wait_max, 5s);
}

TEST_F(AnswersOfABroker, GoToAllWhoAskTheSameAtTheSameTime) {
  for (int i = 0; i < 200; ++i) {
    ask("/strength", 7);
  }
  EXPECT_THAT(asked, SizeIs(1));
  EXPECT_THAT(told, IsEmpty());

  asked[0].answer(answer_at(7));

  ASSERT_THAT(told, SizeIs(200));
  EXPECT_EQ(&body(0), &body(199)) << "one body for all";
  EXPECT_EQ(answers.asked(), 1U);
}

TEST_F(AnswersOfABroker, AreKeptForAQuarterOfASecond) {
  ask("/strength", 7);
  asked[0].answer(answer_at(7));
  now += 250ms;
  ask("/strength", 7);
  EXPECT_THAT(told, SizeIs(2)) << "from what is kept";
  now += 1ms;
  ask("/strength", 7);

  EXPECT_THAT(asked, SizeIs(2));
  EXPECT_THAT(told, SizeIs(2)) << "the third waits for the broker";
}

TEST_F(AnswersOfABroker, AreNeverFromBeforeWhatIsKnown) {
  ask("/strength", 7);
  ask("/strength", 8);
  EXPECT_THAT(asked, SizeIs(2)) << "the first was asked before the change";

  asked[0].answer(answer_at(7));
  ask("/strength", 8);
  EXPECT_THAT(asked, SizeIs(2)) << "the second is still on its way";
  asked[1].answer(answer_at(8));
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_EQ(body(0).ledger_seq, 7U);
  EXPECT_EQ(body(1).ledger_seq, 8U);
  EXPECT_EQ(body(2).ledger_seq, 8U);

  ask("/strength", 9);
  EXPECT_THAT(asked, SizeIs(3)) << "what is kept is of 8";
}

TEST_F(AnswersOfABroker, OfAPastMomentAreSharedToo) {
  ask("/strength?known_at=2022-01-05", 40);
  asked[0].answer(answer_at(7));  // As much as was known then.
  ask("/strength?known_at=2022-01-05", 40);

  EXPECT_THAT(asked, SizeIs(1));
  EXPECT_THAT(told, SizeIs(2));
}

TEST_F(AnswersOfABroker, AreAskedForBySeparateKeys) {
  ask("/strength", 7);
  ask("/strength?lang=ru", 7, Language::russian);
  EXPECT_THAT(asked, SizeIs(2));
}

TEST_F(AnswersOfABroker, ThatFailedAreNotKept) {
  ask("/strength", 7);
  ask("/strength", 7);
  asked[0].answer(model::fail(model::ErrorCode::unavailable, "away"));
  ask("/strength", 7);

  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(std::get<model::Error>(told[1]).message, "away");
  EXPECT_THAT(asked, SizeIs(2));
}

TEST_F(AnswersOfABroker, TellTextsOfOursInTheLanguageOfTheReader) {
  model::Answer answer{
      .header = text::samples::header(),
      .body = model::ReadyAnswer{.left_out = {{.unit = text::samples::unit("KAZ:EX-1"),
                                               .detail = "ready in 46 h, 24 wanted"}}}};
  ask("/ready?lang=ru", 7, Language::russian);
  ask("/ready", 7);
  asked[0].answer(answer);
  asked[1].answer(answer);

  const auto& russian = words::Words::of(Language::russian);
  EXPECT_NE(russian.tell("ready in 46 h, 24 wanted"), "ready in 46 h, 24 wanted");
  EXPECT_THAT(body(0).text, testing::HasSubstr(russian.tell("ready in 46 h, 24 wanted")));
  EXPECT_THAT(body(1).text, testing::HasSubstr("ready in 46 h, 24 wanted"));
}

}  // namespace
}  // namespace muster::gateway
