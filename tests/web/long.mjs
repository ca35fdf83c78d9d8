// SPDX-License-Identifier: Apache-2.0
// Tables of 10,000 units: the twin of the map, and what is late. Only the rows in sight are in the page, and yet Tab goes from
// link to link, the way back leads to the row, and paper has what paper is meant to have. By a made-up gateway.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { madeUpTree, serve } from '../../ops/board/test/scroll.mjs';
import { tabTo } from './keyboard.mjs';
import { axe, BOARD, Reader, settled } from './reader.mjs';
import { until } from './stage.mjs';

const UNITS = 10_000;
const NODES_MAX = 2500; // 100,000 when all rows are in the page.
const PRINTED = 2000;
const TABLE = 'main [role="table"]';
const TABLES = [
  { name: 'the twin of the map', query: '?view=map&lang=en', open: 'Table' },
  { name: 'what is late', query: '?view=late&lang=en', open: /^Show all/ },
];

const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const rowOf = (page) => page.evaluate(() => Number(document.activeElement.closest('[role="row"]')?.getAttribute('aria-rowindex') ?? 0));

/** Opens a table and gives how long that took. */
async function opened(page, { query, open }) {
  await page.place(query);
  await settled(page);
  const button = page.getByRole('button', { name: open, exact: true });
  await button.waitFor();
  const begin = Date.now();
  await button.click();
  await page.waitForSelector(`${TABLE} [aria-rowindex="2"]`);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return Date.now() - begin;
}

export function long() {
  describe('tables of 10,000 units', () => {
    let server;
    let reader;
    before(async () => {
      server = await serve(BOARD, madeUpTree(UNITS));
      reader = await Reader.open(`http://127.0.0.1:${server.address().port}`);
    });
    after(async () => {
      await reader?.close();
      server?.closeAllConnections();
      server?.close();
    });

    for (const table of TABLES) {
      it(`${table.name} has only the rows in sight in the page`, async () => {
        const page = await reader.page();
        const ms = await opened(page, table);
        const count = await nodes(page);
        console.log(`# ${table.name}: shown in ${ms} ms, ${count} elements`);
        assert.ok(count < NODES_MAX, `${count} elements`);
        assert.equal(await page.getAttribute(TABLE, 'aria-rowcount'), `${UNITS + 1}`);
        assert.deepEqual(await axe(page), []);
        assert.deepEqual(page.faults, []);
        await page.context().close();
      });
    }

    it('lets Tab go from link to link beyond what was in sight', async () => {
      const page = await reader.page();
      await opened(page, TABLES[0]);
      await tabTo(page, `${TABLE} a`);
      assert.equal(await rowOf(page), 2);
      for (let row = 3; row <= 60; row += 1) {
        await page.keyboard.press('Tab');
        assert.equal(await rowOf(page), row);
      }
      await page.keyboard.press('Shift+Tab');
      assert.equal(await rowOf(page), 59);
      await page.context().close();
    });

    it('leads by the keys of its region to its end, and back to the row that was left there', async () => {
      const page = await reader.page();
      await opened(page, TABLES[0]);
      await tabTo(page, TABLE);
      await page.keyboard.press('End');
      await page.waitForSelector(`${TABLE} [aria-rowindex="${UNITS + 1}"]`);
      // The first link that is drawn, so near the end.
      await page.keyboard.press('Tab');
      const row = await rowOf(page);
      assert.ok(row > UNITS - 60, `${row}`);
      await page.keyboard.press('Enter');
      await page.waitForURL(/view=unit/);
      await page.goBack({ waitUntil: 'commit' });
      await until('the row', async () => (await rowOf(page)) === row);
      await page.context().close();
    });

    it('prints its first rows, and says how many there are', async () => {
      const page = await reader.page();
      await opened(page, TABLES[0]);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('main table tbody tr').count(), PRINTED);
      assert.match(await page.locator('main .in-print').first().innerText(), /The first 2,000 of 10,000 rows\. The CSV has all\./);
      await page.emulateMedia({ media: 'screen' });
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      await page.waitForSelector(`${TABLE} [aria-rowindex="2"]`);
      assert.ok((await nodes(page)) < NODES_MAX);
      await page.context().close();
    });

    it('downloads all of it', async () => {
      const page = await reader.page();
      await opened(page, TABLES[0]);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /as CSV/ }).click()]);
      const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
      assert.equal(lines.length, UNITS + 1);
      await page.context().close();
    });
  });
}
