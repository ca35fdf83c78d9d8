// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broker/core/candidates.h"
#include "broker/core/slices.h"
#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/result.h"

/// Operations and what is promised to them, as one viewer may know them. Internal to core: the
/// answers about operations rest on it.
namespace muster::core {

/// What a decision that the viewer may not see has made of an operation is not known to it.
/// Pointers into the state.
struct SeenOperation {
  model::Code code;
  const Kept<model::OperationStatement>* said = nullptr;           ///< Never null.
  const Kept<model::RequirementStatement>* requirement = nullptr;  ///< Null when there is none.
  model::OperationState state = model::OperationState::draft;
  std::optional<model::Count> authorised_strength;
  std::string commander;
};
/// Those whose Operation statement the viewer may see, by their codes.
std::vector<SeenOperation> seen_operations(const State& state, const Viewer& viewer);
/// Errors: not_found when there is no such operation, or the viewer may not see it.
model::Result<SeenOperation> seen_operation(const State& state, const Viewer& viewer,
                                            const model::Code& code);

/// The decisions about an operation, and about what is promised to it, that the viewer may see: in
/// the order in which they count.
std::vector<const Kept<model::DecisionStatement>*> seen_decisions(const State& state,
                                                                  const Viewer& viewer,
                                                                  const model::Code& code);

/// Calls `visit(slice, kept)` for each contribution whose word the viewer may see, in any order.
template <typename Visit>
void for_each_slice(const State& state, const Viewer& viewer, Visit visit) {
  state.agreements.contributions.for_each([&](const std::string& key, const Contribution& known) {
    if (known.said && seen(viewer, known.said->statement.unit.nation(), known.said) != nullptr) {
      visit(Slice{key, &known.said->statement, known.state}, *known.said);
    }
  });
}

/// What one unit has promised, of the slices whose word the viewer may see.
struct UnitPromises {
  std::uint64_t committed = 0;          ///< People: ACCEPTED or later, and not over.
  std::vector<model::Code> operations;  ///< With a slice that is not over. Sorted, each once.
};
UnitPromises promises_of(const State& state, const Viewer& viewer, const model::UnitId& unit);

/// Deployable people, and those who are promised to any operation and not back, of one nation.
struct Burden {
  std::uint64_t deployable = 0;
  std::uint64_t committed = 0;  ///< ACCEPTED or later, and not over.
};
/// Of each nation with a unit or a slice that the viewer may see.
std::map<model::Nation, Burden> burdens(const State& state, const Viewer& viewer);

}  // namespace muster::core
