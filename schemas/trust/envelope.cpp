// SPDX-License-Identifier: Apache-2.0
#include "schemas/trust/envelope.h"

#include "schemas/trust/big_endian.h"
#include "schemas/trust/hash.h"

namespace muster::trust {
namespace {

// Signed. Never change. The zero that ends the text is part of it, so that no tag begins another.
constexpr std::string_view kEnvelopeTag{"muster/envelope/1\0", 18};

}  // namespace

model::Bytes signed_bytes(const model::EnvelopeView& envelope) {
  model::Bytes out;
  out.reserve(kEnvelopeTag.size() + 84 + envelope.node.view().size() +
              envelope.reports.size() * 32);
  append_bytes(out, model::view_of(kEnvelopeTag));
  append_big_endian(out, envelope.protocol_version);
  append_big_endian(out, static_cast<std::uint8_t>(envelope.node.view().size()));
  append_bytes(out, model::view_of(envelope.node.view()));
  append_big_endian(out, envelope.link.first_seq);
  append_bytes(out, envelope.link.prev_hash);
  append_big_endian(out, model::to_micros(envelope.issued_at));
  append_big_endian(out, static_cast<std::uint32_t>(envelope.reports.size()));
  for (const auto report : envelope.reports) {
    append_bytes(out, sha256(report));
  }
  return out;
}

model::Hash chain_hash(model::ByteView signed_bytes) { return sha256(signed_bytes); }

model::Hash seal(model::EnvelopeView& envelope, const SigningKey& key) {
  const auto bytes = signed_bytes(envelope);
  envelope.signature = key.sign(bytes);
  return chain_hash(bytes);
}

}  // namespace muster::trust
