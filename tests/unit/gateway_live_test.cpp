// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/live_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway_rig.h"

namespace muster::gateway {
namespace {

using rig::down;
using rig::kNow;
using rig::up;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using text::samples::unit;

model::FeedUnit row(const char* id, std::uint64_t present) {
  model::FeedUnit row;
  row.unit = unit(id);
  row.name = "Unit (fictional)";
  row.level = 2;
  row.own.present = present;
  row.own.deployable = present - 1;
  return row;
}
model::Delta delta(std::uint64_t prev_seq, std::uint64_t ledger_seq,
                   std::vector<model::FeedUnit> units = {}, bool last = true) {
  return {.prev_seq = prev_seq, .ledger_seq = ledger_seq, .units = std::move(units), .last = last};
}

class Live : public testing::Test {
 protected:
  std::string take(const client::FeedEvent& event) { return events.take(event, kNow); }
  std::string go_live(std::uint64_t ledger_seq) {
    take(up());
    take(model::SnapBegin{.ledger_seq = ledger_seq, .header = text::samples::header()});
    return take(model::SnapEnd{.ledger_seq = ledger_seq});
  }
  LiveEvents events{kNow};
};

TEST_F(Live, BeginsWithoutABroker) {
  EXPECT_FALSE(events.is_live());
  EXPECT_EQ(events.greeting(std::nullopt),
            "retry: 1000\nevent: hello\ndata: {\"ledger_seq\":0,\"is_live\":false,"
            "\"since\":\"2022-01-07T12:30:00Z\",\"problem\":\"\"}\n\n");
}

TEST_F(Live, IsAwayOnceItIsKnownThatNobodyAnswers) {
  EXPECT_FALSE(events.is_away()) << "nobody has tried yet";
  take(down("cannot reach the broker"));
  EXPECT_TRUE(events.is_away());
  take(up());
  EXPECT_FALSE(events.is_away()) << "it answers, though its table is not here yet";
  auto silent = down("said nothing for 20 s");
  silent.error = model::ErrorCode::timed_out;
  take(silent);
  EXPECT_TRUE(events.is_away());
  auto refused = down("does not accept this key");
  refused.error = model::ErrorCode::refused;
  take(refused);
  EXPECT_FALSE(events.is_away()) << "it is there";
}

TEST_F(Live, IsThereOnceTheTableIsWhole) {
  EXPECT_THAT(take(up()), IsEmpty());
  EXPECT_FALSE(events.is_live());
  take(model::SnapBegin{.ledger_seq = 40, .header = text::samples::header()});
  EXPECT_THAT(take(model::SnapRows{.units = {row("KAZ:EX-1", 90)}}), IsEmpty());

  EXPECT_EQ(take(model::SnapEnd{.ledger_seq = 40}),
            "event: broker\ndata: {\"is_live\":true,\"since\":\"2022-01-07T12:30:00Z\"}\n\n"
            "event: resync\nid: 40\ndata: {\"ledger_seq\":40}\n\n");
  EXPECT_TRUE(events.is_live());
  EXPECT_EQ(events.ledger_seq(), 40U);
  EXPECT_THAT(events.greeting(std::nullopt),
              AllOf(HasSubstr("event: hello\nid: 40\n"), HasSubstr("\"is_live\":true"),
                    HasSubstr("\"realm\":\"EXERCISE\""), Not(HasSubstr("resync"))));
}

TEST_F(Live, TellsAChangeWholeWhenItsLastPartHasCome) {
  go_live(40);
  EXPECT_THAT(take(delta(40, 42, {row("KAZ:EX-1", 90)}, false)), IsEmpty());
  auto rest = delta(40, 42, {row("ARM:EX-2", 50)});
  rest.units_gone = {unit("TJK:EX-3")};
  model::FeedOperation operation;
  operation.operation = *model::Code::parse("EX-2201");
  rest.operations = {operation};
  rest.operations_gone = {*model::Code::parse("EX-2202")};

  const auto text = take(rest);

  EXPECT_THAT(text, testing::StartsWith("event: change\nid: 42\ndata: {\"prev_seq\":40,"
                                        "\"ledger_seq\":42,\"at\":\"2022-01-07T12:30:00Z\","));
  const auto data = text.substr(text.find("data: ") + 6);
  EXPECT_EQ(rig::member(data, "nations"), R"(["ARM","KAZ","TJK"])");
  EXPECT_EQ(rig::member(data, "gone"), R"(["TJK:EX-3","EX-2202"])");
  EXPECT_EQ(rig::member(data, "truncated"), "(absent)");
  EXPECT_THAT(rig::member(data, "units"),
              AllOf(HasSubstr(R"("unit":"KAZ:EX-1")"), HasSubstr(R"("level":2)"),
                    HasSubstr(R"("present":90,"deployable":89)")));
  EXPECT_THAT(rig::member(data, "operations"), HasSubstr(R"("operation":"EX-2201")"));
  EXPECT_EQ(events.ledger_seq(), 42U);
}

TEST_F(Live, SaysWhenAChangeIsTooLongToTell) {
  go_live(1);
  std::vector<model::FeedUnit> rows;
  for (std::size_t i = 0; i < kChangeRowsMax + 1; ++i) {
    rows.push_back(row(("KAZ:EX-" + std::to_string(i)).c_str(), 10));
  }
  const auto text = take(delta(1, 2, rows));
  const auto data = text.substr(text.find("data: ") + 6);

  EXPECT_EQ(rig::member(data, "truncated"), "true");
  EXPECT_EQ(rig::member(data, "nations"), R"(["KAZ"])");
  EXPECT_THAT(rig::member(data, "units"), Not(HasSubstr("\"KAZ:EX-200\"")));
}

TEST_F(Live, NeverTellsMoreAtOnceThanAPageMayOwe) {
  go_live(0);
  std::vector<model::FeedUnit> rows;
  for (std::size_t i = 0; i < kChangeRowsMax; ++i) {
    rows.push_back(row(("KAZ:EX-" + std::to_string(i)).c_str(), 10));
    rows.back().name.assign(200, 'x');
  }
  for (std::uint64_t seq = 1; seq <= 20; ++seq) {
    const auto text = take(delta(seq - 1, seq, rows));
    EXPECT_LE(text.size(), kChangeBytesMax);
    EXPECT_GT(text.size(), kChangeBytesMax / 2) << "or this test shows nothing";
  }

  for (std::uint64_t last = 0; last <= 20; ++last) {
    EXPECT_LE(events.greeting(last).size() + kChangeBytesMax, kPageBacklogMax) << last;
  }
  EXPECT_THAT(events.greeting(1), HasSubstr("event: resync"));
  EXPECT_THAT(events.greeting(19),
              AllOf(HasSubstr("event: change\nid: 20\n"), Not(HasSubstr("event: resync"))));
}

TEST_F(Live, LeavesOutRowsWithNamesOfAnyLength) {
  go_live(1);
  auto long_name = row("KAZ:EX-1", 10);
  long_name.name.assign(16'000, '"');
  const auto text = take(delta(1, 2, std::vector(20, long_name)));
  const auto data = text.substr(text.find("data: ") + 6);

  EXPECT_THAT(text, testing::StartsWith("event: change\nid: 2\n"));
  EXPECT_EQ(rig::member(data, "prev_seq"), "1");
  EXPECT_EQ(rig::member(data, "units"), "[]");
  EXPECT_EQ(rig::member(data, "nations"), R"(["KAZ"])");
  EXPECT_EQ(rig::member(data, "truncated"), "true");
  EXPECT_THAT(events.greeting(1), testing::EndsWith(text));
}

TEST_F(Live, GoesOnWhereAPageWas) {
  go_live(40);
  const auto second = take(delta(40, 42, {row("KAZ:EX-1", 90)}));
  take(model::Mark{.ledger_seq = 45});
  const auto third = take(delta(45, 46, {row("KAZ:EX-1", 91)}));

  const auto missed_both = events.greeting(41);
  EXPECT_THAT(missed_both,
              AllOf(HasSubstr("event: hello\nid: 41\n"), testing::EndsWith(second + third)));
  EXPECT_THAT(events.greeting(40), testing::EndsWith(second + third));
  EXPECT_THAT(events.greeting(42), AllOf(testing::EndsWith(third), Not(HasSubstr(second))));
  EXPECT_THAT(events.greeting(44), testing::EndsWith(third)) << "a mark's number";
  EXPECT_THAT(events.greeting(46), AllOf(Not(HasSubstr("change")), Not(HasSubstr("resync"))));
}

TEST_F(Live, SaysThatAPageMustAskAnewWhenItCannotGoOn) {
  go_live(40);
  take(delta(40, 42, {row("KAZ:EX-1", 90)}));

  for (const std::uint64_t last : {0U, 39U, 43U, 99U}) {
    EXPECT_THAT(events.greeting(last),
                AllOf(HasSubstr("event: hello\nid: 42\n"),
                      testing::EndsWith("event: resync\nid: 42\ndata: {\"ledger_seq\":42}\n\n"),
                      Not(HasSubstr("change"))))
        << last;
  }
}

TEST_F(Live, ForgetsOldChangesAndKnowsIt) {
  go_live(0);
  for (std::uint64_t seq = 1; seq <= kRingMax + 1; ++seq) {
    take(delta(seq - 1, seq, {row("KAZ:EX-1", 90)}));
  }

  EXPECT_THAT(events.greeting(0), HasSubstr("event: resync"));
  EXPECT_THAT(events.greeting(1), AllOf(HasSubstr("id: 2\n"), Not(HasSubstr("resync"))));
}

TEST_F(Live, TellsThatTheBrokerWentAndCame) {
  go_live(40);
  const auto later = text::samples::at("2022-01-07T13:00:00Z");
  EXPECT_EQ(take(down("cannot reach the broker", later)),
            "event: broker\ndata: {\"is_live\":false,\"since\":\"2022-01-07T13:00:00Z\","
            "\"problem\":\"cannot reach the broker\"}\n\n");
  EXPECT_THAT(take(down("cannot reach the broker", later)), IsEmpty()) << "said once";
  EXPECT_FALSE(events.is_live());

  EXPECT_EQ(take(up(later)),
            "event: broker\ndata: {\"is_live\":true,\"since\":\"2022-01-07T13:00:00Z\"}\n\n");
  EXPECT_THAT(take(delta(40, 43, {row("KAZ:EX-1", 90)})), HasSubstr("id: 43\n"))
      << "what it missed meanwhile";
  EXPECT_THAT(events.greeting(40), HasSubstr("event: change\nid: 43\n"));
}

TEST_F(Live, AsksForEverythingAnewAfterASecondSnapshot) {
  go_live(40);
  take(delta(40, 42, {row("KAZ:EX-1", 90)}));
  take(down("away"));
  const auto text = go_live(60);

  EXPECT_THAT(text, testing::EndsWith("event: resync\nid: 60\ndata: {\"ledger_seq\":60}\n\n"));
  EXPECT_THAT(events.greeting(42), HasSubstr("resync"));
}

TEST_F(Live, KeepsTextsOfOthersWithinTheirLine) {
  EXPECT_THAT(take(down("two\nlines\n\nevent: change")), Not(HasSubstr("\nevent: change")));
}

}  // namespace
}  // namespace muster::gateway
