// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byNation, isMissing } from '../src/lib/late.js';
import { cellAt, cellsOf, columnsOf, isNew, movedTo, sumOf } from '../src/lib/matrix.js';

const cell = (nation, capability, more) => ({ nation, capability, units: 1, people: 10, change: 0, stale_people: 0, ...more });

test('columns are the element kinds that somebody has, in their order, and tasks by their number', () => {
  const rows = [cell('KAZ', 'OTHER'), cell('KAZ', 'COMMAND'), cell('BLR', 'UNKNOWN(9)')];

  assert.deepEqual(columnsOf(rows, false), ['COMMAND', 'OTHER', 'UNKNOWN(9)']);
  assert.deepEqual(columnsOf([cell('KAZ', 'T08'), cell('KAZ', 'T03')], true), ['T03', 'T08']);
});

test('a sum is of the cells that are there, and of none there is no sum', () => {
  const cells = cellsOf([cell('KAZ', 'COMBAT', { change: -3 }), cell('BLR', 'COMBAT', { people: 5, stale_people: 5 })]);
  const combat = ['KAZ', 'BLR', 'TJK'].map((nation) => cellAt(cells, nation, 'COMBAT'));

  assert.deepEqual(sumOf(combat), { units: 2, people: 15, change: -3, stale_people: 5 });
  assert.equal(sumOf([undefined]), undefined);
});

test('arrows lead from cell to cell and stop at the edges', () => {
  const size = { rows: 6, columns: 8 };

  assert.deepEqual(movedTo({ row: 0, column: 0 }, 'ArrowRight', false, size), { row: 0, column: 1 });
  assert.deepEqual(movedTo({ row: 0, column: 0 }, 'ArrowUp', false, size), { row: 0, column: 0 });
  assert.deepEqual(movedTo({ row: 5, column: 7 }, 'ArrowDown', false, size), { row: 5, column: 7 });
  assert.deepEqual(movedTo({ row: 3, column: 4 }, 'Home', false, size), { row: 3, column: 0 });
  assert.deepEqual(movedTo({ row: 3, column: 4 }, 'End', true, size), { row: 5, column: 7 });
  assert.equal(movedTo({ row: 3, column: 4 }, 'x', false, size), undefined);
});

test('people at risk count each unit once, and a word that was never said counts as missing', () => {
  const rows = [
    { unit: 'TJK:EX-E', kind: 'STRENGTH', freshness: 'EXPIRED', people: 100 },
    { unit: 'KAZ:EX-1', kind: 'STRENGTH', freshness: 'STALE', people: 40, valid_at: '2022-01-02T00:00:00Z' },
    { unit: 'KAZ:EX-1', kind: 'READINESS', freshness: 'EXPIRED', people: 40, valid_at: '2022-01-01T00:00:00Z' },
    { unit: 'KAZ:EX-2', kind: 'READINESS', freshness: 'AGEING', people: 7, valid_at: '2022-01-05T00:00:00Z' },
  ];

  assert.equal(isMissing(rows[0]), true);
  assert.deepEqual(byNation(rows, ['RUS', 'KAZ']), [
    { nation: 'KAZ', missing: 0, expired: 1, stale: 1, ageing: 1, oldest: '2022-01-01T00:00:00Z', units: 1, people: 40 },
    { nation: 'TJK', missing: 1, expired: 0, stale: 0, ageing: 0, units: 1, people: 100 },
  ]);
});

test('where nobody was counted before there is no trend, and where somebody was there is one', () => {
  assert.equal(isNew(cell('KAZ', 'COMBAT', { people: 10, change: 10 })), true);
  assert.equal(isNew(cell('KAZ', 'COMBAT', { people: 10, change: 9 })), false);
  assert.equal(isNew(cell('KAZ', 'COMBAT', { people: 0, change: 0 })), false);
});
