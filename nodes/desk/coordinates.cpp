// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/coordinates.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

namespace muster::desk {
namespace {

// WGS84.
constexpr double kAxis = 6378137.0;
constexpr double kFlattening = 1.0 / 298.257223563;
constexpr double kEccentricity2 = kFlattening * (2.0 - kFlattening);
constexpr double kDegrees = 180.0 / std::numbers::pi;

constexpr double kUtmScale = 0.9996;
constexpr double kFalseEasting = 500'000.0;
constexpr double kFalseNorthing = 10'000'000.0;
constexpr double kSquareMetres = 100'000.0;
constexpr double kRoundMetres = 2'000'000.0;  // The row letters of MGRS come round after these.

constexpr std::string_view kBands = "CDEFGHJKLMNPQRSTUVWX";

/// Metres north of the equator where the southern edge of a band lies, a little less to be safe.
double band_floor(char band) {
  const auto row = static_cast<double>(kBands.find(band));
  constexpr double kMetresOfDegree = 110'500.0;
  constexpr double kFirst = -80.0;
  constexpr double kBandDegrees = 8.0;
  const double south = (kFirst + kBandDegrees * row) * kMetresOfDegree;
  return south < 0 ? south * 1.01 : south;
}

}  // namespace

std::optional<model::Place> from_geocentric(double x, double y, double z) {
  // Between the earth's middle and the height of satellites: beyond is no place of a unit.
  constexpr double kNearest = 6'000'000.0;
  constexpr double kFarthest = 7'500'000.0;
  const double distance = std::sqrt(x * x + y * y + z * z);
  if (!(distance > kNearest && distance < kFarthest)) {
    return std::nullopt;
  }
  const double from_axis = std::hypot(x, y);
  double lat = std::atan2(z, from_axis * (1.0 - kEccentricity2));
  constexpr int kRounds = 8;  // Near the surface each round gains more than two digits.
  for (int round = 0; round < kRounds; ++round) {
    const double sine = std::sin(lat);
    const double radius = kAxis / std::sqrt(1.0 - kEccentricity2 * sine * sine);
    lat = std::atan2(z + kEccentricity2 * radius * sine, from_axis);
  }
  return model::Place{.lat = lat * kDegrees, .lon = std::atan2(y, x) * kDegrees};
}

std::optional<model::Place> from_utm(const UtmPoint& point) {
  constexpr int kZones = 60;
  const bool is_sound = point.zone >= 1 && point.zone <= kZones && point.easting > 0 &&
                        point.easting < 2 * kFalseEasting && point.northing >= 0 &&
                        point.northing <= kFalseNorthing;
  if (!is_sound) {
    return std::nullopt;
  }
  // Krüger's series in the third flattening, to its third power.
  const double n = kFlattening / (2.0 - kFlattening);
  const double n2 = n * n;
  const double n3 = n2 * n;
  const double radius = kAxis / (1.0 + n) * (1.0 + n2 / 4.0 + n2 * n2 / 64.0);
  const double xi =
      (point.northing - (point.is_south ? kFalseNorthing : 0.0)) / (kUtmScale * radius);
  const double eta = (point.easting - kFalseEasting) / (kUtmScale * radius);
  const std::array beta{n / 2.0 - 2.0 * n2 / 3.0 + 37.0 * n3 / 96.0, n2 / 48.0 + n3 / 15.0,
                        17.0 * n3 / 480.0};
  const std::array delta{2.0 * n - 2.0 * n2 / 3.0 - 2.0 * n3, 7.0 * n2 / 3.0 - 8.0 * n3 / 5.0,
                         56.0 * n3 / 15.0};
  double xi_straight = xi;
  double eta_straight = eta;
  for (std::size_t i = 0; i < beta.size(); ++i) {
    const double twice = 2.0 * static_cast<double>(i + 1);
    xi_straight -= beta[i] * std::sin(twice * xi) * std::cosh(twice * eta);
    eta_straight -= beta[i] * std::cos(twice * xi) * std::sinh(twice * eta);
  }
  const double chi = std::asin(std::sin(xi_straight) / std::cosh(eta_straight));
  double lat = chi;
  for (std::size_t i = 0; i < delta.size(); ++i) {
    lat += delta[i] * std::sin(2.0 * static_cast<double>(i + 1) * chi);
  }
  const double meridian = point.zone * 6.0 - 183.0;
  const double lon =
      meridian + std::atan2(std::sinh(eta_straight), std::cos(xi_straight)) * kDegrees;
  return model::Place{.lat = lat * kDegrees, .lon = lon};
}

std::optional<GridZone> parse_grid_zone(std::string_view text) {
  GridZone grid;
  std::size_t at = 0;
  while (at < text.size() && at < 2 && text[at] >= '0' && text[at] <= '9') {
    grid.zone = grid.zone * 10 + (text[at] - '0');
    ++at;
  }
  constexpr int kZones = 60;
  if (at == 0 || at + 1 != text.size() || grid.zone < 1 || grid.zone > kZones) {
    return std::nullopt;
  }
  grid.band =
      text[at] >= 'a' && text[at] <= 'z' ? static_cast<char>(text[at] - 'a' + 'A') : text[at];
  if (kBands.find(grid.band) == std::string_view::npos) {
    return std::nullopt;
  }
  return grid;
}

std::optional<model::Place> from_mgrs(GridZone zone, std::string_view square, double easting,
                                      double northing) {
  // Columns repeat every three zones, rows every two.
  constexpr std::array<std::string_view, 3> kColumns{"ABCDEFGH", "JKLMNPQR", "STUVWXYZ"};
  constexpr std::array<std::string_view, 2> kRows{"ABCDEFGHJKLMNPQRSTUV", "FGHJKLMNPQRSTUVABCDE"};
  const bool is_sound = square.size() == 2 && easting >= 0 && easting < kSquareMetres &&
                        northing >= 0 && northing < kSquareMetres && zone.zone >= 1 &&
                        kBands.find(zone.band) != std::string_view::npos;
  if (!is_sound) {
    return std::nullopt;
  }
  const auto odd = static_cast<std::size_t>(zone.zone - 1);
  const auto column = kColumns[odd % kColumns.size()].find(square[0]);
  const auto row = kRows[odd % kRows.size()].find(square[1]);
  if (column == std::string_view::npos || row == std::string_view::npos) {
    return std::nullopt;
  }
  double north = static_cast<double>(row) * kSquareMetres + northing;
  const bool is_south = zone.band < 'N';
  const double least = band_floor(zone.band) + (is_south ? kFalseNorthing : 0.0) - kSquareMetres;
  while (north < least) {
    north += kRoundMetres;
  }
  return from_utm({.zone = zone.zone,
                   .is_south = is_south,
                   .easting = static_cast<double>(column + 1) * kSquareMetres + easting,
                   .northing = north});
}

bool is_usable(model::Place place) {
  const bool is_in_range =
      place.lat >= -90.0 && place.lat <= 90.0 && place.lon >= -180.0 && place.lon <= 180.0;
  return is_in_range && !(place.lat == 0.0 && place.lon == 0.0);
}

}  // namespace muster::desk
