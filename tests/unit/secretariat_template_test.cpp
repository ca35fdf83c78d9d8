// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

#include "nodes/desk/read_workbook.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/secretariat_rig.h"

/// `muster report template`: what is asked, what is written, and what is said about it.
namespace muster::secretariat {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A broker that knows two units of KAZ.
model::Result<model::Answer> answer_of(const model::Query& query) {
  model::Answer answer;
  if (std::holds_alternative<model::TreeQuery>(query)) {
    model::TreeAnswer tree{.nation = tests::nation("KAZ"), .nodes = {}};
    for (const auto& unit : {tests::root_unit(), tests::full_unit()}) {
      model::TreeNode node{.unit = unit.unit, .parent = {}};
      node.name = unit.name;
      tree.nodes.push_back(node);
    }
    answer.body = tree;
    return answer;
  }
  const auto& asked = std::get<model::UnitQuery>(query).unit;
  model::UnitAnswer unit{.unit = asked, .node = {}};
  if (asked == tests::full_unit().unit) {
    unit.statements = {tests::full_unit(), tests::full_strength()};
  }
  answer.body = unit;
  return answer;
}

class TemplateCommandRun : public testing::Test {
 protected:
  TemplateCommandRun() { world_.answers = answer_of; }

  rig::Ran run(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"report", "template", "--config", "kaz.toml",
                                       "--kind", "strength", "--out",    out_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return world_.run(arguments);
  }
  /// What stands below each other in a column of the first sheet, from the headings on.
  [[nodiscard]] std::vector<std::string> column(std::uint32_t number) const {
    const auto workbook = desk::read_workbook(out_, rig::read_file(out_));
    EXPECT_TRUE(workbook) << workbook.error().message;
    std::vector<std::string> cells;
    for (std::uint32_t row = 2; row < workbook->sheets[0].rows(); ++row) {
      const auto text = desk::shown_value(workbook->sheets[0].at({row, number}));
      if (!text.empty()) {
        cells.push_back(text);
      }
    }
    return cells;
  }

  rig::World world_;
  rig::Folder folder_;
  std::string out_ = folder_.path("strength.xlsx");
};

std::string next_steps(const std::string& path) {
  return fmt::format(
      "fill it in, then check it with 'muster report validate {0}' and send it with 'muster report "
      "publish {0}'\n",
      path);
}

TEST_F(TemplateCommandRun, SaysOneUnitOfOne) {
  world_.answers = [](const model::Query& query) {
    auto answer = answer_of(query);
    if (auto* tree = std::get_if<model::TreeAnswer>(&answer->body)) {
      tree->nodes.pop_back();
    }
    return answer;
  };

  EXPECT_EQ(run().out, "written: " + out_ + " (1 unit filled in)\n");
}

TEST_F(TemplateCommandRun, FillsInTheUnitsOfTheNodesNation) {
  const auto ran = run();

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "written: " + out_ + " (2 units filled in)\n");
  EXPECT_EQ(ran.err, next_steps(out_));
  // A second row for the second of its specialties.
  EXPECT_THAT(column(0),
              ElementsAre("Unit code", "KAZ:EX-COMMAND-1", "KAZ:EX-COMBAT-1", "KAZ:EX-COMBAT-1"));
  EXPECT_THAT(column(1), ElementsAre("Name", tests::root_unit().name, tests::full_unit().name,
                                     tests::full_unit().name));
  EXPECT_THAT(column(3), ElementsAre("Authorised", "120"));
  ASSERT_EQ(world_.asked.size(), 3U);
  EXPECT_EQ(std::get<model::TreeQuery>(world_.asked[0]).nation, tests::nation("KAZ"));
  EXPECT_EQ(std::get<model::UnitQuery>(world_.asked[1]).unit, tests::root_unit().unit);
}

TEST_F(TemplateCommandRun, HasRareColumnsWhereAUnitHasSuchAValueOrAllThatThereAre) {
  EXPECT_EQ(run().code, 0);
  const auto has = [&](const std::string& heading) {
    const auto workbook = desk::read_workbook(out_, rig::read_file(out_));
    const auto& sheet = workbook->sheets[0];
    for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
      if (desk::shown_value(sheet.at({2, column})) == heading) {
        return true;
      }
    }
    return false;
  };
  EXPECT_TRUE(has("Present: officers, men"));
  EXPECT_FALSE(has("Present: officers, women"));

  std::filesystem::remove(out_);
  EXPECT_EQ(run({"--all-columns"}).code, 0);
  EXPECT_TRUE(has("Present: officers, women"));
}

TEST_F(TemplateCommandRun, WarnsOfWhatNoCellCanHold) {
  world_.answers = [](const model::Query& query) {
    auto answer = answer_of(query);
    if (auto* unit = std::get_if<model::UnitAnswer>(&answer->body);
        unit != nullptr && !unit->statements.empty()) {
      auto strength = tests::full_strength();
      strength.gains = {{model::LedgerChange::discharge, 1}};
      unit->statements[1] = strength;
    }
    return answer;
  };

  const auto ran = run();

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, next_steps(out_) + "muster: warning: " + out_ +
                         " cannot hold all that is known of KAZ:EX-COMBAT-1: Strength.gains - "
                         "publish that unit as JSON, or it changes\n");
}

TEST_F(TemplateCommandRun, AsksForAnotherNationWhenToldTo) {
  const auto ran = run({"--nation", "RUS"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(std::get<model::TreeQuery>(world_.asked.at(0)).nation, tests::nation("RUS"));
}

TEST_F(TemplateCommandRun, SpeaksTheLanguageOfTheDesk) {
  world_.config->desk_language = "ru";

  EXPECT_EQ(run().code, 0);
  EXPECT_EQ(column(0).at(0), "Шифр подразделения");
}

TEST_F(TemplateCommandRun, SpeaksTheLanguageThatIsAskedFor) {
  world_.config->desk_language = "ru";

  EXPECT_EQ(run({"--lang", "en"}).code, 0);
  EXPECT_EQ(column(0).at(0), "Unit code");
}

TEST_F(TemplateCommandRun, WritesAnEmptyOneWithoutABrokerAndSaysWhy) {
  world_.answers = [](const model::Query&) -> model::Result<model::Answer> {
    return model::fail(model::ErrorCode::unavailable, "nobody answers there");
  };

  const auto ran = run();

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "written: " + out_ + " (0 units filled in)\n");
  EXPECT_EQ(ran.err,
            "no units can be filled in: the broker at tcp://127.0.0.1:7611 did not tell those of "
            "KAZ: nobody answers there\n" +
                next_steps(out_));
  EXPECT_THAT(column(0), ElementsAre("Unit code"));
}

TEST_F(TemplateCommandRun, FillsInNoUnitWhenNotAllCanBeHad) {
  world_.answers = [](const model::Query& query) -> model::Result<model::Answer> {
    if (std::holds_alternative<model::UnitQuery>(query)) {
      return model::fail(model::ErrorCode::timed_out, "no answer within 5 s");
    }
    return answer_of(query);
  };

  const auto ran = run();

  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(column(0), ElementsAre("Unit code"));
}

TEST_F(TemplateCommandRun, NeedsNoConfiguration) {
  world_.environment.clear();

  const auto ran = world_.run({"report", "template", "--kind", "strength", "--out", out_});

  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(world_.asked, IsEmpty());
  EXPECT_THAT(ran.err, testing::StartsWith("no units can be filled in: no configuration: "));
  EXPECT_THAT(column(0), ElementsAre("Unit code"));
}

TEST_F(TemplateCommandRun, RefusesAConfigurationThatIsNamedAndWrong) {
  world_.config = model::fail(model::ErrorCode::configuration, "kaz.toml:3:1: why");

  const auto ran = run();

  EXPECT_EQ(ran.code, 78);
  EXPECT_EQ(ran.out, "");
  EXPECT_FALSE(std::filesystem::exists(out_));
}

TEST_F(TemplateCommandRun, NeverReplacesAFileNorAsksFirst) {
  std::ofstream(out_) << "mine";

  const auto ran = run();

  EXPECT_EQ(ran.code, 73);
  EXPECT_EQ(ran.err, "muster: cannot make the template: " + out_ +
                         " - it is there already - it is not overwritten: name another\n");
  EXPECT_EQ(rig::read_file(out_), "mine");
  EXPECT_THAT(world_.asked, IsEmpty());
}

TEST_F(TemplateCommandRun, SaysWhyItCannotWrite) {
  out_ = folder_.path("nowhere/strength.xlsx");

  const auto ran = run();

  EXPECT_EQ(ran.code, 74);
  EXPECT_EQ(ran.err, "muster: cannot make the template: " + out_ + " - " + out_ +
                         " cannot be written: No such file or directory - check the folder, its "
                         "owner and the free space\n");
}

TEST_F(TemplateCommandRun, TellsScriptsWhatItWrote) {
  const auto ran = run({"-o", "json"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, fmt::format(R"({{
  "apiVersion": "muster/v1",
  "kind": "ReportTemplate",
  "rows": [
    {{
      "file": "{}",
      "units": 2
    }}
  ]
}}
)",
                                 out_));
}

}  // namespace
}  // namespace muster::secretariat
