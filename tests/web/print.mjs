// SPDX-License-Identifier: Apache-2.0
// The daily strength return on paper, by way of PDF.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

import { settled } from './reader.mjs';
import { VIEWS } from './views.mjs';

const run = promisify(execFile);

async function printed(bus, page, name) {
  const path = join(bus.stage.folder, name);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const { stdout: info } = await run('pdfinfo', [path]);
  const { stdout: text } = await run('pdftotext', ['-layout', path, '-']);
  return { info, pages: text.split('\f').slice(0, -1) };
}

export function print(bus) {
  describe('print', () => {
    for (const [lang, marking, strength] of [['en', 'FICTIONAL DATA', 'Kazakhstan'], ['ru', 'ВЫМЫШЛЕННЫЕ', 'Казахстан']]) {
      it(`is A4 landscape, marked on every page (${lang})`, async () => {
        const page = await bus.reader.page();
        await page.place(`?view=force&lang=${lang}`);
        await settled(page);
        const { info, pages } = await printed(bus, page, `force-${lang}.pdf`);
        assert.match(info, /Page size: +84[12](\.\d+)? x 59[45](\.\d+)? pts \(A4\)/);
        for (const text of pages) assert.ok(text.includes(marking), text);
        const whole = pages.join('');
        assert.ok(whole.includes(strength) && /UTC/.test(whole), whole);
        await page.context().close();
      });
    }
    it('is marked on every page of every view', async () => {
      const page = await bus.reader.page();
      for (const query of VIEWS) {
        await page.place(`?${query}&lang=en`);
        await settled(page);
        const { pages } = await printed(bus, page, 'view.pdf');
        assert.ok(pages.length > 0 && pages.every((text) => text.includes('FICTIONAL DATA')), query);
      }
      await page.context().close();
    });
  });
}
