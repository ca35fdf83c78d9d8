// SPDX-License-Identifier: Apache-2.0
#include "storage/record.h"

#include <cassert>
#include <limits>
#include <utility>

#include "storage/checksum.h"
#include "storage/frame.h"

namespace muster::storage {
namespace {

// The fewest bytes that one of them takes.
constexpr std::size_t kVerdictBytesMin = 1 + 4;
constexpr std::size_t kFindingBytesMin = 1 + 1 + 4 + 3 * 4;

void write_finding(const model::Finding& finding, Writer& writer) {
  writer.u8(static_cast<std::uint8_t>(finding.rule));
  writer.u8(static_cast<std::uint8_t>(finding.severity));
  writer.u32(finding.statement);
  writer.text(finding.field);
  writer.text(finding.found);
  writer.text(finding.expected);
}

model::Finding read_finding(Reader& reader) {
  model::Finding finding;
  finding.rule = static_cast<model::Rule>(reader.u8("finding's rule"));
  finding.severity = static_cast<model::Severity>(reader.u8("finding's severity"));
  finding.statement = reader.u32("finding's statement");
  finding.field = reader.text("finding's field");
  finding.found = reader.text("finding's found");
  finding.expected = reader.text("finding's expected");
  return finding;
}

void write_verdict(const model::ReportVerdict& verdict, Writer& writer) {
  writer.u8(static_cast<std::uint8_t>(verdict.verdict));
  writer.u32(static_cast<std::uint32_t>(verdict.findings.size()));
  for (const auto& finding : verdict.findings) {
    write_finding(finding, writer);
  }
}

model::ReportVerdict read_verdict(Reader& reader) {
  model::ReportVerdict verdict;
  verdict.verdict = static_cast<model::Verdict>(reader.u8("verdict"));
  const std::uint32_t count = reader.count(kFindingBytesMin, "number of findings");
  verdict.findings.reserve(count);
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    verdict.findings.push_back(read_finding(reader));
  }
  return verdict;
}

void read_verdicts(Reader& reader, std::vector<model::ReportVerdict>& verdicts) {
  const std::uint32_t count = reader.count(kVerdictBytesMin, "number of verdicts");
  verdicts.reserve(count);
  for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
    verdicts.push_back(read_verdict(reader));
  }
}

model::NodeId read_node(Reader& reader) {
  auto node = model::NodeId::parse(reader.short_text("node"));
  if (!node) {
    reader.fail("node's name");
  }
  return node.value_or(model::NodeId{});
}

model::Bytes read_bytes(Reader& reader, const char* what) {
  const model::ByteView bytes = reader.counted(what);
  return {bytes.begin(), bytes.end()};
}

void write_front(const LedgerRecord& record, Writer& writer) {
  writer.u64(record.ledger_seq);
  writer.u64(static_cast<std::uint64_t>(model::to_micros(record.received_at)));
  writer.short_text(record.node.view());
  writer.u64(record.first_seq);
  writer.raw(record.chain_hash);
  writer.u32(static_cast<std::uint32_t>(record.verdicts.size()));
  for (const auto& verdict : record.verdicts) {
    write_verdict(verdict, writer);
  }
  writer.u32(static_cast<std::uint32_t>(record.envelope.size()));
}

model::UtcTime read_time(Reader& reader) {
  return model::from_micros(static_cast<std::int64_t>(reader.u64("received_at")));
}

/// The decoded value when `reader` used up its bytes exactly.
template <typename T>
model::Result<T> finished(const Reader& reader, T&& value) {
  MUSTER_CHECK(reader.finish());
  return std::forward<T>(value);
}

}  // namespace

void encode(const LedgerRecord& record, EncodedRecord& out) {
  begin_frame(Tag::ledger_record, out.front);
  Writer writer(out.front);
  write_front(record, writer);
  const std::size_t body = out.front.size() - kFrameHeaderBytes + record.envelope.size();
  assert(body <= std::numeric_limits<std::uint32_t>::max());
  put_little_endian(static_cast<std::uint32_t>(body), out.front.data() + 2);
  out.envelope = record.envelope;
  put_little_endian(crc32c(out.envelope, crc32c(out.front)), out.checksum.data());
}

model::Bytes encode(const LedgerRecord& record) {
  EncodedRecord pieces;
  encode(record, pieces);
  model::Bytes value = std::move(pieces.front);
  value.insert(value.end(), pieces.envelope.begin(), pieces.envelope.end());
  value.insert(value.end(), pieces.checksum.begin(), pieces.checksum.end());
  return value;
}

model::Result<LedgerRecord> decode_ledger_record(model::ByteView value) {
  MUSTER_TRY(const model::ByteView body, open_frame(Tag::ledger_record, value));
  Reader reader(body);
  LedgerRecord record;
  record.ledger_seq = reader.u64("ledger_seq");
  record.received_at = read_time(reader);
  record.node = read_node(reader);
  record.first_seq = reader.u64("first_seq");
  record.chain_hash = reader.hash("chain_hash");
  read_verdicts(reader, record.verdicts);
  record.envelope = read_bytes(reader, "envelope");
  return finished(reader, std::move(record));
}

void encode(const NodeHead& head, model::Bytes& out) {
  begin_frame(Tag::head, out);
  Writer writer(out);
  writer.short_text(head.node.view());
  writer.u64(head.seq);
  writer.raw(head.hash);
  end_frame(out);
}

model::Result<NodeHead> decode_head(model::ByteView value) {
  MUSTER_TRY(const model::ByteView body, open_frame(Tag::head, value));
  Reader reader(body);
  NodeHead head;
  head.node = read_node(reader);
  head.seq = reader.u64("seq");
  head.hash = reader.hash("hash");
  return finished(reader, std::move(head));
}

void encode(const ChainEntry& entry, model::Bytes& out) {
  begin_frame(Tag::chain_entry, out);
  Writer writer(out);
  writer.u64(entry.ledger_seq);
  writer.raw(entry.chain_hash);
  end_frame(out);
}

model::Result<ChainEntry> decode_chain_entry(model::ByteView value) {
  MUSTER_TRY(const model::ByteView body, open_frame(Tag::chain_entry, value));
  Reader reader(body);
  ChainEntry entry;
  entry.ledger_seq = reader.u64("ledger_seq");
  entry.chain_hash = reader.hash("chain_hash");
  return finished(reader, std::move(entry));
}

void encode(const Quarantined& entry, model::Bytes& out) {
  begin_frame(Tag::quarantined, out);
  Writer writer(out);
  writer.u64(static_cast<std::uint64_t>(model::to_micros(entry.received_at)));
  writer.text(entry.peer);
  writer.text(entry.reason);
  writer.counted(entry.bytes);
  end_frame(out);
}

model::Result<Quarantined> decode_quarantined(model::ByteView value) {
  MUSTER_TRY(const model::ByteView body, open_frame(Tag::quarantined, value));
  Reader reader(body);
  Quarantined entry;
  entry.received_at = read_time(reader);
  entry.peer = reader.text("peer");
  entry.reason = reader.text("reason");
  entry.bytes = read_bytes(reader, "bytes");
  return finished(reader, std::move(entry));
}

void encode(const SealedEnvelope& envelope, model::Bytes& out) {
  begin_frame(Tag::sealed, out);
  Writer writer(out);
  writer.u64(envelope.first_seq);
  writer.u64(envelope.last_seq);
  writer.raw(envelope.chain_hash);
  writer.counted(envelope.bytes);
  end_frame(out);
}

model::Result<SealedEnvelope> decode_sealed(model::ByteView value) {
  MUSTER_TRY(const model::ByteView body, open_frame(Tag::sealed, value));
  Reader reader(body);
  SealedEnvelope envelope;
  envelope.first_seq = reader.u64("first_seq");
  envelope.last_seq = reader.u64("last_seq");
  envelope.chain_hash = reader.hash("chain_hash");
  envelope.bytes = read_bytes(reader, "bytes");
  return finished(reader, std::move(envelope));
}

}  // namespace muster::storage
