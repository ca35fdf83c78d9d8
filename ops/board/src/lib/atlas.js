// SPDX-License-Identifier: Apache-2.0
// The ground of the map: outlines of Natural Earth, and a conic projection that keeps Eurasia in shape. The file is an
// asset of the page: it is fetched when the map is first looked at, and another may be put in its place.
import { geoConicEqualArea, geoGraticule, geoInterpolate, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import atlasUrl from 'world-atlas/countries-110m.json?url';

// Where a nation's name stands: about its middle, moved where it would lie on its garrisons.
const NAMED = { RUS: [60, 59.5], BLR: [27.9, 53.6], ARM: [44.9, 40.2], KAZ: [67.5, 48.2], KGZ: [74.8, 41.4], TJK: [71.2, 38.7] };

let atlas;
export async function loadAtlas() {
  atlas ??= fetch(atlasUrl).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    const told = await answer.json();
    return { land: feature(told, told.objects.land), borders: mesh(told, told.objects.countries, (a, b) => a !== b) };
  });
  const mine = atlas;
  // A failure is not kept: the next look tries anew.
  mine.catch(() => (atlas = undefined));
  return mine;
}

/** A projection that shows the part of the earth in which the nations and `points` of {lat, lon} lie. */
export function projectionFor(points, { width, height }) {
  const shape = {
    type: 'MultiPoint',
    coordinates: [...points.map((point) => [point.lon, point.lat]), [24, 52], [90, 57], [46, 37.5], [76, 37], [60, 61]],
  };
  return geoConicEqualArea()
    .parallels([42, 62])
    .rotate([-60, 0])
    .fitExtent([[40, 34], [width - 40, height - 46]], shape)
    .clipExtent([[-width, -height], [2 * width, 2 * height]]);
}

export const graticule = geoGraticule().step([10, 10])();
export const pathOf = (projection) => geoPath(projection);

/** The path of the great circle between two places. */
export function circlePath(projection, from, to) {
  const along = geoInterpolate([from.lon, from.lat], [to.lon, to.lat]);
  return geoPath(projection)({ type: 'LineString', coordinates: Array.from({ length: 33 }, (_, i) => along(i / 32)) });
}

/** A ring of corners as a polygon that encloses the smaller side of the earth, whichever way round it was written. */
export function areaShape(area) {
  const ring = area.map((corner) => [corner.lon, corner.lat]);
  ring.push(ring[0]);
  // In degrees, on the plane: good enough to tell one way round from the other. d3 wants it clockwise.
  const turn = ring.slice(1).reduce((sum, [x, y], i) => sum + (x - ring[i][0]) * (y + ring[i][1]), 0);
  return { type: 'Polygon', coordinates: [turn > 0 ? ring : ring.toReversed()] };
}

export const namePlace = (code) => NAMED[code] ?? null;
