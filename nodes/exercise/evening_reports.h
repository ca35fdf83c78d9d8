// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "nodes/exercise/contingents.h"

namespace muster::exercise {

/// What a nation says in the evening of `at`: a Strength and an Availability of every unit of its
/// contingent (of make_contingents() with the same pool and seed). Who is on leave, on a course or
/// in hospital changes from day to day; everything that levels and promises rest on stays.
std::vector<model::Statement> evening_report(const Contingent& contingent, model::ForcePool pool,
                                             std::uint64_t seed, model::UtcTime at);

}  // namespace muster::exercise
