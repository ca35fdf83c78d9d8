// SPDX-License-Identifier: Apache-2.0
// Every view in both languages, light and dark, wide and narrow: it is there, whole, told in the reader's language, and
// axe finds no serious fault.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { axe, settled } from './reader.mjs';

const PLANNING = 'as_of=2022-01-07T05:40:00Z';
const DEPLOYED = 'as_of=2022-01-09T12:00:00Z';
export const VIEWS = [
  'view=force',
  'view=matrix',
  'view=matrix&tab=task',
  'view=tree&nation=KAZ',
  'view=tree',
  'view=unit&unit=KAZ:EX-CBT-01',
  `view=operations&op=EX-2201&${PLANNING}`,
  `view=operations&op=EX-2201&tab=gaps&${PLANNING}`,
  `view=operations&op=EX-2201&tab=package&${PLANNING}`,
  `view=operations&op=EX-2201&tab=buildup&${PLANNING}`,
  `view=operations&op=EX-2201&tab=commitments&${DEPLOYED}`,
  `view=operations&op=EX-2201&tab=sustainment&${DEPLOYED}`,
  `view=operations&op=EX-2201&tab=withdrawal&${DEPLOYED}`,
  `view=map&op=EX-2201&${PLANNING}`,
  'view=changes&from=2022-01-07T00:00:00Z&to=2022-01-09T12:00:00Z',
  'view=late',
  'view=force&without=KAZ&notice=%2B24h',
];

/** What stays as it is in every language: codes, times, names of files and forms, and what nations and the secretariat
 *  wrote in their own words. */
const SAME = /inspectors$|^decision of the council|^treaty on|^[A-Z0-9:_.\-/+,;()[\]·•×%→–—|#\s]*$|CSV|XLSX|Muster|SEC\/|[A-Z]{3}[:/]|EX-|\(fictional\)|UTC|UNCLASSIFIED|English/;

/** Texts of the view in which an English word is left; `lang` marks those that are meant to be of another language. */
function leftInEnglish(page) {
  return page.evaluate(() => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('[lang="en"], script, style, .code, option, [data-name]')) continue;
      const text = node.textContent.trim();
      const isRussian = /[а-яё]/i.test(text);
      // Half a sentence: what nations wrote in their own words may stand in a Russian one, these words not.
      if (isRussian ? /\b(?:people|with|without|is|are|asked|ready|units?)\b/.test(text) : /[a-z]{4,}/.test(text)) found.add(text);
    }
    return [...found];
  });
}

export function views(bus) {
  describe('views', () => {
    for (const lang of ['en', 'ru']) {
      for (const query of VIEWS) {
        it(`${lang} ${query}`, async () => {
          const page = await bus.reader.page({ scheme: lang === 'en' ? 'light' : 'dark' });
          const answer = await page.place(`?${query}&lang=${lang}`);
          assert.match(answer.headers()['content-security-policy'], /default-src 'none'/);
          await settled(page);
          assert.equal(await page.getAttribute('html', 'lang'), lang);
          assert.notEqual((await page.textContent('main h1')).trim(), '');
          const marking = lang === 'en' ? 'EXERCISE - FICTIONAL DATA' : 'ВЫМЫШЛЕННЫЕ ДАННЫЕ';
          assert.ok((await page.innerText('body')).toUpperCase().includes(marking), 'says that the data are fictional');
          if (lang === 'ru') assert.deepEqual((await leftInEnglish(page)).filter((text) => /[а-яё]/i.test(text) || !SAME.test(text)), []);
          assert.deepEqual(await axe(page), []);
          assert.deepEqual(page.faults, []);
          await page.context().close();
        });
      }
    }

    it('at 200 % zoom nothing is wider than the screen', async () => {
      const page = await bus.reader.page({ width: 683, height: 384 });
      for (const query of VIEWS) {
        await page.place(`?${query}&lang=ru`);
        await settled(page);
        const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= screen, `${query}: ${wide} of ${screen} px`);
      }
      await page.context().close();
    });

    it('the first screen is whole at 1366 × 768', async () => {
      const page = await bus.reader.page();
      for (const lang of ['en', 'ru']) {
        await page.place(`?lang=${lang}`);
        await settled(page);
        const [high, screen] = await page.evaluate(() => [document.querySelector('main').getBoundingClientRect().bottom, innerHeight]);
        assert.ok(high <= screen, `${lang}: ${high} of ${screen} px`);
      }
      await page.context().close();
    });

    it('what nobody has said is absent and not 0', async () => {
      const page = await bus.reader.page();
      await page.place(`?${PLANNING}&known_at=2022-01-06T12:00:00Z&lang=en`);
      await settled(page);
      const [head, last, text] = await page.evaluate(() => [
        [...document.querySelectorAll('main dl strong')].map((one) => one.textContent.trim()),
        [...document.querySelector('main table').rows].at(-1).innerText.replace(/\s+/g, ' ').trim(),
        document.querySelector('main').innerText,
      ]);
      assert.deepEqual(head, ['–', '–', '–', '–', '–']);
      assert.equal(last, 'All – – – – – –');
      assert.match(text, /Nobody had reported by then/);
      assert.deepEqual(await axe(page), []);
      await page.context().close();
    });

    it('the map is whole at 1366 × 768, with no label on another', async () => {
      const page = await bus.reader.page();
      for (const lang of ['en', 'ru']) {
        await page.place(`?view=map&op=EX-2201&${PLANNING}&lang=${lang}`);
        await settled(page);
        await page.waitForSelector('main svg .goal-name');
        const [bottom, onOthers] = await page.evaluate(() => {
          const picture = document.querySelector('main svg[aria-label]:has(.goal-name)');
          const labels = [...picture.querySelectorAll('text')].map((one) => [one.textContent, one.getBoundingClientRect()]);
          const isOver = (a, b) => a.left < b.right - 3 && b.left < a.right - 3 && a.top < b.bottom - 6 && b.top < a.bottom - 6;
          const found = labels.flatMap(([name, box], i) => labels.slice(i + 1).filter(([, other]) => isOver(box, other)).map(([other]) => `${name} on ${other}`));
          return [picture.getBoundingClientRect().bottom, found];
        });
        assert.ok(bottom <= 768, `${lang}: ${bottom} px`);
        assert.deepEqual(onOthers, [], lang);
      }
      await page.context().close();
    });

    // The negative controls: what looks for faults must find them.
    it('finds what is planted', async () => {
      const page = await bus.reader.page();
      await page.place('?view=force&lang=ru');
      await settled(page);
      await page.evaluate(() => {
        const image = document.createElement('img');
        image.src = '/icon.svg';
        const text = document.createElement('p');
        text.textContent = 'left in English';
        const half = document.createElement('p');
        half.textContent = 'KAZ:EX-HQ просят предложить 2 people with 1 HELICOPTER';
        document.querySelector('main').append(image, text, half);
      });
      assert.ok((await axe(page)).some((fault) => fault.startsWith('image-alt')));
      const left = await leftInEnglish(page);
      assert.ok(left.includes('left in English'));
      assert.ok(left.some((one) => one.startsWith('KAZ:EX-HQ просят')));
      await page.evaluate(() => fetch('http://192.0.2.1/').catch(() => {}));
      assert.ok(page.faults.some((fault) => fault.includes('Content Security Policy') || fault.startsWith('foreign')));
      await page.context().close();
    });
  });
}
