// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { drawnOf, topFor, windowOf } from '../src/lib/window.js';

test('Only rows in sight and a few beyond are drawn', () => {
  assert.deepEqual(windowOf({ top: 0, height: 300, rowHeight: 30, count: 10_000, beyond: 5 }), { first: 0, end: 15 });
  assert.deepEqual(windowOf({ top: 30_000, height: 300, rowHeight: 30, count: 10_000, beyond: 5 }), { first: 995, end: 1015 });
  assert.deepEqual(windowOf({ top: 299_700, height: 300, rowHeight: 30, count: 10_000, beyond: 5 }), { first: 9985, end: 10_000 });
});

test('A list that became shorter, an empty one and one not yet measured are no trouble', () => {
  assert.deepEqual(windowOf({ top: 30_000, height: 300, rowHeight: 30, count: 4 }), { first: 4, end: 4 });
  assert.deepEqual(windowOf({ top: 0, height: 300, rowHeight: 30, count: 0 }), { first: 0, end: 0 });
  assert.deepEqual(windowOf({ top: 0, height: 0, rowHeight: 0, count: 9 }), { first: 0, end: 0 });
  assert.deepEqual(windowOf({ top: -40, height: 30, rowHeight: 30, count: 9, beyond: 1 }), { first: 0, end: 2 });
});

test('The row with the focus stays in the page, wherever it is scrolled to', () => {
  assert.deepEqual(drawnOf({ first: 3, end: 5 }, 0, 9), [0, 3, 4]);
  assert.deepEqual(drawnOf({ first: 3, end: 5 }, 8, 9), [3, 4, 8]);
  assert.deepEqual(drawnOf({ first: 3, end: 5 }, 4, 9), [3, 4]);
  assert.deepEqual(drawnOf({ first: 3, end: 5 }, 9, 9), [3, 4]);
  assert.deepEqual(drawnOf({ first: 3, end: 5 }, -1, 9), [3, 4]);
});

test('Beside the row with the focus are those that Tab leads to, each of them once', () => {
  assert.deepEqual(drawnOf({ first: 6, end: 8 }, 2, 9, 2), [0, 1, 2, 3, 4, 6, 7]);
  assert.deepEqual(drawnOf({ first: 3, end: 6 }, 5, 9, 2), [3, 4, 5, 6, 7]);
  assert.deepEqual(drawnOf({ first: 3, end: 6 }, 4, 9, 2), [2, 3, 4, 5, 6]);
  assert.deepEqual(drawnOf({ first: 0, end: 3 }, 8, 9, 2), [0, 1, 2, 6, 7, 8]);
});

test('Scrolling to a row moves no more than is needed', () => {
  const view = { height: 330, rowHeight: 30, header: 30 };

  assert.equal(topFor(5, { ...view, top: 0 }), 0);
  assert.equal(topFor(10, { ...view, top: 0 }), 30);
  assert.equal(topFor(2, { ...view, top: 300 }), 60);
  assert.equal(topFor(100, { ...view, top: 0 }), 2730);
});
