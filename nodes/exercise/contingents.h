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

/// The six contingents of a force pool, in the order of the published tables. Each unit has a Unit,
/// a Strength, an Equipment, a Readiness and an Availability statement, all true at `valid_at`;
/// they keep every rule of DOMAIN.md §5 without an override or a finding. Counts of people are the
/// published tables to the last man; absences, equipment, notice, places and UUIDs come from the
/// seed. Unit codes of the two pools differ, so that both may be published. Empty for a pool
/// without a published table.
std::vector<Contingent> make_contingents(model::ForcePool pool, std::uint64_t seed,
                                         model::UtcTime valid_at);

/// How a ministry would name the file of a report: "RUS-contingent-20261121T215854Z.json", after
/// its valid_at; "…Z-2.json" for a second report.
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
/// TJK/mod (publisher), SEC/officer (officer, planner, auditor), SEC/ops (ops) and REG/registrar
/// (registrar).
std::vector<NodeKeys> exercise_nodes();

/// The genesis of the exercise's registry: realm EXERCISE, the six members with the default
/// cadences of DOMAIN.md §4, and `nodes`, all valid from `valid_from`.
model::RegistryStatement registry_for_exercise(std::span<const NodeKeys> nodes,
                                               model::UtcTime valid_from);

}  // namespace muster::exercise
