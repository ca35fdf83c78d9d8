// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arcOf, bandOf, distanceKm, freeSpot, middleOf, nearestTowards, placed, placesOf, readyMinutes } from '../src/lib/places.js';

const unit = (code, lat, lon, deployable) => ({ unit: code, nation: code.slice(0, 3), home: lat === null ? undefined : { lat, lon }, own: { deployable } });

test('kilometres are those of a great circle', () => {
  assert.equal(Math.round(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 90 })), 10008);
  assert.equal(distanceKm({ lat: 5, lon: 5 }, { lat: 5, lon: 5 }), 0);
});

test('units near each other are one place, of one nation only', () => {
  const units = [unit('RUS:A', 55, 37, 100), unit('RUS:B', 55.1, 37.1, 120), unit('KAZ:C', 55, 37, 10), unit('RUS:D', 60, 30, 50)];

  const { places } = placesOf(units);

  assert.deepEqual(places.map((place) => [place.nation, place.units.length, place.people, place.largest.unit]), [
    ['RUS', 2, 220, 'RUS:B'], ['RUS', 1, 50, 'RUS:D'], ['KAZ', 1, 10, 'KAZ:C']]);
});

test('who states no home is counted and not put anywhere', () => {
  const { places, homeless } = placesOf([unit('RUS:A', null, null, 100), { ...unit('RUS:B', 1, 2, 3), home: { lat: 1 } }]);

  assert.deepEqual(places, []);
  assert.deepEqual(homeless.map((one) => one.unit), ['RUS:A', 'RUS:B']);
});

test('the earliest ready time of a unit counts, and an arc has the first and last of its place', () => {
  const minutes = readyMinutes([{ unit: 'RUS:A', ready_min: 600 }, { unit: 'RUS:A', ready_min: 300 }], undefined, [{ unit: 'RUS:B', ready_min: 0 }, { unit: 'RUS:C' }]);
  const { places } = placesOf([unit('RUS:A', 55, 37, 100), unit('RUS:B', 55, 37, 120), unit('RUS:D', 60, 30, 50)]);

  assert.deepEqual([...minutes], [['RUS:A', 300], ['RUS:B', 0]]);
  const arc = arcOf(places[0], minutes);
  assert.deepEqual([arc.units, arc.first, arc.last], [2, 0, 300]);
  assert.equal(arcOf(places[1], minutes), null);
});

test('an area has a middle, nothing has none', () => {
  assert.deepEqual(middleOf([{ lat: 0, lon: 0 }, { lat: 2, lon: 4 }]), { lat: 1, lon: 2 });
  assert.equal(middleOf([]), null);
  assert.equal(middleOf(undefined), null);
});

test('arrow keys lead to the nearest point that way', () => {
  const points = [[0, 0], [10, 1], [5, 20], [-8, 0]];

  assert.equal(nearestTowards(points, 0, 'ArrowRight'), 1);
  assert.equal(nearestTowards(points, 0, 'ArrowLeft'), 3);
  assert.equal(nearestTowards(points, 0, 'ArrowDown'), 2);
  assert.equal(nearestTowards(points, 0, 'ArrowUp'), 0);
  assert.equal(nearestTowards([], 0, 'ArrowUp'), 0);
});

test('hours fall into bands', () => {
  assert.deepEqual([0, 1440, 1441, 4320, 4321].map(bandOf), [0, 0, 1, 1, 2]);
});

test('a label takes its next place when it would lie on another or on a symbol, and none when there is none', () => {
  const box = (x, y = 0) => ({ x, y, width: 10, height: 10 });
  // Two symbols that lie on each other are both kept free.
  const symbols = [box(100), box(105)];

  const found = placed([[box(0)], [box(9), box(10)], [box(9)], [], [box(113), box(115)]], symbols);

  assert.deepEqual(found, [box(0), box(10), null, null, box(115)]);
});

test('a name takes the first free spot, and the usual one when there is none', () => {
  const box = (x) => ({ x, y: 0, width: 10, height: 10 });

  assert.deepEqual(freeSpot([box(0), box(5), box(20)], [box(2)]), box(20));
  assert.deepEqual(freeSpot([box(0), box(5)], [box(2)]), box(0));
});
