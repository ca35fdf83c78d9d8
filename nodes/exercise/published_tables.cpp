// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/published_tables.h"

namespace muster::exercise {
namespace {

using model::Component;
using model::Criticality;
using model::Echelon;
using model::ElementKind;
using model::EquipmentKind;
using model::ForcePool;
using model::Task;

// ---- people
// -------------------------------------------------------------------------------------------------

//                COMMAND  COMBAT POLICE OBSERVER CBT_SUP TECH_SUP REAR_SUP OTHER
constexpr std::array kPools{
    PoolTable{ForcePool::cpf,
              "EX-",
              120,
              {{
                  {"RUS", {60, 1080, 140, 24, 200, 130, 150, 36}},
                  {"BLR", {20, 300, 60, 12, 60, 40, 44, 14}},
                  {"ARM", {10, 120, 24, 8, 20, 14, 18, 6}},
                  {"KAZ", {20, 280, 60, 12, 60, 36, 40, 12}},
                  {"KGZ", {10, 120, 36, 6, 24, 14, 18, 4}},
                  {"TJK", {10, 160, 30, 6, 24, 16, 20, 4}},
              }}},
    PoolTable{ForcePool::crrf,
              "EX-R-",
              0,
              {{
                  {"RUS", {180, 6300, 720, 0, 900, 450, 450, 0}},
                  {"BLR", {40, 1400, 160, 0, 200, 100, 100, 0}},
                  {"ARM", {24, 840, 96, 0, 120, 60, 60, 0}},
                  {"KAZ", {56, 1960, 224, 0, 280, 140, 140, 0}},
                  {"KGZ", {18, 630, 72, 0, 90, 45, 45, 0}},
                  {"TJK", {22, 770, 88, 0, 110, 55, 55, 0}},
              }}},
};

// ---- equipment
// -------------------------------------------------------------------------------------------------

constexpr std::string_view kTruck = "EX-TRUCK";
constexpr std::string_view kCarrier = "EX-CARRIER";
constexpr std::string_view kEngineer = "EX-ENGINEER-VEHICLE";
constexpr std::string_view kAmbulance = "EX-AMBULANCE";
constexpr std::string_view kRadio = "EX-RADIO-VEHICLE";
constexpr std::string_view kTanker = "EX-WATER-FUEL-TANKER";
constexpr std::string_view kCamp = "EX-FIELD-CAMP";

constexpr std::array kCommandIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 100, Criticality::essential},
    IssueRow{kRadio, EquipmentKind::communication, 60, Criticality::pacing},
};
constexpr std::array kCombatIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 80, Criticality::essential},
    IssueRow{kCarrier, EquipmentKind::armoured_transport, 90, Criticality::pacing},
    IssueRow{kCamp, EquipmentKind::field_camp, 10, Criticality::other},
};
constexpr std::array kPoliceIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 100, Criticality::pacing},
};
constexpr std::array kObserverIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 150, Criticality::pacing},
    IssueRow{kRadio, EquipmentKind::communication, 50, Criticality::essential},
};
constexpr std::array kCombatSupportIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 60, Criticality::essential},
    IssueRow{kEngineer, EquipmentKind::engineer, 100, Criticality::pacing},
};
constexpr std::array kTechnicalSupportIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 90, Criticality::essential},
    IssueRow{kRadio, EquipmentKind::communication, 60, Criticality::pacing},
};
constexpr std::array kRearSupportIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 120, Criticality::essential},
    IssueRow{kAmbulance, EquipmentKind::medical, 90, Criticality::pacing},
    IssueRow{kTanker, EquipmentKind::water_fuel, 60, Criticality::essential},
    IssueRow{kCamp, EquipmentKind::field_camp, 30, Criticality::other},
};
constexpr std::array kOtherIssue{
    IssueRow{kTruck, EquipmentKind::wheeled_transport, 80, Criticality::essential},
};

// ---- people's skills
// -------------------------------------------------------------------------------------------------

constexpr std::string_view kMedic = "EX-MEDIC";
constexpr std::string_view kSignal = "EX-SIGNAL";
constexpr std::string_view kDriver = "EX-DRIVER";

constexpr std::array kCommandSpecialties{SpecialtyRow{"EX-STAFF", 300, true},
                                         SpecialtyRow{kSignal, 150, true},
                                         SpecialtyRow{kDriver, 100, false}};
constexpr std::array kCombatSpecialties{SpecialtyRow{"EX-RIFLE", 500, false},
                                        SpecialtyRow{kMedic, 30, true},
                                        SpecialtyRow{kDriver, 120, false}};
constexpr std::array kPoliceSpecialties{SpecialtyRow{"EX-PATROL", 500, false},
                                        SpecialtyRow{"EX-INVESTIGATION", 60, true}};
constexpr std::array kObserverSpecialties{SpecialtyRow{"EX-OBSERVER", 400, true},
                                          SpecialtyRow{"EX-INTERPRETER", 100, true}};
constexpr std::array kCombatSupportSpecialties{SpecialtyRow{"EX-SAPPER", 400, true},
                                               SpecialtyRow{"EX-PLANT-OPERATOR", 150, false}};
constexpr std::array kTechnicalSupportSpecialties{SpecialtyRow{"EX-MECHANIC", 350, true},
                                                  SpecialtyRow{kSignal, 200, true}};
constexpr std::array kRearSupportSpecialties{SpecialtyRow{kMedic, 200, true},
                                             SpecialtyRow{"EX-SURGEON", 20, true},
                                             SpecialtyRow{kDriver, 200, false}};
constexpr std::array kOtherSpecialties{SpecialtyRow{"EX-INTERPRETER", 200, true},
                                       SpecialtyRow{"EX-LEGAL", 100, false}};

using model::RankGrade;
constexpr std::array kOfficers{GradeRow{RankGrade::of_1, 40}, GradeRow{RankGrade::of_2, 30},
                               GradeRow{RankGrade::of_3, 20}, GradeRow{RankGrade::of_4, 8},
                               GradeRow{RankGrade::of_5, 2}};
constexpr std::array kSergeants{GradeRow{RankGrade::or_5, 40}, GradeRow{RankGrade::or_6, 30},
                                GradeRow{RankGrade::or_7, 15}, GradeRow{RankGrade::or_8, 10},
                                GradeRow{RankGrade::or_9, 5}};
constexpr std::array kEnlisted{GradeRow{RankGrade::or_1, 20}, GradeRow{RankGrade::or_2, 30},
                               GradeRow{RankGrade::or_3, 30}, GradeRow{RankGrade::or_4, 20}};
constexpr std::array kPolice{GradeRow{RankGrade::pol, 100}};
constexpr std::array kCivilians{GradeRow{RankGrade::civ, 100}};

// ---- self-sustainment
// -------------------------------------------------------------------------------------------------

using Category = model::SelfSustainmentCategory;
constexpr std::array kCommandSustainment{SustainmentRow{Category::communications, 100},
                                         SustainmentRow{Category::office, 100},
                                         SustainmentRow{Category::electrical, 100}};
constexpr std::array kCombatSustainment{SustainmentRow{Category::catering, 100},
                                        SustainmentRow{Category::tentage, 100},
                                        SustainmentRow{Category::field_defence_stores, 100}};
constexpr std::array kPoliceSustainment{SustainmentRow{Category::catering, 100},
                                        SustainmentRow{Category::accommodation, 100},
                                        SustainmentRow{Category::identification, 100}};
constexpr std::array kObserverSustainment{SustainmentRow{Category::observation, 100},
                                          SustainmentRow{Category::communications, 100}};
constexpr std::array kCombatSupportSustainment{SustainmentRow{Category::catering, 100},
                                               SustainmentRow{Category::minor_engineering, 500},
                                               SustainmentRow{Category::eod, 500}};
constexpr std::array kTechnicalSupportSustainment{SustainmentRow{Category::communications, 800},
                                                  SustainmentRow{Category::electrical, 800},
                                                  SustainmentRow{Category::tentage, 100}};
constexpr std::array kRearSupportSustainment{SustainmentRow{Category::medical, 800},
                                             SustainmentRow{Category::catering, 400},
                                             SustainmentRow{Category::laundry_cleaning, 800},
                                             SustainmentRow{Category::misc_general_stores, 800}};
constexpr std::array kOtherSustainment{SustainmentRow{Category::office, 100}};

// ---- elements
// -------------------------------------------------------------------------------------------------

constexpr std::array kCommandTasks{Task::t09};
constexpr std::array kCombatTasks{Task::t01, Task::t02, Task::t08, Task::t10};
constexpr std::array kPoliceTasks{Task::t03, Task::t05, Task::t11};
constexpr std::array kObserverTasks{Task::t01, Task::t04, Task::t09, Task::t12};
constexpr std::array kCombatSupportTasks{Task::t06, Task::t07, Task::t11};
constexpr std::array kTechnicalSupportTasks{Task::t11};
constexpr std::array kRearSupportTasks{Task::t13, Task::t14, Task::t15};
constexpr std::array kOtherTasks{Task::t99};

constexpr Component kMilitary = Component::military;

// The order of ElementKind. Tasks are those of DOMAIN.md §9, which has none for OTHER: civilians do
// what a decision gives them. Symbols are those of APP-6D.
constexpr std::array<ElementRow, kElementKinds> kElements{{
    {ElementKind::command, "HQ", "Contingent Headquarters", kMilitary, "10", "110000", 48,
     kCommandTasks, kCommandIssue, kCommandSpecialties, kCommandSustainment},
    {ElementKind::combat, "CBT", "Combat Unit", kMilitary, "10", "121100", 36, kCombatTasks,
     kCombatIssue, kCombatSpecialties, kCombatSustainment},
    {ElementKind::police, "POL", "Police Unit", Component::police, "10", "141200", 48, kPoliceTasks,
     kPoliceIssue, kPoliceSpecialties, kPoliceSustainment},
    {ElementKind::observer_group, "OBS", "Observer Group", kMilitary, "10", "121200", 72,
     kObserverTasks, kObserverIssue, kObserverSpecialties, kObserverSustainment},
    {ElementKind::combat_support, "CSP", "Combat Support Unit", kMilitary, "10", "140700", 72,
     kCombatSupportTasks, kCombatSupportIssue, kCombatSupportSpecialties,
     kCombatSupportSustainment},
    {ElementKind::technical_support, "TSP", "Technical Support Unit", kMilitary, "10", "111000", 72,
     kTechnicalSupportTasks, kTechnicalSupportIssue, kTechnicalSupportSpecialties,
     kTechnicalSupportSustainment},
    {ElementKind::rear_support, "RSP", "Rear Support Unit", kMilitary, "10", "160000", 72,
     kRearSupportTasks, kRearSupportIssue, kRearSupportSpecialties, kRearSupportSustainment},
    {ElementKind::other, "CIV", "Civilian Group", Component::civilian, "11", "110000", 72,
     kOtherTasks, kOtherIssue, kOtherSpecialties, kOtherSustainment},
}};

// ---- nations
// -------------------------------------------------------------------------------------------------

constexpr std::array<NationProfile, 6> kProfiles{{
    {"RUS", "Russian", "rus", {{{556000, 390000}, {543000, 484000}, {568000, 606000}}}},
    {"BLR", "Belarusian", "bel", {{{539000, 276000}, {531000, 292000}, {545000, 285000}}}},
    {"ARM", "Armenian", "hye", {{{403000, 445000}, {407000, 446000}, {404000, 448000}}}},
    {"KAZ", "Kazakhstani", "kaz", {{{512000, 714000}, {498000, 731000}, {436000, 768000}}}},
    {"KGZ", "Kyrgyz", "kir", {{{426000, 747000}, {414000, 760000}, {421000, 772000}}}},
    {"TJK", "Tajik", "tgk", {{{386000, 688000}, {380000, 693000}, {383000, 690000}}}},
}};

// ---- echelons
// -------------------------------------------------------------------------------------------------

constexpr EchelonRow kCommandEchelon{0, Echelon::command, "26"};
constexpr std::array<EchelonRow, 8> kEchelons{{
    {6, Echelon::team, "11"},
    {15, Echelon::squad, "12"},
    {24, Echelon::section, "13"},
    {59, Echelon::platoon, "14"},
    {250, Echelon::company, "15"},
    {1000, Echelon::battalion, "16"},
    {2500, Echelon::regiment, "17"},
    {0xffffffff, Echelon::brigade, "18"},
}};

}  // namespace

const PoolTable* table_of(model::ForcePool pool) {
  for (const auto& table : kPools) {
    if (table.pool == pool) {
      return &table;
    }
  }
  return nullptr;
}

const ElementRow& element_of(model::ElementKind kind) {
  return kElements.at(static_cast<std::size_t>(kind) - 1);
}

std::span<const GradeRow> grades_of(model::PersonCategory category) {
  switch (category) {
    case model::PersonCategory::officer:
      return kOfficers;
    case model::PersonCategory::warrant_nco:
      return kSergeants;
    case model::PersonCategory::enlisted:
      return kEnlisted;
    case model::PersonCategory::police:
      return kPolice;
    case model::PersonCategory::civilian:
      return kCivilians;
  }
  return {};
}

const NationProfile& profile_of(std::string_view nation) {
  for (const auto& profile : kProfiles) {
    if (profile.nation == nation) {
      return profile;
    }
  }
  return kProfiles.front();
}

const EchelonRow& echelon_of(model::ElementKind kind, std::uint32_t people) {
  if (kind == ElementKind::command) {
    return kCommandEchelon;
  }
  for (const auto& row : kEchelons) {
    if (people <= row.people_max) {
      return row;
    }
  }
  return kEchelons.back();
}

}  // namespace muster::exercise
