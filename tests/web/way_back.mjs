// SPDX-License-Identifier: Apache-2.0
// Back to the row, the cell and the place in a list that were left, by the browser's "back" and by the page's own way; no
// mouse is moved in this file.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { focused, query, tabTo } from './keyboard.mjs';
import { settled } from './reader.mjs';
import { until } from './stage.mjs';

const stop = (page) => page.evaluate(() => document.activeElement?.closest('[data-stop]')?.getAttribute('data-stop') ?? null);
const scrolledBy = (page) => page.evaluate(() => ({ page: scrollY, box: document.querySelector('main [data-scrolls]')?.scrollTop ?? 0 }));
const view = (page, name) => until(`the view ${name}`, () => query(page, 'view') === name);
const isIn = (page, selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);

/** Opens a unit from the order of battle of all, far down, and gives where that was. */
async function leaveTree(page) {
  await page.place('?view=tree&open=all&sort=-present&lang=en');
  await settled(page);
  await tabTo(page, '[role="row"][aria-level]');
  await page.keyboard.press('End');
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowUp');
  await until('a scrolled tree', async () => (await scrolledBy(page)).box > 0);
  const row = await stop(page);
  const where = await scrolledBy(page);
  await page.keyboard.press('Enter');
  await view(page, 'unit');
  await settled(page);
  return { row, where, unit: query(page, 'unit') };
}

export function wayBack(bus) {
  describe('the way back', () => {
    it('leads to the row of the order of battle that was left, and on again', async () => {
      const page = await bus.reader.page();
      const { row, where, unit } = await leaveTree(page);
      assert.equal(row, unit);
      await page.goBack({ waitUntil: 'commit' });
      await view(page, 'tree');
      await until('the row that was left', async () => (await stop(page)) === row);
      assert.deepEqual(await scrolledBy(page), where);
      assert.equal(await focused(page, 'aria-level') !== null, true);
      await page.keyboard.press('ArrowUp'); // The keys go on from there.
      await until('the row above', async () => (await stop(page)) !== row);
      await page.goForward({ waitUntil: 'commit' });
      await view(page, 'unit');
      assert.equal(query(page, 'unit'), unit);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('of the page does so too, with what was folded and sorted', async () => {
      const page = await bus.reader.page();
      const { row, where } = await leaveTree(page);
      await tabTo(page, 'main nav a.button');
      assert.match(await page.evaluate(() => document.activeElement.innerText), /Back: Order of battle/);
      await page.keyboard.press('Enter');
      await view(page, 'tree');
      await until('the row that was left', async () => (await stop(page)) === row);
      assert.deepEqual(await scrolledBy(page), where);
      assert.equal(query(page, 'sort'), '-present');
      assert.equal(query(page, 'open'), 'all');
      await page.context().close();
    });

    it('leads to the cell of the matrix, past the units behind it', async () => {
      const page = await bus.reader.page();
      await page.place('?view=matrix&lang=en');
      await settled(page);
      await tabTo(page, '[role="grid"] *');
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
      const cell = await until('a cell', () => focused(page, 'href'));
      await page.keyboard.press('Enter');
      await view(page, 'tree');
      await settled(page);
      await tabTo(page, '[role="row"][aria-level]');
      await page.keyboard.press('End');
      const row = await stop(page);
      await page.keyboard.press('Enter');
      await view(page, 'unit');
      await page.goBack({ waitUntil: 'commit' });
      await until('the row', async () => (await stop(page)) === row);
      await page.goBack({ waitUntil: 'commit' });
      await view(page, 'matrix');
      await until('the cell', async () => (await focused(page, 'href')) === cell);
      await page.context().close();
    });

    it('leads to the link of a list and how far it was scrolled, and over a reload', async () => {
      const page = await bus.reader.page({ height: 400 });
      await page.place('?view=operations&op=EX-2201&tab=package&limit=2&as_of=2022-01-07T05:40:00Z&lang=en');
      await settled(page);
      await page.getByRole('heading', { name: 'Slices of the package' }).waitFor();
      await tabTo(page, 'main tbody a[href*="view=unit"]');
      for (let i = 0; i < 9; i += 1) await page.keyboard.press('Tab');
      const link = await focused(page, 'href');
      const { page: y } = await scrolledBy(page);
      assert.ok(y > 0, 'the page is scrolled');
      await page.keyboard.press('Enter');
      await view(page, 'unit');
      await settled(page);
      assert.equal((await scrolledBy(page)).page, 0, 'a new place is seen from its top');
      await page.reload({ waitUntil: 'domcontentloaded' });
      await settled(page);
      await page.goBack({ waitUntil: 'commit' });
      await until('the link', async () => (await focused(page, 'href')) === link);
      await page.context().close();
    });

    it('keeps the table twin of the map that was left by one of its links', async () => {
      const page = await bus.reader.page();
      await page.place('?view=map&lang=en');
      await settled(page);
      await tabTo(page, 'main button[aria-pressed="false"]');
      await page.keyboard.press('Enter');
      await tabTo(page, 'main [data-scrolls] a');
      await page.keyboard.press('Tab');
      const link = await focused(page, 'href');
      await page.keyboard.press('Enter');
      await view(page, 'unit');
      await page.goBack({ waitUntil: 'commit' });
      await view(page, 'map');
      await until('the link', async () => (await focused(page, 'href')) === link);
      assert.ok(await isIn(page, '[data-scrolls] a'));
      await page.context().close();
    });

    it('gives way to a reader who does something else meanwhile', async () => {
      const page = await bus.reader.page();
      const { row } = await leaveTree(page);
      // The trees are answered late, so that there is a meanwhile.
      let letGo;
      const held = new Promise((done) => (letGo = done));
      await page.route('**/api/v1/force/tree/**', async (route) => {
        await held;
        await route.continue();
      });
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.waitForSelector('main h1');
      await page.goBack({ waitUntil: 'commit' });
      await view(page, 'tree');
      await page.keyboard.press('Tab');
      const before = await page.evaluate(() => document.activeElement.outerHTML);
      letGo();
      await page.waitForSelector('[role="row"][aria-level]');
      await settled(page);
      assert.notEqual(await stop(page), row);
      assert.equal(await page.evaluate(() => document.activeElement.outerHTML), before);
      await page.context().close();
    });
  });
}
