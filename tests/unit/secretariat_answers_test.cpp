// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::World;
using ::testing::HasSubstr;
using ::testing::Not;
namespace samples = text::samples;

// ---- hand-made answers --------------------------------------------------------------------------

model::StrengthRow nation_row(const char* nation, std::uint32_t units, std::uint64_t people) {
  return {{nation},
          {units, people + 120, people + 60, people + 50, people + 10, people},
          samples::at("2026-11-20T05:30:00.25Z")};
}

model::AnswerHeader complete_header() {
  auto header = samples::header();
  header.valid_at = header.known_at = samples::at("2026-11-20T06:00:00.123456Z");
  header.ledger_seq = 184;
  header.nations_reporting.clear();
  for (const auto* nation : {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"}) {
    header.nations_reporting.push_back(samples::nation(nation));
  }
  header.nations_missing.clear();
  header.nations_stale.clear();
  header.stale_strength = 0;
  return header;
}

model::Answer strength_by_nation() {
  model::StrengthAnswer body;
  body.group_by = {model::Dimension::nation};
  body.rows = {nation_row("ARM", 3, 413),     nation_row("BLR", 4, 871),
               nation_row("KAZ", 12, 2104),   nation_row("KGZ", 3, 390),
               nation_row("RUS", 31, 10'432), nation_row("TJK", 2, 95)};
  for (const auto& row : body.rows) {
    body.total.figures += row.figures;
  }
  return {complete_header(), body};
}

model::Answer strength_in_all() {
  auto answer = strength_by_nation();
  auto& body = std::get<model::StrengthAnswer>(answer.body);
  body.group_by.clear();
  body.rows.clear();
  return answer;
}

model::TreeNode unit_node(const char* id, const char* parent, std::uint16_t depth,
                          const char* name) {
  model::TreeNode node;
  node.unit = samples::unit(id);
  if (parent != nullptr) {
    node.parent = samples::unit(parent);
  }
  node.depth = depth;
  node.name = name;
  node.element_kind = model::ElementKind::combat;
  node.echelon = model::Echelon::battalion;
  node.own = {1, 400, 380, 370, 352, 341};
  node.rolled_up = node.own;
  node.valid_at = samples::at("2026-11-20T05:30:00Z");
  return node;
}

model::Answer cyrillic_tree() {
  model::TreeAnswer body;
  body.nation = samples::nation("KAZ");
  body.nodes = {unit_node("KAZ:EX-HQ", nullptr, 0, "Штаб контингента (вымышленный)"),
                unit_node("KAZ:EX-BN-1", "KAZ:EX-HQ", 1, "1-й батальон"),
                unit_node("KAZ:EX-CO-11", "KAZ:EX-BN-1", 2, "Рота «Альфа», \"А\""),
                unit_node("KAZ:EX-BN-2", "KAZ:EX-HQ", 1, "Second battalion"),
                unit_node("KAZ:EX-LONE", "KAZ:EX-UNSEEN", 0, "Әскери бөлім")};
  body.nodes[0].rolled_up = {4, 1600, 1520, 1480, 1408, 1364};
  body.nodes[1].level = 1;
  body.nodes[1].freshness = model::Freshness::fresh;
  body.nodes[2].level = model::kReorganising;
  body.nodes[2].freshness = model::Freshness::stale;
  body.nodes[4].valid_at.reset();
  return {complete_header(), body};
}

/// The longest names, codes and figures that the exercise has.
model::Answer exercise_tree() {
  model::TreeAnswer body;
  body.nation = samples::nation("KAZ");
  body.nodes = {
      unit_node("KAZ:EX-HQ", nullptr, 0, "Kazakhstani Contingent Headquarters (fictional)"),
      unit_node("KAZ:EX-TSP-01", "KAZ:EX-HQ", 1,
                "Kazakhstani Technical Support Unit 1 (fictional)")};
  body.nodes[0].level = 3;
  for (auto& node : body.nodes) {
    node.freshness = model::Freshness::fresh;
  }
  body.nodes[1].level = 3;
  return {complete_header(), body};
}

model::Answer exercise_unit() {
  auto answer = samples::unit_answer();
  auto& body = std::get<model::UnitAnswer>(answer.body);
  model::UnitStatement unit;
  unit.unit = body.unit;
  unit.name = "Kazakhstani Technical Support Unit 1 (fictional)";
  unit.component = model::Component::military;
  unit.element_kind = model::ElementKind::technical_support;
  unit.echelon = model::Echelon::company;
  unit.lifecycle = model::Lifecycle::standby;
  model::EquipmentStatement equipment;
  equipment.unit = body.unit;
  model::Holding holding;
  holding.required = holding.on_hand = 4;
  holding.fmc = 4;
  equipment.holdings = {holding, holding, holding};
  equipment.holdings[2].fmc = 3;
  body.statements.insert(body.statements.end(), {unit, equipment});
  body.stamps.resize(body.statements.size(), body.stamps[0]);
  return answer;
}

/// Characters of the longest line of the table: what follows the line that begins with `title`.
std::size_t table_width(const std::string& text, const std::string& title) {
  std::istringstream lines(text.substr(text.find("\n" + title) + 1));
  std::size_t width = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto characters = std::count_if(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    });
    width = std::max(width, static_cast<std::size_t>(characters));
  }
  return width;
}

// ---- transcripts --------------------------------------------------------------------------------

struct Transcript {
  const char* name;
  std::vector<std::string> arguments;
  model::Answer (*answer)();
};

class Answers : public ::testing::TestWithParam<Transcript> {
 protected:
  static void SetUpTestSuite() { use_utf8_locale(); }
};

/// Every format, with stdout, stderr and the exit code.
TEST_P(Answers, ReadAsTheyDid) {
  World world;
  world.answer = GetParam().answer();
  std::string transcript;

  for (const std::string format : {"table", "wide", "csv", "ndjson", "json"}) {
    auto arguments = GetParam().arguments;
    arguments.insert(arguments.end(), {"-o", format});
    const auto ran = world.run(arguments);
    transcript += "==== -o " + format + "\n" + ran.out + "---- stderr\n" + ran.err + "---- exit " +
                  std::to_string(ran.code) + "\n";
  }

  rig::expect_golden("cli_" + std::string(GetParam().name) + ".txt", transcript);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Answers,
    ::testing::Values(Transcript{"strength_by_nation", {"force", "strength"}, strength_by_nation},
                      Transcript{"strength_in_all", {"force", "strength"}, strength_in_all},
                      Transcript{
                          "strength_by_four",
                          {"force", "strength", "--by", "nation,component,element-kind,level"},
                          samples::strength_answer},
                      Transcript{"tree", {"force", "tree", "KAZ"}, cyrillic_tree},
                      Transcript{"unit", {"force", "unit", "KAZ:EX-CBT-01"}, samples::unit_answer},
                      Transcript{"server_info", {"server", "info"}, samples::server_info_answer},
                      Transcript{"ledger_tail", {"ledger", "tail"}, samples::ledger_tail_answer}),
    [](const auto& made) { return std::string(made.param.name); });

TEST(Ask, EndsWithThreeWhenNationsAreMissingOrStale) {
  World world;
  world.answer = samples::strength_answer();

  EXPECT_EQ(world.run({"force", "strength"}).code, 3);
  world.answer = strength_by_nation();
  EXPECT_EQ(world.run({"force", "strength"}).code, 0);
}

TEST(Ask, EndsWithZeroWhenTheAnswerRestsOnNoNation) {
  World world;
  world.answer = samples::server_info_answer();
  EXPECT_EQ(world.run({"server", "info"}).code, 0);

  world.answer = samples::ledger_tail_answer();
  EXPECT_EQ(world.run({"ledger", "tail"}).code, 0);
}

TEST(Tables, OfTheExerciseFitTheScreen) {
  use_utf8_locale();
  World world;
  world.answer = exercise_tree();
  const auto tree = world.run({"force", "tree", "KAZ"}).out;
  world.answer = exercise_unit();
  const auto unit = world.run({"force", "unit", "KAZ:EX-CBT-01"}).out;

  EXPECT_LE(table_width(tree, "UNIT"), 100U) << tree;
  EXPECT_LE(table_width(unit, "STATEMENT"), 121U) << unit;
}

TEST(Tables, SayTheSumsOfEquipmentAndTheNameOfAUnit) {
  use_utf8_locale();
  World world;
  world.answer = exercise_unit();

  const auto narrow = world.run({"force", "unit", "KAZ:EX-CBT-01"}).out;
  const auto csv = world.run({"force", "unit", "KAZ:EX-CBT-01", "-o", "csv"}).out;

  EXPECT_THAT(narrow, HasSubstr("3 holdings: required 12, on hand 12, fmc 11"));
  EXPECT_THAT(narrow,
              HasSubstr("KAZ:EX-CBT-01 · Kazakhstani Technical Support Unit 1 (fictional)"));
  EXPECT_THAT(csv, HasSubstr("Kazakhstani Technical Support Unit 1 (fictional), MILITARY"));
}

TEST(Ask, SendsTheFiltersThatWereGiven) {
  World world;
  world.answer = strength_by_nation();

  world.run({"force", "strength", "--by", "Nation,element_kind", "--nation", "KAZ,TJK", "--level",
             "1,2", "--pool", "cpf", "--component", "military", "--element-kind", "rear-support"});

  ASSERT_EQ(world.asked.size(), 1U);
  const auto& query = std::get<model::StrengthQuery>(world.asked[0]);
  EXPECT_THAT(query.group_by,
              ::testing::ElementsAre(model::Dimension::nation, model::Dimension::element_kind));
  EXPECT_THAT(query.nations,
              ::testing::ElementsAre(samples::nation("KAZ"), samples::nation("TJK")));
  EXPECT_THAT(query.levels, ::testing::ElementsAre(1, 2));
  EXPECT_THAT(query.pools, ::testing::ElementsAre(model::ForcePool::cpf));
  EXPECT_THAT(query.components, ::testing::ElementsAre(model::Component::military));
  EXPECT_THAT(query.element_kinds, ::testing::ElementsAre(model::ElementKind::rear_support));
}

TEST(Ask, NamesObjectReasonAndNextStep) {
  World world;
  world.answer = model::fail(model::ErrorCode::not_found, "there is no unit KAZ:NONE");

  const auto ran = world.run({"force", "unit", "KAZ:NONE"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "muster: cannot answer: muster force unit KAZ:NONE - there is no unit KAZ:NONE - see "
            "what there is with 'muster force strength', 'muster force tree NATION' and 'muster "
            "operation list'\n");
}

TEST(Ask, AddsNothingToAnErrorThatSaysWhatToDo) {
  World world;
  world.answer = model::fail(model::ErrorCode::refused, "this key is unknown: ask the registrar");

  const auto ran = world.run({"force", "strength"});

  EXPECT_EQ(ran.code, 77);
  EXPECT_EQ(ran.err,
            "muster: cannot answer: muster force strength - this key is unknown: ask the "
            "registrar\n");
}

TEST(Ask, KeepsTheNoteOfCsvQuiet) {
  World world;
  world.answer = samples::strength_answer();

  EXPECT_THAT(world.run({"force", "strength", "-o", "csv"}).err, HasSubstr("Missing: TJK"));
  EXPECT_EQ(world.run({"force", "strength", "-o", "csv", "-q"}).err, "");
}

// ---- colour -------------------------------------------------------------------------------------

TEST(Colour, OnlyAddsToTheWord) {
  World world;
  world.answer = cyrillic_tree();

  auto plain = world.run({"force", "tree", "KAZ"}).out;
  auto coloured = world.run({"force", "tree", "KAZ", "--color", "always"}).out;

  EXPECT_THAT(plain, Not(HasSubstr("\033")));
  EXPECT_THAT(coloured, HasSubstr("\033[32mFRESH"));
  EXPECT_THAT(coloured, HasSubstr("\033[33mSTALE"));
}

TEST(Colour, FollowsTheEnvironmentUnlessTold) {
  World world;
  world.answer = cyrillic_tree();
  const auto has_colour = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"force", "tree", "KAZ"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return world.run(arguments).out.find('\033') != std::string::npos;
  };

  world.environment["CLICOLOR_FORCE"] = "1";
  EXPECT_TRUE(has_colour({}));
  EXPECT_FALSE(has_colour({"--color=never"}));
  world.environment["NO_COLOR"] = "1";
  EXPECT_FALSE(has_colour({}));
  EXPECT_TRUE(has_colour({"--color", "always"}));
}

}  // namespace
}  // namespace muster::secretariat
