// SPDX-License-Identifier: Apache-2.0
// What answers about operations share. Not for other folders.
#pragma once

#include <optional>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/text/json_tree.h"

namespace muster::text {

Json write_promised(const model::PromisedPeople& people);
Json write_causes(const std::vector<model::CausePeople>& causes);
Json write_covers(const std::vector<model::EquipmentCover>& covers);
/// `fix`, where there is one. What a new unit must be able to do is said of a new unit only.
void add_fix(Json& object, const std::optional<model::Fix>& fix);

}  // namespace muster::text
