// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "schemas/text/report_json.h"

/// The contract in ops/docs/JSON.md must stay true: its examples are the golden files, or are read.
namespace muster::text {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::filesystem::path unit_tests() { return std::filesystem::path(__FILE__).parent_path(); }

/// What stands between ```json and ```, without the last newline as with it.
std::vector<std::string> examples() {
  const auto document = read_file(unit_tests() / "../../ops/docs/JSON.md");
  constexpr std::string_view kOpen = "```json\n";
  std::vector<std::string> found;
  for (auto at = document.find(kOpen); at != std::string::npos; at = document.find(kOpen, at)) {
    at += kOpen.size();
    found.push_back(document.substr(at, document.find("```", at) - at));
  }
  return found;
}

std::vector<std::string> examples_with(const std::string& mark) {
  auto found = examples();
  std::erase_if(found, [&](const auto& text) { return text.find(mark) == std::string::npos; });
  return found;
}

TEST(JsonDocument, ShowsTheGoldenFiles) {
  for (const char* name : {"force_strength.json", "force_strength.nd.json", "force_tree.json",
                           "unit.json", "server_info.json", "ledger_tail.json", "findings.json"}) {
    EXPECT_THAT(examples(), Contains(read_file(unit_tests() / "golden" / name))) << name;
  }
}

TEST(JsonDocument, ShowsAReportThatCanBeRead) {
  const auto reports = examples_with(R"("kind": "REGULAR",
  "valid_at")");

  ASSERT_THAT(reports, SizeIs(1));
  const auto parsed = report_from_json(reports[0]);
  for (const auto& problem : parsed.problems) {
    ADD_FAILURE() << describe(problem);
  }
  EXPECT_THAT(parsed.report.statements, SizeIs(3));
}

/// The kinds of the statements of a report that has no problem.
std::set<model::StatementKind> kinds_in(const std::string& report) {
  const auto parsed = report_from_json(report);
  for (const auto& problem : parsed.problems) {
    ADD_FAILURE() << describe(problem);
  }
  std::set<model::StatementKind> kinds;
  for (const auto& statement : parsed.report.statements) {
    kinds.insert(model::kind_of(statement));
  }
  return kinds;
}

TEST(JsonDocument, ShowsEveryTypeOfStatement) {
  auto shown = kinds_in(examples_with(R"("kind": "REGULAR",
  "valid_at")")
                            .at(0));
  for (const auto& example : examples()) {
    if (example.rfind("{\"type\": ", 0) != 0) {
      continue;
    }
    const auto one = kinds_in(R"({"kind": "REGULAR", "valid_at": "2022-01-07T12:00:00Z",
      "classification": "UNCLASSIFIED", "statements": [)" +
                              example + "]}");
    ASSERT_THAT(one, SizeIs(1));
    EXPECT_TRUE(shown.insert(*one.begin()).second) << example;
  }
  shown.insert(model::StatementKind::registry);  // The section of its own that follows.

  for (const auto& [kind, name] : model::code_names(model::StatementKind{})) {
    EXPECT_THAT(shown, Contains(kind)) << name;
  }
}

TEST(JsonDocument, ShowsARegistryThatCanBeRead) {
  const auto registries = examples_with("\"members\"");

  ASSERT_THAT(registries, SizeIs(1));
  const auto parsed = registry_from_json(registries[0]);
  for (const auto& problem : parsed.problems) {
    ADD_FAILURE() << describe(problem);
  }
  EXPECT_THAT(parsed.registry.nodes, SizeIs(1));
  EXPECT_THAT(parsed.registry.published_figures, SizeIs(1));
  ASSERT_THAT(parsed.registry.policies, SizeIs(1));
  EXPECT_EQ(parsed.registry.policies[0].rail_kmh, model::Policy{}.rail_kmh);
}

}  // namespace
}  // namespace muster::text
