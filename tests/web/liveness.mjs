// SPDX-License-Identifier: Apache-2.0
// A change appears by itself; a broker that is away is said to be away, and comes back by itself. Last, since it kills.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { numberOf, settled, tableOf } from './reader.mjs';
import { until } from './stage.mjs';

const AWAY = /no broker since/;
const present = async (page) => numberOf((await tableOf(page, 'By nation')).find((row) => row.Nation === 'Kazakhstan').Present);

export function liveness(bus) {
  describe('live', () => {
    it('shows a published change without being asked', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en');
      await settled(page);
      const before = await present(page);
      const began = await bus.stage.publishPresent(61);
      await until('the change', async () => (await present(page)) !== before);
      console.log(`# from the drop folder to the screen: ${Date.now() - began} ms`);
      const told = await bus.stage.ask('force', 'strength', '--by', 'nation');
      assert.equal(await present(page), told.rows.find((row) => row.nation === 'KAZ').present);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('leaves the past as it was', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en&as_of=2022-01-09T12:00:00Z');
      await settled(page);
      const before = await tableOf(page, 'By nation');
      const { ledger_seq: seq } = (await bus.stage.ask('force', 'strength')).header;
      await bus.stage.publishPresent(62);
      await until('the report in the ledger', async () => (await bus.stage.ask('force', 'strength')).header.ledger_seq > seq);
      await settled(page);
      const figures = (rows) => rows.map(({ Nation, Units, Present, Deployable }) => ({ Nation, Units, Present, Deployable }));
      assert.deepEqual(figures(await tableOf(page, 'By nation')), figures(before));
      await page.context().close();
    });

    // The package and the hours of the map rest on a search, which costs seconds.
    const searches = (page) => {
      const seen = { asked: 0 };
      page.on('request', (request) => (seen.asked += request.url().includes('/operation/assemble/') ? 1 : 0));
      return seen;
    };
    const planning = 'op=EX-2201&as_of=2022-01-07T05:40:00Z&lang=en';

    it('says that the state has changed since a package was searched for, and searches when it is told to', async () => {
      const page = await bus.reader.page();
      const seen = searches(page);
      await page.place(`?view=operations&tab=package&limit=2&${planning}`);
      await page.getByRole('heading', { name: 'Slices of the package' }).waitFor();
      const again = page.getByRole('button', { name: 'Ask again' });
      assert.equal(await again.count(), 0);
      assert.equal(seen.asked, 1);
      await bus.stage.publishPresent(58);
      await again.waitFor();
      assert.match(await page.locator('[role="status"]').filter({ has: again }).innerText(), /The state has changed since this was searched for/);
      // Away and back: what was found is shown again, and is not searched for again.
      await page.getByRole('tab', { name: 'Gaps' }).click();
      await page.getByRole('tab', { name: 'Force package' }).click();
      await again.waitFor();
      assert.equal(seen.asked, 1);
      await again.click();
      await until('the answer', async () => seen.asked === 2 && (await again.count()) === 0 && (await page.locator('progress').count()) === 0);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('asks for the hours of the map anew when something changed, and for many changes once', async () => {
      const page = await bus.reader.page();
      const seen = searches(page);
      await page.place(`?view=map&${planning}`);
      await page.waitForSelector('main svg .hours');
      assert.equal(seen.asked, 1);
      for (const present of [51, 52, 53]) {
        const { ledger_seq: seq } = (await bus.stage.ask('force', 'strength')).header;
        await bus.stage.publishPresent(present);
        await until('the report in the ledger', async () => (await bus.stage.ask('force', 'strength')).header.ledger_seq > seq);
      }
      await until('the hours anew', () => seen.asked > 1);
      assert.ok(seen.asked <= 3, `${seen.asked} searches for three changes`);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('says since when the broker is away, keeps the last picture, and comes back by itself', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en');
      await settled(page);
      const before = await present(page);
      await bus.stage.broker.end('SIGKILL');
      await until('the word that it is away', async () => AWAY.test(await page.innerText('header')));
      assert.equal(await present(page), before, 'the last picture stays');
      await page.getByRole('link', { name: 'Readiness' }).click();
      await until('the other view says so too', async () => AWAY.test(await page.innerText('header')));
      await page.getByRole('link', { name: 'Force' }).click();
      await bus.stage.startBroker();
      await until('the word that it is live', async () => /live · ledger/.test(await page.innerText('header')));
      await settled(page);
      await bus.stage.publishPresent(63);
      await until('a change after it came back', async () => (await present(page)) !== before);
      assert.deepEqual(page.faults.filter((fault) => !/status of 50[34]|Failed to load|ERR_/.test(fault)), []);
      await page.context().close();
    });

    it('is live again after the gateway was away', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en');
      await settled(page);
      await bus.stage.gateway.end('SIGKILL');
      await until('the word that it is away', async () => /no gateway since/.test(await page.innerText('header')));
      await bus.stage.startGateway();
      await until('the word that it is live', async () => /live · ledger/.test(await page.innerText('header')));
      const before = await present(page);
      await bus.stage.publishPresent(64);
      await until('a change after it came back', async () => (await present(page)) !== before);
      await page.context().close();
    });
  });
}
