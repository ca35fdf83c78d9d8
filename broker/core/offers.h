// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/demand.h"
#include "broker/core/fixes.h"

/// What is offered to the lines of a requirement, and how much of it counts (DOMAIN.md §6, "gap per
/// SOR line"). Internal to core: gaps and the build-up of an operation rest on it.
namespace muster::core {

/// An offer to a line that is live and not on its way back.
struct Offer {
  Slice slice;
  std::size_t line = 0;  ///< Index in the requirement.
  std::uint64_t people = 0, counted = 0;
  /// Why the others are not counted, in the order of causes, and the first of them in words.
  std::vector<model::CausePeople> causes{};
  std::string detail{};
  bool is_approved = false;  ///< A CAVEAT_APPROVAL names it: no caveat holds it.
  bool passes = false;       ///< Its unit passes the tests; the people may still be others'.
  /// Its own period keeps it from counting, so that no change to the unit helps.
  bool is_out_of_time = false;
  /// Of what it brings, each item once: as far as its unit has them fit and nobody else holds them.
  std::vector<model::EquipmentCount> items{};
  std::optional<Candidate> candidate{};  ///< What it was judged by; absent for an unknown unit.
};

/// What a fix changes, to count the offers anew with it.
struct Supposed {
  const model::CaveatStatement* spared = nullptr;  ///< Approved or lifted, for all whom it touches.
  std::optional<model::UnitId> unit{};             ///< Whom the others are about.
  bool is_renewed = false;
  std::uint64_t sooner_min = 0;
  std::string released{};  ///< Its slice for another operation.
};

/// Counts each person of a unit once, over all lines together: who is COMMITTED or later first,
/// then ACCEPTED, then by contribution. The same for a nation's MAX_STRENGTH. Keeps references: the
/// state, the moment and the demanded outlive it.  Thread rule: one
/// thread.
class Offers {
 public:
  Offers(const State& state, const Moment& moment, const Demanded& demanded);

  /// By line, then contribution.
  [[nodiscard]] const std::vector<Offer>& all() const { return offers_; }
  [[nodiscard]] const LineDemand& demand(std::size_t line) const { return (*demands_)[line]; }

  /// Items of a kind that counted offers bring to a line, as far as their units have them fit: what
  /// is not reported does not count.
  [[nodiscard]] std::uint64_t items(std::size_t line, model::EquipmentKind kind) const;

  /// People of the nation that count against its MAX_STRENGTH beside what is still free: of slices
  /// ACCEPTED or later, here or elsewhere.
  [[nodiscard]] std::uint64_t promised_of(const model::Nation& nation) const;

  /// People that count on a line.
  [[nodiscard]] std::uint64_t counted(std::size_t line) const;

  /// The offers as they would count if the fix of the line, one of possible_fixes(), were done.
  [[nodiscard]] Offers with(std::size_t line, const model::Fix& fix) const;

  /// What possible_fixes() must know of a unit: of what it offers to the line a change could bring
  /// what is not counted.
  [[nodiscard]] Claims claims_of(std::size_t line, const model::UnitId& unit) const;

  /// The unit as it stands beyond its offers to this operation, and how many people it could still
  /// offer to the line, with which of the items that the line asks for: nobody and nothing unless
  /// it passes every test.
  struct Unoffered {
    Candidate candidate;
    std::uint64_t people = 0;
    std::vector<model::EquipmentCount> items{};  ///< By kind; fit, and promised to nobody.
  };
  [[nodiscard]] Unoffered unoffered(std::size_t line, const model::UnitId& id,
                                    const UnitState& unit) const;

 private:
  /// Of one unit, over all lines.
  struct Tally {
    const UnitState* unit = nullptr;  ///< Null when the viewer knows nothing of it.
    std::vector<Slice> elsewhere{};
    std::uint64_t committed = 0;  ///< Counted people of offers COMMITTED or later.
    std::uint64_t accepted = 0;   ///< Counted people of ACCEPTED ones.
    std::uint64_t taken = 0;      ///< Counted people of all that are not COMMITTED yet.
    std::uint64_t committed_people = 0, open_people = 0;    ///< The same, counted or not.
    std::map<model::EquipmentKind, std::uint64_t> items{};  ///< Of all offers, counted or not.
  };
  void find_offers();
  void count();
  void find_people_elsewhere();
  [[nodiscard]] Tally tally_of(const model::UnitId& id) const;
  [[nodiscard]] Supposed supposed_by(std::size_t line, const model::Fix& fix) const;
  void suppose(Supposed supposed);
  [[nodiscard]] Candidate candidate_of(const Offer& offer, const UnitState& unit) const;
  void judge(Offer& offer);
  static std::uint64_t there_before(const Offer& offer, const Tally& tally);
  void judge_there(Offer& offer, const Tally& tally) const;
  void judge_promise(Offer& offer, const Tally& tally) const;
  void limit(Offer& offer, const Tally& tally, std::uint64_t elsewhere) const;
  void add_up(const Offer& offer);
  void count_items(Offer& offer);
  [[nodiscard]] std::vector<model::EquipmentCount> free_items(std::size_t line,
                                                              const model::UnitId& id,
                                                              const UnitState& unit,
                                                              const Tally& tally) const;
  [[nodiscard]] std::optional<std::uint64_t> room(std::size_t line,
                                                  const model::Nation& nation) const;

  const State& state_;
  const Moment& moment_;
  const Demanded& demanded_;
  std::shared_ptr<const std::deque<LineDemand>> demands_;  // Of all copies.
  Supposed supposed_;
  std::vector<Offer> offers_;
  std::map<model::UnitId, Tally> tallies_;
  std::map<model::Nation, std::uint64_t> elsewhere_;   ///< People promised elsewhere.
  std::map<model::Nation, std::uint64_t> of_nations_;  ///< These, and those that are counted.
  std::map<std::pair<model::UnitId, model::EquipmentKind>, std::uint64_t> items_left_;
  std::map<std::pair<std::size_t, model::EquipmentKind>, std::uint64_t> items_;
};

}  // namespace muster::core
