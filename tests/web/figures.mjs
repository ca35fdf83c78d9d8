// SPDX-License-Identifier: Apache-2.0
// The page says what the command line says, at any moment.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { numberOf, settled, tableOf } from './reader.mjs';

const FROM = Date.parse('2022-01-06T23:00:00Z');
const TO = Date.parse('2022-01-20T00:00:00Z');
const NAMES = { RUS: 'Russia', BLR: 'Belarus', ARM: 'Armenia', KAZ: 'Kazakhstan', KGZ: 'Kyrgyzstan', TJK: 'Tajikistan' };
const HOURS = [[24, 'Ready within 24 h'], [72, 'Ready within 72 h'], [240, 'Ready within 10 days']];

/** mulberry32: the same moments for the same seed. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The figures under one title of the head line, in the order in which they stand there. */
async function headOf(page, title) {
  const entry = page.locator('main dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${title}$`) }) });
  const texts = await entry.locator('strong, b').allInnerTexts();
  return texts.map(numberOf);
}

async function compare(bus, page, asOf) {
  const at = asOf ? ['--as-of', asOf] : [];
  await page.place(`?view=force&lang=en${asOf ? `&as_of=${asOf}` : ''}`);
  await settled(page);
  const strength = await bus.stage.ask('force', 'strength', '--by', 'nation', ...at);
  const shown = await tableOf(page, 'By nation');
  for (const row of strength.rows) {
    const line = shown.find((one) => one.Nation === NAMES[row.nation]);
    const figures = ['Units', 'Authorised', 'Present', 'Deployable'].map((title) => numberOf(line[title]));
    assert.deepEqual(figures, [row.units, row.authorised, row.present, row.deployable], `${row.nation} at ${asOf}`);
  }
  const ready = await bus.stage.ask('force', 'ready', '--within', '48h', ...at);
  for (const row of strength.rows) {
    const line = shown.find((one) => one.Nation === NAMES[row.nation]);
    const of = (basis) => ready.rows.filter((one) => one.nation === row.nation).reduce((sum, one) => sum + one.people[basis], 0);
    assert.deepEqual([numberOf(line['Certain in 48 h']), numberOf(line['Likely in 48 h'])], [of('certain'), of('likely')], `${row.nation} in 48 h at ${asOf}`);
  }
  const { total } = strength;
  assert.deepEqual(await headOf(page, 'Combined strength'), [total.present, total.authorised, total.assigned, total.deployable, total.units], asOf);
  for (const [hours, title] of HOURS) {
    const { people } = (await bus.stage.ask('force', 'ready', '--within', `${hours}h`, ...at)).total;
    assert.deepEqual(await headOf(page, title), [people.certain, people.likely, people.claimed], `${title} at ${asOf}`);
  }
  assert.equal((await headOf(page, 'Strength at risk'))[0], strength.header.stale_strength, asOf);
}

export function figures(bus) {
  describe('figures', () => {
    const seed = Number(process.env.MUSTER_SEED ?? Date.now() % 1_000_000);
    const roll = dice(seed);
    const moments = Array.from({ length: 10 }, () => new Date(FROM + Math.floor(roll() * (TO - FROM))).toISOString());

    it(`are those of the command line at ten moments (MUSTER_SEED=${seed})`, async () => {
      const page = await bus.reader.page();
      for (const moment of moments) await compare(bus, page, moment);
      await compare(bus, page, '');
      await page.context().close();
    });

    // The negative control: the figures of one moment are not those of another.
    it('would be seen to differ', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en&as_of=2022-01-07T05:40:00Z');
      await settled(page);
      const now = await bus.stage.ask('force', 'ready', '--within', '240h');
      const then = await bus.stage.ask('force', 'ready', '--within', '240h', '--as-of', '2022-01-09T12:00:00Z');
      assert.notEqual(now.total.people.claimed, then.total.people.claimed);
      await page.context().close();
    });
  });
}
