// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"
#include "storage/outbox.h"
#include "storage/store.h"

/// Values as they stand on disk: FORMAT.md has the grammar and a worked dump.
/// Encoding is total. Decoding takes bytes that nobody vouches for: it never crashes and never
/// reserves more than they could fill. Errors of every decode: corrupt, naming the part.
namespace muster::storage {

/// A ledger record in three pieces that follow each other. The envelope, nearly all of it, is
/// looked at and not copied: it must outlive this. Reuse one, and `front` keeps its memory.
struct EncodedRecord {
  model::Bytes front;
  model::ByteView envelope;
  std::array<std::uint8_t, 4> checksum{};
};
void encode(const LedgerRecord& record, EncodedRecord& out);
/// The same in one piece.
model::Bytes encode(const LedgerRecord& record);
model::Result<LedgerRecord> decode_ledger_record(model::ByteView value);

/// The rest write into `out`, which is emptied first and keeps its memory.
void encode(const NodeHead& head, model::Bytes& out);
model::Result<NodeHead> decode_head(model::ByteView value);

void encode(const ChainEntry& entry, model::Bytes& out);
model::Result<ChainEntry> decode_chain_entry(model::ByteView value);

void encode(const Quarantined& entry, model::Bytes& out);
model::Result<Quarantined> decode_quarantined(model::ByteView value);

void encode(const SealedEnvelope& envelope, model::Bytes& out);
model::Result<SealedEnvelope> decode_sealed(model::ByteView value);

}  // namespace muster::storage
