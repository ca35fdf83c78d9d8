// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/feed.h"

#include <gmock/gmock.h>

#include <random>

#include "schemas/fbs/feed_generated.h"
#include "schemas/model/limits.h"
#include "tests/support/sample_feed.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::HasSubstr;
using tests::bare_feed_operation;
using tests::bare_feed_unit;
using tests::sample_feed_operation;
using tests::sample_feed_unit;

ByteView body_of(const Bytes& frame) { return ByteView(frame).subspan(kHeaderBytes); }

/// What `read` makes of a message, which is of this type.
template <typename Value>
Value there_and_back(MessageType type, const Bytes& frame,
                     model::Result<Value> (*read)(model::ByteView)) {
  const auto message = read_message(frame);
  EXPECT_EQ(message ? message->type : MessageType{}, type);
  auto value = read(body_of(frame));
  if (!value) {
    ADD_FAILURE() << value.error().message;
  }
  return value ? *std::move(value) : Value{};
}

// ---- what is sent is what is read ---------------------------------------------------------------

TEST(WireFeed, KeepsEveryFieldOfASubscribe) {
  const auto sent = tests::sample_subscribe();

  const auto read = there_and_back(MessageType::subscribe, subscribe_message(sent), read_subscribe);

  EXPECT_EQ(read.id, sent.id);
  EXPECT_EQ(read.filter, sent.filter);
  EXPECT_EQ(read.from_ledger_seq, sent.from_ledger_seq);
  EXPECT_EQ(read.credits, sent.credits);
  EXPECT_EQ(read.journal, sent.journal);
}

TEST(WireFeed, TellsASubscriberThatHasNothingFromOneThatHasRecord0) {
  auto sent = model::Subscribe{};
  EXPECT_EQ(read_subscribe(body_of(subscribe_message(sent)))->from_ledger_seq, std::nullopt);
  EXPECT_EQ(read_subscribe(body_of(subscribe_message(sent)))->filter, model::FeedFilter{});

  sent.from_ledger_seq = 0;
  EXPECT_EQ(read_subscribe(body_of(subscribe_message(sent)))->from_ledger_seq, 0U);
}

TEST(WireFeed, KeepsEveryFieldOfWhatASubscriberSaysLater) {
  const auto credit =
      there_and_back(MessageType::credit, credit_message(tests::sample_credit()), read_credit);
  EXPECT_EQ(credit.id, 3U);
  EXPECT_EQ(credit.credits, 32U);
  const auto end = there_and_back(
      MessageType::unsubscribe, unsubscribe_message(tests::sample_unsubscribe()), read_unsubscribe);
  EXPECT_EQ(end.id, 4U);
}

TEST(WireFeed, KeepsEveryFieldOfASnapshot) {
  const auto begin = there_and_back(
      MessageType::snap_begin, snap_begin_message(tests::sample_snap_begin()), read_snap_begin);
  EXPECT_EQ(begin.id, 5U);
  EXPECT_EQ(begin.ledger_seq, 4711U);
  EXPECT_EQ(begin.journal, 17U);
  const auto sent_header = tests::sample_snap_begin().header;
  EXPECT_EQ(begin.header.valid_at, sent_header.valid_at);
  EXPECT_EQ(begin.header.known_at, sent_header.known_at);
  EXPECT_EQ(begin.header.ledger_seq, sent_header.ledger_seq);
  EXPECT_EQ(begin.header.realm, sent_header.realm);
  EXPECT_EQ(begin.header.nations_reporting, sent_header.nations_reporting);
  EXPECT_EQ(begin.header.nations_missing, sent_header.nations_missing);
  EXPECT_EQ(begin.header.nations_stale, sent_header.nations_stale);
  EXPECT_EQ(begin.header.stale_strength, sent_header.stale_strength);
  EXPECT_EQ(begin.header.is_withheld, sent_header.is_withheld);
  EXPECT_EQ(begin.header.what_if, sent_header.what_if);

  const auto rows = there_and_back(MessageType::snap_rows,
                                   snap_rows_message(tests::sample_snap_rows()), read_snap_rows);
  EXPECT_EQ(rows.id, 6U);
  EXPECT_EQ(rows.units, tests::sample_snap_rows().units);
  EXPECT_EQ(rows.operations, tests::sample_snap_rows().operations);

  const auto end = there_and_back(MessageType::snap_end, snap_end_message(tests::sample_snap_end()),
                                  read_snap_end);
  EXPECT_EQ(end.id, 7U);
  EXPECT_EQ(end.ledger_seq, 4711U);
  EXPECT_EQ(end.units, 65U);
  EXPECT_EQ(end.operations, 2U);
}

TEST(WireFeed, KeepsEveryFieldOfADelta) {
  auto sent = tests::sample_delta();
  for (const bool last : {true, false}) {
    sent.last = last;
    const auto read = there_and_back(MessageType::delta, delta_message(sent), read_delta);
    EXPECT_EQ(read.id, sent.id);
    EXPECT_EQ(read.prev_seq, sent.prev_seq);
    EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
    EXPECT_EQ(read.units, sent.units);
    EXPECT_EQ(read.operations, sent.operations);
    EXPECT_EQ(read.units_gone, sent.units_gone);
    EXPECT_EQ(read.operations_gone, sent.operations_gone);
    EXPECT_EQ(read.last, last);
  }
}

TEST(WireFeed, KeepsEveryFieldOfTheOthers) {
  const auto lagged =
      there_and_back(MessageType::lagged, lagged_message(tests::sample_lagged()), read_lagged);
  EXPECT_EQ(lagged.id, 9U);
  EXPECT_EQ(lagged.from_seq, 4713U);
  EXPECT_EQ(lagged.to_seq, 4800U);
  const auto mark =
      there_and_back(MessageType::mark, mark_message(tests::sample_mark()), read_mark);
  EXPECT_EQ(mark.id, 10U);
  EXPECT_EQ(mark.ledger_seq, 4800U);
  EXPECT_EQ(mark.server_time, tests::sample_mark().server_time);
  for (unsigned reason = 1; reason <= 9; ++reason) {
    auto sent = tests::sample_feed_bye();
    sent.reason = static_cast<model::FeedByeReason>(reason);
    const auto bye = there_and_back(MessageType::feed_bye, feed_bye_message(sent), read_feed_bye);
    EXPECT_EQ(bye.id, 11U);
    EXPECT_EQ(bye.reason, sent.reason);
    EXPECT_EQ(bye.message, "subscribe anew");
  }
}

// ---- what is refused ----------------------------------------------------------------------------

template <typename Value>
std::string error_of(const model::Result<Value>& read) {
  return read ? "read" : read.error().message;
}

/// The broker bounds them, so that its BYE can name the subscription.
TEST(WireFeed, KeepsCreditsAsTheyWereSaid) {
  auto sent = tests::sample_subscribe();
  for (const std::uint32_t credits : {0U, model::kFeedCreditsMax + 1, 0xffffffffU}) {
    sent.credits = credits;
    EXPECT_EQ(read_subscribe(body_of(subscribe_message(sent)))->credits, credits);
  }
}

TEST(WireFeed, RefusesASubscriptionWithoutANumberExceptInABye) {
  const std::string expected = "id: found 0, expected 1 or more";
  EXPECT_EQ(error_of(read_subscribe(body_of(subscribe_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_credit(body_of(credit_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_unsubscribe(body_of(unsubscribe_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_snap_begin(body_of(snap_begin_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_snap_rows(body_of(snap_rows_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_snap_end(body_of(snap_end_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_delta(body_of(delta_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_lagged(body_of(lagged_message({.id = 0})))), expected);
  EXPECT_EQ(error_of(read_mark(body_of(mark_message({.id = 0})))), expected);
  EXPECT_EQ(read_feed_bye(body_of(feed_bye_message({.id = 0})))->id, 0U);
}

Bytes finished(const flatbuffers::FlatBufferBuilder& out) {
  return {out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()};
}

TEST(WireFeed, NamesTheFieldThatIsWrong) {
  flatbuffers::FlatBufferBuilder nations;
  const auto list = nations.CreateVectorOfStrings(std::vector<std::string>{"KAZ", "kaz"});
  const auto filter = fbs::CreateFeedFilter(nations, list);
  nations.Finish(fbs::CreateSubscribe(nations, 1, filter, {}, 8));
  EXPECT_THAT(error_of(read_subscribe(finished(nations))),
              HasSubstr("filter.nations[1]: 'kaz' is not a nation"));

  flatbuffers::FlatBufferBuilder no_header;
  no_header.Finish(fbs::CreateSnapBegin(no_header, 1, 2));
  EXPECT_EQ(error_of(read_snap_begin(finished(no_header))), "header: is missing");

  auto rows = tests::sample_snap_rows();
  rows.units[1].unit = model::UnitId{};
  EXPECT_THAT(error_of(read_snap_rows(body_of(snap_rows_message(rows)))),
              HasSubstr("units[1].unit: '' is not a unit key"));
  rows = tests::sample_snap_rows();
  rows.operations[0].name = "\xff";
  EXPECT_THAT(error_of(read_snap_rows(body_of(snap_rows_message(rows)))),
              HasSubstr("operations[0].name: '\\xff' is not UTF-8"));
  auto delta = tests::sample_delta();
  delta.units[0].name = std::string(model::kTextBytesMax + 1, 'x');
  EXPECT_EQ(error_of(read_delta(body_of(delta_message(delta)))),
            "units[0].name: found 16385 bytes of text, expected at most 16384");
}

TEST(WireFeed, RefusesMoreRowsThanAListMayHave) {
  flatbuffers::FlatBufferBuilder out;
  const auto unit = out.CreateString("KAZ:E");
  const auto row =
      fbs::CreateFeedUnit(out, unit, 0, 0, {}, {}, {}, {}, 6, 0, fbs::CreateFigures(out));
  const auto list = out.CreateVector(std::vector(model::kListMax + 1, row));
  out.Finish(fbs::CreateSnapRows(out, 1, list));

  EXPECT_EQ(error_of(read_snap_rows(finished(out))),
            "units: found 10001 entries, expected at most 10000");
}

/// A list of operations that many rows share costs the verifier a look each: counted before.
TEST(WireFeed, RefusesOneListOfOperationsThatManyUnitsShare) {
  const auto shared_by = [](std::size_t units, std::size_t operations) {
    flatbuffers::FlatBufferBuilder out;
    const auto unit = out.CreateString("KAZ:E");
    const auto text = out.CreateString("EX-2201");
    const auto list = out.CreateVector(std::vector(operations, text));
    const auto figures = fbs::CreateFigures(out);
    const auto row = fbs::CreateFeedUnit(out, unit, 0, 0, {}, {}, {}, {}, 6, 0, figures, 0, list);
    const auto rows = out.CreateVector(std::vector(units, row));
    const auto start = fbs::CreateDelta(out, 1, 2, 3, rows);
    out.Finish(start);
    return finished(out);
  };

  EXPECT_THAT(error_of(read_delta(shared_by(9'000, 9'000))), HasSubstr("are not a body of that"));
  EXPECT_EQ(error_of(read_delta(shared_by(1, 3))), "read");
}

TEST(WireFeed, RefusesABodyOfAnotherKindOrNone) {
  EXPECT_EQ(error_of(read_delta({})), "DELTA: 0 bytes are not a body of that type");
  EXPECT_EQ(error_of(read_mark(Bytes(model::kMessageBytesMax + 1, 0))),
            "MARK: found 1048577 bytes, expected at most 1048576");
  EXPECT_FALSE(read_snap_rows(body_of(subscribe_message(tests::sample_subscribe()))));
}

// ---- how large a row is -------------------------------------------------------------------------

std::string text_of(std::mt19937_64& random, std::size_t length_max) {
  return std::string(random() % (length_max + 1), 'x');
}

template <typename Value>
std::optional<Value> maybe(std::mt19937_64& random, Value value) {
  return random() % 2 == 0 ? std::optional(value) : std::nullopt;
}

/// A row with and without anything that may be absent.
model::FeedUnit any_unit(std::mt19937_64& random) {
  auto row = random() % 2 == 0 ? sample_feed_unit(static_cast<std::uint32_t>(random() % 1000))
                               : bare_feed_unit();
  row.unit = tests::unit_id("KAZ:" + std::string(1 + random() % 32, 'X'));
  row.name = text_of(random, random() % 10 == 0 ? 2'000 : 40);
  row.operations.assign(random() % 6, tests::code(std::string(1 + random() % 32, 'Y')));
  row.level = static_cast<model::Level>(random() % 7);
  row.committed = random() % 3;
  row.valid_at = maybe(random, tests::kSampleTime);
  row.ageing_at = maybe(random, tests::kSampleTime);
  row.stale_at = maybe(random, tests::kSampleTime);
  row.expires_at = maybe(random, tests::kSampleTime);
  row.ledger_seq = random() % 2;
  row.own.units = static_cast<std::uint32_t>(random() % 2);
  row.own.present = random() % 2;
  row.computed.p = static_cast<model::Level>(random() % 2);
  return row;
}

model::FeedOperation any_operation(std::mt19937_64& random) {
  auto row = random() % 2 == 0 ? sample_feed_operation() : bare_feed_operation();
  row.operation = tests::code(std::string(1 + random() % 32, 'Z'));
  row.name = text_of(random, 200);
  row.host = maybe(random, tests::nation("KAZ"));
  row.authorised_strength = maybe(random, model::Count{7});
  row.people.in_place = random() % 2;
  row.people.released = random() % 2;
  return row;
}

constexpr std::size_t kBesideRows = 256;  // What feed.h promises.

TEST(WireFeed, NeverEstimatesARowTooSmallNorFarTooLarge) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    model::Delta delta;
    std::size_t estimate = 0;
    for (auto rows = random() % 60; rows > 0; --rows) {
      delta.units.push_back(any_unit(random));
      estimate += bytes_of(delta.units.back());
    }
    for (auto rows = random() % 20; rows > 0; --rows) {
      delta.operations.push_back(any_operation(random));
      estimate += bytes_of(delta.operations.back());
    }
    const auto bytes = delta_message(delta).size();
    EXPECT_LE(bytes, estimate + kBesideRows);
    EXPECT_LE(estimate, 4 * bytes);
  }
}

/// Alone, a row shares nothing with others.
TEST(WireFeed, NeverEstimatesASingleRowTooSmall) {
  const auto empty = snap_rows_message({}).size();
  std::mt19937_64 random(20220111);
  for (int round = 0; round < 2'000; ++round) {
    const auto unit = any_unit(random);
    EXPECT_LE(snap_rows_message({.units = {unit}}).size(), empty + bytes_of(unit) + 16);
    const auto operation = any_operation(random);
    EXPECT_LE(snap_rows_message({.operations = {operation}}).size(),
              empty + bytes_of(operation) + 16);
  }
}

TEST(WireFeed, TellsWhatKeysOfRowsThatAreGoneTake) {
  model::Delta delta;
  delta.units_gone.assign(1'000, tests::unit_id("KAZ:" + std::string(32, 'X')));
  delta.operations_gone.assign(1'000, tests::code(std::string(32, 'X')));

  EXPECT_LE(delta_message(delta).size(), kBesideRows + 2'000 * 52);
}

}  // namespace
}  // namespace muster::wire
