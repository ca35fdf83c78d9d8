// SPDX-License-Identifier: Apache-2.0
// Tree, matrix and slider by the keyboard alone: no mouse is moved in this file.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { settled } from './reader.mjs';
import { until } from './stage.mjs';

const TABS_MAX = 80;

/** Presses Tab until the focus is on what `selector` names: whoever cannot get there so cannot get there at all. */
export async function tabTo(page, selector) {
  for (let i = 0; i < TABS_MAX; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached within ${TABS_MAX} tabs`);
}

export const focused = (page, name) => page.evaluate((wanted) => document.activeElement?.getAttribute(wanted), name);
const textOfFocus = (page) => page.evaluate(() => document.activeElement?.innerText.replace(/\s+/g, ' ').trim());
export const query = (page, name) => new URL(page.url()).searchParams.get(name);

/** Where the focus is must be seen. */
async function assertSeen(page) {
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  });
  assert.ok(outline, 'the focus is seen');
}

export function keyboard(bus) {
  describe('keyboard', () => {
    it('walks the order of battle and opens a unit', async () => {
      const page = await bus.reader.page();
      await page.place('?view=tree&nation=KAZ&lang=en');
      await settled(page);
      await tabTo(page, '[role="row"][aria-level]');
      await assertSeen(page);
      await page.keyboard.press('Home');
      const root = await textOfFocus(page);
      assert.equal(await focused(page, 'aria-level'), '1');
      if ((await focused(page, 'aria-expanded')) === 'true') await page.keyboard.press('ArrowLeft');
      await until('the folded root', async () => (await focused(page, 'aria-expanded')) === 'false');
      await page.keyboard.press('ArrowRight');
      await until('the unfolded root', async () => (await focused(page, 'aria-expanded')) === 'true');
      await page.keyboard.press('ArrowRight'); // To the first child.
      assert.equal(await focused(page, 'aria-level'), '2');
      const child = await textOfFocus(page);
      assert.notEqual(child, root);
      await page.keyboard.press('ArrowDown');
      assert.notEqual(await textOfFocus(page), child);
      await page.keyboard.press('End');
      const last = await textOfFocus(page);
      await page.keyboard.press('Home');
      assert.equal(await textOfFocus(page), root);
      assert.notEqual(last, root);
      await page.keyboard.press('ArrowDown');
      // To its parent; a unit that is unfolded is folded first.
      if ((await focused(page, 'aria-expanded')) === 'true') await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await textOfFocus(page), root);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await until('the unit', () => query(page, 'view') === 'unit');
      assert.match(query(page, 'unit'), /^KAZ:EX-/);
      await settled(page);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('walks the matrix and opens the units behind a cell', async () => {
      const page = await bus.reader.page();
      await page.place('?view=matrix&lang=en');
      await settled(page);
      await tabTo(page, '[role="grid"] *');
      await assertSeen(page);
      const first = await textOfFocus(page);
      await page.keyboard.press('ArrowRight');
      const right = await textOfFocus(page);
      assert.notEqual(right, first);
      await page.keyboard.press('ArrowDown');
      assert.notEqual(await textOfFocus(page), right);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await textOfFocus(page), first);
      await page.keyboard.press('Enter');
      await until('the units behind it', () => query(page, 'view') === 'tree');
      assert.notEqual(query(page, 'kind'), null);
      await settled(page);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    it('moves the slider by the hour and by the day', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=en&as_of=2022-01-09T12:00:00Z');
      await settled(page);
      await tabTo(page, 'input[type="range"]');
      await assertSeen(page);
      const step = async (key, expected) => {
        await page.keyboard.press(key);
        await until(`${key}: ${expected}`, () => Date.parse(query(page, 'as_of')) === Date.parse(expected));
      };
      await step('ArrowLeft', '2022-01-09T11:00:00Z');
      await step('Shift+ArrowLeft', '2022-01-08T11:00:00Z');
      await step('ArrowRight', '2022-01-08T12:00:00Z');
      await step('PageUp', '2022-01-09T12:00:00Z');
      assert.match(await focused(page, 'aria-valuetext'), /9 Jan 2022/);
      await settled(page);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });
  });
}
