// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withNames } from '../src/lib/codes.js';

const NAMES = { HELICOPTER: 'вертолёты', OTHER: 'прочее' };
const told = (text) => withNames(text, (code) => NAMES[code]);

test('codes of the broker are told by their names, and the number goes behind', () => {
  assert.equal(told('114 чел. с техникой: 3 HELICOPTER, TJK:EX-CBT 7'), '114 чел. с техникой: вертолёты 3, TJK:EX-CBT 7');
  assert.equal(told('ни одна строка не просит OTHER'), 'ни одна строка не просит прочее');
});

test('what is no code of ours, or a part of the code of a unit, stays', () => {
  const text = '2 SUBMARINE, KAZ:OTHER, EX-HELICOPTER, OTHER-1, RUS/OTHER';
  assert.equal(told(text), text);
});
