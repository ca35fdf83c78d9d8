// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/envelope.h"

#include <gmock/gmock.h>

#include <limits>
#include <type_traits>

#include "schemas/model/limits.h"
#include "schemas/wire/message.h"
#include "schemas/wire/report.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::ElementsAreArray;
using testing::HasSubstr;
using tests::sample_envelope;

static_assert(!std::is_copy_constructible_v<DecodedEnvelope>);

std::string error_of(const model::EnvelopeView& envelope) {
  const auto decoded = DecodedEnvelope::decode(encode_envelope(envelope));
  return decoded ? "decoded" : decoded.error().message;
}

TEST(WireEnvelope, KeepsEveryField) {
  const auto first = encode_report(tests::full_report());
  const auto second = encode_report(tests::small_report());
  const auto sent = sample_envelope({first, second});

  auto decoded = DecodedEnvelope::decode(encode_envelope(sent));

  ASSERT_TRUE(decoded) << decoded.error().message;
  const DecodedEnvelope moved = *std::move(decoded);  // The views stay good.
  const auto& view = moved.view();
  EXPECT_EQ(view.protocol_version, sent.protocol_version);
  EXPECT_EQ(view.node, sent.node);
  EXPECT_EQ(view.link.first_seq, 42U);
  EXPECT_EQ(view.last_seq(), 43U);
  EXPECT_EQ(view.link.prev_hash, sent.link.prev_hash);
  EXPECT_EQ(view.issued_at, sent.issued_at);
  EXPECT_EQ(view.signature, sent.signature);
  ASSERT_EQ(view.reports.size(), 2U);
  EXPECT_THAT(view.reports[0], ElementsAreArray(first));
  EXPECT_THAT(view.reports[1], ElementsAreArray(second));
}

TEST(WireEnvelope, KeepsTheBytesThatWereDecoded) {
  const auto report = encode_report(tests::small_report());
  const auto bytes = encode_envelope(sample_envelope({report}));

  const auto decoded = DecodedEnvelope::decode(bytes);

  ASSERT_TRUE(decoded);
  EXPECT_THAT(decoded->bytes(), ElementsAreArray(bytes));
}

TEST(WireEnvelope, DecodesFromAnyAddress) {
  const auto report = encode_report(tests::small_report());
  const auto bytes = encode_envelope(sample_envelope({report}));
  for (std::size_t offset = 0; offset < 8; ++offset) {
    Bytes shifted(offset, 0xee);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());

    EXPECT_TRUE(DecodedEnvelope::decode(ByteView(shifted).subspan(offset))) << offset;
  }
}

TEST(WireEnvelope, NamesTheVersionItDoesNotSpeak) {
  const Bytes report{1};
  auto envelope = sample_envelope({report});
  envelope.protocol_version = 2;

  const auto decoded = DecodedEnvelope::decode(encode_envelope(envelope));

  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, model::ErrorCode::unsupported);
  EXPECT_THAT(decoded.error().message, HasSubstr("found 2, this build speaks 1"));
}

TEST(WireEnvelope, RefusesNoReportAndTooMany) {
  const Bytes report{1};
  EXPECT_THAT(error_of(sample_envelope({})), HasSubstr("reports: found 0"));
  EXPECT_EQ(error_of(sample_envelope(std::vector<ByteView>(256, report))), "decoded");
  EXPECT_THAT(error_of(sample_envelope(std::vector<ByteView>(257, report))),
              HasSubstr("reports: found 257"));
  EXPECT_THAT(error_of(sample_envelope({ByteView{}})), HasSubstr("reports[0]: found 0 bytes"));
}

TEST(WireEnvelope, LetsALargeReportTravelAlone) {
  const Bytes large(model::kReportBytesMax, 7);
  const Bytes half(model::kEnvelopeReportBytesMax / 2, 7);
  const Bytes more(model::kEnvelopeReportBytesMax / 2 + 1, 7);

  EXPECT_EQ(error_of(sample_envelope({large})), "decoded");
  EXPECT_EQ(error_of(sample_envelope({half, half})), "decoded");
  EXPECT_THAT(error_of(sample_envelope({half, more})), HasSubstr("travels alone"));
  EXPECT_THAT(error_of(sample_envelope({Bytes(model::kReportBytesMax + 1, 7)})),
              HasSubstr("reports[0]: found"));
  EXPECT_THAT(error_of(sample_envelope({Bytes(model::kMessageBytesMax, 7)})),
              HasSubstr("expected at most"));
}

TEST(WireEnvelope, RefusesNumbersOutsideTheChain) {
  const Bytes report{1};
  auto envelope = sample_envelope({report, report});
  envelope.link.first_seq = 0;
  EXPECT_THAT(error_of(envelope), HasSubstr("first_seq: found 0"));
  envelope.link.first_seq = std::numeric_limits<std::uint64_t>::max();
  EXPECT_THAT(error_of(envelope), HasSubstr("first_seq: found 18446744073709551615"));
}

TEST(WireEnvelope, RefusesANodeThatIsNone) {
  const Bytes report{1};
  auto envelope = sample_envelope({report});
  envelope.node = {};
  EXPECT_THAT(error_of(envelope), HasSubstr("node: '' is not a node"));
}

TEST(WireMessage, ReadsWhatItMade) {
  const Bytes body{9, 8, 7};
  const auto frame = make_message(MessageType::nack, body);

  const auto message = read_message(frame);

  EXPECT_THAT(frame, testing::ElementsAre('M', 'S', 'T', 'R', 1, 5, 0, 0, 9, 8, 7));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->type, MessageType::nack);
  EXPECT_THAT(message->body, ElementsAreArray(body));
}

TEST(WireMessage, RefusesEveryBrokenHeader) {
  const auto error_with = [](std::size_t at, std::uint8_t value) {
    auto frame = make_message(MessageType::ping, {});
    frame[at] = value;
    const auto message = read_message(frame);
    return message ? model::Error{} : message.error();
  };
  EXPECT_THAT(error_with(3, 'X').message, HasSubstr("MSTR"));
  EXPECT_EQ(error_with(4, 2).code, model::ErrorCode::unsupported);
  EXPECT_THAT(error_with(4, 2).message, HasSubstr("version 2, this build speaks 1"));
  EXPECT_THAT(error_with(5, 0x3f).message, HasSubstr("63 is no known type"));
  EXPECT_THAT(error_with(6, 1).message, HasSubstr("not zero"));
  EXPECT_THAT(error_with(7, 1).message, HasSubstr("not zero"));
  EXPECT_FALSE(read_message(Bytes(7, 0)));
  EXPECT_FALSE(read_message(make_message(MessageType::ping, Bytes(model::kMessageBytesMax))));
}

TEST(WireMessage, NamesItsTypes) {
  EXPECT_EQ(to_text(MessageType::publish), "PUBLISH");
  EXPECT_EQ(to_text(MessageType::refusal), "REFUSAL");
  EXPECT_EQ(to_text(MessageType::feed_bye), "FEED_BYE");
  EXPECT_EQ(to_text(static_cast<MessageType>(0x3f)), "UNKNOWN(63)");
}

}  // namespace
}  // namespace muster::wire
