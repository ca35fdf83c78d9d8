// SPDX-License-Identifier: Apache-2.0
#include "storage/record.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>
#include <string>

#include "storage/checksum.h"
#include "storage/frame.h"
#include "storage/high_water.h"
#include "tests/unit/storage_samples.h"

namespace muster::storage {
namespace {

using model::ErrorCode;

model::ReportVerdict random_verdict(Dice& dice) {
  model::ReportVerdict verdict;
  verdict.verdict = static_cast<model::Verdict>(1 + dice.below(2));
  verdict.findings.resize(dice.below(4));
  for (auto& finding : verdict.findings) {
    finding.rule = static_cast<model::Rule>(dice.below(256));
    finding.severity = static_cast<model::Severity>(1 + dice.below(2));
    finding.statement = static_cast<std::uint32_t>(dice.below(std::uint64_t{1} << 32));
    finding.field = dice.text(40);
    finding.found = dice.text(40);
    finding.expected = dice.text(200);
  }
  return verdict;
}

LedgerRecord random_record(Dice& dice) {
  LedgerRecord record;
  record.ledger_seq = dice.below(~std::uint64_t{0});
  record.received_at = model::from_micros(static_cast<std::int64_t>(dice.below(1ULL << 60)) -
                                          (std::int64_t{1} << 59));
  record.node = node(dice.below(2) == 0 ? "KAZ/mod" : "REG/abcdefghijklmnopqrstuvwx");
  record.first_seq = dice.below(~std::uint64_t{0});
  record.chain_hash = dice.hash();
  for (auto left = dice.below(8); left > 0; --left) {
    record.verdicts.push_back(random_verdict(dice));
  }
  record.envelope = dice.bytes(dice.below(3000));
  return record;
}

LedgerRecord refused_record() {
  LedgerRecord record = sample_record(7, 60);
  record.verdicts.push_back({.verdict = model::Verdict::refused,
                             .findings = {{.rule = model::Rule::v12,
                                           .severity = model::Severity::refuse,
                                           .statement = 3,
                                           .field = "present",
                                           .found = "352 + 17",
                                           .expected = "370"}}});
  return record;
}

TEST(Checksum, GivesTheKnownAnswers) {
  EXPECT_EQ(crc32c(model::view_of("123456789")), 0xe3069283U);
  EXPECT_EQ(crc32c(model::Bytes(32, 0x00)), 0x8a9136aaU);  // RFC 3720, B.4
  EXPECT_EQ(crc32c(model::Bytes(32, 0xff)), 0x62a8ab43U);
  EXPECT_EQ(crc32c_portable(model::view_of("123456789")), 0xe3069283U);
}

TEST(Checksum, IsTheSameInPiecesAndWithoutTheInstruction) {
  Dice dice;
  for (int round = 0; round < 200; ++round) {
    const model::Bytes bytes = dice.bytes(dice.below(300));
    const model::ByteView view(bytes);
    const std::size_t cut = dice.below(bytes.size() + 1);
    ASSERT_EQ(crc32c(view.subspan(cut), crc32c(view.first(cut))), crc32c(view));
    ASSERT_EQ(crc32c_portable(view.subspan(cut), crc32c_portable(view.first(cut))), crc32c(view));
  }
}

TEST(Record, ReadsBackWhatWasWritten) {
  Dice dice;
  for (int round = 0; round < 500; ++round) {
    const LedgerRecord record = random_record(dice);

    const auto read = decode_ledger_record(encode(record));

    ASSERT_TRUE(read) << read.error().message;
    ASSERT_TRUE(same(*read, record));
  }
}

TEST(Record, DetectsEveryFlippedByte) {
  const model::Bytes whole = encode(refused_record());
  for (std::size_t place = 0; place < whole.size(); ++place) {
    for (int mask = 1; mask < 256; ++mask) {
      model::Bytes flipped = whole;
      flipped[place] = static_cast<std::uint8_t>(flipped[place] ^ mask);
      const auto read = decode_ledger_record(flipped);
      ASSERT_FALSE(read) << "byte " << place << " ^ " << mask;
      ASSERT_EQ(read.error().code, ErrorCode::corrupt);
    }
  }
}

TEST(Record, DetectsEveryTruncationAndEveryByteTooMany) {
  const model::Bytes whole = encode(refused_record());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ASSERT_FALSE(decode_ledger_record(model::ByteView(whole).first(size))) << size;
  }
  model::Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(decode_ledger_record(longer));
}

// A checksum that holds says nothing about what is inside: these frames are whole and hostile.
TEST(Record, SurvivesAnyBodyUnderAValidChecksum) {
  Dice dice;
  const model::Bytes whole = encode(refused_record());
  for (int round = 0; round < 20'000; ++round) {
    model::Bytes value(whole.begin(), whole.end() - 4);
    for (auto flips = 1 + dice.below(4); flips > 0; --flips) {
      const std::size_t place = kFrameHeaderBytes + dice.below(value.size() - kFrameHeaderBytes);
      value[place] = static_cast<std::uint8_t>(dice.below(256));
    }
    end_frame(value);
    const auto read = decode_ledger_record(value);
    if (!read) {
      ASSERT_EQ(read.error().code, ErrorCode::corrupt);
    }
  }
}

TEST(Record, NamesThePartThatIsWrong) {
  model::Bytes value;
  begin_frame(Tag::ledger_record, value);
  Writer(value).u64(1);
  end_frame(value);
  EXPECT_THAT(decode_ledger_record(value).error().message, testing::HasSubstr("received_at"));

  begin_frame(Tag::head, value);
  Writer(value).short_text("no node");
  end_frame(value);
  EXPECT_THAT(decode_head(value).error().message, testing::HasSubstr("node's name"));
}

TEST(Record, IsRefusedInTheVersionOfANewerProgram) {
  model::Bytes value = encode(sample_record(1));
  value.erase(value.end() - 4, value.end());
  value[1] = kFrameVersion + 1;
  end_frame(value);

  const auto read = decode_ledger_record(value);

  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
}

TEST(Record, IsNotTakenForAnotherKind) {
  model::Bytes value;
  encode(NodeHead{.node = node("KAZ/mod"), .seq = 1, .hash = hash_of(1)}, value);
  EXPECT_EQ(decode_chain_entry(value).error().code, ErrorCode::corrupt);
}

TEST(Values, ReadBackWhatWasWritten) {
  Dice dice;
  model::Bytes value;

  const NodeHead head{.node = node("BLR/gs-1"), .seq = 41, .hash = dice.hash()};
  encode(head, value);
  EXPECT_EQ(decode_head(value).value(), head);

  const ChainEntry entry{.ledger_seq = 9, .chain_hash = dice.hash()};
  encode(entry, value);
  EXPECT_EQ(decode_chain_entry(value).value().ledger_seq, entry.ledger_seq);
  EXPECT_EQ(decode_chain_entry(value).value().chain_hash, entry.chain_hash);

  const Quarantined kept{model::from_micros(-5), "peer", "bad signature", dice.bytes(100)};
  encode(kept, value);
  EXPECT_EQ(decode_quarantined(value).value().received_at, kept.received_at);
  EXPECT_EQ(decode_quarantined(value).value().peer, kept.peer);
  EXPECT_EQ(decode_quarantined(value).value().reason, kept.reason);
  EXPECT_EQ(decode_quarantined(value).value().bytes, kept.bytes);

  const SealedEnvelope sealed{3, 5, dice.hash(), dice.bytes(70)};
  encode(sealed, value);
  EXPECT_EQ(decode_sealed(value).value().first_seq, 3U);
  EXPECT_EQ(decode_sealed(value).value().last_seq, 5U);
  EXPECT_EQ(decode_sealed(value).value().chain_hash, sealed.chain_hash);
  EXPECT_EQ(decode_sealed(value).value().bytes, sealed.bytes);
}

/// The hexadecimal digits of the dump in FORMAT.md that follows `heading`: what stands before the
/// two spaces of each line of its code block.
model::Bytes dump_of(const std::string& heading) {
  std::ifstream document(std::string(MUSTER_SOURCE_DIR) + "/storage/FORMAT.md");
  std::string line;
  while (std::getline(document, line) && line != heading) {
  }
  while (std::getline(document, line) && line != "```text") {
  }
  std::string digits;
  while (std::getline(document, line) && line != "```") {
    std::istringstream columns(line.substr(0, line.find("  ")));
    for (std::string part; columns >> part;) {
      digits += part;
    }
  }
  model::Bytes bytes(digits.size() / 2);
  EXPECT_TRUE(model::from_hex(digits, bytes)) << heading;
  return bytes;
}

TEST(Format, DumpOfALedgerRecordIsWhatTheCodeWrites) {
  LedgerRecord record;
  record.ledger_seq = 7;
  record.received_at = model::parse_time("2022-01-07T12:00:00Z").value();
  record.node = node("KAZ/mod");
  record.first_seq = 41;
  record.chain_hash = hash_of(0xab);
  record.verdicts = refused_record().verdicts;
  record.envelope = {0x4d, 0x55, 0x53, 0x54, 0x45, 0x52};

  EXPECT_EQ(model::to_hex(dump_of("## A ledger record, byte by byte")),
            model::to_hex(encode(record)));
}

TEST(Format, DumpOfTheHighWaterFileIsWhatTheCodeWrites) {
  const Folder folder;
  auto file = HighWaterFile::open(folder / "high-water").value();
  ASSERT_TRUE(file.record(7, hash_of(0xab)));

  std::ifstream stored(folder / "high-water", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stored), {}};

  EXPECT_EQ(model::to_hex(dump_of("## The high-water file after its first mark, byte by byte")),
            model::to_hex(model::view_of(bytes)));
}

}  // namespace
}  // namespace muster::storage
