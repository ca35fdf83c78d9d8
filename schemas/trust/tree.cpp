// SPDX-License-Identifier: Apache-2.0
#include "schemas/trust/tree.h"

#include <bit>
#include <cassert>

#include "schemas/trust/big_endian.h"
#include "schemas/trust/hash.h"

namespace muster::trust {
namespace {

// Signed. Never change.
constexpr std::string_view kTreeHeadTag{"muster/tree-head/1\0", 19};
constexpr std::uint8_t kLeaf =
    0;  // RFC 6962 §2.1: leaves and nodes are told apart by their first byte.
constexpr std::uint8_t kNode = 1;

model::Hash node_hash(const model::Hash& left, const model::Hash& right) {
  return sha256({model::ByteView(&kNode, 1), left, right});
}

model::Bytes signed_bytes(std::uint64_t size, const model::Hash& root, model::UtcTime at) {
  model::Bytes out;
  append_bytes(out, model::view_of(kTreeHeadTag));
  append_big_endian(out, size);
  append_bytes(out, root);
  append_big_endian(out, model::to_micros(at));
  return out;
}

/// The root of the tree over `leaves`, of which there is at least one.
model::Hash root_of(std::span<const model::Hash> leaves) {
  TreeFrontier frontier;
  for (const auto& leaf : leaves) {
    frontier.append(leaf);
  }
  return frontier.root();
}

}  // namespace

model::Hash leaf_hash(std::uint64_t ledger_seq, model::UtcTime received_at,
                      const model::Hash& chain_hash, model::ByteView verdicts) {
  model::Bytes numbers;
  append_big_endian(numbers, ledger_seq);
  append_big_endian(numbers, model::to_micros(received_at));
  return sha256({model::ByteView(&kLeaf, 1), numbers, chain_hash, verdicts});
}

void TreeFrontier::append(const model::Hash& leaf) {
  // Each trailing one bit of the size is a perfect subtree that the new leaf completes into a
  // larger one.
  auto merged = leaf;
  for (int i = std::countr_one(size_); i > 0; --i) {
    merged = node_hash(roots_.back(), merged);
    roots_.pop_back();
  }
  roots_.push_back(merged);
  ++size_;
}

model::Hash TreeFrontier::root() const {
  if (roots_.empty()) {
    return sha256(model::ByteView{});
  }
  auto root = roots_.back();
  for (auto left = roots_.rbegin() + 1; left != roots_.rend(); ++left) {
    root = node_hash(*left, root);
  }
  return root;
}

model::Bytes TreeFrontier::save() const {
  model::Bytes out;
  append_big_endian(out, size_);
  for (const auto& root : roots_) {
    append_bytes(out, root);
  }
  return out;
}

model::Result<TreeFrontier> TreeFrontier::load(model::ByteView saved) {
  constexpr std::size_t kSizeBytes = 8;
  TreeFrontier frontier;
  if (saved.size() >= kSizeBytes) {
    for (const std::uint8_t byte : saved.first(kSizeBytes)) {
      frontier.size_ = frontier.size_ << 8 | byte;
    }
    saved = saved.subspan(kSizeBytes);
    const auto roots = static_cast<std::size_t>(std::popcount(frontier.size_));
    if (saved.size() == roots * sizeof(model::Hash)) {
      frontier.roots_.resize(roots);
      for (auto& root : frontier.roots_) {
        std::copy_n(saved.begin(), root.size(), root.begin());
        saved = saved.subspan(root.size());
      }
      return frontier;
    }
  }
  return model::fail(model::ErrorCode::corrupt,
                     "the saved tree frontier has the wrong length for its size");
}

std::vector<model::Hash> audit_path(std::uint64_t index, std::span<const model::Hash> leaves) {
  assert(index < leaves.size());
  std::vector<model::Hash> path;
  while (leaves.size() > 1) {
    // The left subtree is the largest perfect one that leaves something for the right.
    const auto left = std::bit_ceil(leaves.size()) / 2;
    const bool is_left = index < left;
    path.push_back(root_of(is_left ? leaves.subspan(left) : leaves.first(left)));
    leaves = is_left ? leaves.first(left) : leaves.subspan(left);
    index -= is_left ? 0 : left;
  }
  return {path.rbegin(), path.rend()};
}

bool verify_inclusion(const Inclusion& inclusion, const model::Hash& root) {
  if (inclusion.index >= inclusion.tree_size) {
    return false;
  }
  // The numbers of the node that `hash` is of, and of the last node, on the same level of the tree.
  auto node = inclusion.index;
  auto last = inclusion.tree_size - 1;
  auto hash = inclusion.leaf;
  for (const auto& sibling : inclusion.path) {
    if (last == 0) {
      return false;
    }
    if (node % 2 == 1 || node == last) {
      hash = node_hash(sibling, hash);
      // A last node without a sibling moves up unchanged.
      const int up = std::countr_zero(node);
      node >>= up;
      last >>= up;
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

model::TreeHead sign_tree_head(const TreeFrontier& frontier, model::UtcTime at,
                               const SigningKey& key) {
  model::TreeHead head{.size = frontier.size(), .root = frontier.root(), .at = at, .signature = {}};
  head.signature = key.sign(signed_bytes(head.size, head.root, head.at));
  return head;
}

bool verify_tree_head(const model::TreeHead& head, const model::PublicKey& key) {
  return verify(key, signed_bytes(head.size, head.root, head.at), head.signature);
}

}  // namespace muster::trust
