// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { stepLine, strengthCurve, strengthWords, within } from '../src/lib/history.js';

const at = (day) => `2022-01-0${day}T00:00:00Z`;
const word = (report, day, changes, more = {}) => ({ kind: 'STRENGTH', report, valid_at: at(day), received_at: at(day), changes: Object.entries(changes).map(([field, after]) => ({ field, after })), ...more });
const figures = (words) => words.map(({ report, present, deployable }) => [report, present, deployable]);

test('Figures that a word did not change are those of the word before', () => {
  const words = strengthWords([word('KAZ/mod#1', 1, { present: '90', deployable: '80' }), { kind: 'UNIT', changes: [] }, word('KAZ/mod#2', 2, { present: '95' })]);

  assert.deepEqual(figures(words), [
    ['KAZ/mod#1', 90, 80],
    ['KAZ/mod#2', 95, 80],
  ]);
});

test('A word that comes late rests on what counted for its moment', () => {
  const words = strengthWords([word('KAZ/mod#1', 1, { present: '90' }), word('KAZ/mod#2', 4, { present: '60' }), word('KAZ/mod#3', 2, { deployable: '70' })]);

  assert.deepEqual(figures(words)[2], ['KAZ/mod#3', 90, 70]);
});

test('A correction rests on the word that it replaces, which no longer counts', () => {
  const rows = [
    word('KAZ/mod#1', 1, { present: '90', deployable: '80' }),
    word('KAZ/mod#2', 2, { present: '900' }, { corrected_by: 'KAZ/mod#3' }),
    word('KAZ/mod#3', 2, { present: '91' }),
    word('KAZ/mod#4', 3, { deployable: '79' }),
  ];
  const words = strengthWords(rows);

  assert.deepEqual(figures(words).slice(2), [
    ['KAZ/mod#3', 91, 80],
    ['KAZ/mod#4', 91, 79],
  ]);
  assert.deepEqual(strengthCurve(words).map((point) => point.present), [90, 91, 91]);
});

test('A figure that was taken back is absent, not 0', () => {
  const [, second] = strengthWords([word('KAZ/mod#1', 1, { present: '90' }), word('KAZ/mod#2', 2, { present: undefined })]);

  assert.equal('present' in second, false);
});

test('A part of a curve begins with what held before it', () => {
  const curve = [1, 3, 5].map((time) => ({ at: time, present: time * 10 }));

  assert.deepEqual(within(curve, 2, 4), [{ at: 2, present: 10, isCarried: true }, { at: 3, present: 30 }]);
  assert.deepEqual(within(curve, 0, 2), [{ at: 1, present: 10 }]);
  assert.deepEqual(within([], 0, 2), []);
});

test('A line goes in steps and is broken where nothing was said', () => {
  const scale = { x: (value) => value, y: (value) => 100 - value, to: 9 };

  assert.equal(stepLine([{ at: 1, present: 10 }, { at: 3, present: 30 }], 'present', scale), 'M1,90H3V70H9');
  assert.equal(stepLine([{ at: 1, present: 10 }, { at: 3 }, { at: 5, present: 5 }], 'present', scale), 'M1,90H3M5,95H9');
  assert.equal(stepLine([], 'present', scale), '');
});
