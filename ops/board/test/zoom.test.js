// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyed, moved, WHOLE, zoomed, zoomOf, zoomText } from '../src/lib/zoom.js';

const size = { width: 1000, height: 500 };

test('a map enlarged about a point keeps that point where it is', () => {
  const view = zoomed(WHOLE, 2, [250, 100], size);

  assert.deepEqual(view, { k: 2, x: -250, y: -100 });
  assert.equal(view.k * 250 + view.x, 250);
});

test('a map is never smaller than the whole and never beyond its edges', () => {
  assert.deepEqual(zoomed(WHOLE, 0.5, [0, 0], size), WHOLE);
  assert.deepEqual(moved({ k: 2, x: -10, y: -10 }, 999, 999, size), { k: 2, x: 0, y: 0 });
  assert.deepEqual(moved({ k: 2, x: -10, y: -10 }, -9999, -9999, size), { k: 2, x: -1000, y: -500 });
  assert.equal(zoomed(WHOLE, 1000, [0, 0], size).k, 12);
});

test('keys move and enlarge it, others do nothing', () => {
  assert.equal(keyed(WHOLE, '+', size).k, 1.6);
  assert.deepEqual(keyed({ k: 3, x: -1, y: -1 }, '0', size), WHOLE);
  assert.deepEqual(keyed({ k: 2, x: -300, y: -100 }, 'ArrowLeft', size), { k: 2, x: -100, y: -100 });
  assert.equal(keyed(WHOLE, 'x', size), null);
});

test('what the URL says of it holds at another width, and nonsense is the whole', () => {
  const view = { k: 2, x: -300, y: -100 };

  assert.equal(zoomText(view, size), '2,0.4,0.35');
  assert.deepEqual(zoomOf('2,0.4,0.35', size), view);
  assert.deepEqual(zoomOf('2,0.4,0.35', { width: 500, height: 250 }), { k: 2, x: -150, y: -50 });
  assert.equal(zoomText(WHOLE, size), '');
  for (const text of ['', 'x', '2', '0.5,0,0', '2,NaN,1', undefined]) assert.deepEqual(zoomOf(text, size), WHOLE);
});
