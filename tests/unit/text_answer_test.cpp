// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "schemas/text/answer_json.h"
#include "schemas/text/json_tree.h"
#include "tests/unit/force_samples.h"
#include "tests/unit/operation_samples.h"
#include "tests/unit/text_samples.h"

namespace muster::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::filesystem::path golden(const std::string& name) {
  return std::filesystem::path(__FILE__).parent_path() / "golden" / name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Compares byte by byte with the file; UPDATE=1 in the environment rewrites it instead.
void expect_golden(const std::string& name, const std::string& text) {
  if (const char* update = std::getenv("UPDATE"); update != nullptr && std::string(update) == "1") {
    std::ofstream(golden(name), std::ios::binary) << text;
  }
  EXPECT_EQ(text, read_file(golden(name))) << "UPDATE=1 rewrites " << golden(name);
}

struct Golden {
  const char* name;
  model::Answer (*answer)();
};

class AnswerJson : public ::testing::TestWithParam<Golden> {};

TEST_P(AnswerJson, KeepsItsContract) {
  const auto answer = GetParam().answer();

  expect_golden(GetParam().name + std::string(".json"), answer_to_json(answer) + "\n");
  expect_golden(GetParam().name + std::string(".nd.json"), answer_to_ndjson(answer));
}

TEST_P(AnswerJson, SaysTheSameInOneLine) {
  const auto answer = GetParam().answer();
  Problems problems;

  const auto indented = parse_json(answer_to_json(answer), problems);
  const auto line = parse_json(answer_to_json(answer, -1), problems);

  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(print_json(indented.root, 2), print_json(line.root, 2));
  EXPECT_THAT(answer_to_json(answer, -1), Not(HasSubstr("\n")));
}

TEST_P(AnswerJson, HasALineForEachRow) {
  const auto answer = GetParam().answer();
  Problems problems;
  const auto object = parse_json(answer_to_json(answer), problems).root;
  const auto lines = answer_to_ndjson(answer);

  auto expected = object.find("rows")->items.size() + (object.find("total") != nullptr ? 1 : 0);
  for (const auto* name :
       {"left_out", "candidates", "nations", "figures", "slices", "unused", "needs", "verdicts"}) {
    const auto* list = object.find(name);
    expected += list != nullptr ? list->items.size() : 0;
  }
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), static_cast<std::ptrdiff_t>(expected));
}

INSTANTIATE_TEST_SUITE_P(
    Text, AnswerJson,
    ::testing::Values(Golden{"force_strength", samples::strength_answer},
                      Golden{"force_tree", samples::tree_answer},
                      Golden{"unit", samples::unit_answer},
                      Golden{"server_info", samples::server_info_answer},
                      Golden{"ledger_tail", samples::ledger_tail_answer},
                      Golden{"force_ready", samples::ready_answer},
                      Golden{"force_buildup", samples::buildup_answer},
                      Golden{"force_matrix", samples::matrix_answer},
                      Golden{"force_roster", samples::roster_answer},
                      Golden{"force_history", samples::history_answer},
                      Golden{"force_diff", samples::diff_answer},
                      Golden{"force_stale", samples::stale_answer},
                      Golden{"force_caveats", samples::caveats_answer},
                      Golden{"force_overrides", samples::overrides_answer},
                      Golden{"ledger_proof", samples::proof_answer},
                      Golden{"operation_list", samples::operations_answer},
                      Golden{"operation", samples::operation_answer},
                      Golden{"operation_gaps", samples::gaps_answer},
                      Golden{"operation_package", samples::assemble_answer},
                      Golden{"operation_commitments", samples::commitments_answer},
                      Golden{"operation_buildup", samples::operation_buildup_answer},
                      Golden{"operation_sustainment", samples::sustainment_answer},
                      Golden{"operation_withdrawal", samples::withdrawal_answer},
                      Golden{"force_standby", samples::standby_answer},
                      Golden{"force_remaining", samples::remaining_answer},
                      Golden{"report_dry_run", samples::dry_run_answer}),
    [](const auto& instance) { return instance.param.name; });

/// The example of a kind in ops/docs/JSON.md, which leaves out the header and later rows.
std::string shortened_example(const std::string& kind) {
  const auto document = read_file(golden("../../../ops/docs/JSON.md"));
  const std::string open = "```text\n";
  const auto begin = document.find(open, document.find("### " + kind + "\n")) + open.size();
  auto text = document.substr(begin, document.find("```", begin) - begin);
  const std::string dots = "{...}";
  const auto at = text.find(dots);
  return at == std::string::npos ? text : text.replace(at, dots.size(), "{}");
}

/// True when `shown` is the beginning of `whole`, where both are lists.
bool is_beginning(const Json& shown, const Json& whole) {
  const auto count = std::min(shown.items.size(), whole.items.size());
  auto cut = whole;
  cut.items.resize(count);
  return shown.kind == JsonKind::array && print_json(shown, -1) == print_json(cut, -1);
}

TEST(AnswerDocument, ShowsTheBeginningOfTheGoldenFiles) {
  for (const std::string name :
       {"force_ready",       "force_buildup",         "force_matrix",
        "force_roster",      "force_history",         "force_diff",
        "force_stale",       "force_caveats",         "force_overrides",
        "ledger_proof",      "operation_list",        "operation",
        "operation_gaps",    "operation_package",     "operation_commitments",
        "operation_buildup", "operation_sustainment", "operation_withdrawal",
        "force_standby",     "force_remaining",       "report_dry_run"}) {
    Problems problems;
    const auto whole = parse_json(read_file(golden(name + ".json")), problems).root;
    const auto kind = whole.find("kind")->text;
    const auto shown = parse_json(shortened_example(kind), problems).root;

    EXPECT_TRUE(problems.empty()) << kind;
    ASSERT_EQ(shown.items.size(), whole.items.size()) << kind;
    for (const auto& member : shown.items) {
      const auto* same = whole.find(member.key);
      ASSERT_NE(same, nullptr) << kind << " " << member.key;
      EXPECT_TRUE(member.key == "header" || is_beginning(member, *same) ||
                  print_json(member, -1) == print_json(*same, -1))
          << kind << " " << member.key;
    }
  }
}

TEST(AnswerHeader, CarriesTheNoticeOnlyInTheExercise) {
  auto answer = samples::strength_answer();
  EXPECT_THAT(answer_to_json(answer), HasSubstr(R"("notice": "EXERCISE - FICTIONAL DATA")"));

  answer.header.realm = model::Realm::live;
  EXPECT_THAT(answer_to_json(answer), Not(HasSubstr("notice")));
}

TEST(StrengthAnswerJson, WithoutGroupsAndRowsIsStillWhole) {
  const model::Answer answer{samples::header(), model::StrengthAnswer{}};

  EXPECT_THAT(answer_to_json(answer), HasSubstr("\"rows\": [],"));
  EXPECT_EQ(
      answer_to_ndjson(answer),
      R"({"total":true,"units":0,"authorised":0,"assigned":0,"on_strength":0,"present":0,"deployable":0})"
      "\n");
}

TEST(StrengthAnswerJson, SurvivesARowWithFewerKeysThanGroups) {
  model::StrengthAnswer body;
  body.group_by = {model::Dimension::nation, model::Dimension::level};
  body.rows = {{{"KAZ"}, {}, {}}};

  EXPECT_THAT(answer_to_ndjson({samples::header(), body}),
              HasSubstr(R"({"nation":"KAZ","units":0)"));
}

TEST(ForceAnswerJson, LeavesOutWhatIsAbsent) {
  const model::Answer roster{samples::header(),
                             model::RosterAnswer{.unit = samples::unit("KAZ:EX-HQ")}};
  const auto json = answer_to_json(roster, -1);
  for (const auto* absent : {"\"version\"", "\"strength\"", "null"}) {
    EXPECT_THAT(json, Not(HasSubstr(absent)));
  }

  const model::DiffAnswer diff{.rows = {{.change = {"present", "", "12"}}}};
  EXPECT_THAT(answer_to_ndjson({samples::header(), diff}),
              HasSubstr(R"("change":{"field":"present","after":"12"})"));
}

TEST(ForceAnswerJson, ShowsALossAsANegativeNumber) {
  model::StrengthAnswer body;
  body.attachment_balance = -2;
  EXPECT_THAT(answer_to_json({samples::header(), body}, -1),
              HasSubstr(R"("basis":"OWNER","attachment_balance":-2)"));
}

TEST(UnitAnswerJson, NamesAStatementThatItCannotShow) {
  model::UnitAnswer body;
  body.statements = {model::UninterpretedStatement{model::StatementKind::roster}};

  EXPECT_EQ(answer_to_ndjson({samples::header(), body}), "{\"type\":\"Roster\"}\n");
}

TEST(FindingsJson, KeepsItsContract) {
  const model::Finding in_statement{
      model::Rule::v12, model::Severity::refuse, 3, "present", "352 + 17", "370"};
  const model::Finding whole{
      model::Rule::v08, model::Severity::flag, model::Finding::kWholeReport, "", "late", "now"};

  expect_golden("findings.json", findings_to_json({in_statement, whole}) + "\n");
  EXPECT_EQ(findings_to_json({}), "[]");
}

}  // namespace
}  // namespace muster::text
