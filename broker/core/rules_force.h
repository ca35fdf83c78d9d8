// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "broker/core/operation_states.h"
#include "broker/core/rules.h"
#include "broker/core/slices.h"

/// What the rules about promises share: slices of units, their sums and the caveats on them (V26 to
/// V31). Internal to core.
namespace muster::core {

/// V10: both times, and an end after its beginning.
void check_period(Inquiry& inquiry, const Period& period);

/// V26: the unit's slices over overlapping periods need no more people than are deployable. Refuses
/// a slice that is ACCEPTED or later, flags an offer.
void check_people(Inquiry& inquiry, Field field, const Slice& slice);
/// V26: the same for items of each kind of the slice, of which no more are needed than are fully
/// mission capable.
void check_items(Inquiry& inquiry, Field field, const Slice& slice);
/// V26 of people and of items.
inline void check_slices(Inquiry& inquiry, Field field, const Slice& slice) {
  check_people(inquiry, field, slice);
  check_items(inquiry, field, slice);
}
/// V26: flags a Strength that leaves fewer deployable people than the unit's slices need.
void check_promised(Inquiry& inquiry, const model::StrengthStatement& strength);
/// V26: flags an Equipment that leaves fewer fit items of a kind than the unit's slices need.
void check_promised(Inquiry& inquiry, const model::EquipmentStatement& equipment);
/// V27: the host does not contribute to its own operation, unless it may.
void check_host(Inquiry& inquiry, Field field, const Slice& slice);
/// V28: what is accepted for an operation fits into its authorised strength.
void check_authorised(Inquiry& inquiry, Field field, const Slice& slice);
/// V28: flags a decided strength below what is accepted already.
void check_lowered(Inquiry& inquiry, Field field, const model::Code& operation,
                   std::uint64_t authorised);
/// V39 and V29: a slice is for a line that the requirement has, of an operation that is not over.
/// Refuses to accept another one, flags its offer. Of an operation, or of a requirement, that is
/// not known yet nothing is said: statements come in any order.
void check_asked(Inquiry& inquiry, Field field, const Slice& slice);

/// The slices of an operation that are ACCEPTED or later and not over, by their keys.
std::vector<Slice> accepted_for(Inquiry& inquiry, const model::Code& operation);

/// A caveat that touches a slice.
struct Touch {
  std::string caveat;  ///< "KAZ/CAV-1".
  model::CaveatKind kind = model::CaveatKind::approval_required;
  bool is_approved = false;  ///< A CAVEAT_APPROVAL names the slice or the caveat.
};
/// The mark that a caveat of this kind leaves on an offer: "BLOCKED" or "APPROVAL_REQUIRED".
std::string mark_of(model::CaveatKind kind);
/// The caveats of its nation and unit that touch the slice, by their keys (V31).
std::vector<Touch> touching_caveats(Inquiry& inquiry, const Slice& slice);

/// V24 of an area, and V18: a polygon has three corners or none.
void check_area(Inquiry& inquiry, std::string_view field, const std::vector<model::Place>& area);
/// V10 and V38 of equipment by kind; `place` is where the list stands.
void check_equipment_counts(Inquiry& inquiry, const std::string& place,
                            const std::vector<model::EquipmentCount>& equipment);

/// V09 for what is not about one unit alone: refuses a word of an earlier time than `last`.
void check_order_after(Inquiry& inquiry, const Stamp& last, const std::string& subject);

}  // namespace muster::core
