// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::storage {

/// An envelope as it was sealed and will be resent, byte for byte.
struct SealedEnvelope {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  model::Hash chain_hash{};  ///< The node's head after it.
  model::Bytes bytes;
};

/// What a node keeps until the broker has acknowledged it: reports that wait, in order, and
/// envelopes that were sealed. A report gets its seq when it is pushed and never another. Thread
/// rule: one thread at a time.
class Outbox {
 public:
  virtual ~Outbox() = default;

  /// The seq the next push() takes. 1 for a new outbox.
  [[nodiscard]] virtual std::uint64_t next_seq() const = 0;
  /// Head of what was sealed: the last sealed seq and its chain hash (0 and zeros before the
  /// first).
  [[nodiscard]] virtual std::uint64_t sealed_seq() const = 0;
  [[nodiscard]] virtual model::Hash sealed_hash() const = 0;
  [[nodiscard]] virtual std::uint64_t acknowledged_seq() const = 0;

  /// Keeps reports, synced; they take the next seqs in order.
  /// Returns the seq of the first. Errors: unavailable when the disk refuses; nothing was kept.
  virtual model::Result<std::uint64_t> push(const std::vector<model::Bytes>& reports) = 0;

  /// Up to `count` reports that wait to be sealed, oldest first, within `bytes_max` in all (one at
  /// least).
  virtual model::Result<std::vector<model::Bytes>> waiting(std::size_t count,
                                                           std::size_t bytes_max) const = 0;

  /// Replaces the waiting reports first_seq..last_seq by the envelope that holds them, synced: from
  /// now on these bytes and no others are what that seq was.
  /// Errors: unavailable as push(); refused unless they are the oldest that wait.
  virtual model::Result<void> seal(const SealedEnvelope& envelope) = 0;

  /// Sealed and not acknowledged, oldest first, from the one that holds `from_seq` on, at most
  /// `count`.
  virtual model::Result<std::vector<SealedEnvelope>> sealed(std::uint64_t from_seq,
                                                            std::size_t count) const = 0;

  /// Forgets everything up to `seq` (always the end of an envelope). Not synced: it may be
  /// acknowledged again.
  /// Errors: unavailable as push(); refused above sealed_seq().
  virtual model::Result<void> acknowledge(std::uint64_t seq) = 0;

  /// An empty outbox goes on from the broker's head after the old one was lost.
  /// Errors: refused unless nothing waits and nothing is sealed.
  virtual model::Result<void> resume_from(std::uint64_t seq, const model::Hash& hash) = 0;
};

/// In memory: for tests, for load and for the benchmarks, whose peers keep nothing on their side
/// either.
std::unique_ptr<Outbox> make_memory_outbox();

/// In RocksDB, in the folder `path`, which is made when missing. One process at a time.
/// Errors: unavailable when another process holds it, io, corrupt, unsupported for another format
/// version.
model::Result<std::unique_ptr<Outbox>> open_outbox(const std::string& path);

}  // namespace muster::storage
