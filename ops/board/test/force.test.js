// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { curveOf, firstLack, hoursOf, readAt } from '../src/lib/curve.js';
import { comparedWith, horizonFor, inOrder, isSilent, nationRows, readyByNation, shareOf, totalOf } from '../src/lib/force.js';

const header = (more) => ({ nations_reporting: [], nations_missing: [], nations_stale: [], ...more });

test('what a nation has ready is what it has by that hour and not after', () => {
  const row = (hour, nation, certain, likely) => ({ hour, nation, people: { certain, likely, claimed: likely } });

  const ready = readyByNation([row(7, 'KAZ', 10, 12), row(48, 'KAZ', 1, 2), row(49, 'KAZ', 100, 100), row(60, 'TJK', 5, 5)], 48);

  assert.deepEqual([...ready], [['KAZ', { certain: 11, likely: 14, claimed: 14 }]]);
});

test('every nation has a row in the configured order, and one without a word has no figures', () => {
  const strength = {
    header: header({ nations_reporting: ['BLR'], nations_missing: ['TJK', 'KAZ'], nations_stale: ['KAZ'] }),
    rows: [
      { nation: 'BLR', present: 3 },
      { nation: 'KAZ', present: 5 },
      { nation: 'XXX', present: 0 },
    ],
  };

  const rows = nationRows(['KAZ', 'BLR', 'TJK'], strength);

  assert.deepEqual(rows, [
    { nation: 'KAZ', present: 5, reported: 'STALE' },
    { nation: 'BLR', present: 3, reported: 'FRESH' },
    { nation: 'TJK', reported: 'MISSING' },
    { nation: 'XXX', present: 0, reported: 'FRESH' },
  ]);
});

test('a nation that is supposed to take no part is not said to be silent', () => {
  const strength = { header: header({ nations_missing: ['KAZ'], what_if: { without: ['KAZ'] } }), rows: [] };

  assert.deepEqual(nationRows(['KAZ'], strength), [{ nation: 'KAZ', reported: 'WITHOUT' }]);
});

test('a nation is named once', () => {
  assert.deepEqual(inOrder(['B', 'A'], ['C', 'A', 'C']), ['B', 'A', 'C']);
});

test('a share is cut and not rounded, and there is none of nothing', () => {
  assert.equal(shareOf(317, 3417), 92);
  assert.equal(shareOf(1520, 1727), 880);
  assert.equal(shareOf(0, 5), 0);
  assert.equal(shareOf(5, 0), undefined);
});

test('compared is with the operation that is asked for, else with the first that is not over', () => {
  const operations = [
    { operation: 'EX-1', state: 'CLOSED' },
    { operation: 'EX-2', state: 'DEPLOYED' },
  ];

  assert.equal(comparedWith('EX-1', operations), 'EX-1');
  assert.equal(comparedWith('', operations), 'EX-2');
  assert.equal(comparedWith('', operations.slice(0, 1)), '');
});

test('the curve is drawn as far as something happens', () => {
  assert.equal(horizonFor([7, 64], 240), 72);
  assert.equal(horizonFor([], 240), 24);
  assert.equal(horizonFor([300], 240), 240);
});

const people = (certain, likely, claimed) => ({ certain, likely, claimed });
const BUILDUP = {
  rows: [
    { hour: 12, cumulative: people(100, 120, 150) },
    { hour: 12, cumulative: people(150, 170, 200) },
    { hour: 30, cumulative: people(300, 400, 420) },
  ],
};
const REQUIRED = {
  authorised_strength: 500,
  needs: [
    { hour: 12, people: 140 },
    { hour: 24, people: 200 },
  ],
  rows: [{ hour: 6, cumulative: people(10, 20, 30) }],
};

test('at an hour stands what had come by then', () => {
  const curve = curveOf(BUILDUP, REQUIRED);

  assert.deepEqual(readAt(curve, 11), { hour: 11, ...people(0, 0, 0), needed: 0, promised: 30, authorised: 500 });
  assert.deepEqual(readAt(curve, 24), { hour: 24, ...people(150, 170, 200), needed: 200, promised: 30, authorised: 500 });
  assert.deepEqual(hoursOf(curve), [0, 6, 12, 24, 30]);
  assert.equal(curve.horizon, 48);
  assert.equal(curve.most, 500);
});

test('the first hour that lacks people is found', () => {
  assert.deepEqual(firstLack(curveOf(BUILDUP, REQUIRED)), { hour: 24, needed: 200, there: 150, lacking: 50 });
  assert.equal(firstLack(curveOf(BUILDUP, { needs: [{ hour: 12, people: 150 }], rows: [] })), undefined);
});

test('without an operation nothing is needed, which is not 0', () => {
  const read = readAt(curveOf(BUILDUP, null), 24);

  assert.deepEqual([read.needed, read.promised, read.authorised], [undefined, undefined, undefined]);
});

test('an empty force has a curve of nothing', () => {
  const curve = curveOf({ rows: [] }, null);

  assert.deepEqual(readAt(curve, 24), { hour: 24, ...people(0, 0, 0), needed: undefined, promised: undefined, authorised: undefined });
  assert.equal(curve.horizon, 24);
});

test('the sums of nobody are absent, and those of somebody who has nobody are 0', () => {
  const total = { present: 0 };
  assert.equal(isSilent(header({ nations_missing: ['KAZ'] })), true);
  assert.equal(totalOf({ header: header({ nations_missing: ['KAZ'] }), total }), undefined);
  assert.equal(totalOf({ header: header({ nations_reporting: ['KAZ'] }), total }), total);
  assert.equal(totalOf(null), undefined);
});
