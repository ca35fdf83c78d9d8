// SPDX-License-Identifier: Apache-2.0
// Answers about operations, as they are printed.
#include <gmock/gmock.h>

#include "schemas/text/answer_json.h"
#include "schemas/text/json_tree.h"
#include "schemas/text/report_json.h"
#include "tests/unit/operation_samples.h"
#include "tests/unit/text_samples.h"

namespace muster::text {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kWhatIf =
    R"("what_if":{"without":["KAZ","ARM"],"host":"TJK","also":["EX-2202"],"notice_min":-1440})";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

Json parsed(const model::Answer& answer) {
  Problems problems;
  auto root = parse_json(answer_to_json(answer), problems).root;
  EXPECT_TRUE(problems.empty());
  return root;
}

// ---- what is supposed ---------------------------------------------------------------------------

TEST(WhatIfJson, StandsInTheHeader) {
  EXPECT_THAT(answer_to_json(samples::supposed(samples::operations_answer()), -1),
              HasSubstr(std::string(R"("stale_strength":113,)") + kWhatIf));
}

TEST(WhatIfJson, EndsEachLineBecauseThereIsNoHeader) {
  const auto lines = lines_of(answer_to_ndjson(samples::supposed(samples::gaps_answer())));

  EXPECT_EQ(lines.size(), lines_of(answer_to_ndjson(samples::gaps_answer())).size());
  for (const auto& line : lines) {
    EXPECT_THAT(line, EndsWith(std::string(kWhatIf) + "}"));
  }
}

TEST(WhatIfJson, IsNowhereWhenNothingIsSupposed) {
  EXPECT_THAT(answer_to_json(samples::gaps_answer()), Not(HasSubstr("what_if")));
  EXPECT_THAT(answer_to_ndjson(samples::gaps_answer()), Not(HasSubstr("what_if")));
}

TEST(WhatIfJson, ShowsOnlyWhatIsSupposed) {
  auto answer = samples::operations_answer();
  answer.header.what_if.notice_min = 0;

  EXPECT_THAT(answer_to_json(answer, -1), HasSubstr(R"("what_if":{"notice_min":0}})"));
}

TEST(WithheldJson, IsSaidOnlyWhenItIsSo) {
  EXPECT_THAT(answer_to_json(samples::withheld(samples::operations_answer()), -1),
              HasSubstr(R"("is_withheld":true)"));
  EXPECT_THAT(answer_to_json(samples::operations_answer()), Not(HasSubstr("is_withheld")));
}

// ---- what is absent -----------------------------------------------------------------------------

TEST(OperationAnswerJson, LeavesOutWhatIsAbsent) {
  const auto rows = *parsed(samples::operations_answer()).find("rows");
  EXPECT_EQ(rows.items[0].find("host"), nullptr);
  EXPECT_EQ(rows.items[2].find("authorised_strength"), nullptr);
  EXPECT_EQ(rows.items[2].find("requirement_version"), nullptr);
  EXPECT_EQ(rows.items[2].find("required")->text, "0");

  const auto figures = *parsed(samples::operation_answer()).find("figures");
  EXPECT_EQ(figures.items[1].find("difference")->text, "-1600");
  EXPECT_EQ(figures.items[2].find("computed"), nullptr);
  EXPECT_EQ(figures.items[2].find("difference"), nullptr);

  const auto package = parsed(samples::assemble_answer());
  EXPECT_EQ(package.find("complete_min"), nullptr);
  EXPECT_EQ(package.find("is_met")->truth, false);
  EXPECT_EQ(parsed(samples::assembled_answer()).find("complete_min")->text, "2100");
  EXPECT_EQ(parsed(samples::assembled_answer()).find("open_objective"), nullptr);
}

TEST(OperationAnswerJson, SaysWhatANewUnitMustDoOfANewUnitOnly) {
  const auto rows = *parsed(samples::gaps_answer()).find("rows");
  EXPECT_EQ(rows.items[0].find("fix"), nullptr);
  const auto* approval = rows.items[2].find("fix");
  EXPECT_EQ(approval->find("kind")->text, "APPROVE_CAVEAT");
  EXPECT_EQ(approval->find("within_h"), nullptr);
  EXPECT_EQ(approval->find("element_kind"), nullptr);
  const auto* wanted = rows.items[3].find("fix");
  EXPECT_EQ(wanted->find("kind")->text, "NEW_UNIT");
  EXPECT_EQ(wanted->find("within_h")->text, "48");
  EXPECT_EQ(wanted->find("element_kind")->text, "POLICE");
  EXPECT_EQ(wanted->find("unit"), nullptr);
}

TEST(OperationAnswerJson, ShowsAnEmptyRequirementAsZerosAndEmptyLists) {
  const auto object = parsed(samples::empty_gaps_answer());
  EXPECT_TRUE(object.find("rows")->items.empty());
  EXPECT_TRUE(object.find("left_out")->items.empty());
  EXPECT_TRUE(object.find("candidates")->items.empty());
  EXPECT_EQ(object.find("total")->find("lacking")->text, "0");
}

// ---- what a registry says of it -----------------------------------------------------------------

TEST(PolicyJson, HasTheDefaultsOfTheNounsWhereItSaysNothing) {
  constexpr std::string_view kRegistry =
      R"({"realm": "EXERCISE", "policies": [
           {"valid_from": "2022-01-01T00:00:00Z"},
           {"valid_from": "2022-01-02T00:00:00Z", "advance_within_h": 12, "first_within_h": 36,
            "max_depletion_percent": 80}]})";

  const auto parsed = registry_from_json(kRegistry);

  ASSERT_TRUE(parsed.problems.empty()) << describe(parsed.problems[0]);
  const auto& policies = parsed.registry.policies;
  EXPECT_EQ(policies[0].advance_within_h, 24);
  EXPECT_EQ(policies[0].first_within_h, 48);
  EXPECT_EQ(policies[0].max_depletion_percent, 100);
  EXPECT_EQ(policies[1].advance_within_h, 12);
  EXPECT_EQ(policies[1].first_within_h, 36);
  EXPECT_EQ(policies[1].max_depletion_percent, 80);
  EXPECT_EQ(registry_from_json(registry_to_json(parsed.registry)).registry, parsed.registry);
}

}  // namespace
}  // namespace muster::text
