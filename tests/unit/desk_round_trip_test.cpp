// SPDX-License-Identifier: Apache-2.0
// A filled template that is published unchanged changes nothing, in no field of any statement.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "nodes/desk/template.h"
#include "nodes/desk/untold.h"
#include "schemas/text/report_json.h"
#include "schemas/text/unit_fields.h"
#include "tests/support/desk_contingent.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/desk_random.h"
#include "tests/unit/desk_xlsx_file.h"

namespace muster::desk {

void PrintTo(const Untold& one, std::ostream* out) { *out << one.unit.str() << " " << one.field; }

namespace {

using model::StatementKind;
using testing::ElementsAre;
using testing::IsEmpty;
using words::Language;

constexpr std::array kLanguages{Language::english, Language::russian};
constexpr std::array kKinds{TemplateKind::strength, TemplateKind::equipment,
                            TemplateKind::readiness, TemplateKind::roster, TemplateKind::units};

const ColumnBook& book() {
  static const ColumnBook kBook = ColumnBook::load({}, {}).value();
  return kBook;
}

DeskOptions options() {
  DeskOptions options;
  options.nation = tests::nation("KAZ");
  options.valid_at = tests::kContingentTime;
  return options;
}

/// Which statements a template serves.
std::vector<StatementKind> kinds_of(TemplateKind kind) {
  switch (kind) {
    case TemplateKind::strength:
      return {StatementKind::strength};
    case TemplateKind::equipment:
      return {StatementKind::equipment};
    case TemplateKind::readiness:
      return {StatementKind::readiness, StatementKind::availability};
    case TemplateKind::roster:
      return {StatementKind::roster};
    case TemplateKind::units:
      return {StatementKind::unit};
  }
  return {};
}

std::vector<StatementKind> kinds_of(const Draft& draft) {
  std::vector<StatementKind> kinds;
  for (const auto& report : draft.reports) {
    for (const auto& statement : report.statements) {
      kinds.push_back(model::kind_of(statement));
    }
  }
  return kinds;
}

/// EX-COMBAT-1 with all that a template may know of it.
TemplateRow full_row() {
  return {
      .unit = tests::full_unit(),
      .statements = {tests::full_unit(), tests::full_strength(), tests::full_equipment(),
                     tests::full_readiness(), tests::full_availability(), tests::full_roster()}};
}

std::vector<std::string> described(const Draft& draft) {
  std::vector<std::string> texts;
  for (const auto& problem : draft.problems) {
    texts.push_back(describe(problem));
  }
  return texts;
}

class RoundTrip : public testing::Test {
 protected:
  std::string write(const TemplateRequest& request) {
    auto path = folder_.path(fmt::format("{}.xlsx", ++files_));
    const auto written = write_template(path, request, book());
    EXPECT_TRUE(written) << written.error().message;
    return path;
  }
  Draft read_back(const TemplateRequest& request) {
    const auto path = write(request);
    return read_draft(path, rig::content_of(path), options());
  }
  rig::Folder folder_;
  int files_ = 0;
};

// ---- which fields there are ---------------------------------------------------------------------

/// Which fields of a statement say something, by their paths; those of an entry count when any
/// entry says them.
class FieldTable {
 public:
  template <typename Statement>
  void add(const Statement& statement) {
    text::describe_fields(*this, statement);
  }
  template <typename Field>
  void required(std::string_view name, const Field& field) {
    const auto path = path_ + "." + std::string(name);
    if constexpr (requires { field.has_value(); }) {
      is_set[path] = is_set[path] || field.has_value();
      if (field) {
        visit(path, *field);
      }
    } else if constexpr (requires { field.empty(); }) {
      is_set[path] = is_set[path] || !field.empty();
      visit(path, field);
    } else {
      is_set[path] = true;
      visit(path, field);
    }
  }
  template <typename Field>
  void optional(std::string_view name, const Field& field) {
    required(name, field);
  }
  std::map<std::string, bool> is_set;

 private:
  template <typename Value>
  void visit(const std::string& path, const Value& value) {
    if constexpr (text::Described<Value>) {
      const auto outer = std::exchange(path_, path);
      text::describe_fields(*this, value);
      path_ = outer;
    } else if constexpr (requires {
                           value.begin();
                           typename Value::allocator_type;
                         }) {
      for (const auto& entry : value) {
        visit(path, entry);
      }
    }
  }
  std::string path_;
};

// The samples are what the tests below compare: a field that is new to the contract and has no
// value there would be compared by nobody.
TEST_F(RoundTrip, HasSamplesThatSayEveryFieldOfEveryStatement) {
  FieldTable table;
  table.add(tests::full_unit());
  table.add(tests::full_strength());
  table.add(tests::full_equipment());
  table.add(tests::full_readiness());
  table.add(tests::full_availability());
  table.add(tests::full_roster());

  std::vector<std::string> unsaid;
  for (const auto& [path, is_set] : table.is_set) {
    if (!is_set) {
      unsaid.push_back(path);
    }
  }
  // Of a roster that says what changed alone: a template knows whole ones.
  EXPECT_THAT(unsaid, ElementsAre(".base_version", ".removals"));
  EXPECT_GT(table.is_set.size(), 90U);
}

// ---- there and back -----------------------------------------------------------------------------

TEST_F(RoundTrip, SaysAgainEveryFieldOfAFullUnit) {
  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      const TemplateRequest request{.kind = kind, .language = language, .rows = {full_row()}};

      const auto draft = read_back(request);

      EXPECT_THAT(described(draft), IsEmpty());
      EXPECT_EQ(kinds_of(draft), kinds_of(kind)) << to_text(kind);
      EXPECT_THAT(untold(request.rows, draft), IsEmpty()) << to_text(kind);
    }
  }
}

TEST_F(RoundTrip, SaysAgainWhateverUnitsSaid) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20; ++round) {
    const auto kind = kKinds[static_cast<std::size_t>(round) % kKinds.size()];
    TemplateRequest request{.kind = kind,
                            .language = kLanguages[static_cast<std::size_t>(round / 5) % 2]};
    for (int unit = 0; unit < 5; ++unit) {
      request.rows.push_back(rig::random_row(unit, random));
    }

    const auto draft = read_back(request);

    ASSERT_THAT(described(draft), IsEmpty());
    ASSERT_EQ(kinds_of(draft).size(), 5 * kinds_of(kind).size());
    ASSERT_THAT(untold(request.rows, draft), IsEmpty()) << to_text(kind);
  }
}

/// A sheet as a spreadsheet program writes it: what its cells show.
std::string csv_of(const Sheet& sheet) {
  std::string csv;
  for (std::uint32_t row = 0; row < sheet.rows(); ++row) {
    for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
      const auto cell = sheet.at({row, column});
      auto shown = shown_value(cell);
      if (cell.kind == CellKind::number && cell.look == NumberLook::moment) {
        const auto seconds = std::llround((cell.number - 25'569) * 86'400);
        shown = model::format_time(model::from_micros(seconds * 1'000'000));
      }
      for (auto at = shown.find('"'); at != std::string::npos; at = shown.find('"', at + 2)) {
        shown.insert(at, 1, '"');
      }
      csv += (column == 0 ? "\"" : ";\"") + shown + "\"";
    }
    csv += "\r\n";
  }
  return csv;
}

TEST_F(RoundTrip, HoldsInCsv) {
  std::mt19937_64 random(7);
  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      const TemplateRequest request{
          .kind = kind,
          .language = language,
          .rows = {full_row(), rig::random_row(1, random), rig::random_row(2, random)}};
      const auto workbook = rig::workbook_of(write(request));

      const auto draft = read_draft("a.csv", csv_of(workbook.sheets.at(0)), options());

      EXPECT_THAT(described(draft), IsEmpty());
      EXPECT_EQ(kinds_of(draft).size(), 3 * kinds_of(kind).size());
      EXPECT_THAT(untold(request.rows, draft), IsEmpty()) << to_text(kind);
    }
  }
}

TEST_F(RoundTrip, HoldsInJsonOfTheDraft) {
  for (const auto kind : kKinds) {
    const TemplateRequest request{.kind = kind, .rows = {full_row()}};
    const auto first = read_back(request);
    ASSERT_EQ(first.reports.size(), 1U);

    const auto draft = read_draft("a.json", text::report_to_json(first.reports[0]), options());

    EXPECT_THAT(described(draft), IsEmpty());
    EXPECT_EQ(kinds_of(draft), kinds_of(kind));
    EXPECT_THAT(untold(request.rows, draft), IsEmpty());
  }
}

// ---- what the comparison sees -------------------------------------------------------------------

TEST(Untold, NamesWhatATemplateCannotHold) {
  auto row = full_row();
  Draft draft;
  auto said = tests::full_strength();
  said.cells.pop_back();
  said.gains.clear();
  said.present = 103;
  std::swap(said.absences.at(0), said.absences.at(1));  // No change.
  draft.reports = {{.statements = {said}}};

  EXPECT_THAT(untold({row}, draft), ElementsAre(Untold{row.unit.unit, "Strength.cells"},
                                                Untold{row.unit.unit, "Strength.gains"},
                                                Untold{row.unit.unit, "Strength.present"}));
}

TEST(Untold, LooksIntoWhatIsNoList) {
  auto row = full_row();
  auto said = tests::full_availability();
  said.movement->lift.reset();
  said.movement->embark_point->lat += 1e-12;
  Draft draft;
  draft.reports = {{.statements = {said}}};

  EXPECT_THAT(untold({row}, draft),
              ElementsAre(Untold{row.unit.unit, "Availability.movement.embark_point.lat"},
                          Untold{row.unit.unit, "Availability.movement.lift"}));
}

TEST_F(RoundTrip, IsSeenToFailWhereTextsHaveSpacesThatCellsLose) {
  auto row = full_row();
  row.unit.name = "Two  spaces (fictional)";
  row.statements = {row.unit};
  const TemplateRequest request{.kind = TemplateKind::units, .rows = {row}};

  EXPECT_THAT(untold(request.rows, read_back(request)),
              ElementsAre(Untold{row.unit.unit, "Unit.name"}));
}

// ---- which columns there are --------------------------------------------------------------------

std::vector<std::string> headings_of(const Sheet& sheet) {
  std::vector<std::string> headings;
  for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
    headings.push_back(shown_value(sheet.at({2, column})));
  }
  return headings;
}

TEST_F(RoundTrip, HasRareColumnsOnlyWhereAUnitHasSuchAValue) {
  const auto sheet_of = [&](const TemplateRequest& request) {
    return rig::workbook_of(write(request)).sheets[0];
  };
  auto strength = tests::plain_strength();
  strength.cells = {{model::PersonCategory::officer, model::Sex::male, 114, 104, 108}};
  const TemplateRow row{.unit = tests::full_unit(), .statements = {strength}};
  const auto common = headings_of(sheet_of({.rows = {}}));

  const auto some = headings_of(sheet_of({.language = Language::russian, .rows = {row}}));
  const auto all = headings_of(sheet_of({.has_all_columns = true, .rows = {row}}));

  EXPECT_EQ(some.size(), common.size() + 3);
  EXPECT_THAT(some, testing::IsSupersetOf({"Числятся: офицеры, мужчины", "Налицо: офицеры, мужчины",
                                           "Готовы: офицеры, мужчины"}));
  EXPECT_EQ(all.size(), book().of_template("strength").size());
  EXPECT_THAT(all, testing::Contains("Present: warrant officers and NCOs, women"));
}

TEST_F(RoundTrip, TakesNothingBackWithAllColumns) {
  for (const auto kind : kKinds) {
    const TemplateRequest request{.kind = kind, .has_all_columns = true, .rows = {full_row()}};

    const auto draft = read_back(request);

    EXPECT_THAT(described(draft), IsEmpty());
    EXPECT_THAT(untold(request.rows, draft), IsEmpty()) << to_text(kind);
  }
}

}  // namespace
}  // namespace muster::desk
