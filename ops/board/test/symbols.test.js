// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hasSymbols, isSidc, loadSymbols, symbolOf } from '../src/lib/symbols.js';

const COMPANY = '10131000151211000000';

test('Before the library is there nothing is drawn', async () => {
  assert.equal(hasSymbols(), false);
  assert.equal(symbolOf(COMPANY), null);

  await loadSymbols();

  assert.equal(hasSymbols(), true);
});

test('A symbol is an image of the page itself, drawn once', async () => {
  await loadSymbols();
  const symbol = symbolOf(COMPANY);

  assert.match(symbol.src, /^data:image\/svg\+xml;utf8,%3Csvg/);
  assert.ok(symbol.width > 0 && symbol.height > 0);
  assert.equal(symbolOf(COMPANY), symbol);
  assert.notEqual(symbolOf(COMPANY, { isDark: true }).src, symbol.src);
});

test('What is no SIDC, or has no symbol, is not drawn', async () => {
  await loadSymbols();

  for (const text of [undefined, '', 'SFGPUCI-----', '123', '10131000991299000000', `${COMPANY}00`, '<svg onload=x>']) {
    assert.equal(symbolOf(text), null, `${text}`);
  }
  assert.equal(isSidc(`${COMPANY}1234567890`), true);
});
