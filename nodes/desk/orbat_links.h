// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "nodes/desk/orbat_findings.h"
#include "nodes/desk/orbat_text.h"

/// Who is who in a scene: handles, superiors, sides and owners. Not for other folders.
namespace muster::desk {

/// What became of a unit of the scene, at the same index.
struct LinkedUnit {
  std::string handle;                   ///< Trimmed.
  bool is_refused = false;              ///< A second one of its handle, or part of a cycle.
  std::optional<std::size_t> superior;  ///< Index of who commands it.
  std::optional<std::size_t> organic;   ///< Index of whose it is, when that is told apart.
  std::optional<std::size_t> side;      ///< Its own, or that of its superiors.
  std::size_t depth = 0;                ///< Superiors above it.
  bool is_taken = false;
};

struct Links {
  std::vector<LinkedUnit> units;
  std::vector<bool> is_side_taken;
  std::unordered_map<std::string, std::size_t> unit_of;  ///< By key_of() its handle.
  std::unordered_map<std::string, std::size_t> side_of;  ///< Likewise.

  /// Index of the unit that a reference names, if the file has it.
  [[nodiscard]] std::optional<std::size_t> find_unit(const std::string& handle) const;
};

/// Handles are compared by this: UUIDs in small letters, others as they are.
std::string key_of(const std::string& handle);

/// The UUID of the unit that a file calls `handle`: the handle itself, else one derived of it, the
/// same at each import for the same nation.
Uuid uuid_of_handle(const std::string& handle, OrbatFormat format, const model::Nation& nation);

/// Resolves everything, and finds what is odd about it.
Links link_scene(const Scene& scene, const ImportOptions& options, Findings& findings);

/// `raw` without what surrounds it; a finding when there was something.
std::string take_handle(std::size_t unit, const Raw& raw, Findings& findings);

/// A reference to a unit that is not there: what it is, and that it dangles.
void tell_dangling(std::size_t unit, const std::string& who, const Raw& raw,
                   const std::string& handle, std::string done, Findings& findings);

/// How a person of the first side that is taken sees each side: '3' friend, '6' hostile, …; it
/// stands in symbols that leave the identity open.
std::vector<char> identities_of_sides(const Scene& scene, const Links& links);
inline constexpr char kFriend = '3';

}  // namespace muster::desk
