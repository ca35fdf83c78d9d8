// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/operation_tables.h"

namespace muster::exercise {
namespace {

using model::Body;
using model::ContributionState;
using model::ElementKind;
using model::EquipmentKind;
using model::OperationState;
using model::Task;

// ---- lines --------------------------------------------------------------------------------------

constexpr std::array kCommandTasks{Task::t09};
constexpr std::array kProtectionTasks{Task::t08};
constexpr std::array kPoliceTasks{Task::t05, Task::t03};
constexpr std::array kCombatSupportTasks{Task::t06, Task::t11};
constexpr std::array kTechnicalTasks{Task::t11};
constexpr std::array kRearTasks{Task::t14, Task::t15};
constexpr std::array kObserverTasks{Task::t09, Task::t12};

constexpr std::array<LineRow, 8> kLines{{
    {"L01", ElementKind::command, kCommandTasks, 48, true, 100},
    {"L02", ElementKind::combat, kProtectionTasks, 12, true, 100},
    {"L03", ElementKind::combat, kProtectionTasks, 36, true, 90},
    {"L04", ElementKind::police, kPoliceTasks, 48, true, 80},
    {"L05", ElementKind::combat_support, kCombatSupportTasks, 72, false, 50},
    {"L06", ElementKind::technical_support, kTechnicalTasks, 72, false, 50},
    {"L07", ElementKind::rear_support, kRearTasks, 72, false, 60},
    {"L08", ElementKind::observer_group, kObserverTasks, 72, false, 20},
}};

// ---- people -------------------------------------------------------------------------------------

constexpr auto kNone = kSilent;
constexpr auto kTurnsBack = Departure::turn_back;

// The advance is the first to come and the last to leave.  RUS  BLR  ARM  KGZ  TJK
constexpr std::array<ShareRow, 11> kShares{{
    {"L01", Arrival::staff_and_police, Departure::second, {44, 14, 7, 7, 8}},
    {"L02", Arrival::advance, Departure::last, {400, kNone, kNone, kNone, kNone}},
    {"L03", Arrival::vanguard, Departure::first, {kNone, 280, kNone, kNone, kNone}},
    {"L03", Arrival::main_body, Departure::second, {390, kNone, kNone, kNone, 140}},
    {"L03", Arrival::main_body, Departure::first, {kNone, kNone, 75, 85, kNone}},
    {"L03", Arrival::none, kTurnsBack, {180, kNone, kNone, kNone, kNone}},
    {"L04", Arrival::staff_and_police, Departure::first, {130, 54, 20, 30, 26}},
    {"L05", Arrival::none, kTurnsBack, {165, 52, 0, 21, 22}},
    {"L06", Arrival::support, Departure::first, {95, 30, 5, 10, 10}},
    {"L07", Arrival::support, Departure::second, {110, 38, 12, 14, 16}},
    {"L08", Arrival::support, Departure::first, {6, 2, 2, kNone, kNone}},
}};

// ---- vehicles -----------------------------------------------------------------------------------

// The totals of each nation and kind are those of DOMAIN.md §11; how a kind is spread over the
// lines is ours: where the units are that hold it.                RUS BLR ARM KGZ TJK
constexpr std::array<VehicleRow, 15> kVehicles{{
    {"L01", EquipmentKind::wheeled_transport, {2, 1, 1, 0, 1}},
    {"L02", EquipmentKind::wheeled_transport, {16, 0, 0, 0, 0}},
    {"L03", EquipmentKind::wheeled_transport, {24, 10, 3, 4, 6}},
    {"L04", EquipmentKind::wheeled_transport, {8, 4, 1, 2, 2}},
    {"L05", EquipmentKind::wheeled_transport, {6, 2, 0, 1, 1}},
    {"L06", EquipmentKind::wheeled_transport, {6, 2, 0, 0, 1}},
    {"L07", EquipmentKind::wheeled_transport, {8, 3, 1, 1, 1}},
    {"L08", EquipmentKind::wheeled_transport, {2, 0, 0, 0, 0}},
    {"L02", EquipmentKind::armoured_transport, {24, 0, 0, 0, 0}},
    {"L03", EquipmentKind::armoured_transport, {36, 14, 2, 4, 4}},
    {"L05", EquipmentKind::engineer, {12, 3, 0, 0, 1}},
    {"L07", EquipmentKind::medical, {8, 3, 1, 1, 1}},
    {"L01", EquipmentKind::communication, {2, 1, 1, 0, 0}},
    {"L06", EquipmentKind::communication, {3, 1, 0, 1, 1}},
    {"L07", EquipmentKind::water_fuel, {3, 1, 0, 1, 1}},
}};

// ---- time ---------------------------------------------------------------------------------------

constexpr std::array<StateRow, 13> kStates{{
    {january(7, 0), OperationState::requested, Body::host, "request of the host"},
    {january(7, 1), OperationState::consultation, Body::secretariat, "consultation of the members"},
    {january(7, 3), OperationState::decided, Body::council, "decision of the council"},
    {january(7, 4), OperationState::generating, Body::secretariat, "contributions are asked for"},
    {january(7, 12), OperationState::advance_deployed, Body::secretariat, "the advance is there"},
    {january(7, 18), OperationState::deploying, Body::secretariat, "the main body moves"},
    {january(9, 12), OperationState::deployed, Body::secretariat, "the force is there"},
    {january(10, 6), OperationState::relocating, Body::commander, "from first to second city"},
    {january(11, 18), OperationState::deployed, Body::secretariat, "the force is there again"},
    {january(13, 9), OperationState::stabilised, Body::host, "the host: stabilised"},
    {january(13, 12), OperationState::withdrawing, Body::council, "the council: withdrawal"},
    {january(19, 12), OperationState::withdrawn, Body::secretariat, "nobody is in place"},
    {january(19, 18), OperationState::closed, Body::secretariat, "nobody is committed"},
}};

constexpr std::array<model::UtcTime, kContributors.size()> kOffers{
    january(7, 5), january(7, 5, 20), january(7, 5, 40), january(7, 6), january(7, 6, 20)};

constexpr auto kTransit = ContributionState::in_transit;
constexpr auto kPlace = ContributionState::in_place;
constexpr auto kReturning = ContributionState::returning;
constexpr auto kReleased = ContributionState::released;

constexpr std::array<MoveRow, 19> kMoves{{
    {january(7, 9), kTransit, Arrival::advance, {}},
    {january(7, 12), kPlace, Arrival::advance, {}},
    {january(7, 13), kTransit, Arrival::vanguard, {}},
    {january(7, 18), kPlace, Arrival::vanguard, {}},
    {january(7, 23), kTransit, Arrival::main_body, {}},
    {january(8, 8), kTransit, Arrival::staff_and_police, {}},
    {january(8, 12), kPlace, Arrival::main_body, {}},
    {january(8, 18), kPlace, Arrival::staff_and_police, {}},
    {january(9, 0), kTransit, Arrival::support, {}},
    {january(9, 2), kTransit, {}, Departure::turn_back},
    {january(9, 12), kPlace, Arrival::support, {}},
    {january(13, 15), kReturning, {}, Departure::turn_back},
    {january(14, 12), kReleased, {}, Departure::turn_back},
    {january(15, 12), kReturning, {}, Departure::first},
    {january(16, 12), kReleased, {}, Departure::first},
    {january(17, 12), kReturning, {}, Departure::second},
    {january(18, 12), kReleased, {}, Departure::second},
    {january(19, 12), kReturning, {}, Departure::last},
    {january(19, 17), kReleased, {}, Departure::last},
}};

}  // namespace

std::span<const LineRow> requirement_lines() { return kLines; }
std::span<const ShareRow> shares() { return kShares; }
std::span<const VehicleRow> vehicles() { return kVehicles; }
std::span<const StateRow> state_changes() { return kStates; }
std::span<const model::UtcTime> offer_times() { return kOffers; }
std::span<const MoveRow> moves() { return kMoves; }

model::UtcTime released_at(Departure departure) {
  for (const auto& move : kMoves) {
    if (move.departure == departure && move.to == kReleased) {
      return move.at;
    }
  }
  return {};
}

}  // namespace muster::exercise
