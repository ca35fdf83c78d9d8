// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>

#include "nodes/exercise/contingents.h"
#include "nodes/exercise/levels.h"

/// The rules of DOMAIN.md §5 on every statement of both pools and several seeds, written again from
/// the document.
namespace muster::exercise {
namespace {

using model::AbsenceReason;
using model::ForcePool;
using ::testing::SizeIs;

const model::UtcTime kValidAt = *model::parse_time("2022-01-06T00:00:00Z");

/// The seven statements of one unit.
struct UnitWord {
  const model::UnitStatement* unit = nullptr;
  const model::StrengthStatement* strength = nullptr;
  const model::EquipmentStatement* equipment = nullptr;
  const model::SelfSustainmentStatement* sustainment = nullptr;
  const model::TrainingStatement* training = nullptr;
  const model::ReadinessStatement* readiness = nullptr;
  const model::AvailabilityStatement* availability = nullptr;
};
using Words = std::map<model::UnitId, UnitWord>;

struct Collect {
  Words& words;
  void operator()(const model::UnitStatement& s) const { words[s.unit].unit = &s; }
  void operator()(const model::StrengthStatement& s) const { words[s.unit].strength = &s; }
  void operator()(const model::EquipmentStatement& s) const { words[s.unit].equipment = &s; }
  void operator()(const model::SelfSustainmentStatement& s) const {
    words[s.unit].sustainment = &s;
  }
  void operator()(const model::TrainingStatement& s) const { words[s.unit].training = &s; }
  void operator()(const model::ReadinessStatement& s) const { words[s.unit].readiness = &s; }
  void operator()(const model::AvailabilityStatement& s) const { words[s.unit].availability = &s; }
  template <typename Other>
  void operator()(const Other&) const {
    ADD_FAILURE() << "a statement that belongs to no unit";
  }
};

Words words_of(const Contingent& contingent) {
  Words words;
  for (const auto& report : contingent.reports) {
    for (const auto& statement : report.statements) {
      std::visit(Collect{words}, statement);
    }
  }
  return words;
}

class EveryUnit : public ::testing::TestWithParam<std::tuple<ForcePool, std::uint64_t>> {
 protected:
  void SetUp() override {
    const auto& [pool, seed] = GetParam();
    contingents_ = make_contingents(pool, seed, kValidAt);
    ASSERT_THAT(contingents_, SizeIs(6));
  }

  /// Calls `check` with every unit, named in what fails.
  template <typename Check>
  void for_each(Check check) const {
    for (const auto& contingent : contingents_) {
      for (const auto& [id, word] : words_of(contingent)) {
        SCOPED_TRACE(id.str());
        ASSERT_TRUE(word.unit && word.strength && word.equipment && word.sustainment &&
                    word.training && word.readiness && word.availability);
        check(word);
      }
    }
  }

  std::vector<Contingent> contingents_;
};

INSTANTIATE_TEST_SUITE_P(Exercise, EveryUnit,
                         ::testing::Combine(::testing::Values(ForcePool::cpf, ForcePool::crrf),
                                            ::testing::Values(0U, 1U, 2201U, ~std::uint64_t{0})),
                         [](const auto& instance) {
                           return model::to_text(std::get<0>(instance.param)) + "_" +
                                  std::to_string(instance.index);
                         });

template <typename List>
std::uint64_t sum_of_counts(const List& list) {
  std::uint64_t sum = 0;
  for (const auto& entry : list) {
    sum += entry.count;
  }
  return sum;
}

std::uint64_t count_of(const model::StrengthStatement& s, AbsenceReason reason) {
  std::uint64_t sum = 0;
  for (const auto& absence : s.absences) {
    sum += absence.reason == reason ? absence.count : 0;
  }
  return sum;
}

TEST_P(EveryUnit, AddsUpItsPeople) {
  for_each([](const UnitWord& word) {
    const auto& s = *word.strength;
    const std::uint64_t on_strength = *s.assigned + *s.attached_in - *s.detached_out;
    EXPECT_EQ(*s.assigned, *s.authorised);
    EXPECT_LE(*s.present, on_strength);                                       // V11
    EXPECT_EQ(*s.present + sum_of_counts(s.absences), on_strength);           // V12
    EXPECT_EQ(*s.deployable + sum_of_counts(s.non_deployable), on_strength);  // V13
    EXPECT_LE(*s.deployable, on_strength - count_of(s, AbsenceReason::hospital));
    EXPECT_LE(*s.duty_qualified, on_strength);
    EXPECT_LE(*s.senior_deployable, *s.senior_authorised);
    EXPECT_LE(*s.senior_deployable, *s.deployable);
    for (const auto& absence : s.absences) {
      EXPECT_GT(absence.count, 0U);
    }
    for (const auto& reason : s.non_deployable) {
      EXPECT_GT(reason.count, 0U);
    }
  });
}

TEST_P(EveryUnit, AddsUpItsCells) {  // V14
  for_each([](const UnitWord& word) {
    std::uint64_t on_strength = 0;
    std::uint64_t present = 0;
    std::uint64_t deployable = 0;
    std::set<std::pair<model::PersonCategory, model::Sex>> keys;
    for (const auto& cell : word.strength->cells) {
      EXPECT_LE(cell.present, cell.on_strength);
      EXPECT_LE(cell.deployable, cell.on_strength);
      on_strength += cell.on_strength;
      present += cell.present;
      deployable += cell.deployable;
      EXPECT_TRUE(keys.insert({cell.category, cell.sex}).second);
    }
    EXPECT_EQ(on_strength, *word.strength->assigned);
    EXPECT_EQ(present, *word.strength->present);
    EXPECT_EQ(deployable, *word.strength->deployable);
  });
}

TEST_P(EveryUnit, NeedsSpecialtiesThatItsPeopleCanHold) {
  for_each([](const UnitWord& word) {
    std::set<model::Code> codes;
    std::uint64_t required = 0;
    std::size_t critical = 0;
    for (const auto& specialty : word.strength->specialties) {
      EXPECT_TRUE(codes.insert(specialty.code).second);
      EXPECT_GT(specialty.required, 0U);
      EXPECT_LE(specialty.qualified, specialty.required);
      required += specialty.required;
      critical += specialty.critical ? 1 : 0;
    }
    EXPECT_LE(required, *word.strength->assigned);
    EXPECT_GE(critical, 1U);
    EXPECT_LE(critical, 2U);
  });
}

TEST_P(EveryUnit, AddsUpItsEquipment) {  // V16
  for_each([](const UnitWord& word) {
    std::set<model::Code> codes;
    EXPECT_FALSE(word.equipment->holdings.empty());
    for (const auto& holding : word.equipment->holdings) {
      EXPECT_EQ(*holding.fmc + *holding.pmc + *holding.nmc, *holding.on_hand);
      EXPECT_LE(*holding.on_hand, *holding.required);
      EXPECT_GT(*holding.required, 0U);
      EXPECT_TRUE(codes.insert(holding.item_code).second);
    }
  });
}

// ---- readiness
// -------------------------------------------------------------------------------------------------

model::Level worse(model::Level a, model::Level b) {
  if (a == model::kNotMeasured) {
    return b;
  }
  return b == model::kNotMeasured ? a : std::max(a, b);
}

model::Level level(std::uint64_t part, std::uint64_t whole, unsigned one, unsigned two,
                   unsigned three) {
  if (whole == 0) {
    return model::kNotMeasured;
  }
  const auto reaches = [&](unsigned bound) { return 100 * part >= bound * whole; };
  return reaches(one) ? 1 : reaches(two) ? 2 : reaches(three) ? 3 : 4;
}

model::Level computed_s(const model::EquipmentStatement& equipment) {
  std::uint64_t useful = 0;
  std::uint64_t required = 0;
  model::Level pacing = model::kNotMeasured;
  for (const auto& h : equipment.holdings) {
    if (h.criticality == model::Criticality::other) {
      continue;
    }
    useful += std::min(*h.on_hand, *h.required);
    required += *h.required;
    if (h.criticality == model::Criticality::pacing) {
      pacing = worse(pacing, level(std::min(*h.on_hand, *h.required), *h.required, 90, 80, 65));
    }
  }
  return worse(pacing, level(useful, required, 90, 80, 65));
}

model::Level computed_r(const model::EquipmentStatement& equipment) {
  std::uint64_t capable = 0;
  std::uint64_t on_hand = 0;
  for (const auto& h : equipment.holdings) {
    if (h.criticality == model::Criticality::other) {
      continue;
    }
    capable += *h.fmc;
    on_hand += *h.on_hand;
  }
  return level(capable, on_hand, 90, 70, 60);
}

/// A certificate that ends at the moment of the report no longer counts.
model::Level computed_t(const model::TrainingStatement& training) {
  std::uint64_t trained = 0;
  for (const auto& task : training.tasks) {
    const bool lapsed = task.certified_until && *task.certified_until <= kValidAt;
    trained += task.state == model::TrainingState::trained && !lapsed ? 1 : 0;
  }
  return level(trained, training.tasks.size(), 85, 70, 55);
}

TEST_P(EveryUnit, ReportsTheLevelsThatItsNumbersGive) {  // V17, V19, V20
  for_each([](const UnitWord& word) {
    const auto& s = *word.strength;
    const auto p = worse(level(*s.deployable, *s.authorised, 90, 80, 70),
                         worse(level(*s.duty_qualified, *s.authorised, 85, 75, 65),
                               level(*s.senior_deployable, *s.senior_authorised, 85, 75, 65)));
    const auto& r = *word.readiness;
    EXPECT_EQ(*r.p, p);
    EXPECT_EQ(*r.s, computed_s(*word.equipment));
    EXPECT_EQ(*r.r, computed_r(*word.equipment));
    EXPECT_EQ(*r.t, computed_t(*word.training));
    for (const auto area : {*r.p, *r.s, *r.r, *r.t}) {
      EXPECT_NE(area, model::kNotMeasured) << "a partial level is never counted as certain";
    }
    EXPECT_EQ(*r.reported_overall, worse(worse(p, *r.t), worse(*r.s, *r.r)));
    EXPECT_LE(*r.reported_overall, 4);
    EXPECT_FALSE(r.level_override.has_value());
  });
}

TEST_P(EveryUnit, TrainsForTheTasksOfItsElementKind) {  // DOMAIN.md §9.
  using model::ElementKind;
  using model::Task;
  const std::map<ElementKind, std::vector<Task>> tasks{
      {ElementKind::command, {Task::t09}},
      {ElementKind::combat, {Task::t01, Task::t02, Task::t08, Task::t10}},
      {ElementKind::police, {Task::t03, Task::t05, Task::t11}},
      {ElementKind::observer_group, {Task::t01, Task::t04, Task::t09, Task::t12}},
      {ElementKind::combat_support, {Task::t06, Task::t07, Task::t11}},
      {ElementKind::technical_support, {Task::t11}},
      {ElementKind::rear_support, {Task::t13, Task::t14, Task::t15}},
      {ElementKind::other, {Task::t99}}};
  for_each([&](const UnitWord& word) {
    std::vector<Task> trained_for;
    for (const auto& task : word.training->tasks) {
      trained_for.push_back(task.task);
      const bool is_trained = task.state == model::TrainingState::trained;
      EXPECT_LT(*task.last_exercise, kValidAt);
      EXPECT_EQ(task.certified_until.has_value(), is_trained);
      EXPECT_TRUE(!is_trained || *task.certified_until > kValidAt + std::chrono::hours{24 * 100});
    }
    EXPECT_EQ(trained_for, tasks.at(*word.unit->element_kind));
    ASSERT_THAT(word.unit->capabilities, SizeIs(1));
    EXPECT_EQ(word.unit->capabilities[0].tasks, trained_for);
    EXPECT_FALSE(word.unit->languages.empty());
  });
}

TEST(PeacekeepingContingents, AreTrainedForNearlyAllAndNeedPracticeInSome) {
  for (const std::uint64_t seed : {0U, 1U, 2201U}) {
    std::map<model::TrainingState, std::size_t> tasks;
    for (const auto& contingent : make_contingents(ForcePool::cpf, seed, kValidAt)) {
      for (const auto& [id, word] : words_of(contingent)) {
        for (const auto& task : word.training->tasks) {
          ++tasks[task.state];
        }
      }
    }
    EXPECT_GT(tasks[model::TrainingState::needs_practice], 0U) << seed;
    EXPECT_GT(tasks[model::TrainingState::trained], 9 * tasks[model::TrainingState::needs_practice])
        << seed;
    EXPECT_EQ(tasks[model::TrainingState::untrained], 0U) << seed;
  }
}

TEST_P(EveryUnit, SaysForHowLongItCanDoWithout) {
  for_each([](const UnitWord& word) {
    std::set<model::SelfSustainmentCategory> categories;
    EXPECT_FALSE(word.sustainment->lines.empty());
    for (const auto& line : word.sustainment->lines) {
      EXPECT_TRUE(categories.insert(line.category).second);
      EXPECT_GE(*line.days_of_supply, 30);
      EXPECT_LE(*line.days_of_supply, 180);
      EXPECT_GE(*line.covered_people, *word.strength->assigned);
    }
  });
}

TEST(LevelOf, ComparesInIntegersAndNeverRounds) {
  EXPECT_EQ(level_of(359, 400, kDeployableBounds), 2);
  EXPECT_EQ(level_of(360, 400, kDeployableBounds), 1);
  EXPECT_EQ(level_of(0, 400, kDeployableBounds), 4);
  EXPECT_EQ(level_of(0, 0, kDeployableBounds), model::kNotMeasured);
}

TEST(WorstOf, LeavesOutWhatIsNotMeasured) {
  EXPECT_EQ(worst_of(std::array<model::Level, 4>{2, 3, 1, 6}), 3);
  EXPECT_EQ(worst_of(std::array<model::Level, 2>{6, 6}), model::kNotMeasured);
}

// ---- identity
// -------------------------------------------------------------------------------------------------

TEST_P(EveryUnit, IsNamedAsFictional) {
  for_each([](const UnitWord& word) {
    EXPECT_EQ(word.unit->unit.code().substr(0, 3), "EX-");
    EXPECT_TRUE(word.unit->name.ends_with("(fictional)")) << word.unit->name;
    EXPECT_LE(word.unit->name.size(), 120U);
    EXPECT_LE(word.unit->short_name.size(), 24U);
    EXPECT_EQ(word.unit->pools, std::vector{std::get<0>(GetParam())});
    EXPECT_EQ(word.unit->lifecycle, model::Lifecycle::standby);
    EXPECT_TRUE(word.unit->uuid.has_value());
  });
}

const std::map<model::Echelon, std::string>& sidc_digits() {  // DOMAIN.md §9.
  using model::Echelon;
  static const std::map<Echelon, std::string> kDigits{
      {Echelon::team, "11"},     {Echelon::squad, "12"},   {Echelon::section, "13"},
      {Echelon::platoon, "14"},  {Echelon::company, "15"}, {Echelon::battalion, "16"},
      {Echelon::regiment, "17"}, {Echelon::brigade, "18"}, {Echelon::command, "26"}};
  return kDigits;
}

TEST_P(EveryUnit, HasALegalSymbol) {  // V23
  for_each([](const UnitWord& word) {
    const auto& sidc = word.unit->sidc;
    ASSERT_THAT(sidc, SizeIs(20));
    EXPECT_EQ(sidc.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_EQ(sidc[3], '3');
    EXPECT_TRUE(sidc.substr(4, 2) == "10" || sidc.substr(4, 2) == "11");
    EXPECT_EQ(sidc.substr(8, 2), sidc_digits().at(*word.unit->echelon));
  });
}

TEST_P(EveryUnit, HasTheComponentOfItsElementKind) {
  for_each([](const UnitWord& word) {
    const auto expected =
        word.unit->element_kind == model::ElementKind::police  ? model::Component::police
        : word.unit->element_kind == model::ElementKind::other ? model::Component::civilian
                                                               : model::Component::military;
    EXPECT_EQ(word.unit->component, expected);
  });
}

struct Box {
  double south, north, west, east;
};

TEST_P(EveryUnit, LivesInsideItsNation) {  // V24
  const std::map<std::string, Box> boxes{{"RUS", {50, 60, 35, 65}},   {"BLR", {52, 56, 24, 31}},
                                         {"ARM", {39, 41, 44, 46}},   {"KAZ", {41, 55, 50, 85}},
                                         {"KGZ", {39.5, 43, 70, 80}}, {"TJK", {37, 40, 68, 74}}};
  for_each([&](const UnitWord& word) {
    const auto& box = boxes.at(word.unit->unit.nation().str());
    const auto& home = *word.unit->home;
    EXPECT_TRUE(home.lat > box.south && home.lat < box.north) << home.lat;
    EXPECT_TRUE(home.lon > box.west && home.lon < box.east) << home.lon;
  });
}

TEST_P(EveryUnit, StandsUnderTheHeadquartersOfItsContingent) {  // V06, V07
  for (const auto& contingent : contingents_) {
    const auto words = words_of(contingent);
    std::set<model::UnitId> roots;
    for (const auto& [id, word] : words) {
      EXPECT_EQ(id.nation(), contingent.nation);
      if (word.unit->relations.empty()) {
        EXPECT_EQ(word.unit->element_kind, model::ElementKind::command);
        roots.insert(id);
      }
    }
    ASSERT_THAT(roots, SizeIs(1));
    for (const auto& [id, word] : words) {
      if (roots.contains(id)) {
        continue;
      }
      ASSERT_THAT(word.unit->relations, SizeIs(1)) << id.str();
      EXPECT_EQ(word.unit->relations[0].type, model::RelationType::child_of);
      EXPECT_TRUE(roots.contains(word.unit->relations[0].unit));
    }
  }
}

// ---- availability
// -----------------------------------------------------------------------------------------------

TEST_P(EveryUnit, CanBeCountedWithinHours) {
  for_each([](const UnitWord& word) {
    const auto& a = *word.availability;
    EXPECT_LE(*a.notice_to_move_min + *a.load_min, 72U * 60U);
    EXPECT_GT(*a.notice_to_move_min, 0U);
    EXPECT_GE(*a.pledge_level, 1);
    EXPECT_LE(*a.pledge_level, 4);
    EXPECT_GT(*a.pledge_valid_until, kValidAt + std::chrono::hours{24 * 30});  // V40
    EXPECT_LE(*a.sustain_days, 365);
  });
}

TEST_P(EveryUnit, HasAProfileThatNeverFallsAndEndsAtItsDeployable) {  // V25
  for_each([](const UnitWord& word) {
    const auto& profile = word.availability->profile;
    ASSERT_FALSE(profile.empty());
    for (std::size_t i = 1; i < profile.size(); ++i) {
      EXPECT_GT(profile[i].within_h, profile[i - 1].within_h);
      EXPECT_GE(profile[i].people, profile[i - 1].people);
    }
    EXPECT_EQ(profile.back().people, *word.strength->deployable);
  });
}

// ---- the operation that is played
// ---------------------------------------------------------------------------------

TEST(PeacekeepingContingents, HaveTheAdvanceReadyInTwelveHours) {  // Line L02: 400 people of RUS.
  const auto contingents = make_contingents(ForcePool::cpf, 2201, kValidAt);
  std::uint32_t people = 0;
  for (const auto& [id, word] : words_of(contingents[0])) {
    const auto minutes = *word.availability->notice_to_move_min + *word.availability->load_min;
    const bool is_combat = word.unit->element_kind == model::ElementKind::combat;
    if (is_combat && minutes <= 12 * 60) {
      people += *word.strength->deployable;
    }
  }

  EXPECT_GE(people, 400U);
}

TEST(PeacekeepingContingents, HoldTheVehiclesThatTheOperationTakes) {
  using model::EquipmentKind;
  constexpr std::array kKinds{EquipmentKind::wheeled_transport, EquipmentKind::armoured_transport,
                              EquipmentKind::engineer,          EquipmentKind::medical,
                              EquipmentKind::communication,     EquipmentKind::water_fuel};
  const std::map<std::string, std::array<std::uint32_t, 6>> taken{{"RUS", {72, 60, 12, 8, 5, 3}},
                                                                  {"BLR", {22, 14, 3, 3, 2, 1}},
                                                                  {"ARM", {6, 2, 0, 1, 1, 0}},
                                                                  {"KGZ", {8, 4, 0, 1, 1, 1}},
                                                                  {"TJK", {12, 4, 1, 1, 1, 1}}};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (const auto& contingent : make_contingents(ForcePool::cpf, seed, kValidAt)) {
      if (!taken.contains(contingent.nation.str())) {
        continue;
      }
      std::map<EquipmentKind, std::uint32_t> capable;
      for (const auto& [id, word] : words_of(contingent)) {
        for (const auto& holding : word.equipment->holdings) {
          capable[holding.kind] += *holding.fmc;
        }
      }
      for (std::size_t i = 0; i < kKinds.size(); ++i) {
        EXPECT_GE(capable[kKinds[i]], taken.at(contingent.nation.str())[i])
            << contingent.nation.str() << " " << model::to_text(kKinds[i]) << " seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace muster::exercise
