// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "schemas/trust/envelope.h"
#include "schemas/trust/hash.h"
#include "schemas/trust/tree.h"

/// Holds PROTOCOL.md to the code: the worked example of §5 is read from the page and computed
/// again.
namespace muster::trust {
namespace {

constexpr auto kPage = MUSTER_SOURCE_DIR "/schemas/PROTOCOL.md";

std::string read_page() {
  std::ifstream file(kPage);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

SigningKey example_key() {
  std::array<std::uint8_t, 32> seed{};
  for (std::size_t i = 0; i < seed.size(); ++i) {
    seed[i] = static_cast<std::uint8_t>(i);
  }
  return SigningKey::from_seed(seed);
}

model::EnvelopeView example_envelope() {
  model::EnvelopeView envelope{
      .protocol_version = 1,
      .node = *model::NodeId::parse("KAZ/mod"),
      .link = {.first_seq = 41, .prev_hash = sha256(model::view_of("before"))},
      .issued_at = *model::parse_time("2022-01-07T12:00:00Z"),
      .reports = {model::view_of("one"), model::view_of("two")}};
  return envelope;
}

std::string example_text() {
  auto envelope = example_envelope();
  const auto key = example_key();
  const auto bytes = signed_bytes(envelope);
  const auto head = seal(envelope, key);
  std::ostringstream out;
  out << "secret seed  000102…1f (32 octets)\n";
  out << "public key   " << model::to_hex(key.public_key()) << "\n";
  out << "node         " << envelope.node.view() << "\n";
  out << "first_seq    " << envelope.link.first_seq << "\n";
  out << "prev_hash    " << model::to_hex(envelope.link.prev_hash) << "\n";
  out << "issued_at    " << model::to_micros(envelope.issued_at) << " (2022-01-07T12:00:00Z)\n";
  const auto hex = model::to_hex(bytes);
  for (std::size_t at = 0; at < hex.size(); at += 64) {
    out << (at == 0 ? "signed       " : "             ") << hex.substr(at, 64) << "\n";
  }
  out << "head         " << model::to_hex(head) << "\n";
  const auto signature = model::to_hex(envelope.signature);
  out << "signature    " << signature.substr(0, 64) << "\n             " << signature.substr(64)
      << "\n";
  return out.str();
}

TEST(Protocol, WorkedExampleOnThePageIsWhatTheCodeComputes) {
  auto page = read_page();
  const std::string begin = "<!-- example:begin -->\n```\n";
  const std::string end = "```\n<!-- example:end -->";
  const auto from = page.find(begin);
  const auto to = page.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const auto start = from + begin.size();

  if (std::getenv("UPDATE") != nullptr) {
    page.replace(start, to - start, example_text());
    std::ofstream(kPage) << page;
    return;
  }
  EXPECT_EQ(page.substr(start, to - start), example_text());
}

TEST(Trust, SignatureCoversEveryFieldOfTheLayout) {
  const auto key = example_key();
  auto original = example_envelope();
  seal(original, key);
  const auto verifies = [&](const model::EnvelopeView& changed) {
    return verify(key.public_key(), signed_bytes(changed), original.signature);
  };

  EXPECT_TRUE(verifies(original));
  auto changed = original;
  changed.node = *model::NodeId::parse("KAZ/moe");
  EXPECT_FALSE(verifies(changed));
  changed = original;
  ++changed.link.first_seq;
  EXPECT_FALSE(verifies(changed));
  changed = original;
  changed.link.prev_hash[31] ^= 1;
  EXPECT_FALSE(verifies(changed));
  changed = original;
  changed.issued_at += model::Duration{1};
  EXPECT_FALSE(verifies(changed));
  changed = original;
  changed.protocol_version = 2;
  EXPECT_FALSE(verifies(changed));
  changed = original;
  std::swap(changed.reports[0], changed.reports[1]);
  EXPECT_FALSE(verifies(changed));
  changed = original;
  changed.reports.pop_back();
  EXPECT_FALSE(verifies(changed));
}

TEST(Trust, Sha256MatchesTheStandardsExample) {
  // FIPS 180-4, example of one block.
  EXPECT_EQ(model::to_hex(sha256(model::view_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({model::view_of("a"), model::view_of("bc")}), sha256(model::view_of("abc")));
}

TEST(Trust, SigningKeyMatchesTheStandardsExample) {
  // RFC 8032 §7.1, test 1.
  const auto seed = *model::parse_hex<std::array<std::uint8_t, 32>>(
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const auto key = SigningKey::from_seed(seed);

  EXPECT_EQ(model::to_hex(key.public_key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(model::to_hex(key.sign({})),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            "701cf9b46bd25bf5f0595bb"
            "e24655141438e7a100b");
}

}  // namespace
}  // namespace muster::trust
