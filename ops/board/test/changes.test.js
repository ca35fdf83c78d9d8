// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byUnit, figuresOf, fromField, momentsOf, presets, sought, toField } from '../src/lib/changes.js';

const row = (unit, field, kind = 'STRENGTH') => ({ unit, kind, change: { field } });

test('Changes stand under their units, in the order of the answer', () => {
  const rows = [row('ARM:EX-A', 'present'), row('KAZ:EX-B', 'present'), row('ARM:EX-A', 'assigned')];

  assert.deepEqual(byUnit(rows), [
    { unit: 'ARM:EX-A', count: 2 },
    { unit: 'ARM:EX-A', row: rows[0] },
    { unit: 'ARM:EX-A', row: rows[2] },
    { unit: 'KAZ:EX-B', count: 1 },
    { unit: 'KAZ:EX-B', row: rows[1] },
  ]);
});

test('Changes are sought by nation, statement, unit and field', () => {
  const rows = [row('ARM:EX-A', 'present'), row('KAZ:EX-B', 'name', 'UNIT')];

  assert.deepEqual(sought(rows, {}), rows);
  assert.deepEqual(sought(rows, { nation: 'KAZ' }), [rows[1]]);
  assert.deepEqual(sought(rows, { kind: 'STRENGTH' }), [rows[0]]);
  assert.deepEqual(sought(rows, { find: ' ex-b' }), [rows[1]]);
  assert.deepEqual(sought(rows, { find: 'PRES' }), [rows[0]]);
  assert.deepEqual(sought(rows, { nation: 'KAZ', kind: 'STRENGTH' }), []);
});

test('A difference is of two figures: one alone has none', () => {
  const figures = figuresOf({ present: 10, units: 2 }, { present: 7 });

  assert.deepEqual(figures.find(({ name }) => name === 'present'), { name: 'present', before: 10, after: 7, difference: -3 });
  assert.deepEqual(figures.find(({ name }) => name === 'units'), { name: 'units', before: 2, after: undefined, difference: undefined });
  assert.equal(figuresOf().every(({ difference }) => difference === undefined), true);
});

test('Usual moments count from the end, in UTC', () => {
  // 2022-01-12 was a Wednesday, 2022-01-07 a Friday.
  assert.deepEqual(presets('2022-01-12T06:30:00Z'), {
    day: '2022-01-11T06:30:00Z',
    yesterday: '2022-01-11T00:00:00Z',
    friday: '2022-01-07T00:00:00Z',
    week: '2022-01-05T06:30:00Z',
  });
});

test('On a Friday the last one is a week ago, on a Saturday it is yesterday', () => {
  assert.equal(presets('2022-01-14T12:00:00Z').friday, '2022-01-07T00:00:00Z');
  assert.equal(presets('2022-01-15T12:00:00Z').friday, '2022-01-14T00:00:00Z');
});

test('Moments of an operation are its changes of state, the earliest first', () => {
  const decision = (to_state, decided_at, kind = 'STATE_CHANGE') => ({ type: 'Decision', kind, to_state, decided_at });

  assert.deepEqual(
    momentsOf([decision('DECIDED', '2022-01-07T03:00:00Z'), { type: 'Operation' }, decision(undefined, '2022-01-01T00:00:00Z', 'COMMANDER'), decision('REQUESTED', '2022-01-07T00:00:00Z')]),
    [
      { at: '2022-01-07T00:00:00Z', state: 'REQUESTED' },
      { at: '2022-01-07T03:00:00Z', state: 'DECIDED' },
    ],
  );
});

test('A field of date and time is in UTC, and what is no moment is not taken', () => {
  assert.equal(toField('2022-01-07T03:04:05.5Z'), '2022-01-07 03:04');
  assert.equal(fromField(' 2022-01-07 03:04'), '2022-01-07T03:04:00Z');
  assert.equal(fromField('2022-01-07T03:04'), '2022-01-07T03:04:00Z');
  assert.equal(fromField('2022-01-07'), '2022-01-07T00:00:00Z');
  assert.equal(fromField('yesterday'), undefined);
  assert.equal(fromField(''), undefined);
  assert.equal(fromField('2022-13-45 99:99'), undefined);
});
