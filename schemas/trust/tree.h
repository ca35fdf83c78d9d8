// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "schemas/model/report.h"
#include "schemas/trust/signing.h"

/// The Merkle tree over the ledger, with the hashing of RFC 6962 §2.1.
namespace muster::trust {

/// Leaf of one ledger record: SHA-256(0x00 ‖ ledger_seq ‖ received_at ‖ chain hash ‖ one verdict
/// byte a report), the numbers big-endian. It binds what was sent (the chain hash), when it was
/// taken and what became of it.
model::Hash leaf_hash(std::uint64_t ledger_seq, model::UtcTime received_at,
                      const model::Hash& chain_hash, model::ByteView verdicts);

/// The right edge of the tree: enough to append a leaf and to give the root, in O(log n) space and
/// time. A value.
class TreeFrontier {
 public:
  void append(const model::Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// The root (RFC 6962: SHA-256 of nothing for an empty tree).
  [[nodiscard]] model::Hash root() const;

  /// To keep it: the size and the roots of the perfect subtrees, largest first.
  [[nodiscard]] model::Bytes save() const;
  /// Errors: corrupt when the number of roots does not fit the size.
  static model::Result<TreeFrontier> load(model::ByteView saved);
  friend bool operator==(const TreeFrontier&, const TreeFrontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<model::Hash> roots_;
};

/// The audit path of the leaf at `index`, from 0, in the tree over `leaves` (RFC 6962 §2.1.1): the
/// hashes to combine it with, from the leaf up to the root. `index` must be below their number. In
/// O(n) time.
std::vector<model::Hash> audit_path(std::uint64_t index, std::span<const model::Hash> leaves);

/// A leaf, its place in the tree, and the path that leads from it to the root.
struct Inclusion {
  model::Hash leaf{};
  std::uint64_t index = 0;  ///< From 0; of ledger record n it is n - 1.
  std::uint64_t tree_size = 0;
  std::span<const model::Hash> path;
};

/// True when the path leads from the leaf to exactly this root (RFC 9162 §2.1.3.2). Any bytes may
/// be given: what does not fit is false.
bool verify_inclusion(const Inclusion& inclusion, const model::Hash& root);

/// Signs what the ledger holds: domain tag ‖ size ‖ root ‖ at.
model::TreeHead sign_tree_head(const TreeFrontier& frontier, model::UtcTime at,
                               const SigningKey& key);
bool verify_tree_head(const model::TreeHead& head, const model::PublicKey& key);

}  // namespace muster::trust
