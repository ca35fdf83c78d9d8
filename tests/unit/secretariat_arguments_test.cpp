// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/asking/option_values.h"
#include "nodes/secretariat/arguments.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using asking::parse_duration;
using rig::World;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const model::UtcTime kNow = *model::parse_time("2022-01-07T12:00:00Z");

Invocation parsed(const std::vector<std::string>& arguments) {
  auto invocation = parse_arguments(arguments, kNow);
  EXPECT_TRUE(invocation) << invocation.error().error;
  return invocation.value_or(Invocation{{}, VersionCommand{}});
}

struct Wrong {
  std::vector<std::string> arguments;
  std::string says;
};

class Usage : public ::testing::TestWithParam<Wrong> {};

TEST_P(Usage, IsExplainedOnStderrWithExit64) {
  World world;

  const auto ran = world.run(GetParam().arguments);

  EXPECT_EQ(ran.code, 64);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, Usage,
    ::testing::Values(
        Wrong{{},
              "no command - one of: report, force, operation, watch, ledger, keys, server, version"},
        Wrong{{"force"},
              "no command - one of: strength, ready, buildup, matrix, tree, unit, roster, "
              "history, diff, stale, caveats, overrides, standby, remaining, export - see 'muster force "
              "--help'"},
        Wrong{{"forse", "strength"}, "'forse' - no such command - did you mean 'force'?"},
        Wrong{{"-o", "json", "sevrer"}, "'sevrer' - no such command - did you mean 'server'?"},
        Wrong{{"--timeout=5s", "force", "strenght"}, "did you mean 'strength'?"},
        Wrong{{"force", "dance"}, "'dance' - no such command - one of: strength, ready, "},
        Wrong{{"force", "strength", "--outptu", "csv"}, "did you mean '--output'?"},
        Wrong{{"force", "strength", "--by", "natoin"}, "--by 'natoin' - not known - did you mean"},
        Wrong{{"force", "strength", "--by", "nation,nation"}, "--by 'nation' - given twice"},
        Wrong{{"server", "check", "--format", "nagios", "-o", "json"}, "cannot be -o json"},
        Wrong{{"force", "strength", "-o", "tabel"}, "did you mean 'table'?"},
        Wrong{{"force", "strength", "--pool", "CPX"}, "did you mean 'cpf'?"},
        Wrong{{"force", "strength", "--level", "7"}, "--level '7' - not a level"},
        Wrong{{"force", "tree"}, "NATION is required - see 'muster force tree --help'"},
        Wrong{{"force", "tree", "kaz"}, "expected three capital letters"},
        Wrong{{"force", "unit", "KAZ"}, "UNIT 'KAZ'"},
        Wrong{{"ledger", "tail", "-n", "0"}, "--count"},
        Wrong{{"ledger", "tail", "--from", "0"}, "--from"}, Wrong{{"version", "more"}, "more"},
        Wrong{{"version", "--timeout", "5"}, "write 500ms, 5s, 2m or 1h"},
        Wrong{{"version", "--color", "mauve"}, "one of: auto, always, never"},
        Wrong{{"server", "check", "--format", "naigos"}, "did you mean 'nagios'?"},
        Wrong{{"keys", "generate", "--node", "KAZ"}, "--node 'KAZ'"},
        Wrong{{"report", "publish"}, "FILE is required"},
        Wrong{{"force", "strength", "--as-of", "yestreday"},
              "--as-of 'yestreday' - not a moment - write 2022-01-07T12:00:00Z"},
        Wrong{{"force", "strength", "--known-at", "2026-02-30"}, "--known-at '2026-02-30'"},
        Wrong{{"report", "validate", "a.json", "--as-of", "yesterday"},
              "--as-of 'yesterday' - this command asks for no moment"},
        Wrong{{"ledger", "proof", "KAZ/mod", "4", "--known-at", "-3d"}, "asks for no moment"},
        Wrong{{"force", "strength", "--basis", "onwer"}, "did you mean 'owner'?"}));

INSTANTIATE_TEST_SUITE_P(
    ForceMistakes, Usage,
    ::testing::Values(
        Wrong{{"force", "ready"}, "--within is required"},
        Wrong{{"force", "ready", "--within", "90m"}, "--within '90m' - not whole hours"},
        Wrong{{"force", "ready", "--within", "1h", "--tasks", "T16"}, "--tasks 'T16' - not known"},
        Wrong{{"force", "ready", "--within", "1h", "--area", "91,0"},
              "--area '91,0' - not a place"},
        Wrong{{"force", "ready", "--within", "1h", "--min-freshness", "frehs"},
              "did you mean 'fresh'?"},
        Wrong{{"force", "buildup", "--horizon", "2y"}, "--horizon '2y'"},
        Wrong{{"force", "matrix", "--trend-days", "0"}, "--trend-days"},
        Wrong{{"force", "roster"}, "UNIT is required"},
        Wrong{{"force", "roster", "KAZ:A", "--by", "grdae"}, "did you mean 'grade'?"},
        Wrong{{"force", "history", "KAZ:A", "--kind", "strenght"}, "did you mean 'strength'?"},
        Wrong{{"force", "history", "KAZ:A", "--from", "soon"}, "--from 'soon' - not a moment"},
        Wrong{{"force", "diff"}, "--from is required"},
        Wrong{{"force", "diff", "--from", "-3d", "--as-of", "-2d", "--known-at", "-1d"},
              "there is nothing left to compare"},
        Wrong{{"force", "buildpu"}, "did you mean 'buildup'?"},
        Wrong{{"ledger", "proof", "KAZ/mod"}, "SEQ is required"},
        Wrong{{"ledger", "proof", "KAZ/mod", "0"}, "SEQ"},
        Wrong{{"ledger", "proof", "KAZ", "4"}, "NODE 'KAZ'"},
        Wrong{{"ledger", "proof", "KAZ/mod", "4", "--broker-key", "ab"},
              "--broker-key 'ab' - not a key of 64 hexadecimal digits: it must be the broker's "
              "SIGNING key"},
        Wrong{{"force", "ready", "--within", "1h", "--min-freshness", "expired"},
              "--min-freshness 'expired' - not known - one of: fresh, ageing, stale - see"},
        Wrong{{"force", "diff", "--from", "2022-01-05", "--to", "2022-01-04"},
              "--from '2022-01-05' - later than --to, 2022-01-04T00:00:00Z: give the earlier"},
        Wrong{{"force", "diff", "--from", "-1d", "--to", "-2d", "--as-of", "-3d"},
              "--from '-1d' - later than --to"},
        Wrong{{"force", "history", "KAZ:A", "--from", "2022-01-05", "--to", "2022-01-04"},
              "--from '2022-01-05' - later than --to"}));

INSTANTIATE_TEST_SUITE_P(
    ReportMistakes, Usage,
    ::testing::Values(
        Wrong{{"report", "publish", "a.xlsx", "--wait", "1s", "--wait", "2s"},
              "cannot read the arguments: --wait is given more than once - give it once - see"},
        Wrong{{"report"}, "no command - one of: publish, validate, template, import - see 'muster "},
        Wrong{{"report", "publish", "a.xlsx", "--dry-run=sever"},
              "--dry-run 'sever' - not known - did you mean 'server'?"},
        Wrong{{"report", "publish", "a.xlsx", "--valid-at", "soon"}, "--valid-at 'soon' - not a"},
        Wrong{{"report", "publish", "a.xlsx", "--columns", ""}, "--columns: its value is empty"},
        Wrong{{"report", "validate", "a.xlsx", "--yes"}, "'--yes' - no such option"},
        Wrong{{"report", "template"}, "--kind is required"},
        Wrong{{"report", "template", "--kind", "strenght"}, "did you mean 'strength'?"},
        Wrong{{"report", "template", "--kind", "roster", "--nation", "kaz"}, "--nation 'kaz'"},
        Wrong{{"report", "import", "a.xml"}, "--format is required"},
        Wrong{{"report", "import", "a.xml", "--format", "msld"}, "did you mean 'msdl'?"},
        Wrong{{"force", "export", "KAZ", "--format", "c2sim"},
              "--format 'c2sim' - not known - one of: msdl, orbat-mapper"},
        Wrong{{"force", "export", "KAZ", "--format", "msdl", "--as-of", "then"}, "--as-of 'then'"},
        Wrong{{"force", "export"}, "NATION is required"}));

INSTANTIATE_TEST_SUITE_P(
    OperationMistakes, Usage,
    ::testing::Values(
        Wrong{{"operation"}, "no command - one of: list, show, "},
        Wrong{{"operation", "gasp", "EX-2201"}, "did you mean 'gaps'?"},
        Wrong{{"operation", "gaps"}, "OP is required - see 'muster operation gaps --help'"},
        Wrong{{"operation", "gaps", "ex 2201"}, "OP 'ex 2201'"},
        Wrong{{"operation", "gaps", "EX-2201", "--version", "0"}, "--version"},
        Wrong{{"operation", "assemble", "EX-2201", "--goal", "earlyest"},
              "--goal 'earlyest' - not known - did you mean 'earliest'?"},
        Wrong{{"operation", "assemble", "EX-2201", "--max-depletion", "101"}, "--max-depletion"},
        Wrong{{"operation", "assemble", "EX-2201", "--max-depletion", "0"}, "--max-depletion"},
        Wrong{{"operation", "assemble", "EX-2201", "--min-freshness", "expired"},
              "--min-freshness 'expired' - not known - one of: fresh, ageing, stale"},
        Wrong{{"operation", "assemble", "EX-2201", "--time-limit", "11m"},
              "--time-limit '11m' - not a time from 1ms to 10m"},
        Wrong{{"operation", "assemble", "EX-2201", "--time-limit", "0s"},
              "--time-limit '0s' - not a time from 1ms to 10m"},
        Wrong{{"operation", "assemble", "EX-2201", "--also", "EX-2202,EX-2201"},
              "--also 'EX-2201' - the operation that is asked about"},
        Wrong{{"operation", "assemble", "EX-2201", "--time-limit", "soon"},
              "--time-limit 'soon' - not a time from 1ms"},
        Wrong{{"operation", "assemble", "EX-2201", "--time-limit", "9s", "--timeout", "9s"},
              "--time-limit '9s' - as long as --timeout 9s or longer: nobody would wait"},
        Wrong{{"operation", "commitments", "--operation", "?"}, "--operation '?'"},
        Wrong{{"operation", "commitments", "--from", "2022-01-08", "--to", "2022-01-07"},
              "--from '2022-01-08' - later than --to"},
        Wrong{{"operation", "buildup", "EX-2201", "--horizon", "9999h"}, "--horizon '9999h'"},
        Wrong{{"operation", "sustainment", "EX-2201", "--people", "0"}, "--people"},
        Wrong{{"operation", "sustainment", "EX-2201", "--days", "3651"}, "--days"},
        Wrong{{"force", "standby", "--from", "2022-01-08", "--to", "2022-01-07"},
              "--from '2022-01-08' - later than --to"},
        Wrong{{"force", "remaining", "--without", "KAZ"}, "--within is required"},
        Wrong{{"force", "remaining", "--within", "48h"},
              "nothing is supposed - give --without, --host, --also or --notice"}));

INSTANTIATE_TEST_SUITE_P(
    WhatIfMistakes, Usage,
    ::testing::Values(
        Wrong{{"force", "strength", "--without", "KAZ,tjk"}, "--without 'tjk' - "},
        Wrong{{"force", "strength", "--host", "Kazakhstan"}, "--host 'Kazakhstan' - "},
        Wrong{{"operation", "list", "--also", "ex 1"}, "--also 'ex 1' - "},
        Wrong{{"operation", "list", "--notice", "24h"},
              "--notice '24h' - not a shift of up to a year - write +24h for later or -12h for"},
        Wrong{{"operation", "list", "--notice", "+0h"}, "--notice '+0h' - not a shift"},
        Wrong{{"operation", "list", "--withuot", "KAZ"}, "did you mean '--without'?"},
        Wrong{{"operation", "list", "--without", ""}, "--without: its value is empty"},
        Wrong{{"operation", "list", "--host", ""}, "--host: its value is empty"},
        Wrong{{"operation", "list", "--also", ""}, "--also: its value is empty"},
        Wrong{{"operation", "list", "--notice="}, "--notice"},
        Wrong{{"operation", "gaps", ""}, "OP: its value is empty"}));

/// An empty value is no option left out.
INSTANTIATE_TEST_SUITE_P(
    EmptyValues, Usage,
    ::testing::Values(
        Wrong{{"force", "strength", "--as-of", ""}, "--as-of: its value is empty"},
        Wrong{{"--known-at", "", "force", "strength"}, "--known-at: its value is empty"},
        Wrong{{"force", "strength", "--as-of="}, "--as-of"},
        Wrong{{"force", "diff", "--from", ""}, "--from: its value is empty"},
        Wrong{{"force", "diff", "--from", "-1d", "--to", ""}, "--to: its value is empty"},
        Wrong{{"force", "history", "KAZ:A", "--from", ""}, "--from: its value is empty"},
        Wrong{{"force", "buildup", "--area", ""}, "--area: its value is empty"},
        Wrong{{"force", "ready", "--within", "1h", "--min-freshness", ""}, "--min-freshness: its"},
        Wrong{{"force", "strength", "--nation", ""}, "--nation: its value is empty"},
        Wrong{{"ledger", "proof", "KAZ/mod", "4", "--broker-key", ""}, "--broker-key: its value"},
        Wrong{{"server", "info", "--config", ""}, "--config: its value is empty"},
        Wrong{{"keys", "generate", "--node", ""}, "--node: its value is empty"}));

TEST(Arguments, NameAllWrongValuesAtOnce) {
  const auto stop =
      parse_arguments({"force", "strength", "--by", "natoin,levle", "-o", "xml"}, kNow);

  ASSERT_FALSE(stop);
  EXPECT_THAT(stop.error().error, HasSubstr("'natoin'"));
  EXPECT_THAT(stop.error().error, HasSubstr("'levle'"));
  EXPECT_THAT(stop.error().error, HasSubstr("'xml'"));
}

TEST(Arguments, NameAllWrongValuesOfAForceQuestionAtOnce) {
  const auto stop = parse_arguments({"force", "ready", "--within", "soon", "--tasks", "T16,T17",
                                     "--area", "here", "--nation", "kaz", "--as-of", "then"},
                                    kNow);

  ASSERT_FALSE(stop);
  for (const auto* word : {"'soon'", "'T16'", "'T17'", "'here'", "'kaz'", "'then'"}) {
    EXPECT_THAT(stop.error().error, HasSubstr(word));
  }
}

TEST(Arguments, NameAllWrongValuesOfAnOperationQuestionAtOnce) {
  const auto stop = parse_arguments({"operation", "assemble", "ex", "--goal", "best", "--without",
                                     "kaz", "--host", "tjk", "--also", "e x", "--notice", "3"},
                                    kNow);

  ASSERT_FALSE(stop);
  for (const auto* word : {"'ex'", "'best'", "'kaz'", "'tjk'", "'e x'", "'3'"}) {
    EXPECT_THAT(stop.error().error, HasSubstr(word));
  }
}

TEST(Arguments, TakeCommonOptionsBeforeAndBehindTheCommand) {
  const auto before = parsed({"-o", "csv", "--timeout", "2m", "-q", "force", "strength"});
  const auto behind = parsed({"force", "strength", "-o", "csv", "--timeout", "2m", "-q"});

  for (const auto& common : {before.common, behind.common}) {
    EXPECT_EQ(common.format, Format::csv);
    EXPECT_EQ(common.timeout, std::chrono::minutes{2});
    EXPECT_TRUE(common.quiet);
  }
}

TEST(Arguments, HaveDefaults) {
  const auto strength = parsed({"force", "strength"});
  const auto tail = parsed({"ledger", "tail"});

  EXPECT_EQ(strength.common.timeout, std::chrono::seconds{5});
  EXPECT_EQ(strength.common.format, Format::table);
  const auto& query = std::get<model::StrengthQuery>(std::get<AskCommand>(strength.command).query);
  EXPECT_EQ(query.group_by, std::vector{model::Dimension::nation});
  const auto& records = std::get<model::LedgerTailQuery>(std::get<AskCommand>(tail.command).query);
  EXPECT_EQ(records.count, 20U);
  EXPECT_FALSE(records.from_ledger_seq);
}

TEST(Arguments, ReadTheTail) {
  const auto tail = parsed({"ledger", "tail", "-n", "5", "--from", "180"});

  const auto& query = std::get<model::LedgerTailQuery>(std::get<AskCommand>(tail.command).query);
  EXPECT_EQ(query.count, 5U);
  EXPECT_EQ(query.from_ledger_seq, 180U);
}

TEST(Arguments, ReadManyFilesAndTheWait) {
  const auto publish = parsed({"report", "publish", "force", "b.json", "--wait", "30s"});

  const auto& command = std::get<PublishCommand>(publish.command);
  EXPECT_EQ(command.files, (std::vector<std::string>{"force", "b.json"}));
  EXPECT_EQ(command.wait, std::chrono::seconds{30});
}

TEST(Arguments, SayHowFilesArePublished) {
  const auto command = std::get<PublishCommand>(
      parsed({"report", "publish", "a.xlsx", "b.ods", "--dry-run=server", "--yes", "--mark",
              "--accept-valid-rows", "--columns", "own.toml", "--valid-at", "2022-01-06"})
          .command);
  const auto plain = std::get<PublishCommand>(parsed({"report", "publish", "a.xlsx"}).command);
  const auto validate = std::get<ValidateCommand>(
      parsed({"report", "validate", "a.xlsx", "--mark", "--accept-valid-rows"}).command);

  EXPECT_EQ(command.files, (std::vector<std::string>{"a.xlsx", "b.ods"}));
  EXPECT_EQ(command.dry_run, DryRun::server);
  EXPECT_TRUE(command.is_confirmed && command.is_marked && command.desk.accept_valid_rows);
  EXPECT_EQ(command.desk.columns, "own.toml");
  EXPECT_EQ(command.desk.valid_at, *model::parse_time("2022-01-06T00:00:00Z"));
  EXPECT_EQ(plain.dry_run, DryRun::none);
  EXPECT_FALSE(plain.is_confirmed || plain.is_marked || plain.desk.accept_valid_rows);
  EXPECT_FALSE(plain.desk.valid_at);
  EXPECT_TRUE(validate.is_marked && validate.desk.accept_valid_rows);
}

TEST(Arguments, SayWhatTemplateIsWanted) {
  const auto roster = std::get<TemplateCommand>(
      parsed({"report", "template", "--kind", "roster", "--out", "r.xlsx", "--nation", "TJK"})
          .command);
  const auto units =
      std::get<TemplateCommand>(parsed({"report", "template", "--kind", "units"}).command);

  EXPECT_EQ(roster.kind, desk::TemplateKind::roster);
  EXPECT_EQ(roster.out, "r.xlsx");
  EXPECT_EQ(roster.nation->view(), "TJK");
  EXPECT_EQ(units.kind, desk::TemplateKind::units);
  EXPECT_EQ(units.out, "units.xlsx");
  EXPECT_FALSE(units.nation);
}

TEST(Arguments, SayWhatIsImportedAndExported) {
  const auto import = std::get<ImportCommand>(
      parsed({"report", "import", "--side", "Blue", "--side", "Green, north", "o.json", "--format",
              "orbat-mapper", "--nation", "KAZ", "--valid-at", "2022-01-06", "--draft", "d.json"})
          .command);
  const auto exported = std::get<ExportCommand>(
      parsed({"force", "export", "KAZ", "--format", "msdl", "--out", "k.xml", "--as-of",
              "2022-01-06", "--known-at", "2022-01-07"})
          .command);

  EXPECT_EQ(import.file, "o.json");
  EXPECT_EQ(import.format, desk::OrbatFormat::orbat_mapper);
  EXPECT_EQ(import.nation->view(), "KAZ");
  EXPECT_EQ(import.sides, (std::vector<std::string>{"Blue", "Green, north"}));
  EXPECT_EQ(import.valid_at, *model::parse_time("2022-01-06T00:00:00Z"));
  EXPECT_EQ(import.draft, "d.json");
  EXPECT_EQ(exported.nation.view(), "KAZ");
  EXPECT_EQ(exported.format, desk::OrbatFormat::msdl);
  EXPECT_EQ(exported.out, "k.xml");
  EXPECT_EQ(exported.as_of, *model::parse_time("2022-01-06T00:00:00Z"));
  EXPECT_EQ(exported.known_at, *model::parse_time("2022-01-07T00:00:00Z"));
}

TEST(Arguments, NameKeyFilesAfterTheNode) {
  const auto named =
      std::get<KeysCommand>(parsed({"keys", "generate", "--node", "KAZ/mod"}).command);
  const auto bare = std::get<KeysCommand>(parsed({"keys", "generate"}).command);

  EXPECT_EQ(named.name, "kaz-mod");
  EXPECT_EQ(bare.name, "node");
}

TEST(Help, OpensWithExamplesAndEndsWithZero) {
  World world;

  for (const std::vector<std::string>& command : {std::vector<std::string>{},
                                                  {"force"},
                                                  {"force", "strength"},
                                                  {"force", "ready"},
                                                  {"force", "buildup"},
                                                  {"force", "matrix"},
                                                  {"force", "roster"},
                                                  {"force", "history"},
                                                  {"force", "diff"},
                                                  {"force", "stale"},
                                                  {"force", "caveats"},
                                                  {"force", "overrides"},
                                                  {"force", "standby"},
                                                  {"force", "remaining"},
                                                  {"operation"},
                                                  {"operation", "list"},
                                                  {"operation", "show"},
                                                  {"operation", "gaps"},
                                                  {"operation", "assemble"},
                                                  {"operation", "commitments"},
                                                  {"operation", "buildup"},
                                                  {"operation", "withdrawal"},
                                                  {"operation", "sustainment"},
                                                  {"operation", "create"},
                                                  {"operation", "decide"},
                                                  {"operation", "template"},
                                                  {"ledger", "proof"},
                                                  {"report"},
                                                  {"report", "publish"},
                                                  {"report", "validate"},
                                                  {"report", "template"},
                                                  {"report", "import"},
                                                  {"force", "export"},
                                                  {"server", "check"},
                                                  {"keys", "generate"},
                                                  {"version"}}) {
    auto arguments = command;
    arguments.emplace_back("--help");
    const auto ran = world.run(arguments);
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, StartsWith("Examples:\n  muster "));
    EXPECT_EQ(ran.err, "");
  }
}

TEST(Duration, KnowsItsUnits) {
  EXPECT_EQ(parse_duration("1500ms"), milliseconds{1500});
  EXPECT_EQ(parse_duration("5s"), milliseconds{5'000});
  EXPECT_EQ(parse_duration("2m"), milliseconds{120'000});
  EXPECT_EQ(parse_duration("24h"), milliseconds{86'400'000});
  for (const auto* text : {"", "5", "s", "0s", "-1s", "5 s", "25h", "5sec", "99999999999s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Config, IsFoundInTheOrderOfTheContract) {
  World world;
  const rig::Folder home;
  std::filesystem::create_directories(home.path("muster"));
  world.environment = {{"MUSTER_CONFIG", "env.toml"}, {"XDG_CONFIG_HOME", home.path("")}};

  world.run({"server", "info", "--config", "flag.toml"});
  world.run({"server", "info"});
  world.environment.erase("MUSTER_CONFIG");
  const auto without = world.run({"server", "info"});
  const auto usual = home.write("muster/config.toml", "");
  world.run({"server", "info"});

  EXPECT_EQ(without.code, 78);
  EXPECT_THAT(without.err, HasSubstr("neither --config nor MUSTER_CONFIG is given"));
  ASSERT_EQ(world.loaded_configs.size(), 3U);
  EXPECT_EQ(world.loaded_configs[0], "flag.toml");
  EXPECT_EQ(world.loaded_configs[1], "env.toml");
  EXPECT_TRUE(std::filesystem::equivalent(world.loaded_configs[2], usual));
}

TEST(Config, ThatIsWrongEndsWith78WhateverTheReason) {
  World world;

  for (const auto code : {model::ErrorCode::configuration, model::ErrorCode::not_found,
                          model::ErrorCode::refused, model::ErrorCode::io}) {
    world.config = model::fail(code, "kaz.toml:3:1: why");
    EXPECT_EQ(world.run({"server", "info"}).code, 78);
  }
}

TEST(ExitCodes, AreThoseOfTheContract) {
  using model::ErrorCode;
  const auto asking = [](ErrorCode code) {
    return static_cast<int>(exit_code_of(code, Stage::asking));
  };

  EXPECT_EQ(asking(ErrorCode::malformed), 65);
  EXPECT_EQ(asking(ErrorCode::unsupported), 69);
  EXPECT_EQ(asking(ErrorCode::not_found), 66);
  EXPECT_EQ(asking(ErrorCode::already_exists), 73);
  EXPECT_EQ(asking(ErrorCode::refused), 77);
  EXPECT_EQ(asking(ErrorCode::unavailable), 69);
  EXPECT_EQ(asking(ErrorCode::timed_out), 75);
  EXPECT_EQ(asking(ErrorCode::corrupt), 74);
  EXPECT_EQ(asking(ErrorCode::io), 74);
  EXPECT_EQ(asking(ErrorCode::configuration), 78);
  EXPECT_EQ(exit_code_of(ErrorCode::unavailable, Stage::keeping), ExitCode::try_again);
  EXPECT_EQ(exit_code_of(ErrorCode::unavailable, Stage::answering), ExitCode::try_again);
}

TEST(Version, NamesProgramAndProtocol) {
  World world;

  EXPECT_THAT(world.run({"version"}).out, ::testing::MatchesRegex("muster .*protocol 1.\n"));
  EXPECT_EQ(world.run({"--version"}).out, world.run({"version"}).out);
  EXPECT_EQ(world.run({"--version"}).code, 0);
  EXPECT_THAT(world.run({"version", "-o", "ndjson"}).out, HasSubstr("\"protocol\":1"));
  EXPECT_THAT(world.run({"version", "-o", "csv"}).out, StartsWith("version,protocol\n"));
}

}  // namespace
}  // namespace muster::secretariat
