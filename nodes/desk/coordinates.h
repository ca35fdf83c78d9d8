// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "schemas/model/unit_statements.h"

/// Places as other systems write them, as WGS84 degrees. Pure; any thread.
namespace muster::desk {

/// Geocentric (earth-centred, earth-fixed) metres. Nothing for the middle of the earth and what is
/// not finite.
std::optional<model::Place> from_geocentric(double x, double y, double z);

/// UTM: zone 1 to 60, easting and northing in metres, the northing counted from the equator, or
/// from 10,000 km south of it. Exact to a millimetre within a zone. Nothing for what cannot be.
struct UtmPoint {
  int zone = 0;
  bool is_south = false;
  double easting = 0, northing = 0;
};
std::optional<model::Place> from_utm(const UtmPoint& point);

/// "33V" and its like: zone and latitude band. Nothing for the polar grids, which are not read.
struct GridZone {
  int zone = 0;
  char band = 'N';  ///< C to X without I and O; from N on it lies north.
};
std::optional<GridZone> parse_grid_zone(std::string_view text);

/// MGRS: a grid zone, the two letters of its 100 km square, and metres within the square.
std::optional<model::Place> from_mgrs(GridZone zone, std::string_view square, double easting,
                                      double northing);

/// In range and not exactly (0, 0), which files write for "nowhere" (V24).
bool is_usable(model::Place place);

}  // namespace muster::desk
