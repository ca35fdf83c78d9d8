// SPDX-License-Identifier: Apache-2.0
// Home garrisons on the map: units that live near each other are one place. Nothing here knows a projection.

const EARTH_KM = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Great-circle kilometres between two {lat, lon}. */
export function distanceKm(a, b) {
  const half = (x) => Math.sin(x / 2) ** 2;
  const h = half(radians(b.lat - a.lat)) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(radians(b.lon - a.lon));
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

const isPoint = (home) => Number.isFinite(home?.lat) && Number.isFinite(home?.lon);

/**
 * Places of one nation's units within `radius` km of each other, and how many units state no home:
 * {places: [{nation, lat, lon, units, people, largest}], homeless: [unit…]}. `people` are the deployable of all units.
 * A place lies at its unit with most people; places come by nation as given, then largest first.
 */
export function placesOf(units, radius = 60) {
  const places = [];
  const homeless = units.filter((unit) => !isPoint(unit.home));
  const bySize = units.filter((unit) => isPoint(unit.home)).sort((a, b) => peopleOf(b) - peopleOf(a) || a.unit.localeCompare(b.unit));
  for (const unit of bySize) {
    const near = places.find((place) => place.nation === unit.nation && distanceKm(place, unit.home) <= radius);
    if (near) {
      near.units.push(unit);
      near.people += peopleOf(unit);
    } else {
      places.push({ nation: unit.nation, lat: unit.home.lat, lon: unit.home.lon, units: [unit], people: peopleOf(unit), largest: unit });
    }
  }
  const order = [...new Set(units.map((unit) => unit.nation))];
  places.sort((a, b) => order.indexOf(a.nation) - order.indexOf(b.nation) || b.people - a.people);
  return { places, homeless };
}
const peopleOf = (unit) => unit.own?.deployable ?? 0;

/** The middle of an area's corners; of nothing, null. Good for areas much smaller than a half of the earth. */
export function middleOf(area) {
  if (!area?.length) return null;
  const sum = area.reduce((all, corner) => ({ lat: all.lat + corner.lat, lon: all.lon + corner.lon }), { lat: 0, lon: 0 });
  return { lat: sum.lat / area.length, lon: sum.lon / area.length };
}

/** The ready minutes of each unit that has any: from slices of a package, then from candidates; the earliest counts. */
export function readyMinutes(...lists) {
  const found = new Map();
  for (const list of lists) {
    for (const entry of list ?? []) {
      if (entry.ready_min === undefined) continue;
      const before = found.get(entry.unit);
      if (before === undefined || entry.ready_min < before) found.set(entry.unit, entry.ready_min);
    }
  }
  return found;
}

/** Of a place: the units that have a ready time, the first and last minute, their people. None: null. */
export function arcOf(place, minutes) {
  const ready = place.units.filter((unit) => minutes.has(unit.unit));
  if (ready.length === 0) return null;
  const times = ready.map((unit) => minutes.get(unit.unit));
  return { place, units: ready.length, first: Math.min(...times), last: Math.max(...times) };
}

/** The place that an arrow key leads to from points on the picture: the nearest in that direction, else the same. */
export function nearestTowards(points, index, key) {
  const here = points[index];
  const along = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (!here || !along) return index;
  let best = index;
  let least = Infinity;
  points.forEach(([x, y], i) => {
    const [dx, dy] = [x - here[0], y - here[1]];
    const ahead = dx * along[0] + dy * along[1];
    const aside = Math.abs(dx * along[1]) + Math.abs(dy * along[0]);
    if (i === index || ahead <= 0 || aside > 2 * ahead) return;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [i, cost];
  });
  return best;
}

/** How sure it is to be there in time: of the last minute of an arc. Each is drawn in its own way. */
export const BANDS = [24, 72, Infinity];
export const bandOf = (minutes) => BANDS.findIndex((hours) => minutes <= hours * 60);

const overlap = (a, b) => Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;

/** The first of the boxes that lies on none of `taken`; the first of all when there is none. */
export const freeSpot = (boxes, taken) => boxes.find((box) => !taken.some((other) => overlap(box, other))) ?? boxes[0];

/**
 * A place for each of several labels: of its boxes {x, y, width, height} (x, y: the middle) the first that lies neither on
 * what is `taken` nor on a label that comes before; null where there is none.
 */
export function placed(choices, taken) {
  const all = [...taken];
  return choices.map((boxes) => {
    const free = boxes.find((box) => !all.some((other) => overlap(box, other))) ?? null;
    if (free) all.push(free);
    return free;
  });
}
