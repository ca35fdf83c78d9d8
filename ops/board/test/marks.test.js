// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { markedBy, markOf, nameOf } from '../src/lib/marks.js';

/** As much of an element as a mark looks at. */
function made(tagName, attributes = {}, { text = '', stop = null } = {}) {
  const element = { tagName, textContent: text, getAttribute: (name) => attributes[name] ?? null };
  element.closest = () => (attributes['data-stop'] ? element : stop);
  return element;
}
const rootOf = (...elements) => ({ querySelectorAll: () => elements });

test('An element is named by its key, else by where it leads, else by what it is called', () => {
  assert.equal(nameOf(made('DIV', { 'data-stop': 'KAZ:EX-1', 'aria-label': 'x' })), 'stop KAZ:EX-1');
  assert.equal(nameOf(made('DIV', { 'data-scrolls': 'Units', 'aria-label': 'x' })), 'box Units');
  assert.equal(nameOf(made('A', { href: '/?view=unit' }, { text: '502 people' })), 'to /?view=unit');
  assert.equal(nameOf(made('BUTTON', { type: 'button', 'aria-label': 'Fold' }, { text: '>' })), 'BUTTON button Fold ');
  assert.equal(nameOf(made('INPUT', { type: 'radio', name: 'goal', value: 'EARLIEST' })), 'INPUT radio goal EARLIEST');
  assert.equal(nameOf(made('SUMMARY', {}, { text: ` ${'a'.repeat(99)} ` })), `SUMMARY  ${'a'.repeat(60)} `);
});

test('A mark finds the same of several that are alike, in a page that was made anew', () => {
  const before = [made('A', { href: '/?a' }), made('A', { href: '/?b' }), made('A', { href: '/?a' }, { text: '1' })];
  const after = [made('A', { href: '/?a' }), made('A', { href: '/?a' }, { text: '2' })];

  const mark = markOf(before[2], rootOf(...before));

  assert.deepEqual(mark, { name: 'to /?a', nth: 1 });
  assert.equal(markedBy(mark, rootOf(...after)), after[1]);
});

test('A link within a row is the row, and what is not there is not found', () => {
  const row = made('DIV', { 'data-stop': 'KAZ:EX-1' });
  const link = made('A', { href: '/?view=unit' }, { stop: row });

  const mark = markOf(link, rootOf(row, link));

  assert.deepEqual(mark, { name: 'stop KAZ:EX-1', nth: 0 });
  assert.equal(markedBy(mark, rootOf(link)), null);
});
