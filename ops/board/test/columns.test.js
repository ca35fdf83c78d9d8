// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { leastOf, longestOf, tracksOf } from '../src/lib/columns.js';

const text = (row) => row;

test('A column is as wide as its longest text and the longest word of its title, within bounds', () => {
  assert.equal(longestOf(['a', 'abcdef', 'abc'], text), 6);
  assert.equal(longestOf(['a'], text, { title: 'Home, latitude and longitude' }), 9);
  assert.equal(longestOf(['a'], text, { least: 16 }), 16);
  assert.equal(longestOf(['a'.repeat(300)], text), 44);
  assert.equal(longestOf([], text), 4);
});

test('Of ten thousand rows no more than some hundreds are looked at', () => {
  let looks = 0;
  const rows = Array.from({ length: 10_000 }, (_, i) => `${i}`);

  longestOf(rows, (row) => {
    looks += 1;
    return row;
  });

  assert.equal(looks, 200);
});

test('Columns share what is left by their width, and never are less than their texts need', () => {
  assert.equal(tracksOf([4, 10]), 'minmax(calc(5ch + 2 * var(--space-2)), 4fr) minmax(calc(11ch + 2 * var(--space-2)), 10fr)');
  assert.equal(leastOf([4, 10]), 'calc(16ch + 4 * var(--space-2))');
});
