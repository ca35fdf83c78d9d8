// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "nodes/secretariat/operation_file.h"
#include "nodes/secretariat/operation_template.h"
#include "schemas/text/writer.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using rig::Folder;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const std::string kTemplate(operation_template_toml());

/// The template with one text in place of another, which must be there.
std::string changed(std::string_view from, std::string_view to) {
  auto text = kTemplate;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// "12:1" of the first place of `text` in `file`, as the messages count.
std::string place_of(const std::string& file, std::string_view text) {
  const auto at = file.find(text);
  EXPECT_NE(at, std::string::npos) << text;
  const auto before = file.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto newline = before.rfind('\n');
  return fmt::format("{}:{}", line, at - (newline == std::string::npos ? 0 : newline + 1) + 1);
}

ReadOperation read_toml(const std::string& text) { return read_operation_text("ops.toml", text); }

/// The only problem of the template with one change.
std::string problem_after(std::string_view from, std::string_view to) {
  const auto read = read_toml(changed(from, to));
  EXPECT_EQ(read.problems.size(), 1U) << ::testing::PrintToString(read.problems);
  return read.problems.empty() ? std::string() : read.problems.front();
}

/// The template with every key that may be left out.
std::string with_all_keys() {
  std::istringstream lines(kTemplate);
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    const bool is_key = line.size() > 1 && line[0] == '#' && line[1] >= 'a' && line[1] <= 'z';
    text += (is_key ? line.substr(1) : line) + "\n";
  }
  return text;
}

/// The name of every field that a file may have, at every depth.
class NameCollector {
 public:
  template <typename Field>
  void required(std::string_view name, const Field& field) {
    names_.emplace(name);
    look_into(field);
  }
  template <typename Field>
  void optional(std::string_view name, const Field& field) {
    required(name, field);
  }
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

 private:
  template <typename Value>
  void look_into(const std::optional<Value>&) {
    look_into(Value{});
  }
  template <typename Value>
  void look_into(const std::vector<Value>&) {
    look_into(Value{});
  }
  template <typename Value>
  void look_into(const Value& value) {
    if constexpr (text::Described<const Value>) {
      using text::describe_fields;
      describe_fields(*this, value);
    }
  }
  std::set<std::string> names_;
};

// ---- the template -------------------------------------------------------------------------------

TEST(OperationTemplate, IsAcceptedUnchanged) {
  const auto read = read_toml(kTemplate);

  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(read.warnings, IsEmpty());
  EXPECT_EQ(read.file.operation.operation, tests::code("EX-2299"));
  ASSERT_TRUE(read.file.lines);
  EXPECT_EQ(read.file.lines->size(), 3U);
  EXPECT_EQ(read.file.lines->front().equipment.size(), 2U);
  EXPECT_EQ(read.file.operation.area.size(), 3U);
  EXPECT_EQ(read.file.operation.published_figures.size(), 1U);
}

TEST(OperationTemplate, NamesEveryKeyThatAFileMayHave) {
  const OperationFile file;
  NameCollector collector;
  describe_fields(collector, file);

  EXPECT_GT(collector.names().size(), 30U);
  for (const auto& name : collector.names()) {
    const bool is_table = kTemplate.find("[[" + name + "]]") != std::string::npos;
    EXPECT_TRUE(is_table || kTemplate.find(name + " = ") != std::string::npos) << name;
  }
}

TEST(OperationTemplate, IsAcceptedWithEveryKeyThatMayBeLeftOut) {
  const auto read = read_toml(with_all_keys());

  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(read.warnings, IsEmpty());
  EXPECT_EQ(read.file.operation.authorised_strength, 620U);
  EXPECT_TRUE(read.file.operation.planned_end);
  EXPECT_THAT(read.file.operation.commander, Not(IsEmpty()));
  ASSERT_TRUE(read.file.lines);
  const auto& line = read.file.lines->front();
  EXPECT_EQ(line.capability_type, 2);
  EXPECT_EQ(line.duration_days, 30);
  EXPECT_EQ(line.self_sustainment.size(), 1U);
}

TEST(OperationTemplate, SaysTheSameAsJson) {
  const auto json = read_operation_text("ops.json", operation_template_json());

  EXPECT_THAT(json.problems, IsEmpty());
  EXPECT_EQ(json.file, read_toml(kTemplate).file);
}

// ---- how it is written --------------------------------------------------------------------------

TEST(OperationFileText, TakesTimesWithAndWithoutQuotes) {
  const auto bare = read_toml(
      "operation = \"EX-1\"\nname = \"n\"\nhost = \"KGZ\"\n"
      "decided_at = 2022-01-07T09:00:00+06:00\n");
  const auto quoted = read_toml(
      "operation = \"EX-1\"\nname = \"n\"\nhost = \"KGZ\"\n"
      "decided_at = \"2022-01-07T03:00:00Z\"\n");

  EXPECT_THAT(bare.problems, IsEmpty());
  ASSERT_TRUE(bare.file.operation.decided_at);
  EXPECT_EQ(bare.file, quoted.file);
}

TEST(OperationFileText, RefusesADayWithoutATime) {
  EXPECT_THAT(problem_after("#decided_at = 2022-01-07T03:00:00Z", "decided_at = 2022-01-07"),
              HasSubstr("decided_at: found '2022-01-07', expected a time in RFC 3339"));
}

TEST(OperationFileText, IsJsonWhenItsNameOrItsFirstCharacterSaysSo) {
  const std::string json = R"({"operation": "EX-1", "name": "n", "host": "KGZ"})";

  EXPECT_THAT(read_operation_text("ops.json", json).problems, IsEmpty());
  EXPECT_THAT(read_operation_text("ops", "\n " + json).problems, IsEmpty());
  EXPECT_THAT(read_operation_text("ops", "\xef\xbb\xbf" + json).problems, IsEmpty());
  EXPECT_THAT(read_operation_text("ops", kTemplate).problems, IsEmpty());
  EXPECT_THAT(read_operation_text("ops.toml", json).problems, Not(IsEmpty()));
  EXPECT_THAT(read_operation_text("ops.json", kTemplate).problems, Not(IsEmpty()));
}

TEST(OperationFileText, NamesThePlaceOfAnUnknownKeyAndWhatWasMeant) {
  const auto text = changed("people_max = 450", "people_mx = 450");

  const auto read = read_toml(text);

  ASSERT_EQ(read.problems.size(), 2U);
  EXPECT_THAT(read.problems[0], StartsWith("ops.toml:" + place_of(text, "[[line]]\n# Its") +
                                           ": line[0].people_max: this field must be given"));
  EXPECT_EQ(
      read.problems[1],
      "ops.toml:" + place_of(text, "people_mx") +
          ": line[0].people_mx: found a field that is not known here - did you mean people_max?");
}

TEST(OperationFileText, NamesTheRangeThatCountsHave) {
  EXPECT_THAT(problem_after("people_max = 450", "people_max = -1"),
              EndsWith("expected a whole number from 0 to 200000"));
  EXPECT_THAT(problem_after("people_max = 450", "people_max = 9999999999"),
              EndsWith("expected a whole number from 0 to 200000"));
  EXPECT_THAT(problem_after("\"COMMUNICATION\", count = 4", "\"COMMUNICATION\", count = -4"),
              EndsWith("expected a whole number from 0 to 1000000"));
}

TEST(OperationFileText, NamesThePlaceInsideAnInlineTable) {
  const auto text =
      changed("{ kind = \"COMMUNICATION\", count", "{ kind = \"COMMUNICATON\", count");

  const auto problem = problem_after("\"COMMUNICATION\", count", "\"COMMUNICATON\", count");

  const auto inside = text.substr(text.find("\"COMMUNICATON\"") - std::string("kind = ").size());
  EXPECT_THAT(problem, StartsWith("ops.toml:" + place_of(text, inside) +
                                  ": line[0].equipment[1].kind: found 'COMMUNICATON' - did you "
                                  "mean COMMUNICATION?"));
}

TEST(OperationFileText, NamesPlacesOfJsonToo) {
  const std::string text = R"({
  "operation": "EX-1", "name": "Ş\"{", "host": "KGZ",
  "line": [{"line_id": "L01", "tasks": ["T08"], "element_kind": "COMBAT", "people_min": 1,
    "people_max": 2, "needed_within_h": 5, "must_have": true, "weight": 1},
   {"line_id": "L02", "tasks": ["T08"], "element_kind": "COMBAT", "people_min": 9,
    "people_max": 2, "needed_within_h": 5, "must_have": true, "wieght": 1, "weight": 1}]
})";

  const auto read = read_operation_text("ops.json", text);

  EXPECT_THAT(read.problems,
              ElementsAre(StartsWith("ops.json:5:67: line[1].people_min: found at least 9 people"),
                          StartsWith("ops.json:6:63: line[1].wieght: found a field")));
}

TEST(OperationFileText, CountsColumnsInCharacters) {
  const std::string text = R"({"name": "Северная", "hots": "KGZ", "operation": "EX-1"})";

  const auto read = read_operation_text("ops.json", text);

  ASSERT_FALSE(read.problems.empty());
  EXPECT_THAT(read.problems.back(), StartsWith("ops.json:1:22: hots: "));
}

TEST(OperationFileText, NamesTheLineOfTextThatIsNeitherTomlNorJson) {
  const auto toml = read_toml("operation = \"EX-1\"\nname = Valley\n");
  const auto json = read_operation_text("ops.json", "{\n \"operation\": EX-1\n}");

  ASSERT_EQ(toml.problems.size(), 1U);
  EXPECT_THAT(toml.problems[0], StartsWith("ops.toml:2:8: found "));
  ASSERT_EQ(json.problems.size(), 1U);
  EXPECT_THAT(json.problems[0], StartsWith("ops.json:2:15: found 'EX-1'"));
}

TEST(OperationFileText, RefusesWhatIsNoOperationAtAll) {
  for (const std::string text : {"", "# only a comment\n", "[]", "null", "{}", "\"EX-1\""}) {
    EXPECT_THAT(read_operation_text("ops.json", text).problems, Not(IsEmpty())) << text;
    EXPECT_THAT(read_operation_text("ops.toml", text).problems, Not(IsEmpty())) << text;
  }
}

TEST(OperationFileText, SaysAllThatIsWrongInTheOrderOfTheFile) {
  auto text = changed("host = \"KGZ\"", "host = \"Kyrgyzstan\"");
  const auto replace = [&](std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("partner = \"NONE\"", "partner = \"NATO\"");
  replace("people_min = 400", "people_min = -400");
  replace("weight = 60", "weight = 160");
  replace("tasks = [\"T11\", \"T14\"]", "tasks = []");

  const auto read = read_toml(text);

  EXPECT_THAT(read.problems,
              ElementsAre(HasSubstr(" host: found 'Kyrgyzstan'"), HasSubstr(" partner: "),
                          HasSubstr(" line[0].people_min: found -400"),
                          HasSubstr(" line[1].weight: found 160, expected a whole number from 1"),
                          HasSubstr(" line[2].tasks: found no task")));
}

TEST(OperationFileText, IsReadToTheEndWhereverItIsCut) {
  constexpr std::size_t kStep = 41;
  for (std::size_t size = 0; size < kTemplate.size(); size += kStep) {
    const auto read = read_toml(kTemplate.substr(0, size));
    if (read.problems.empty()) {
      EXPECT_FALSE(read.file.operation.operation.empty()) << size;
    }
  }
  const auto json = operation_template_json();
  for (std::size_t size = 0; size + 2 < json.size(); size += kStep) {
    EXPECT_THAT(read_operation_text("ops.json", json.substr(0, size)).problems, Not(IsEmpty()));
  }
}

// ---- what contradicts itself --------------------------------------------------------------------

struct Contradiction {
  std::string from, to, problem;
  friend void PrintTo(const Contradiction& one, std::ostream* out) { *out << one.problem; }
};
class OperationFileContradiction : public ::testing::TestWithParam<Contradiction> {};

TEST_P(OperationFileContradiction, IsSaidAtItsPlace) {
  EXPECT_THAT(problem_after(GetParam().from, GetParam().to), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    One, OperationFileContradiction,
    ::testing::Values(
        Contradiction{"people_min = 400", "people_min = 451",
                      "line[0].people_min: found at least 451 people, expected not more than "
                      "people_max, 450"},
        Contradiction{"tasks = [\"T08\"]", "tasks = []", "line[0].tasks: found no task"},
        Contradiction{"line_id = \"L02\"", "line_id = \"L01\"",
                      "line[1].line_id: found L01, as in line[0].line_id"},
        Contradiction{"tasks = [\"T11\", \"T14\"]", "tasks = [\"T11\", \"T11\"]",
                      "line[2].tasks[1]: found T11, as in line[2].tasks[0]"},
        Contradiction{"tasks = [\"T08\", \"T03\", \"T11\"]", "tasks = [\"T08\", \"T08\"]",
                      "tasks[1]: found T08, as in tasks[0]"},
        Contradiction{"kind = \"COMMUNICATION\"", "kind = \"WHEELED_TRANSPORT\"",
                      "line[0].equipment[1].kind: found WHEELED_TRANSPORT, as in"},
        Contradiction{"\"RUS\", \"BLR\"", "\"RUS\", \"RUS\"",
                      "releasable_to[1]: found RUS, as in releasable_to[0]"},
        Contradiction{
            "needed_within_h = 24", "needed_within_h = 8761",
            "line[0].needed_within_h: found 8761, expected a whole number from 0 to 8760"},
        Contradiction{"#duration_days = 30", "duration_days = 3651", "line[0].duration_days"},
        Contradiction{"#capability_type = 2", "capability_type = 5", "line[0].capability_type"},
        Contradiction{"count = 40", "count = 1000001", "line[0].equipment[0].count: found 1000001"},
        Contradiction{"people_max = 100", "people_max = 200001", "line[1].people_max"},
        Contradiction{"version = 1", "version = 0",
                      "version: found 0, expected a whole number from 1"},
        Contradiction{"{ lat = 41.6, lon = 74.7 },\n", "", "area: found 2 of its corners"},
        Contradiction{"lat = 41.6, lon = 74.7", "lat = 91, lon = 74.7", "area[2]: found lat 91"},
        Contradiction{"lat = 41.6, lon = 74.7", "lat = 0, lon = 0", "area[2]: found lat 0, lon 0"},
        Contradiction{"#planned_end = 2022-02-07T00:00:00Z",
                      "decided_at = 2022-03-07T00:00:00Z\nplanned_end = 2022-02-07T00:00:00Z",
                      "planned_end: found 2022-02-07T00:00:00Z, before it was decided"},
        Contradiction{"#planned_end = 2022-02-07T00:00:00Z", "planned_end = 1980-02-07T00:00:00Z",
                      "planned_end: found 1980-02-07T00:00:00Z, expected a time from 1990"},
        Contradiction{"host = \"KGZ\"", "", "host: found nothing"},
        Contradiction{"name = \"Valley crossing (fictional)\"", "", "name: found nothing"}));

TEST(OperationFileChecks, TakesAFirstAnnouncementWithoutLines) {
  const auto read =
      read_toml("operation = \"EX-1\"\nname = \"Announced (fictional)\"\nhost = \"KGZ\"\n");

  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(read.warnings, IsEmpty());
  EXPECT_FALSE(read.file.lines);
}

TEST(OperationFileChecks, RefusesARequirementWithoutLines) {
  const std::string announced = "operation = \"EX-1\"\nname = \"n\"\nhost = \"KGZ\"\n";

  EXPECT_THAT(read_toml(announced + "line = []\n").problems,
              ElementsAre(HasSubstr("ops.toml:4:1: line: found a requirement without lines, "
                                    "expected one [[line]] or more")));
  EXPECT_THAT(read_toml(announced + "version = 2\n").problems,
              ElementsAre(HasSubstr("ops.toml:4:1: version: found 2 of a requirement without")));
}

TEST(OperationFileChecks, SaysNothingThatRestsOnWhatCouldNotBeRead) {
  // people_max stays 0 when it is no number; that 400 is more than 0 is nobody's mistake.
  EXPECT_THAT(problem_after("people_max = 450", "people_max = \"many\""),
              HasSubstr("line[0].people_max: found 'many'"));
  EXPECT_THAT(problem_after("tasks = [\"T08\"]", "tasks = \"T08\""),
              HasSubstr("line[0].tasks: found "));
  EXPECT_THAT(problem_after("host = \"KGZ\"", "host = 7"), HasSubstr(" host: found "));
}

TEST(OperationFileChecks, WarnsWhenWhatMustBeMetIsMoreThanWhatIsAuthorised) {
  const auto too_few =
      read_toml(changed("#authorised_strength = 620", "authorised_strength = 479"));
  const auto enough = read_toml(changed("#authorised_strength = 620", "authorised_strength = 480"));

  EXPECT_THAT(too_few.problems, IsEmpty());
  EXPECT_THAT(too_few.warnings,
              ElementsAre(HasSubstr("authorised_strength: found 479, where the lines that must be "
                                    "met ask for 480 people")));
  EXPECT_THAT(enough.warnings, IsEmpty());
}

TEST(OperationFileChecks, WarnsOfAnOperationWithoutTasks) {
  const auto read = read_toml(changed("tasks = [\"T08\", \"T03\", \"T11\"]", ""));

  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("operation: found no tasks")));
}

TEST(OperationFileChecks, FindsNothingInAFileOfTheSamples) {
  const OperationFile file{.operation = tests::full_operation(),
                           .classification = model::Classification::secret,
                           .releasable_to = {tests::nation("TJK")},
                           .version = 2,
                           .lines = tests::full_requirement().lines};

  const auto read = read_operation_text("ops.json", text::print_json(text::write_value(file), 2));

  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.file, file);
}

// ---- files --------------------------------------------------------------------------------------

TEST(OperationFileOnDisk, SaysWhyItCannotBeRead) {
  const Folder folder;
  const auto good = folder.write("ops.toml", kTemplate);

  EXPECT_EQ(read_operation_file(folder.path(".")).unreadable, "is a folder");
  EXPECT_THAT(read_operation_file(folder.path("none.toml")).unreadable, HasSubstr("No such file"));
  EXPECT_THAT(read_operation_file(good).unreadable, IsEmpty());
  EXPECT_THAT(read_operation_file(good).problems, IsEmpty());
}

TEST(OperationFileOnDisk, RefusesAFileThatIsTooLong) {
  const Folder folder;
  const auto file =
      folder.write("ops.toml", kTemplate + "# " + std::string(text::kJsonBytesMax, 'x') + "\n");

  EXPECT_THAT(read_operation_file(file).problems,
              ElementsAre(HasSubstr("more than 8388608 bytes")));
}

}  // namespace
}  // namespace muster::secretariat
