// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/journal.h"

#include <gtest/gtest.h>

namespace muster::ministry {
namespace {

TEST(Journal, IsReadAsItWasWritten) {
  const Journal journal{.name = "Сводка \"1\".json",
                        .stage = Journal::Stage::settled,
                        .first_seq = 41,
                        .last_seq = 18'446'744'073'709'551'615U,
                        .sha256 = std::string(64, 'a'),
                        .rows = 1'200,
                        .rows_refused = 4'294'967'295U,
                        .move_to = "processed/2024-05-01/Сводка.json",
                        .papers = {".receipt.json", ".marked.xlsx"},
                        .writings = {{"a", "line 1\nline 2"}, {"b", ""}},
                        .remember = "KAZ/mod#41"};

  const auto read = journal_from_json(to_json(journal));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, journal);
}

TEST(Journal, ReadsThoseOfEarlierVersionsAsARangeOfOne) {
  const auto read = journal_from_json(
      R"({"name": "a.json", "stage": "pushing", "seq": 7, "sha256": "ab", "move_to": "",
          "writings": [], "remember": ""})");

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, (Journal{.name = "a.json", .first_seq = 7, .last_seq = 7, .sha256 = "ab"}));
  EXPECT_EQ(read->count(), 1U);
}

const model::NodeId kNode = *model::NodeId::parse("KAZ/mod");

client::Acknowledged refused(std::uint64_t seq) {
  return {.report = {.node = kNode, .seq = seq},
          .verdict = {.verdict = model::Verdict::refused,
                      .findings = {{.rule = model::Rule::v12,
                                    .statement = 3,
                                    .field = "holdings[2].fmc",
                                    .found = "«12»\n",
                                    .expected = "11"},
                                   {.severity = model::Severity::flag, .found = "x"}}},
          .ledger_seq = 900};
}

bool same(const client::Acknowledged& a, const client::Acknowledged& b) {
  return a.report == b.report && a.verdict == b.verdict && a.ledger_seq == b.ledger_seq;
}

TEST(Verdicts, AreReadAsTheyWereWrittenTheFirstOfEachAndOfThisFileAlone) {
  const Journal journal{.first_seq = 3, .last_seq = 5};
  const client::Acknowledged earlier{.report = {.node = kNode, .seq = 4},
                                     .verdict = client::acknowledged_earlier()};
  auto again = earlier;
  again.report.seq = 3;
  const auto lines = to_line(refused(2)) + "\n" + to_line(refused(3)) + "\n" + to_line(again) +
                     "\nrubbish\n\n" + to_line(earlier) + "\n" + to_line(refused(5));

  const auto told = verdicts_from_lines(lines, journal, kNode);

  ASSERT_EQ(told.size(), 2U) << "the last line was cut short";
  EXPECT_TRUE(same(told[0], refused(3)));
  EXPECT_TRUE(same(told[1], earlier));
  EXPECT_TRUE(client::is_acknowledged_earlier(told[1].verdict));
}

TEST(Verdicts, NameARange) {
  EXPECT_EQ(range_text(kNode, 3, 3), "KAZ/mod#3");
  EXPECT_EQ(range_text(kNode, 3, 5), "KAZ/mod#3..5");
}

TEST(Journal, IsCorruptWhenItIsNotOne) {
  for (const auto* text : {"", "{", "[]", "{}", R"({"stage": "sold"})",
                           R"({"stage": "pushing", "seq": 7, "last_seq": 6})"}) {
    EXPECT_EQ(journal_from_json(text).error().code, model::ErrorCode::corrupt) << text;
  }
}

}  // namespace
}  // namespace muster::ministry
