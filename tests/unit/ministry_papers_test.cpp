// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/ministry/receipt.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const model::NodeId kNode = *model::NodeId::parse("KAZ/mod");
const words::Words& kEnglish = words::Words::of(words::Language::english);

Subject subject() {
  return {.node = "KAZ/mod",
          .file = "Сводка.xlsx",
          .sha256 = "ab12",
          .at = *model::parse_time("2026-11-22T06:30:00.5Z"),
          .rows = 120,
          .rows_refused = 0};
}

desk::Problem at_cell(desk::Problem::Weight weight) {
  return {.weight = weight,
          .code = desk::kRuleBroken,
          .sheet = "Сводка",
          .cell = desk::CellPlace{.row = 16, .column = 3},
          .heading = "В наличии",
          .value = "352",
          .expected = "370",
          .rule = "V12"};
}

Decided accepted(std::uint64_t seq) {
  return {.acknowledged = {.report = {.node = kNode, .seq = seq}, .verdict = {}, .ledger_seq = 14},
          .problems = {}};
}
Decided flagged(std::uint64_t seq) {
  auto report = accepted(seq);
  report.acknowledged.verdict.findings = {
      {.rule = model::Rule::v12, .severity = model::Severity::flag, .found = "352"}};
  report.problems = {at_cell(desk::Problem::Weight::note)};
  return report;
}
Decided refused(std::uint64_t seq) {
  auto report = accepted(seq);
  report.acknowledged.verdict = {.verdict = model::Verdict::refused,
                                 .findings = {{.rule = model::Rule::v12, .found = "352"}}};
  report.problems = {at_cell(desk::Problem::Weight::refuse)};
  return report;
}

std::vector<std::string> ends_of(const std::vector<Paper>& papers) {
  std::vector<std::string> ends;
  for (const auto& paper : papers) {
    ends.push_back(paper.end);
  }
  return ends;
}

TEST(Papers, TellAPersonWhatBecameOfAnAcceptedFile) {
  const auto papers = decided_papers(subject(), {accepted(3)}, {}, kEnglish);

  ASSERT_THAT(ends_of(papers), ElementsAre(".receipt.json", ".receipt.txt"));
  EXPECT_EQ(papers[1].text,
            "Сводка.xlsx: accepted.\n"
            "\n"
            "Node: KAZ/mod\n"
            "When: 2026-11-22 06:30:00 UTC\n"
            "SHA-256 of the file: ab12\n"
            "Rows: 120 read, 0 refused\n"
            "Report KAZ/mod#3: accepted, ledger record 14\n");
}

TEST(Papers, KeepTheFormOfAReceiptOfOneReport) {
  auto of = subject();
  of.rows = 0;

  EXPECT_EQ(decided_papers(of, {accepted(3)}, {}, kEnglish)[0].text,
            R"({
  "apiVersion": "muster/v1",
  "kind": "Receipt",
  "node": "KAZ/mod",
  "file": "Сводка.xlsx",
  "sha256": "ab12",
  "at": "2026-11-22T06:30:00.5Z",
  "report": "KAZ/mod#3",
  "verdict": "ACCEPTED",
  "complete": true,
  "ledger_seq": 14,
  "findings": []
}
)");
}

TEST(Papers, PutFlagsAtTheirCells) {
  const auto papers = decided_papers(subject(), {accepted(3), flagged(4)}, {}, kEnglish);

  ASSERT_THAT(ends_of(papers), ElementsAre(".receipt.json", ".receipt.txt"));
  EXPECT_THAT(papers[1].text, HasSubstr("Report KAZ/mod#4: accepted, ledger record 14\n"
                                        "\n"
                                        "Accepted, and flagged by the broker:\n"
                                        "  - " +
                                        describe(at_cell(desk::Problem::Weight::note)) + "\n"));
}

TEST(Papers, SayThatAVerdictIsNotKnown) {
  auto missed = accepted(3);
  missed.acknowledged.verdict = client::acknowledged_earlier();

  const auto papers = decided_papers(subject(), {missed}, {}, kEnglish);

  EXPECT_THAT(papers[1].text,
              HasSubstr("Report KAZ/mod#3: in the ledger; its verdict was missed and is not known "
                        "here.\n"));
  EXPECT_THAT(papers[0].text, HasSubstr("\"complete\": false"));
  EXPECT_THAT(papers[1].text, testing::StartsWith("Сводка.xlsx: published. Whether all of it was "
                                                  "accepted is not known here.\n"));
}

TEST(Papers, GiveTheFindingsOfARefusedReport) {
  const auto papers = decided_papers(subject(), {refused(3)}, {}, kEnglish);

  ASSERT_THAT(ends_of(papers),
              ElementsAre(".receipt.json", ".receipt.txt", ".findings.json", ".findings.txt"));
  EXPECT_EQ(papers[3].text,
            "Сводка.xlsx: the broker REFUSED this report (KAZ/mod#3). It does not count.\n"
            "\n"
            "  - " +
                describe(at_cell(desk::Problem::Weight::refuse)) +
                "\n"
                "\n"
                "Mend the file and drop it again.\n");
  text::Problems none;
  const auto json = text::parse_json(papers[2].text, none).root;
  EXPECT_EQ(print_json(*json.find("problems"), -1),
            R"([{"code":"RULE_BROKEN","weight":"REFUSE","rule":"V12","sheet":"Сводка",)"
            R"("cell":"D17","heading":"В наличии","found":"352","expected":"370"}])");
  EXPECT_EQ(json.find("problems_total")->text, "1");
  EXPECT_EQ(json.find("verdict")->text, "REFUSED");
}

TEST(Papers, TellNotesOfARejectedFileApart) {
  auto note = at_cell(desk::Problem::Weight::note);
  note.rule.clear();

  const auto papers =
      rejected_papers(subject(), {note, at_cell(desk::Problem::Weight::refuse)}, kEnglish);

  ASSERT_THAT(ends_of(papers), ElementsAre(".findings.json", ".findings.txt"));
  EXPECT_EQ(papers[1].text, "Сводка.xlsx: this file was not published.\n\n  - " +
                                describe(at_cell(desk::Problem::Weight::refuse)) +
                                "\n\nTo be known, and no hindrance:\n  - " + describe(note) +
                                "\n\nMend the file and drop it again.\n");
}

TEST(Papers, CountWhatTheyDoNotList) {
  const std::vector<desk::Problem> many(kProblemsListedMax + 7,
                                        at_cell(desk::Problem::Weight::refuse));

  const auto papers = rejected_papers(subject(), many, kEnglish);

  EXPECT_THAT(papers[1].text, HasSubstr("\n… and 7 more\n"));
  EXPECT_THAT(papers[0].text, HasSubstr("\"problems_total\": 10007"));
  EXPECT_EQ(
      static_cast<std::size_t>(std::count(papers[1].text.begin(), papers[1].text.end(), '\n')),
      kProblemsListedMax + 5);
}

TEST(Papers, SpeakRussian) {
  const auto papers =
      decided_papers(subject(), {accepted(3)}, {}, words::Words::of(words::Language::russian));

  const auto told = words::Words::of(words::Language::russian).tell("Сводка.xlsx: accepted.");
  EXPECT_THAT(papers[1].text, testing::StartsWith(told + "\n"));
  EXPECT_THAT(papers[0].text, HasSubstr("\"verdict\": \"ACCEPTED\"")) << "for machines";
}

}  // namespace
}  // namespace muster::ministry
