// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isOverdue, layoutGantt, neighbour } from '../src/lib/gantt.js';

const at = (text) => Date.parse(`2022-01-${text}Z`);
const slice = (unit, from, to, more = {}) => ({
  contribution: `${unit}/${from}`,
  unit,
  people: 10,
  state: 'IN_PLACE',
  from: `2022-01-${from}Z`,
  to: to && `2022-01-${to}Z`,
  overlap_people: 0,
  ...more,
});
const period = { from: at('07T00:00'), to: at('17T00:00'), now: at('12T00:00'), width: 1000, bar: 10, gap: 2, head: 20 };
const brief = ({ bars }) => bars.map((bar) => [bar.row.unit, bar.x, bar.width, bar.y]);

test('puts a slice where its time is', () => {
  const laid = layoutGantt({ ...period, rows: [slice('RUS:A', '08T00:00', '10T00:00')] });

  assert.deepEqual(brief(laid), [['RUS:A', 100, 200, 21]]);
  assert.deepEqual(laid.lanes.map((lane) => lane.nation ?? lane.unit), ['RUS', 'RUS']);
  assert.equal(laid.height, 32);
});

test('groups by nation in the given order, others after them', () => {
  const rows = [slice('TJK:A', '08T00:00', '09T00:00'), slice('ARM:B', '08T00:00', '09T00:00'), slice('BLR:C', '08T00:00', '09T00:00')];

  const laid = layoutGantt({ ...period, rows, order: ['BLR', 'TJK'] });

  assert.deepEqual(laid.lanes.filter((lane) => lane.kind === 'nation').map((lane) => lane.nation), ['BLR', 'TJK', 'ARM']);
});

test('never lays two slices of one unit over each other', () => {
  const rows = [slice('RUS:A', '08T00:00', '12T00:00'), slice('RUS:A', '09T00:00', '10T00:00'), slice('RUS:A', '12T00:00', '13T00:00')];

  const laid = layoutGantt({ ...period, rows });

  assert.deepEqual(brief(laid), [['RUS:A', 100, 400, 21], ['RUS:A', 200, 100, 33], ['RUS:A', 500, 100, 21]]);
});

test('draws a slice without an end to the edge and says that it is open', () => {
  const [bar] = layoutGantt({ ...period, rows: [slice('RUS:A', '08T00:00')] }).bars;

  assert.deepEqual([bar.x, bar.width, bar.isOpen, bar.isCut], [100, 900, true, false]);
});

test('cuts what begins before and leaves out what is over before the period', () => {
  const rows = [slice('RUS:A', '01T00:00', '02T00:00'), slice('RUS:B', '05T00:00', '08T00:00')];

  const { bars } = layoutGantt({ ...period, rows });

  assert.deepEqual(bars.map((bar) => [bar.row.unit, bar.x, bar.width, bar.isCut]), [['RUS:B', 0, 100, true]]);
});

test('marks what is promised twice and what is in place past its end', () => {
  const rows = [slice('RUS:A', '08T00:00', '09T00:00', { overlap_people: 5 }), slice('RUS:B', '08T00:00', '13T00:00')];

  const { bars } = layoutGantt({ ...period, rows });

  assert.deepEqual(bars.map((bar) => [bar.isDouble, bar.isOverdue]), [[true, true], [false, false]]);
  assert.equal(isOverdue({ state: 'COMMITTED', to: '2022-01-09T00:00:00Z' }, period.now), false);
});

test('is empty of nothing', () => {
  assert.deepEqual(layoutGantt({ ...period, rows: [] }), { lanes: [], bars: [], height: 0 });
  assert.equal(neighbour([], 0, 'End'), -1);
});

test('leads by keys from bar to bar', () => {
  const rows = [
    slice('RUS:A', '08T00:00', '09T00:00'),
    slice('RUS:A', '11T00:00', '12T00:00'),
    slice('RUS:B', '08T00:00', '09T00:00'),
    slice('RUS:B', '10T12:00', '11T00:00'),
  ];
  const { bars } = layoutGantt({ ...period, rows });

  assert.equal(neighbour(bars, 1, 'ArrowDown'), 3);
  assert.equal(neighbour(bars, 3, 'ArrowUp'), 1);
  assert.equal(neighbour(bars, 0, 'ArrowUp'), 0);
  assert.equal(neighbour(bars, 3, 'ArrowRight'), 3);
  assert.equal(neighbour(bars, 0, 'End'), 3);
  assert.equal(neighbour(bars, 3, 'Home'), 0);
});
