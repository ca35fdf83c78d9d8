// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/unit/link_fixture.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using std::filesystem::perms;
using test::must;
using test::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecretHex =
    "5ec2e70123456789abcdef0123456789abcdef0123456789abcdef0123456789";

void write_file(const std::filesystem::path& path, const std::string& text, perms mode) {
  std::ofstream(path) << text;
  std::filesystem::permissions(path, mode);
}

constexpr perms kPrivate = perms::owner_read | perms::owner_write;

// RFC 7748, section 5.2: the first step of the iterated example.
TEST(CurveKeyPair, DerivesThePublicKeyOfTheStandardsExample) {
  const auto pair = must(CurveKeyPair::from_secret("09" + std::string(62, '0')));

  EXPECT_EQ(model::to_hex(pair.public_key),
            "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
}

TEST(CurveKeyPair, DerivesWhatItGenerated) {
  const auto pair = CurveKeyPair::generate();

  const auto derived = must(CurveKeyPair::from_secret(pair.secret));

  EXPECT_EQ(derived.public_key, pair.public_key);
  EXPECT_NE(CurveKeyPair::generate().public_key, pair.public_key);
}

TEST(SecretKey, RefusesOtherTextWithoutQuotingIt) {
  for (const std::string& text : {std::string(), std::string(64, 'z'), std::string(64, '0'),
                                  std::string(63, 'a'), std::string(65, 'a')}) {
    const auto key = SecretKey::parse(text);

    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::malformed);
    EXPECT_THAT(key.error().message, Not(HasSubstr("zz")));
  }
}

TEST(SecretKey, IsWipedWhereItMovedFrom) {
  auto key = must(SecretKey::parse(kSecretHex));
  const SecretKey copy = key;

  const SecretKey moved = std::move(key);

  EXPECT_FALSE(key.is_set());  // NOLINT(bugprone-use-after-move): this is what is tested.
  EXPECT_TRUE(std::ranges::equal(moved.reveal(), copy.reveal()));
}

TEST(Fingerprint, IsShortAndTellsKeysApart) {
  EXPECT_EQ(fingerprint(model::PublicKey{}), "66687aadf862bd77");
  EXPECT_NE(fingerprint(CurveKeyPair::generate().public_key), fingerprint(model::PublicKey{}));
}

TEST(KeyFile, IsReadBackAsWritten) {
  const TemporaryFolder folder;
  const auto pair = CurveKeyPair::generate();

  must(save_secret_key(folder / "curve.key", pair.secret));
  const auto read = must(load_secret_key(folder / "curve.key"));

  EXPECT_EQ(must(CurveKeyPair::from_secret(read)).public_key, pair.public_key);
  EXPECT_EQ(std::filesystem::file_size(folder / "curve.key"), 65U);
  EXPECT_EQ(std::filesystem::status(folder / "curve.key").permissions(), kPrivate);
}

TEST(KeyFile, IsPrivateUnderAnyMask) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(0777);

  must(save_secret_key(folder / "curve.key", CurveKeyPair::generate().secret));
  ::umask(before);

  EXPECT_EQ(std::filesystem::status(folder / "curve.key").permissions(), kPrivate);
}

TEST(KeyFile, IsNeverOverwritten) {
  const TemporaryFolder folder;
  const auto first = must(SecretKey::parse(kSecretHex));
  must(save_secret_key(folder / "curve.key", first));

  const auto again = save_secret_key(folder / "curve.key", CurveKeyPair::generate().secret);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::already_exists);
  EXPECT_THAT(again.error().message, HasSubstr("curve.key"));
  EXPECT_TRUE(
      std::ranges::equal(must(load_secret_key(folder / "curve.key")).reveal(), first.reveal()));
}

TEST(KeyFile, IsNotWrittenThroughALink) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink(folder / "elsewhere", folder / "curve.key");

  const auto saved = save_secret_key(folder / "curve.key", CurveKeyPair::generate().secret);

  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, ErrorCode::already_exists);
  EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere"));
}

TEST(KeyFile, IsRefusedWhenOthersMayTouchIt) {
  for (const perms open :
       {perms::group_read, perms::others_read, perms::group_write, perms::others_exec}) {
    const TemporaryFolder folder;
    write_file(folder / "curve.key", std::string(kSecretHex) + "\n", kPrivate | open);

    const auto read = load_secret_key(folder / "curve.key");

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::refused);
    EXPECT_THAT(read.error().message, HasSubstr("chmod 600"));
  }
}

TEST(KeyFile, IsRefusedWhenItHoldsAnythingElse) {
  const std::string key = kSecretHex;
  for (const std::string& text : {std::string(), key.substr(1) + "\n", key + "\n\n", key + "00\n",
                                  " " + key, std::string(5000, 'q')}) {
    const TemporaryFolder folder;
    write_file(folder / "curve.key", text, kPrivate);

    const auto read = load_secret_key(folder / "curve.key");

    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::malformed);
    EXPECT_THAT(read.error().message, HasSubstr("curve.key"));
    // Longer than any run of one letter in the random name of the folder.
    EXPECT_THAT(read.error().message, Not(HasSubstr(std::string(8, 'q'))));
  }
}

TEST(KeyFile, MayLackItsNewline) {
  const TemporaryFolder folder;
  write_file(folder / "curve.key", kSecretHex, perms::owner_read);

  EXPECT_TRUE(load_secret_key(folder / "curve.key"));
}

TEST(KeyFile, SaysWhatIsInItsPlace) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);

  EXPECT_EQ(load_secret_key(folder / "none").error().code, ErrorCode::not_found);
  EXPECT_EQ(load_secret_key(folder / "pipe").error().code, ErrorCode::malformed);
  EXPECT_EQ(load_secret_key(folder / ".").error().code, ErrorCode::malformed);
  EXPECT_EQ(save_secret_key(folder / "no/folder", must(SecretKey::parse(kSecretHex))).error().code,
            ErrorCode::io);
  EXPECT_EQ(save_secret_key(folder / "x", SecretKey()).error().code, ErrorCode::malformed);
}

}  // namespace
}  // namespace muster::link
