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
