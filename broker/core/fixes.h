// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "broker/core/demand.h"

/// What one change would do for a line that lacks people. Internal to the broker.
namespace muster::core {

/// What an answer knows of a unit before it looks for changes.
struct Claims {
  /// People who are not free: held by other promises, or staying where they are. Absent: those of
  /// Candidate.
  std::optional<std::uint64_t> committed{};
  std::uint64_t taken = 0;  ///< Of the free ones, those that the answer counts already.
  /// People that are offered to the line and not counted: a change brings no more. Absent: nobody
  /// has to offer anything, and whoever passes the tests can be counted.
  std::optional<std::uint64_t> offered{};
  std::optional<std::uint64_t> room{};  ///< That the cap of the nation (cap_of()) still leaves.
  bool is_approved = false;             ///< The offer itself was approved: caveats do not hold it.
};
using ClaimsOf = std::function<Claims(const model::UnitId&)>;

/// Every change that alone makes people of a unit count on the line, with how many more it brings:
/// an approval, a renewed report, a shorter notice, a caveat that is lifted, people who are
/// released elsewhere. Everything else stays as it is: a unit that two causes hold back has none.
/// Judged unit by unit: that the same change lets it count on another line as well, which may take
/// the people first, is for the caller to prove.
/// Changes to one caveat of a nation stand together, for all its units, with `unit` absent when
/// they are several. In the order of FixKind, then fewest people, then unit.
std::vector<model::Fix> possible_fixes(const State& state, const Moment& moment,
                                       const LineDemand& demand, const ClaimsOf& claims_of);

/// People of a unit that fits and is free, whom nobody has offered yet.
struct Unasked {
  const Candidate* candidate = nullptr;
  std::uint64_t people = 0;
  std::vector<model::EquipmentCount> items{};  ///< To bring with them, each kind once.
};
/// ASK_OFFER: "TJK:EX-A is asked to offer 76 people, BLR:EX-B 64 with 3 HELICOPTER, the last ready
/// in 29 h"; "TJK:EX-A is asked to offer 3 HELICOPTER, …" of who brings no people. The fix names a
/// unit when it is one alone.
model::Fix ask_offers(const std::vector<Unasked>& asked);

/// NEW_UNIT: "one platoon of COMBAT_SUPPORT, 30 people, able to T06, T11, ready within 72 h". Up to
/// 12 people are a squad, up to 50 a platoon, 150 a company, 800 a battalion, more a regiment.
/// "… 30 people with 3 HELICOPTER, able to …" where items are lacking too; "one unit of
/// COMBAT_SUPPORT, 3 HELICOPTER, able to …" where they alone are.
model::Fix new_unit(const model::RequirementLine& line, std::uint64_t people,
                    const std::vector<model::EquipmentCount>& items = {});

/// Is it cheaper than the other: by kind, then fewer people, then unit?
bool is_cheaper(const model::Fix& a, const model::Fix& b);

/// The same fix when it brings another number of people, in its text too.
model::Fix bringing(model::Fix fix, std::uint64_t people);

}  // namespace muster::core
