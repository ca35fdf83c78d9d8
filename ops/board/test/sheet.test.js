// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { csvOf, xlsxRows } from '../src/lib/sheet.js';

const SHEET = {
  columns: [
    { key: 'unit', title: 'Unit', kind: 'text', value: (row) => row.unit },
    { key: 'people', title: 'People', kind: 'number', value: (row) => row.people },
    { key: 'share', title: 'Share', kind: 'permille', value: (row) => row.share },
  ],
  rows: [
    { unit: 'EX "A", first', people: 0, share: 880 },
    { unit: '=1+1' },
    { unit: 'EX-C', people: -5, share: 0 },
  ],
  notes: ['As of noon'],
};

test('a CSV quotes what must be quoted, keeps formulas texts and leaves what is absent empty', () => {
  assert.equal(csvOf(SHEET), '\uFEFFUnit,People,Share\r\n"EX ""A"", first",0,880\r\n\'=1+1,,\r\nEX-C,-5,0\r\n');
});

test('a workbook has numbers for numbers, and an absent value is no 0', () => {
  const [note, heading, first, second] = xlsxRows(SHEET);

  assert.deepEqual(note, [{ value: 'As of noon', type: String }]);
  assert.deepEqual(heading.map((cell) => cell.value), ['Unit', 'People', 'Share']);
  assert.deepEqual(first.map((cell) => cell.value), ['EX "A", first', 0, 0.88]);
  assert.deepEqual(second, [{ value: '=1+1', type: String }, null, null]);
});
