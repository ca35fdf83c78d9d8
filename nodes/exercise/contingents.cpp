// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/contingents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/exercise/dice.h"
#include "nodes/exercise/equipment.h"
#include "nodes/exercise/levels.h"
#include "nodes/exercise/personnel.h"
#include "nodes/exercise/published_tables.h"
#include "nodes/exercise/training.h"
#include "nodes/exercise/unit_plan.h"

namespace muster::exercise {
namespace {

using model::Count;

// ---- Unit
// -------------------------------------------------------------------------------------------------

/// 10 (2525D), 1 exercise, 3 friend, symbol set, 0 present, 2 headquarters or 0, echelon, entity,
/// no modifiers.
std::string sidc_of(const UnitPlan& plan) {
  const auto& element = element_of(plan.kind);
  const char headquarters = plan.kind == model::ElementKind::command ? '2' : '0';
  return fmt::format("1013{}0{}{}{}0000", element.sidc_set, headquarters,
                     echelon_of(plan.kind, plan.authorised).sidc_digits, element.sidc_entity);
}

/// Near one of the nation's sites. Integers until the last step, so that every machine gets the
/// same degrees.
model::Place draw_home(const NationProfile& profile, Dice& dice) {
  constexpr std::uint32_t kSpread = 1000;  // A tenth of a degree to each side.
  constexpr double kPerDegree = 10'000;
  const auto& site = profile.sites.at(dice.between(0, 2));
  const auto near = [&](std::int32_t middle) {
    return (middle + static_cast<std::int32_t>(dice.between(0, 2 * kSpread)) -
            static_cast<std::int32_t>(kSpread)) /
           kPerDegree;
  };
  const double lat = near(site.lat);
  return {lat, near(site.lon)};
}

std::string name_of(const UnitPlan& plan, const NationProfile& profile) {
  const auto number = plan.number == 0 ? std::string{} : fmt::format(" {}", plan.number);
  const auto pool = plan.pool == model::ForcePool::crrf ? " Rapid Reaction" : "";
  return fmt::format("{}{} {}{} (fictional)", profile.adjective, pool, element_of(plan.kind).name,
                     number);
}

std::vector<std::string> languages_of(const NationProfile& profile) {
  if (profile.language == "rus") {
    return {"rus"};
  }
  return {"rus", std::string(profile.language)};
}

model::UnitStatement make_unit(const UnitPlan& plan, Dice& dice) {
  const auto& profile = profile_of(plan.unit.nation().view());
  const auto& element = element_of(plan.kind);
  model::UnitStatement unit;
  unit.unit = plan.unit;
  unit.uuid = dice.uuid();
  unit.name = name_of(plan, profile);
  unit.short_name = plan.unit.code();
  unit.component = element.component;
  unit.element_kind = plan.kind;
  unit.pools = {plan.pool};
  unit.lifecycle = model::Lifecycle::standby;
  unit.echelon = echelon_of(plan.kind, plan.authorised).echelon;
  unit.sidc = sidc_of(plan);
  unit.reinforcement = model::Reinforcement::norm;
  unit.home = draw_home(profile, dice);
  if (!plan.superior.empty()) {
    unit.relations = {{model::RelationType::child_of, plan.superior, {}, {}}};
  }
  if (!element.tasks.empty()) {
    const auto type = static_cast<std::uint8_t>(dice.between(1, 2));
    unit.capabilities = {{{element.tasks.begin(), element.tasks.end()}, type, {}}};
  }
  unit.languages = languages_of(profile);
  return unit;
}

// ---- Readiness
// -------------------------------------------------------------------------------------------------

model::OperationalStatus status_of(model::Level overall) {
  using model::OperationalStatus;
  constexpr std::array kStatuses{OperationalStatus::opr, OperationalStatus::sops,
                                 OperationalStatus::mops, OperationalStatus::nop};
  return overall >= 1 && overall <= kStatuses.size() ? kStatuses.at(overall - 1U)
                                                     : OperationalStatus::nkn;
}

/// What the numbers say, so that the broker's own computation agrees and no override is needed.
model::ReadinessStatement make_readiness(const model::StrengthStatement& strength,
                                         const model::EquipmentStatement& equipment,
                                         const model::TrainingStatement& training,
                                         model::UtcTime valid_at) {
  model::ReadinessStatement readiness;
  readiness.unit = strength.unit;
  readiness.p = personnel_level(strength);
  readiness.s = supply_level(equipment);
  readiness.r = repair_level(equipment);
  readiness.t = training_level(training, valid_at);
  const std::array areas{*readiness.p, *readiness.s, *readiness.r, *readiness.t};
  readiness.reported_overall = worst_of(areas);
  readiness.operational_status = status_of(*readiness.reported_overall);
  return readiness;
}

// ---- Availability
// -----------------------------------------------------------------------------------------------

/// Russia's first four combat units are the advance: on their way within 12 hours (line L02 of the
/// exercise).
std::uint32_t within_hours(const UnitPlan& plan) {
  constexpr std::uint32_t kAdvanceUnits = 4;
  constexpr std::uint32_t kAdvanceHours = 12;
  const bool is_advance = plan.unit.nation().view() == "RUS" &&
                          plan.pool == model::ForcePool::cpf &&
                          plan.kind == model::ElementKind::combat && plan.number <= kAdvanceUnits;
  return is_advance ? kAdvanceHours : element_of(plan.kind).within_h;
}

/// Whole half-hours, as orders are written.
Count draw_minutes(Count limit, std::uint32_t low_percent, std::uint32_t high_percent, Dice& dice) {
  return dice.percent_of(limit, low_percent, high_percent) / 30 * 30;
}

model::Movement make_movement(const UnitPlan& plan, const model::Place& home, Dice& dice) {
  constexpr std::array kModes{model::MovementMode::road, model::MovementMode::rail,
                              model::MovementMode::air};
  const Count people = std::max<Count>(1, plan.deployable);
  return {kModes.at(dice.between(0, 2)), home,
          model::Lift{people, (people + 3) / 4, (people + 11) / 12}};
}

model::AvailabilityStatement make_availability(const UnitPlan& plan, const model::Place& home,
                                               model::UtcTime valid_at, Dice& dice) {
  const Count limit = within_hours(plan) * 60;
  model::AvailabilityStatement availability;
  availability.unit = plan.unit;
  availability.notice_to_move_min = draw_minutes(limit, 40, 70, dice);
  availability.load_min = draw_minutes(limit, 10, 25, dice);
  availability.pledge_level = static_cast<std::uint8_t>(dice.between(2, 4));
  availability.pledge_valid_until = valid_at + std::chrono::hours{24 * dice.between(90, 330)};
  availability.sustain_days = static_cast<std::uint16_t>(30 * dice.between(1, 3));
  availability.movement = make_movement(plan, home, dice);
  const Count minutes = *availability.notice_to_move_min + *availability.load_min;
  const auto first_h = static_cast<std::uint16_t>((minutes + 59) / 60);
  availability.profile = {{first_h, plan.deployable / 2},
                          {static_cast<std::uint16_t>(first_h + 6), plan.deployable}};
  return availability;
}

// ---- reports
// -------------------------------------------------------------------------------------------------

void add_unit(const UnitPlan& plan, std::uint64_t seed, model::Report& report) {
  Dice dice(seed, plan.unit.view());
  auto unit = make_unit(plan, dice);
  const auto home = *unit.home;
  auto strength = make_strength(plan, dice);
  const auto equipment = make_equipment(plan, dice);
  const auto availability = make_availability(plan, home, report.valid_at, dice);
  Dice skill_dice(seed, plan.unit.str() + "/skills");
  strength.specialties = make_specialties(plan, skill_dice);
  const auto training = make_training(plan, report.valid_at, skill_dice);
  report.statements.insert(
      report.statements.end(),
      {std::move(unit), strength, equipment, make_sustainment(plan, skill_dice), training,
       make_readiness(strength, equipment, training, report.valid_at), availability});
}

/// The others of the six may see what this nation reports: in the exercise nothing is secret.
std::vector<model::Nation> others_than(std::string_view nation, const PoolTable& table) {
  std::vector<model::Nation> others;
  for (const auto& row : table.nations) {
    if (row.nation != nation) {
      others.push_back(*model::Nation::parse(row.nation));
    }
  }
  return others;
}

Contingent make_contingent(const PoolTable& table, const NationRow& row, std::uint64_t seed,
                           model::UtcTime valid_at) {
  model::Report report;
  report.kind = model::ReportKind::regular;
  report.valid_at = valid_at;
  report.classification = model::Classification::unclassified;
  report.releasable_to = others_than(row.nation, table);
  for (const auto& plan : plan_units(table, row)) {
    add_unit(plan, seed, report);
  }
  return {*model::Nation::parse(row.nation),
          *model::NodeId::parse(fmt::format("{}/mod", row.nation)),
          {report}};
}

}  // namespace

std::vector<Contingent> make_contingents(model::ForcePool pool, std::uint64_t seed,
                                         model::UtcTime valid_at) {
  const auto* table = table_of(pool);
  std::vector<Contingent> contingents;
  if (table == nullptr) {
    return contingents;
  }
  for (const auto& row : table->nations) {
    contingents.push_back(make_contingent(*table, row, seed, valid_at));
  }
  return contingents;
}

std::string file_name_of(const Contingent& contingent, std::size_t report) {
  const auto& named = contingent.reports.at(report);
  const bool has_people =
      std::any_of(named.statements.begin(), named.statements.end(),
                  [](const auto& s) { return std::holds_alternative<model::RosterStatement>(s); });
  auto moment = model::format_time(std::chrono::floor<std::chrono::seconds>(named.valid_at));
  std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
  const auto number = report == 0 ? std::string() : fmt::format("-{}", report + 1);
  return fmt::format("{}-{}-{}{}.json", contingent.nation.view(),
                     has_people ? "roster" : "contingent", moment, number);
}

}  // namespace muster::exercise
