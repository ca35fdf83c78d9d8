// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "schemas/model/report.h"

/// The exercise of DOMAIN.md §11: six fictional contingents, made from a seed. Pure: the same
/// arguments give the same values on every machine.
namespace muster::exercise {

/// What one nation publishes.
struct Contingent {
  model::Nation nation;
  model::NodeId node;                  ///< "KAZ/mod".
  std::vector<model::Report> reports;  ///< In the order in which they are to be published.
  friend bool operator==(const Contingent&, const Contingent&) = default;
};

/// The six contingents of a force pool, in the order of the published tables, one report each. Each
/// unit has a Unit, a Strength, an Equipment, a SelfSustainment, a Training, a Readiness and an
/// Availability statement, all true at `valid_at`; they keep every rule of DOMAIN.md §5 without an
/// override or a finding. Counts of people are the published tables to the last man; absences,
/// skills, equipment, notice, places and UUIDs come from the seed. Unit codes of the two pools
/// differ, so that both may be published. Empty for a pool without a published table.
std::vector<Contingent> make_contingents(model::ForcePool pool, std::uint64_t seed,
                                         model::UtcTime valid_at);

/// The people of a contingent of make_contingents(), whose first report has their numbers: a FULL
/// Roster of version 1 for each unit, in reports of their own of about 1,500 people, or of one
/// larger unit. They are true at the same moment and agree with the Strength in everything that V41
/// compares; as many hold a qualification that is still good as its specialties say. They are
/// released to nobody. Nobody has a name; a few of each headquarters have 304 random bytes in the
/// place of a sealed one. The same arguments give the same people.
std::vector<model::Report> make_rosters(const Contingent& contingent, std::uint64_t seed);

/// How a ministry would name the file of a report, after its valid_at:
/// "RUS-contingent-20261121T215854Z.json"; "RUS-roster-20261121T215854Z-2.json" for a second report
/// that has rosters. Rosters sort behind the report that declares their units.
std::string file_name_of(const Contingent& contingent, std::size_t report);

// ---- registry
// -------------------------------------------------------------------------------------------------

/// A node of the exercise and the public halves of its keys.
struct NodeKeys {
  model::NodeId node;
  model::PublicKey key{};        ///< Ed25519.
  model::PublicKey curve_key{};  ///< Curve25519.
  std::vector<model::Role> roles;
  friend bool operator==(const NodeKeys&, const NodeKeys&) = default;
};

/// The nodes of the exercise with their roles, for the caller to fill in the keys: RUS/mod to
/// TJK/mod (publisher), SEC/officer (officer, planner, auditor), SEC/ops (ops), REG/registrar
/// (registrar) and SEC/board (officer, auditor), as which the gateway asks.
std::vector<NodeKeys> exercise_nodes();

/// The genesis of the exercise's registry: realm EXERCISE, the six members with the default
/// cadences of DOMAIN.md §4, the default policy, and `nodes`, all valid from `valid_from`.
model::RegistryStatement registry_for_exercise(std::span<const NodeKeys> nodes,
                                               model::UtcTime valid_from);

}  // namespace muster::exercise
