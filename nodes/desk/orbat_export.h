// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nodes/desk/orbat_kept.h"

/// The writers of export_order_of_battle(). Not for other folders.
namespace muster::desk {

/// Errors: malformed for a key that is there twice, and for a unit of another nation.
model::Result<void> check_export(const std::vector<model::UnitStatement>& units,
                                 const ExportHeader& header);

/// Units that passed the check. Ids are those of the units, else derived of their keys and of the
/// nation: the same units give the same text.
std::string write_msdl(const std::vector<model::UnitStatement>& units, const ExportHeader& header);
std::string write_orbat_mapper(const std::vector<model::UnitStatement>& units,
                               const ExportHeader& header);

/// What both say of themselves: "KAZ: 10 units, true at 2026-11-22T…. UNCLASSIFIED …".
std::string description_of(const std::vector<model::UnitStatement>& units,
                           const ExportHeader& header);
/// The list as written_units() wants it.
std::vector<const model::UnitStatement*> pointers_to(
    const std::vector<model::UnitStatement>& units);

}  // namespace muster::desk
