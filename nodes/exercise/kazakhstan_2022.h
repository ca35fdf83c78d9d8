// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schemas/model/report.h"

/// The operation of January 2022 (DOMAIN.md §11) as it goes: who says what, and when. Pure: the
/// same seed gives the same play on every machine.
namespace muster::exercise {

/// What it is called on a command line.
inline constexpr std::string_view kKazakhstan2022 = "kazakhstan-2022";

/// One report of a play, and how a person reads it.
struct PlayEvent {
  model::UtcTime at{};  ///< The valid time of the report.
  model::NodeId node;   ///< "KAZ/mod", or "SEC/officer".
  std::string what;     ///< "IN_PLACE: 4 slices, 400 people".
  model::Report report;
  friend bool operator==(const PlayEvent&, const PlayEvent&) = default;
};

/// The whole play, in the order in which it is to be published; no node says two things at one
/// moment, and what the nodes of nations say at one moment may be published in any order. The
/// contingents of the peacekeeping forces (without rosters) on 6 January; request, consultation,
/// decision, statement of requirements; offers, acceptance, commitment and movement of slices of
/// units; relocation, withdrawal, close. Strength and Availability of every unit each evening, so
/// that nothing grows old. A broker that knows the six members and the nodes of exercise_nodes()
/// since 6 January accepts every report; V28 flags what is accepted from 90 % of the authorised
/// strength on, and nothing else is flagged.
std::vector<PlayEvent> kazakhstan_2022(std::uint64_t seed);

}  // namespace muster::exercise
