// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client_session_rig.h"

namespace muster::client::test {
namespace {

using model::NackCode;
using Phase = Session::Phase;
using testing::HasSubstr;

// ---- the ordinary course
// --------------------------------------------------------------------------

TEST(Session, SaysHelloThenPublishesAndSettles) {
  Rig rig;

  EXPECT_EQ(rig.push(1), "");
  EXPECT_EQ(rig.connect(), "HELLO");
  EXPECT_EQ(rig.welcome(0), "1-1");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1");
  EXPECT_EQ(rig.problem(), "");
}

TEST(Session, TellsWhyNothingMovesBeforeTheFirstContact) {
  const Rig rig;

  EXPECT_THAT(rig.problem(), HasSubstr("no connection to the broker at tcp://broker:7610"));
}

TEST(Session, RepeatsHelloUntilItIsAnswered) {
  Rig rig;

  EXPECT_EQ(rig.connect(), "HELLO");
  EXPECT_EQ(rig.after(4'999ms), "");
  EXPECT_EQ(rig.after(1ms), "HELLO");
}

TEST(Session, NamesTheReportsThatWereRefused) {
  Rig rig;
  rig.greeted();

  EXPECT_EQ(rig.push(1), "1-1");
  EXPECT_EQ(rig.ack(1, {1}), "settled 1-1 forget 1 refused 1");
}

// ---- batching and window
// --------------------------------------------------------------------------

TEST(SessionBatching, SendsOneReportAtOnce) {
  Rig rig;
  rig.greeted();

  EXPECT_EQ(rig.push(1), "1-1");
}

TEST(SessionBatching, SealsTogetherWhatWaitedForAnAcknowledgement) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.push(3), "");
  EXPECT_EQ(rig.push(4), "");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1, 2-8");
}

TEST(SessionBatching, DoesNotWaitWhenAFullEnvelopeIsThere) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.push(256), "2-257");
}

TEST(SessionBatching, CountsBytesAsWellAsReports) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.waiting_bytes(model::kEnvelopeReportBytesMax);

  EXPECT_EQ(rig.push(10), "2-11");
}

TEST(SessionBatching, NeverHasMoreThanTheWindowUnderWay) {
  Rig rig;
  rig.greeted(0, 8);

  EXPECT_EQ(rig.push(20), "1-4, 5-8");
  EXPECT_EQ(rig.ack(4), "settled 1-4 forget 4, 9-12");
  EXPECT_EQ(rig.ack(8), "settled 5-8 forget 8, 13-16");
}

TEST(SessionBatching, SendsOneByOneInAWindowOfOne) {
  Rig rig;
  rig.greeted(0, 1);

  EXPECT_EQ(rig.push(3), "1-1");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1, 2-2");
}

TEST(SessionBatching, WaitsForTheWindowWhenResendingAfterItShrank) {
  Rig rig(start_at(0, {envelope(1, 4), envelope(5, 8)}));
  rig.connect();

  EXPECT_EQ(rig.welcome(0, 4), "1-4");
  EXPECT_EQ(rig.ack(4), "settled 1-4 forget 4, 5-8");
}

// ---- acknowledgements
// -----------------------------------------------------------------------------

TEST(SessionAck, TakesOneThatIsSplitInsideAnEnvelope) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.push(4);
  rig.ack(1);

  EXPECT_EQ(rig.ack(3, {2}), "settled 2-3 forget 1 refused 2");
  EXPECT_EQ(rig.ack(5, {3, 5}), "settled 4-5 forget 5 refused 5");
}

TEST(SessionAck, CountsARepeatedOneOnce) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.ack(1);

  EXPECT_EQ(rig.ack(1), "");
}

TEST(SessionAck, StopsAtOneForReportsThatWereNeverSigned) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.ack(2), "");
  EXPECT_EQ(rig.session().phase(), Phase::stopped);
  EXPECT_THAT(rig.problem(), HasSubstr("disagree"));
}

TEST(SessionAck, IsTakenLateWhateverTheSessionDoesMeanwhile) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.disconnect();

  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1");
}

// ---- silence
// --------------------------------------------------------------------------------------

TEST(SessionSilence, SendsTheSameBytesAgainAndWaitsLongerEachTime) {
  Rig rig;
  rig.greeted();
  EXPECT_EQ(rig.push(1), "1-1");
  EXPECT_EQ(rig.push(2), "");

  EXPECT_EQ(rig.after(4'999ms), "");
  EXPECT_EQ(rig.after(1ms), "PING, 1-1");
  EXPECT_THAT(rig.problem(), HasSubstr("does not acknowledge KAZ/mod#1"));
  rig.hear(wire::pong_message({}));
  EXPECT_EQ(rig.after(9'999ms), "PING");
  EXPECT_EQ(rig.after(1ms), "1-1");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1, 2-3");
  EXPECT_EQ(rig.problem(), "");
}

TEST(SessionSilence, PingsWhenNothingIsHeard) {
  Rig rig;
  rig.greeted();

  EXPECT_EQ(rig.after(5s), "PING");
  EXPECT_EQ(rig.hear(wire::pong_message({})), "");
  EXPECT_EQ(rig.after(4s), "");
  EXPECT_EQ(rig.after(1s), "PING");
}

TEST(SessionSilence, GreetsAgainABrokerThatHangs) {
  Rig rig;
  rig.greeted();

  EXPECT_EQ(rig.after(5s), "PING");
  EXPECT_EQ(rig.after(5s), "PING");
  EXPECT_EQ(rig.after(5s), "HELLO");
  EXPECT_THAT(rig.problem(), HasSubstr("connected and does not answer"));
  rig.welcome(0);
  EXPECT_EQ(rig.problem(), "");
}

TEST(SessionSilence, ResendsEverythingInOrderAfterAReconnection) {
  Rig rig;
  rig.greeted(0, 8);
  rig.push(8);
  rig.disconnect();

  EXPECT_EQ(rig.connect(), "HELLO");
  EXPECT_EQ(rig.welcome(0, 8), "1-4, 5-8");
}

// ---- gap
// ------------------------------------------------------------------------------------------

TEST(SessionGap, GoesOnFromTheBrokersHeadWithTheSameBytes) {
  Rig rig;
  rig.greeted(0, 12);
  EXPECT_EQ(rig.push(12), "1-6, 7-12");

  EXPECT_EQ(rig.gap(7, 0), "1-6, 7-12");
  EXPECT_EQ(rig.ack(12), "settled 1-12 forget 12");
}

TEST(SessionGap, DoesNotMultiplyWhatIsUnderWay) {
  Rig rig(start_at(0, {envelope(1, 1), envelope(2, 2), envelope(3, 3)}));
  rig.connect();
  EXPECT_EQ(rig.welcome(0), "1-1, 2-2, 3-3");

  EXPECT_EQ(rig.gap(2, 0), "1-1, 2-2");
  EXPECT_EQ(rig.gap(3, 0), "3-3");
  EXPECT_EQ(rig.ack(3), "settled 1-3 forget 3");
}

TEST(SessionGap, WaitsAsLongAsItIsTold) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.nack(1, NackCode::gap, true, 0, 200), "");
  EXPECT_EQ(rig.after(200ms), "1-1");
}

TEST(SessionGap, AsksForTheHeadWhenItDoesNotEnd) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.gap(1, 0), "1-1");
  EXPECT_EQ(rig.gap(1, 0), "1-1");
  EXPECT_EQ(rig.gap(1, 0), "1-1");
  EXPECT_EQ(rig.gap(1, 0), "");
  EXPECT_EQ(rig.after(1s), "HELLO");
}

TEST(SessionGap, DoesNotBelieveAHeadThatAnAcknowledgementOvertook) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.ack(1);
  rig.push(1);

  EXPECT_EQ(rig.gap(2, 0), "2-2");
}

// ---- other refusals
// -------------------------------------------------------------------------------

TEST(SessionNack, WaitsAndResendsWhenTheBrokerIsUnavailable) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.nack(1, NackCode::unavailable, true, 0, 5'000), "");
  EXPECT_THAT(rig.problem(), HasSubstr("cannot take reports now: because"));
  EXPECT_EQ(rig.after(4'999ms), "");
  EXPECT_THAT(rig.after(1ms), HasSubstr("1-1"));
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1");
  EXPECT_EQ(rig.problem(), "");
}

class FinalNack : public testing::TestWithParam<NackCode> {};

TEST_P(FinalNack, StopsSaysWhyKeepsTheOutboxAndTriesTheSessionSlowly) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.nack(1, GetParam(), false), "");
  EXPECT_EQ(rig.session().phase(), Phase::stopped);
  EXPECT_THAT(rig.problem(), HasSubstr(to_text(GetParam()) + ": because"));
  EXPECT_EQ(rig.push(5), "");
  EXPECT_EQ(rig.after(9'999ms), "");
  EXPECT_EQ(rig.after(1ms), "HELLO");
  EXPECT_EQ(rig.welcome(0), "1-1");
  EXPECT_THAT(rig.problem(), HasSubstr("because"));
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1, 2-6");
  EXPECT_EQ(rig.problem(), "");
}

INSTANTIATE_TEST_SUITE_P(All, FinalNack,
                         testing::Values(NackCode::malformed, NackCode::version,
                                         NackCode::too_large, NackCode::unauthorised,
                                         NackCode::wrong_node, NackCode::bad_signature,
                                         NackCode::conflict, NackCode::broken_chain,
                                         NackCode::wrong_nation, NackCode::key_expired));

TEST(SessionNack, StopsWhenHelloItselfIsRefused) {
  Rig rig;
  rig.connect();

  EXPECT_EQ(rig.nack(0, NackCode::unauthorised, false), "");
  EXPECT_THAT(rig.problem(), HasSubstr("the broker refuses this node"));
  EXPECT_EQ(rig.after(10s), "HELLO");
}

TEST(SessionNack, RepeatsHelloLaterWhenTheBrokerIsNotReady) {
  Rig rig;
  rig.connect();

  EXPECT_EQ(rig.nack(0, NackCode::unavailable, true, 0, 2'000), "");
  EXPECT_EQ(rig.after(2s), "HELLO");
}

TEST(SessionNack, KeepsTheFirstReasonWhileItIsStopped) {
  Rig rig;
  rig.greeted();
  rig.push(1);
  rig.nack(1, NackCode::conflict, false);

  rig.nack(2, NackCode::gap, true);
  rig.nack(2, NackCode::broken_chain, false);

  EXPECT_THAT(rig.problem(), HasSubstr("CONFLICT"));
}

// ---- WELCOME
// --------------------------------------------------------------------------------------

TEST(SessionWelcome, ResumesANewOutboxFromTheBrokersHead) {
  Rig rig;
  rig.connect();

  EXPECT_EQ(rig.welcome(41), "resume 41");
  EXPECT_EQ(rig.push(1), "42-42");
  EXPECT_EQ(rig.ack(42), "settled 42-42 forget 42");
}

TEST(SessionWelcome, StopsWhenAReportWasKeptBeforeTheOutboxCouldResume) {
  Rig rig;
  rig.refuse_resume();
  rig.connect();

  EXPECT_EQ(rig.welcome(41), "resume 41");
  EXPECT_EQ(rig.session().phase(), Phase::stopped);
}

TEST(SessionWelcome, StopsWhenANewOutboxHoldsReportsAndTheBrokerHasOthers) {
  Rig rig(start_at(0, {}, 2));
  rig.connect();

  EXPECT_EQ(rig.welcome(41), "");
  EXPECT_THAT(rig.problem(), HasSubstr("this outbox is new"));
}

TEST(SessionWelcome, SettlesWhatIsThereWithoutAVerdict) {
  Rig rig(start_at(3, {envelope(4, 6), envelope(7, 9)}));
  rig.connect();

  EXPECT_EQ(rig.welcome(6), "settled 4-6 forget 6 earlier, 7-9");
}

struct Disagreement {
  std::string name;
  std::uint64_t head_seq;
  bool other;
};
class SessionDisagreement : public testing::TestWithParam<Disagreement> {};

TEST_P(SessionDisagreement, StopsAndSendsNothing) {
  Rig rig(start_at(3, {envelope(4, 6), envelope(7, 9)}, 1));
  rig.connect();

  EXPECT_EQ(rig.welcome(GetParam().head_seq, 1024, GetParam().other), "");
  EXPECT_EQ(rig.session().phase(), Phase::stopped);
  EXPECT_THAT(rig.problem(), HasSubstr("the broker's record and this outbox disagree"));
  EXPECT_EQ(rig.ack(9), "") << "an acknowledgement may be about another copy's reports";
  EXPECT_EQ(rig.after(10s), "HELLO");
  EXPECT_EQ(rig.welcome(3), "4-6, 7-9") << "the record was mended";
}

INSTANTIATE_TEST_SUITE_P(All, SessionDisagreement,
                         testing::Values(Disagreement{"BrokerLost", 2, false},
                                         Disagreement{"BrokerAhead", 12, false},
                                         Disagreement{"OtherEnvelope", 6, true},
                                         Disagreement{"OtherHead", 9, true},
                                         Disagreement{"InsideAnEnvelope", 5, false}),
                         [](const auto& one) { return one.param.name; });

TEST(SessionWelcome, ChecksTheHashOfAnEmptyOutboxToo) {
  Rig rig(start_at(3));
  rig.connect();

  rig.welcome(3, 1024, true);

  EXPECT_EQ(rig.session().phase(), Phase::stopped);
}

TEST(SessionWelcome, IsIgnoredWhenItWasNotAskedFor) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.welcome(1), "");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1");
}

// ---- the clock ---------------------------------------------------------------------------------

TEST(SessionClock, SealsNothingWhileItIsFarFromTheBrokersAndSaysSo) {
  Rig rig;
  rig.own_clock_is_ahead_by(-7200s);
  rig.greeted();

  EXPECT_EQ(rig.push(1), "");
  EXPECT_EQ(rig.problem(), "this machine's clock is 7200 s behind the broker's: set it");
  EXPECT_EQ(rig.after(5s), "PING");
  EXPECT_EQ(rig.pong(), "");
  rig.own_clock_is_ahead_by(121s);
  rig.after(5s);
  EXPECT_EQ(rig.pong(), "");
  EXPECT_EQ(rig.problem(), "this machine's clock is 121 s ahead of the broker's: set it");

  rig.own_clock_is_ahead_by(120s);
  rig.after(5s);
  EXPECT_EQ(rig.pong(), "1-1") << "it was set";
  EXPECT_EQ(rig.problem(), "");
}

TEST(SessionClock, IsReadAgainAtEachGreeting) {
  Rig rig;
  rig.own_clock_is_ahead_by(-7200s);
  rig.greeted();
  EXPECT_EQ(rig.push(1), "");
  rig.disconnect();
  EXPECT_THAT(rig.problem(), HasSubstr("no connection"));

  rig.own_clock_is_ahead_by(0s);
  rig.connect();

  EXPECT_EQ(rig.welcome(0), "1-1");
}

TEST(SessionClock, SendsWhatWasSealedBefore) {
  Rig rig(start_at(0, {envelope(1, 1)}, 1));
  rig.own_clock_is_ahead_by(-7200s);
  rig.connect();

  EXPECT_EQ(rig.welcome(0), "1-1");
  EXPECT_EQ(rig.ack(1), "settled 1-1 forget 1");
}

TEST(SessionClock, IsBelievedWhenTheBrokerDoesNotTellTheTime) {
  Rig rig;
  rig.greeted();
  rig.own_clock_is_ahead_by(-7200s);
  rig.hear(wire::pong_message({}));

  EXPECT_EQ(rig.push(1), "1-1");
}

// ---- no connection -----------------------------------------------------------------------------

TEST(SessionStopped, WaitsForAConnectionInsteadOfGreetingNobody) {
  Rig rig;
  rig.greeted();
  rig.disconnect();
  rig.hear({1, 2, 3});  // Received before the connection broke.
  EXPECT_EQ(rig.session().phase(), Phase::stopped);

  EXPECT_EQ(rig.after(10s), "");
  EXPECT_EQ(rig.session().phase(), Phase::connecting);
  EXPECT_EQ(rig.connect(), "HELLO");
}

// ---- BYE, denied, anything else
// --------------------------------------------------------------------

TEST(SessionBye, WaitsAndGreetsAgainWhenTheBrokerDrains) {
  Rig rig;
  rig.greeted();
  rig.push(1);

  EXPECT_EQ(rig.hear(wire::bye_message({model::ByeReason::drained, "closing"})), "");
  EXPECT_THAT(rig.problem(), HasSubstr("closing"));
  EXPECT_EQ(rig.after(1s), "HELLO");
  EXPECT_EQ(rig.welcome(0), "1-1");
}

TEST(SessionBye, StopsWhenTheKeyWasRevoked) {
  Rig rig;
  rig.greeted();

  rig.hear(wire::bye_message({model::ByeReason::unauthorised, "revoked"}));

  EXPECT_EQ(rig.session().phase(), Phase::stopped);
}

TEST(SessionDenied, RenewsTheConnectionWithGrowingPauses) {
  Rig rig;

  EXPECT_EQ(rig.denied(), "");
  EXPECT_THAT(rig.problem(), HasSubstr("(fingerprint 0123456789abcdef): ask the registrar"));
  EXPECT_EQ(rig.after(999ms), "");
  EXPECT_EQ(rig.after(1ms), "renew");
  rig.denied();
  EXPECT_EQ(rig.after(1'999ms), "");
  EXPECT_EQ(rig.after(1ms), "renew");
  for (int i = 0; i < 5; ++i) {
    rig.denied();
    rig.after(30s);
  }
  rig.denied();
  EXPECT_EQ(rig.after(29'999ms), "");
  EXPECT_EQ(rig.after(1ms), "renew");
  EXPECT_EQ(rig.connect(), "HELLO");
  EXPECT_EQ(rig.problem(), "");
}

/// Puts a fresh rig into each state, with one report kept.
void put_into(Rig& rig, Phase phase) {
  rig.push(1);
  switch (phase) {
    case Phase::connecting:
      break;
    case Phase::greeting:
      rig.connect();
      break;
    case Phase::open:
      rig.greeted();
      break;
    case Phase::stopped:
      rig.greeted().nack(1, NackCode::conflict, false);
      break;
    case Phase::denied:
      rig.denied();
      break;
  }
}

class AnythingElse : public testing::TestWithParam<std::tuple<Phase, int>> {};

TEST_P(AnythingElse, ChangesNothing) {
  const std::vector<model::Bytes> messages{
      wire::hello_message({.node = kNode, .software = "x"}),
      wire::publish_message(model::view_of("x")),
      wire::ping_message({}),
      wire::make_message(wire::MessageType::request, {}),
      wire::make_message(wire::MessageType::chunk, {}),
      wire::make_message(wire::MessageType::refusal, {}),
      wire::pong_message({}),
      wire::ack_message({.up_to_seq = 0}),
  };
  const auto [phase, index] = GetParam();
  Rig rig;
  put_into(rig, phase);

  EXPECT_EQ(rig.hear(messages[static_cast<std::size_t>(index)]), "");
  EXPECT_EQ(rig.session().phase(), phase);
  EXPECT_EQ(rig.session().settled_seq(), 0U);
}

INSTANTIATE_TEST_SUITE_P(EveryState, AnythingElse,
                         testing::Combine(testing::Values(Phase::connecting, Phase::greeting,
                                                          Phase::open, Phase::stopped,
                                                          Phase::denied),
                                          testing::Range(0, 8)));

class Deaf : public testing::TestWithParam<Phase> {};

TEST_P(Deaf, TakesNoGreetingRefusalOrFarewellInThisState) {
  Rig rig;
  put_into(rig, GetParam());

  EXPECT_EQ(rig.welcome(0), "");
  EXPECT_EQ(rig.gap(1, 0), "");
  EXPECT_EQ(rig.nack(1, NackCode::malformed, false), "");
  EXPECT_EQ(rig.hear(wire::bye_message({model::ByeReason::drained, ""})), "");
  EXPECT_EQ(rig.session().phase(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, Deaf,
                         testing::Values(Phase::connecting, Phase::stopped, Phase::denied));

TEST(SessionAnythingElse, SaysThatItCannotReadTheBroker) {
  Rig rig;
  rig.greeted();

  rig.hear(wire::make_message(wire::MessageType::ack, model::view_of("nonsense")));
  EXPECT_THAT(rig.problem(), HasSubstr("cannot read what the broker answers"));
  EXPECT_EQ(rig.session().phase(), Phase::open);

  rig.hear({1, 2, 3});
  EXPECT_EQ(rig.session().phase(), Phase::stopped);
  EXPECT_EQ(rig.after(10s), "HELLO");
}

}  // namespace
}  // namespace muster::client::test
