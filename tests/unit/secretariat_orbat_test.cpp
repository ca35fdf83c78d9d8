// SPDX-License-Identifier: Apache-2.0
// `muster report import` and `muster force export`: what is shown, kept and refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/secretariat/sheet.h"
#include "schemas/text/report_json.h"
#include "tests/unit/desk_orbat_fixture.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using desk::fixture::kaz;
using desk::fixture::kFirst;
using desk::fixture::kSecond;
using desk::fixture::msdl;
using desk::fixture::xml;
using rig::Folder;
using rig::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string two_units() {
  return msdl(xml({.handle = kFirst, .name = "HQ"}) +
              xml({.handle = " " + kSecond, .name = "B", .superior = kFirst}));
}

std::vector<std::string> import_of(const std::string& file, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"report", "import",   file, "--format",
                                     "msdl",   "--nation", "KAZ"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(ImportUnits, ShowsWhatWasMetAndPublishesNothing) {
  use_utf8_locale();
  World world;
  const Folder folder;
  const auto file = folder.write("ex.xml", two_units());

  const auto ran = world.run(import_of(file));

  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            file +
                ": units of KAZ: 2, true at 2026-11-01T06:00:00Z; nothing is published\n"
                "side 'Blue (fictional)': units: 2, taken\n"
                "side 'Red (fictional)': units: 0, taken\n"
                "reports: 1; items that are no units: 0; graphics and others not read: 0\n"
                "CODE            SEVERITY  WHERE             VALUE                      DONE\n"
                "HANDLE_TRIMMED  NOTE      line 8, column 7  …0-4000-8000-000000000002  "
                "white space around the handle is left out\n"
                "HANDLE_TRIMMED 1\n");
  EXPECT_TRUE(world.published.empty());
}

TEST(ImportUnits, IsAContractAsJson) {
  World world;
  const Folder folder;
  const auto file = folder.write("ex.xml", two_units());

  const auto ran = world.run(import_of(file, {"-o", "json"}));

  EXPECT_EQ(ran.code, 0) << ran.err;
  const std::string expected = R"json({
  "apiVersion": "muster/v1",
  "kind": "OrderOfBattleImport",
  "file": ")json" + file + R"json(",
  "format": "msdl",
  "nation": "KAZ",
  "valid_at": "2026-11-01T06:00:00Z",
  "reports": 1,
  "units": 2,
  "units_skipped": 0,
  "equipment_items": 0,
  "others": 0,
  "sides": [
    {
      "name": "Blue (fictional)",
      "handle": "11111111-0000-4000-8000-000000000001",
      "units": 2,
      "taken": true
    },
    {
      "name": "Red (fictional)",
      "handle": "11111111-0000-4000-8000-000000000002",
      "units": 0,
      "taken": true
    }
  ],
  "counts": {
    "HANDLE_TRIMMED": 1
  },
  "findings": [
    {
      "code": "HANDLE_TRIMMED",
      "severity": "NOTE",
      "where": "line 8, column 7",
      "handle": "22222222-0000-4000-8000-000000000002",
      "value": " 22222222-0000-4000-8000-000000000002",
      "done": "white space around the handle is left out"
    }
  ]
}
)json";
  EXPECT_EQ(ran.out, expected);
}

TEST(ImportUnits, GivesCsvWithASummaryBesideIt) {
  World world;
  const Folder folder;

  const auto ran = world.run(import_of(folder.write("ex.xml", two_units()), {"-o", "csv"}));

  EXPECT_EQ(ran.out,
            "code,severity,where,handle,value,done\n"
            "HANDLE_TRIMMED,NOTE,\"line 8, column 7\",22222222-0000-4000-8000-000000000002,"
            " 22222222-0000-4000-8000-000000000002,white space around the handle is left out\n");
  EXPECT_THAT(ran.err, HasSubstr("units of KAZ: 2"));
}

TEST(ImportUnits, KeepsADraftThatCanBePublished) {
  World world;
  const Folder folder;
  const auto draft = folder.path("draft.json");

  const auto ran = world.run(import_of(folder.write("ex.xml", two_units()), {"--draft", draft}));

  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("written: " + draft + "; nothing was published\n"));
  EXPECT_THAT(ran.err, HasSubstr("muster report publish " + draft));
  const auto report = text::report_from_json(rig::read_file(draft));
  EXPECT_TRUE(report.problems.empty());
  ASSERT_EQ(report.report.statements.size(), 2U);
  EXPECT_EQ(std::get<model::UnitStatement>(report.report.statements[1]).relations[0].unit,
            kaz("HQ"));
}

TEST(ImportUnits, WritesADraftForEachMomentAndReplacesNone) {
  World world;
  const Folder folder;
  const auto text = desk::fixture::orbat_mapper(
      R"({"id":"a","name":"A","state":[{"t":"2026-11-02T00:00:00Z","location":[71,51]}]})");
  const auto file = folder.write("ex.json", text);
  const auto draft = folder.path("draft.json");
  const std::vector<std::string> arguments{
      "report", "import", file, "--format", "orbat-mapper", "--nation", "KAZ", "--draft", draft};

  const auto first = world.run(arguments);
  const auto kept = rig::read_file(draft);
  const auto second = world.run(arguments);

  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_FALSE(rig::read_file(folder.path("draft.2.json")).empty());
  EXPECT_EQ(second.code, 73);
  EXPECT_THAT(second.err, HasSubstr("cannot write a draft: " + draft +
                                    " - it exists and is never replaced - choose another --draft"));
  EXPECT_EQ(rig::read_file(draft), kept);
}

TEST(ImportUnits, NamesTheSidesThatThereAre) {
  World world;
  const Folder folder;
  const auto file = folder.write("ex.xml", two_units());

  const auto ran = world.run(import_of(file, {"--side", "Green"}));

  EXPECT_EQ(ran.code, 64);
  EXPECT_EQ(ran.err, "muster: cannot import: " + file +
                         " - it has no such side - name one of 'Blue (fictional)', 'Red "
                         "(fictional)' with --side\n");
}

TEST(ImportUnits, RefusesWhatCannotBeReadWithItsPlace) {
  World world;
  const Folder folder;
  const auto file = folder.write("bad.xml", "<MilitaryScenario>\n<Unit>\n");

  const auto ran = world.run(import_of(file, {"-o", "csv"}));
  const auto missing = world.run(import_of(folder.path("none.xml")));

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.out, HasSubstr("MALFORMED,ERROR,\"line 2, column 7\""));
  EXPECT_EQ(missing.code, 66);
  EXPECT_EQ(missing.err, "muster: cannot import: " + folder.path("none.xml") +
                             " - No such file or directory - name a file that can be read\n");
}

TEST(ImportUnits, AsksForAMomentBeforeItKeepsADraft) {
  World world;
  const Folder folder;
  const auto file = folder.write("ex.xml", msdl(xml({.handle = kFirst, .name = "A"}), "", "soon"));

  const auto shown = world.run(import_of(file));
  const auto kept = world.run(import_of(file, {"--draft", folder.path("d.json")}));
  const auto given = world.run(
      import_of(file, {"--draft", folder.path("d.json"), "--valid-at", "2026-11-01T06:00:00Z"}));

  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.err, HasSubstr("the file does not say when it was true: give --valid-at\n"));
  EXPECT_THAT(shown.out, HasSubstr(", without a moment at which it was true; nothing is published"));
  EXPECT_EQ(kept.code, 64);
  EXPECT_EQ(given.code, 0) << given.err;
}

// ---- export -------------------------------------------------------------------------------------

model::UnitStatement unit(const char* code, const char* parent = nullptr) {
  model::UnitStatement made;
  made.unit = kaz(code);
  made.name = std::string(code) + " (fictional)";
  if (parent != nullptr) {
    made.relations = {{.unit = kaz(parent)}};
  }
  return made;
}

/// A broker that knows these units.
void teach(World& world, std::vector<model::UnitStatement> units) {
  world.config = client::NodeConfig{};
  world.broker_is_there = true;
  world.answers = [units = std::move(units)](const model::Query& query) {
    model::Answer answer;
    answer.header.valid_at = desk::fixture::at("2026-11-01T06:00:00Z");
    if (const auto* const asked = std::get_if<model::UnitQuery>(&query)) {
      model::UnitAnswer body;
      body.unit = asked->unit;
      for (const auto& one : units) {
        if (one.unit == asked->unit) {
          body.statements = {one};
        }
      }
      answer.body = body;
      return model::Result<model::Answer>(answer);
    }
    model::TreeAnswer tree;
    for (const auto& one : units) {
      tree.nodes.push_back({.unit = one.unit});
    }
    answer.body = tree;
    return model::Result<model::Answer>(answer);
  };
}

TEST(ExportUnits, WritesWhatImportsAsTheSameUnits) {
  World world;
  const Folder folder;
  const std::vector<model::UnitStatement> units{unit("EX-1"), unit("EX-2", "EX-1")};
  teach(world, units);
  for (const std::string format : {"msdl", "orbat-mapper"}) {
    const auto ran = world.run({"force", "export", "KAZ", "--format", format, "--as-of",
                                "2026-11-01", "--out", folder.path(format)});

    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "written: " + folder.path(format) + ", 2 units of KAZ\n");
    const auto text = rig::read_file(folder.path(format));
    EXPECT_THAT(text, HasSubstr("EXERCISE - FICTIONAL DATA"));
    const auto draft = desk::import_order_of_battle(text, *desk::orbat_format_named(format),
                                                    desk::fixture::of_kaz());
    const auto again = desk::fixture::units_of(draft);
    EXPECT_THAT(again, ElementsAre(::testing::Pair("KAZ:EX-1", units[0]),
                                   ::testing::Pair("KAZ:EX-2", units[1])));
  }
  for (const auto& standpoint : world.standpoints) {
    EXPECT_EQ(standpoint.as_of, desk::fixture::at("2026-11-01T00:00:00Z"));
  }
}

TEST(ExportUnits, GoesToStdoutAndReplacesNoFile) {
  World world;
  const Folder folder;
  teach(world, {unit("EX-1")});
  const auto taken = folder.write("taken", "mine");

  const auto printed = world.run({"force", "export", "KAZ", "--format", "msdl"});
  const auto refused = world.run({"force", "export", "KAZ", "--format", "msdl", "--out", taken});

  EXPECT_EQ(printed.code, 0) << printed.err;
  EXPECT_TRUE(printed.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  EXPECT_EQ(printed.err, "");
  EXPECT_EQ(refused.code, 73);
  EXPECT_EQ(rig::read_file(taken), "mine");
}

TEST(ExportUnits, SaysThatANationHasNoUnits) {
  World world;
  teach(world, {});

  const auto ran = world.run({"force", "export", "KAZ", "--format", "msdl"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_EQ(ran.err,
            "muster: cannot export: KAZ - the broker knows no unit of it - see what there "
            "is with 'muster force tree KAZ'\n");
}

}  // namespace
}  // namespace muster::secretariat
