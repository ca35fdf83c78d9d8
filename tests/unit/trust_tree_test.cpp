// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "schemas/trust/hash.h"
#include "schemas/trust/tree.h"

namespace muster::trust {
namespace {

/// RFC 6962 §2.1, as it is written there: the oracle.
model::Hash tree_hash(const std::vector<model::Hash>& leaves, std::size_t from, std::size_t to) {
  if (to == from) {
    return sha256(model::ByteView{});
  }
  if (to - from == 1) {
    return leaves[from];
  }
  std::size_t split = 1;
  while (split * 2 < to - from) {
    split *= 2;
  }
  const auto left = tree_hash(leaves, from, from + split);
  const auto right = tree_hash(leaves, from + split, to);
  const std::uint8_t prefix = 1;
  return sha256({model::ByteView(&prefix, 1), left, right});
}

model::Hash leaf(std::uint64_t n) {
  return leaf_hash(n, model::from_micros(static_cast<std::int64_t>(n)), {}, {});
}

TEST(Tree, FrontierGivesTheRootOfRfc6962ForEverySize) {
  TreeFrontier frontier;
  std::vector<model::Hash> leaves;
  for (std::uint64_t n = 0; n < 70; ++n) {
    EXPECT_EQ(frontier.root(), tree_hash(leaves, 0, leaves.size())) << n;
    leaves.push_back(leaf(n));
    frontier.append(leaves.back());
    EXPECT_EQ(frontier.size(), leaves.size());
  }
}

/// RFC 6962 §2.1.1, as it is written there: PATH(m, D[n]).
std::vector<model::Hash> path_of(std::size_t m, const std::vector<model::Hash>& leaves,
                                 std::size_t from, std::size_t to) {
  if (to - from == 1) {
    return {};
  }
  std::size_t split = 1;
  while (split * 2 < to - from) {
    split *= 2;
  }
  const bool is_left = m < split;
  auto path = is_left ? path_of(m, leaves, from, from + split)
                      : path_of(m - split, leaves, from + split, to);
  path.push_back(is_left ? tree_hash(leaves, from + split, to)
                         : tree_hash(leaves, from, from + split));
  return path;
}

std::vector<model::Hash> leaves_of(std::size_t size) {
  std::vector<model::Hash> leaves;
  for (std::size_t n = 0; n < size; ++n) {
    leaves.push_back(leaf(n));
  }
  return leaves;
}

TEST(Tree, GivesTheAuditPathsOfRfc6962) {
  for (std::size_t size = 1; size <= 20; ++size) {
    const auto leaves = leaves_of(size);
    for (std::size_t m = 0; m < size; ++m) {
      EXPECT_EQ(audit_path(m, leaves), path_of(m, leaves, 0, size)) << m << " of " << size;
    }
  }
}

TEST(Tree, VerifiesEveryLeafInItsPlaceAndInNoOther) {
  for (std::size_t size = 1; size <= 20; ++size) {
    const auto leaves = leaves_of(size);
    const auto root = tree_hash(leaves, 0, size);
    for (std::size_t m = 0; m < size; ++m) {
      const auto path = audit_path(m, leaves);
      for (std::size_t place = 0; place <= size; ++place) {
        const Inclusion claimed{.leaf = leaves[m], .index = place, .tree_size = size, .path = path};
        EXPECT_EQ(verify_inclusion(claimed, root), place == m) << m << " at " << place;
      }
    }
  }
}

TEST(Tree, RefusesAnInclusionThatWasChangedAnywhere) {
  const auto leaves = leaves_of(13);
  const auto root = tree_hash(leaves, 0, leaves.size());
  for (std::size_t m = 0; m < leaves.size(); ++m) {
    const auto path = audit_path(m, leaves);
    const Inclusion good{.leaf = leaves[m], .index = m, .tree_size = leaves.size(), .path = path};
    ASSERT_TRUE(verify_inclusion(good, root));

    auto other_leaf = good;
    other_leaf.leaf[5] ^= 1;
    auto longer = path;
    longer.push_back(root);
    auto other_path = path;
    other_path.front()[0] ^= 1;
    auto other_root = root;
    other_root[31] ^= 1;

    EXPECT_FALSE(verify_inclusion(other_leaf, root));
    EXPECT_FALSE(verify_inclusion(good, other_root));
    EXPECT_FALSE(verify_inclusion({good.leaf, m, good.tree_size, longer}, root));
    EXPECT_FALSE(verify_inclusion({good.leaf, m, good.tree_size, other_path}, root));
    EXPECT_FALSE(verify_inclusion(
        {good.leaf, m, good.tree_size, std::span(path).first(path.size() - 1)}, root));
    EXPECT_FALSE(verify_inclusion({good.leaf, m, 0, path}, root));
  }
}

TEST(Tree, OfOneLeafIsProvedByAnEmptyPath) {
  const auto leaves = leaves_of(1);

  EXPECT_TRUE(audit_path(0, leaves).empty());
  EXPECT_TRUE(verify_inclusion({leaves[0], 0, 1, {}}, leaves[0]));
  EXPECT_FALSE(verify_inclusion({leaves[0], 0, 2, {}}, leaves[0]));
}

TEST(Tree, FrontierIsKeptAndGoesOn) {
  TreeFrontier frontier;
  for (std::uint64_t n = 0; n < 23; ++n) {
    frontier.append(leaf(n));
  }

  auto loaded = TreeFrontier::load(frontier.save());

  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded, frontier);
  loaded->append(leaf(23));
  frontier.append(leaf(23));
  EXPECT_EQ(loaded->root(), frontier.root());
}

TEST(Tree, RefusesASavedFrontierOfTheWrongLength) {
  TreeFrontier frontier;
  for (std::uint64_t n = 0; n < 3; ++n) {
    frontier.append(leaf(n));
  }
  auto saved = frontier.save();
  saved.pop_back();

  EXPECT_EQ(TreeFrontier::load(saved).error().code, model::ErrorCode::corrupt);
  EXPECT_EQ(TreeFrontier::load({}).error().code, model::ErrorCode::corrupt);
}

TEST(Tree, HeadIsSignedAndEveryFieldCounts) {
  const auto key = SigningKey::generate();
  TreeFrontier frontier;
  frontier.append(leaf(1));
  const auto head = sign_tree_head(frontier, model::from_micros(5), key);
  ASSERT_TRUE(verify_tree_head(head, key.public_key()));

  auto changed = head;
  ++changed.size;
  EXPECT_FALSE(verify_tree_head(changed, key.public_key()));
  changed = head;
  changed.root[0] ^= 1;
  EXPECT_FALSE(verify_tree_head(changed, key.public_key()));
  changed = head;
  changed.at += model::Duration{1};
  EXPECT_FALSE(verify_tree_head(changed, key.public_key()));
  EXPECT_FALSE(verify_tree_head(head, SigningKey::generate().public_key()));
}

class KeyFile : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("muster-keys-" + std::to_string(::getpid()));
  std::string path_ = (folder_ / "kaz.sign").string();
};

TEST_F(KeyFile, IsReadBackAsTheSameKey) {
  const auto key = SigningKey::generate();
  ASSERT_TRUE(key.save(path_));

  const auto loaded = SigningKey::load(path_);

  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->public_key(), key.public_key());
  struct stat status{};
  ::stat(path_.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(KeyFile, IsNeverOverwritten) {
  ASSERT_TRUE(SigningKey::generate().save(path_));
  EXPECT_EQ(SigningKey::generate().save(path_).error().code, model::ErrorCode::already_exists);
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadIt) {
  ASSERT_TRUE(SigningKey::generate().save(path_));
  ::chmod(path_.c_str(), 0640);

  const auto loaded = SigningKey::load(path_);

  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, model::ErrorCode::refused);
  EXPECT_THAT(loaded.error().message, testing::HasSubstr("chmod 600"));
}

TEST_F(KeyFile, SaysWhatIsWrongWithIt) {
  EXPECT_EQ(SigningKey::load(path_).error().code, model::ErrorCode::not_found);
  std::ofstream(path_) << "not a key\n";
  ::chmod(path_.c_str(), 0600);
  EXPECT_EQ(SigningKey::load(path_).error().code, model::ErrorCode::malformed);
}

}  // namespace
}  // namespace muster::trust
