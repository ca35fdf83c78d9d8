// SPDX-License-Identifier: Apache-2.0
#include "broker/core/history.h"

#include <gmock/gmock.h>

#include <random>

#include "broker/core/force_views.h"
#include "tests/unit/core_force_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::FieldChange;
using model::StatementKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::report_of;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

model::UtcTime day(int n) { return kSampleTime + n * 24h; }

/// A word of report `seq`, true on `valid_day`, received on `received_day`; a correction of
/// `corrects` when that is not 0.
Word word(std::uint64_t seq, int valid_day, int received_day, std::uint64_t place = 0) {
  return {.valid_at = day(valid_day),
          .received_at = day(received_day),
          .ledger_seq = seq,
          .seq = seq,
          .place = place != 0 ? place : seq};
}

Words words_of(std::initializer_list<Word> said) {
  Words words;
  for (const auto& each : said) {
    take_word(words, each);
  }
  return words;
}

/// The sequence of the report that counts; 0 when none does.
std::uint64_t counting(const Words& words, int valid_day, int known_day) {
  const auto* found = word_at(words, {day(valid_day), day(known_day)});
  return found != nullptr ? found->seq : 0;
}

// ---- words --------------------------------------------------------------------------------------

TEST(Words, CountTheLastThatIsTrueAndKnown) {
  const auto words = words_of({word(1, 1, 1), word(2, 2, 2), word(3, 3, 5)});

  EXPECT_EQ(counting(words, 0, 9), 0U);
  EXPECT_EQ(counting(words, 1, 9), 1U);
  EXPECT_EQ(counting(words, 2, 9), 2U);
  EXPECT_EQ(counting(words, 9, 9), 3U);
  EXPECT_EQ(counting(words, 9, 4), 2U);
  EXPECT_EQ(counting(words, 9, 0), 0U);
  EXPECT_EQ(newest(words)->seq, 3U);
  EXPECT_EQ(newest(Words{}), nullptr);
}

TEST(Words, StandInTheOrderOfTheirTruthWhenOneComesLate) {
  const auto words = words_of({word(1, 1, 1), word(2, 4, 4), word(3, 2, 6)});

  EXPECT_EQ(counting(words, 3, 9), 3U);
  EXPECT_EQ(counting(words, 3, 5), 1U);
  EXPECT_EQ(newest(words)->seq, 2U);
}

TEST(Words, CountTheLaterOfTwoThatAreTrueAtOnce) {
  EXPECT_EQ(newest(words_of({word(1, 1, 1), word(2, 1, 2)}))->seq, 2U);
  // Of one envelope: the later report.
  auto first = word(3, 1, 1);
  auto second = word(4, 1, 1);
  first.ledger_seq = second.ledger_seq = 7;
  EXPECT_EQ(newest(words_of({first, second}))->seq, 4U);
}

TEST(Words, AreReplacedByTheirCorrection) {
  const auto words = words_of({word(1, 1, 1), word(2, 2, 2), word(3, 1, 5, 1)});

  EXPECT_EQ(counting(words, 1, 4), 1U);
  EXPECT_EQ(counting(words, 1, 5), 3U);
  EXPECT_EQ(counting(words, 9, 9), 2U);
}

TEST(Words, AreReplacedByACorrectionThatIsTrueEarlier) {
  const auto words = words_of({word(1, 1, 1), word(2, 4, 4), word(3, 2, 5, 2)});

  EXPECT_EQ(counting(words, 3, 4), 1U);
  EXPECT_EQ(counting(words, 3, 9), 3U);
  EXPECT_EQ(counting(words, 4, 4), 2U);
  EXPECT_EQ(counting(words, 4, 9), 3U);
}

TEST(Words, LetAnOlderOneCountAgainWhenACorrectionGoesBack) {
  const auto words = words_of({word(1, 1, 1), word(2, 4, 4), word(3, 0, 5, 2)});

  EXPECT_EQ(newest(words)->seq, 1U);
  EXPECT_EQ(counting(words, 0, 9), 3U);
}

TEST(Words, AreCorrectedTwice) {
  const auto words = words_of({word(1, 1, 1), word(2, 1, 3, 1), word(3, 1, 5, 1)});

  EXPECT_EQ(counting(words, 1, 1), 1U);
  EXPECT_EQ(counting(words, 1, 3), 2U);
  EXPECT_EQ(counting(words, 1, 5), 3U);
}

TEST(Words, OfAnotherNodeAreNotReplaced) {
  auto foreign = word(2, 1, 3, 1);
  foreign.author = 1;
  const auto words = words_of({word(1, 1, 1), foreign});

  EXPECT_EQ(words[0].replaced_at, model::UtcTime::max());
}

TEST(Words, OfASnapshotStayAsTheyWere) {
  const auto before = words_of({word(1, 1, 1), word(2, 2, 2)});
  auto after = before;
  take_word(after, word(3, 1, 5, 1));

  EXPECT_EQ(counting(before, 1, 9), 1U);
  EXPECT_EQ(counting(after, 1, 9), 3U);
}

/// What DOMAIN.md §6 says, without any order: the greatest of those that are true and stand.
const Word* naive_word_at(const std::vector<Word>& said, const model::Bitime& at) {
  const Word* best = nullptr;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const bool is_replaced = std::any_of(
        said.begin() + static_cast<std::ptrdiff_t>(i) + 1, said.end(), [&](const Word& later) {
          return later.place != later.seq && later.author == said[i].author &&
                 later.place == said[i].place && later.received_at <= at.known_at;
        });
    if (said[i].valid_at <= at.valid_at && said[i].received_at <= at.known_at && !is_replaced &&
        (best == nullptr || counts_before(*best, said[i]))) {
      best = &said[i];
    }
  }
  return best;
}

/// One history: words of two nodes at a pace, some late, some corrections, also of corrections.
std::vector<Word> random_words(std::mt19937& random, int count) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Word> said;
  int received = 0;
  for (int i = 1; i <= count; ++i) {
    received += below(3);
    const int valid = std::max(0, received - (below(4) == 0 ? below(20) : 0));
    auto next = word(static_cast<std::uint64_t>(i), valid, received);
    next.author = static_cast<std::uint16_t>(below(5) == 0 ? 1 : 0);
    if (below(4) == 0 && !said.empty()) {
      const auto& corrected = said[static_cast<std::size_t>(below(i - 1))];
      next.author = corrected.author;
      next.place = corrected.place;
    }
    said.push_back(next);
  }
  return said;
}

TEST(Words, CountAsANaiveSearchSays) {
  constexpr unsigned kSeed = 20220107;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 300; ++round) {
    const auto said = random_words(random, 1 + round % 60);
    Words words;
    for (const auto& each : said) {
      take_word(words, each);
    }
    for (int probe = 0; probe < 100; ++probe) {
      const int span = 2 * static_cast<int>(said.size()) + 4;
      const auto some_day = [&] { return static_cast<int>(random() % unsigned(span)) - 1; };
      const model::Bitime at{day(some_day()), day(some_day())};
      const auto* expected = naive_word_at(said, at);
      const auto* found = word_at(words, at);
      ASSERT_EQ(found == nullptr, expected == nullptr) << "seed " << kSeed << ", round " << round;
      if (found != nullptr) {
        ASSERT_EQ(found->seq, expected->seq) << "seed " << kSeed << ", round " << round;
      }
    }
  }
}

TEST(Words, CountTheSameWhenTheyLieFarApart) {
  // The guess by proportion is far off here: a burst of words after years of silence.
  std::vector<Word> said;
  Words words;
  for (int i = 1; i <= 400; ++i) {
    const int valid = i < 3 ? i : (i < 200 ? 5'000 + i : 5'200);
    said.push_back(word(static_cast<std::uint64_t>(i), valid, valid));
    take_word(words, said.back());
  }
  for (const int probe : {0, 1, 2, 3, 2'500, 5'002, 5'003, 5'100, 5'199, 5'200, 9'000}) {
    const auto* expected = naive_word_at(said, {day(probe), day(9'999)});
    EXPECT_EQ(counting(words, probe, 9'999), expected != nullptr ? expected->seq : 0) << probe;
  }
}

TEST(History, ToldTheStateAtEachMomentWhateverCameWhen) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  Force force;
  force.tell({unit_of("KAZ:A")}, {.valid_at = day(0)});
  std::map<std::uint64_t, model::Count> assigned;
  for (int i = 1; i <= 80; ++i) {
    Telling telling{.valid_at = day(static_cast<int>(random() % 40)), .received_at = day(40 + i)};
    if (random() % 3 == 0 && i > 1) {
      telling.corrects = 2 + random() % static_cast<unsigned>(i - 1);
    }
    const auto people = 100 + static_cast<model::Count>(i);
    assigned[force.tell({strength_of("KAZ:A", {.assigned = people})}, telling)] = people;
  }
  const auto& words = force.state.units.find(unit_id("KAZ:A"))->history.of(StatementKind::strength);

  for (int probe = 0; probe < 60; ++probe) {
    const model::Bitime at{day(static_cast<int>(random() % 45)),
                           day(40 + static_cast<int>(random() % 90))};
    const auto past = force.at(at);
    const auto* counts = word_at(words, at);
    EXPECT_EQ(past.units.find(unit_id("KAZ:A"))->own.assigned,
              counts != nullptr ? assigned.at(counts->seq) : 0U);
    EXPECT_THAT(broken_invariants(past), IsEmpty());
  }
}

// ---- the question -------------------------------------------------------------------------------

class HistoryOf : public ::testing::Test {
 protected:
  HistoryOf() {
    force_.tell({unit_of("KAZ:A"), people(400)}, {.valid_at = day(1)});
    force_.tell({people(390)}, {.valid_at = day(3)});
    force_.tell({people(380)}, {.valid_at = day(1), .received_at = day(4), .corrects = 1});
    force_.tell({people(385)}, {.valid_at = day(2), .received_at = day(5)});
  }
  static model::StrengthStatement people(model::Count n) {
    return strength_of("KAZ:A", {.authorised = n, .assigned = n, .present = n, .deployable = n});
  }
  [[nodiscard]] std::vector<model::HistoryRow> rows(const Moment& moment = officer_at(day(9)),
                                                    model::HistoryQuery query = {}) const {
    query.unit = unit_id("KAZ:A");
    const auto answer = history(force_.state, query, moment, force_.recall());
    return (*answer)->rows;
  }
  static constexpr auto kStrength = StatementKind::strength;
  Force force_;
};

TEST_F(HistoryOf, StandsInTheOrderOfTheLedger) {
  std::vector<std::pair<std::string, StatementKind>> told;
  for (const auto& row : rows()) {
    told.emplace_back(row.report.str(), row.kind);
  }

  EXPECT_THAT(told,
              ElementsAre(std::pair("KAZ/mod#1", StatementKind::unit),
                          std::pair("KAZ/mod#1", kStrength), std::pair("KAZ/mod#2", kStrength),
                          std::pair("KAZ/mod#3", kStrength), std::pair("KAZ/mod#4", kStrength)));
}

TEST_F(HistoryOf, TellsWhatEachWordChanged) {
  const auto told = rows(officer_at(day(9)), {.unit = {}, .kinds = {kStrength}});

  ASSERT_THAT(told, SizeIs(4));
  EXPECT_THAT(told[0].changes, Contains(FieldChange{"assigned", "", "400"}));
  EXPECT_THAT(told[1].changes, Contains(FieldChange{"assigned", "400", "390"}));
  // Against the word that it replaces, not against the newest.
  EXPECT_THAT(told[2].changes, Contains(FieldChange{"assigned", "400", "380"}));
  // Late: against what counted for its own time, which was corrected by then.
  EXPECT_THAT(told[3].changes, Contains(FieldChange{"assigned", "380", "385"}));
}

TEST_F(HistoryOf, SaysWhichWordsNoLongerCount) {
  const auto told = rows(officer_at(day(9)), {.unit = {}, .kinds = {kStrength}});

  EXPECT_EQ(told[0].corrected_by, (model::ReportId{tests::node_id("KAZ/mod"), 3}));
  EXPECT_EQ(told[1].corrected_by, std::nullopt);
  EXPECT_EQ(told[2].corrected_by, std::nullopt);
  EXPECT_EQ(told[2].report_kind, model::ReportKind::correction);
}

TEST_F(HistoryOf, EndsWithWhatWasKnown) {
  auto moment = officer_at(day(9));
  moment.known_at = day(4) - 1us;
  const auto told = rows(moment, {.unit = {}, .kinds = {kStrength}});

  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told[0].corrected_by, std::nullopt);
}

TEST_F(HistoryOf, KeepsToThePeriodOfValidTime) {
  const auto told =
      rows(officer_at(day(9)), {.unit = {}, .kinds = {kStrength}, .from = day(2), .to = day(2)});

  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].report.seq, 4U);
  EXPECT_THAT(told[0].changes, Contains(FieldChange{"assigned", "380", "385"}));
}

TEST_F(HistoryOf, IsNothingForAUnitThatIsNotToBeSeen) {
  const auto ask = [&](std::string_view unit, const Moment& moment) {
    return *history(force_.state, {.unit = unit_id(unit)}, moment, force_.recall());
  };

  EXPECT_EQ(ask("KAZ:B", officer_at(day(9))), std::nullopt);
  EXPECT_EQ(ask("KAZ:A", ministry_at("ARM/mod", day(9))), std::nullopt);
  EXPECT_NE(ask("KAZ:A", ministry_at("KAZ/mod", day(9))), std::nullopt);
}

TEST_F(HistoryOf, LeavesOutWordsThatWereNotReleased) {
  force_.tell({people(370)}, {.valid_at = day(6), .releasable_to = {tests::nation("ARM")}});
  force_.tell({unit_of("KAZ:A")}, {.valid_at = day(7)});

  const auto told = rows(ministry_at("ARM/mod", day(9)));

  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].report.seq, 5U);
  EXPECT_THAT(told[0].changes, Contains(FieldChange{"assigned", "", "370"}));
}

TEST_F(HistoryOf, ForgetsAWordThatItsCorrectionMovedElsewhere) {
  force_.tell({people(395)}, {.valid_at = day(1), .received_at = day(6), .corrects = 2});
  force_.tell({people(396)}, {.valid_at = day(4), .received_at = day(7)});

  const auto told = rows(officer_at(day(9)), {.unit = {}, .kinds = {kStrength}, .from = day(4)});

  ASSERT_THAT(told, SizeIs(1));
  EXPECT_THAT(told[0].changes, Contains(FieldChange{"assigned", "385", "396"}));
}

TEST_F(HistoryOf, DoesNotTellOfACorrectionThatWasNotReleased) {
  const std::vector<model::Nation> to_arm = {tests::nation("ARM")};
  const auto seq = force_.tell({people(370)}, {.valid_at = day(6), .releasable_to = to_arm});
  force_.tell({people(365)}, {.valid_at = day(6), .received_at = day(7), .corrects = seq});
  force_.tell({people(360)}, {.valid_at = day(8), .releasable_to = to_arm});

  const auto told = rows(ministry_at("ARM/mod", day(9)));

  ASSERT_THAT(told, SizeIs(2));
  EXPECT_EQ(told[0].corrected_by, std::nullopt);
  EXPECT_THAT(told[1].changes, Contains(FieldChange{"assigned", "370", "360"}));
  EXPECT_EQ(rows().at(5).corrected_by, (model::ReportId{tests::node_id("KAZ/mod"), seq + 1}));
}

TEST_F(HistoryOf, PassesOnThatTheLedgerCannotBeRead) {
  const Recall broken = [](const auto&) -> model::Result<Said> {
    return model::fail(model::ErrorCode::corrupt, "a record does not match its checksum");
  };

  const auto answer = history(force_.state, {.unit = unit_id("KAZ:A")}, officer_at(day(9)), broken);

  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, model::ErrorCode::corrupt);
}

TEST_F(HistoryOf, CountsThePeopleOfARosterAndNamesNone) {
  auto full = tests::full_roster();
  full.unit = unit_id("KAZ:A");
  auto delta = tests::delta_roster();
  delta.unit = full.unit;
  delta.upserts.clear();  // The sergeant stays, the captain leaves.
  force_.tell({full}, {.valid_at = day(6)});
  force_.tell({delta}, {.valid_at = day(7)});

  const auto told = rows(officer_at(day(9)), {.unit = {}, .kinds = {StatementKind::roster}});

  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(told[0].changes,
              ElementsAre(FieldChange{"deployable", "", "1"}, FieldChange{"people", "", "2"},
                          FieldChange{"present", "", "1"}));
  EXPECT_THAT(told[1].changes,
              ElementsAre(FieldChange{"deployable", "1", "0"}, FieldChange{"people", "2", "1"},
                          FieldChange{"present", "1", "0"}));
}

TEST_F(HistoryOf, AppliesADeltaToTheVersionThatStoodThen) {
  auto full = tests::full_roster();
  full.unit = unit_id("KAZ:A");
  auto corrected = full;
  corrected.upserts.push_back(full.upserts[1]);
  corrected.upserts.back().person_ref.fill(0x99);
  auto delta = tests::delta_roster();
  delta.unit = full.unit;
  delta.upserts.clear();
  const auto seq = force_.tell({full}, {.valid_at = day(6)});
  force_.tell({corrected}, {.valid_at = day(6), .received_at = day(7), .corrects = seq});
  force_.tell({delta}, {.valid_at = day(8)});

  const auto told = rows(officer_at(day(9)), {.unit = {}, .kinds = {StatementKind::roster}});

  ASSERT_THAT(told, SizeIs(3));
  EXPECT_THAT(told[1].changes, Contains(FieldChange{"people", "2", "3"}));
  EXPECT_THAT(told[2].changes, Contains(FieldChange{"people", "3", "2"}));
}

}  // namespace
}  // namespace muster::core
