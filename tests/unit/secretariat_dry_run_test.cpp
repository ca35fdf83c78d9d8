// SPDX-License-Identifier: Apache-2.0
// What publishing would do, as a person reads it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/secretariat/answer_sheet.h"
#include "tests/unit/force_samples.h"

namespace muster::secretariat {
namespace {

namespace samples = text::samples;

TEST(DryRunAnswer, SaysEveryVerdictAndFindingAboveTheFigures) {
  EXPECT_EQ(facts_of(samples::dry_run_answer()),
            "Report 1 of 2 would be accepted:\n"
            "  - V14 FLAG statement 1, cells: found sum 379; expected total 380\n"
            "Report 2 of 2 would be REFUSED:\n"
            "  - V12 REFUSE statement 0, absences: found present 90 + absent 5 = 95; expected on "
            "strength 94 = assigned 94\n"
            "  - V08 REFUSE, valid_at: found 2022-01-10T00:00:00Z; expected not "
            "after 2022-01-08T12:02:00Z\n"
            "Nothing was published. It would make: units 65 · assigned 3500 → 3480 (-20) · present "
            "3400 · deployable 3417 → 3425 (+8)\n");
}

TEST(DryRunAnswer, ShowsTheDifferenceAsATable) {
  use_utf8_locale();

  EXPECT_EQ(render_table(sheet_of(samples::dry_run_answer()), {}),
            "UNIT           STATEMENT  FIELD     BEFORE     AFTER         REPORT\n"
            "KAZ:EX-CBT-01  STRENGTH   assigned     400  →  380           KAZ/mod#43\n"
            "KAZ:EX-CBT-01  UNIT       name           -  →  Рота «Альфа»  KAZ/mod#42\n");
}

TEST(DryRunAnswer, IsTheTableOfADifferenceForPrograms) {
  const auto answer = samples::dry_run_answer();
  const auto& difference = std::get<model::DryRunAnswer>(answer.body).difference;

  EXPECT_EQ(render_csv(sheet_of(answer)), render_csv(sheet_of({answer.header, difference})));
}

TEST(DryRunAnswer, SaysThatNothingWouldChange) {
  const model::Answer answer{
      {}, model::DryRunAnswer{.verdicts = {{model::Verdict::accepted, {}}}, .difference = {}}};

  EXPECT_EQ(facts_of(answer),
            "Report 1 of 1 would be accepted\n"
            "Nothing was published. It would make: units 0 · assigned 0 · present 0 · deployable "
            "0\n");
  EXPECT_EQ(render_table(sheet_of(answer), {}), "Nothing would change.\n");
}

}  // namespace
}  // namespace muster::secretariat
