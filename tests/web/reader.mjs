// SPDX-License-Identifier: Apache-2.0
// A reader of the page: Debian's Chromium, watched for what must never happen, and asked about accessibility.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

import { BOARD } from './stage.mjs';

const packages = createRequire(new URL('../../ops/board/package.json', import.meta.url));
const { chromium } = packages('playwright-core');
const AXE = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');
export { BOARD };

export class Reader {
  static async open(url) {
    const reader = new Reader();
    reader.origin = new URL(url).origin;
    reader.browser = await chromium.launch({
      executablePath: process.env.MUSTER_CHROMIUM ?? '/usr/bin/chromium',
      // No name is looked up: whatever asks for another host fails, and is seen.
      args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
    return reader;
  }

  /**
   * A page of its own. `faults` collects what must not happen: errors of scripts, complaints of the console (so also what
   * the Content-Security-Policy stopped), requests to another host.
   */
  async page({ width = 1366, height = 768, scheme = 'light', ...more } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height }, colorScheme: scheme, locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true, ...more,
    });
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== this.origin && !['data:', 'blob:'].includes(url.protocol)) faults.push(`foreign: ${request.url()}`);
    });
    page.faults = faults;
    page.place = (query = '') => page.goto(`${this.origin}/${query}`, { waitUntil: 'domcontentloaded' });
    return page;
  }

  async close() {
    await this.browser.close();
  }
}

/** Waits until the view is there and nothing is being asked for. */
export async function settled(page) {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('main .waiting') && !document.querySelector('main .loading'));
  await page.waitForTimeout(150); // Pictures are drawn a frame after their answer.
}

/** Faults by axe-core of impact serious or critical, as text, WCAG 2.2 A and AA. */
export async function axe(page) {
  // Through the debugger, so that the page's Content-Security-Policy stays what it is.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return violations
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join('; ')})`);
}

/** The rows of a table by the titles of its columns, as its readers see them: [{Nation: 'Kazakhstan', Present: '502'}]. */
export function tableOf(page, caption) {
  return page.evaluate((wanted) => {
    const table = [...document.querySelectorAll('table')].find((one) => one.caption?.textContent.trim() === wanted);
    if (!table) throw new Error(`no table ${wanted}`);
    const text = (cell) => cell.innerText.trim();
    const titles = [...table.tHead.rows[0].cells].map(text);
    return [...table.tBodies[0].rows].map((row) => Object.fromEntries([...row.cells].map((cell, i) => [titles[i], text(cell)])));
  }, caption);
}

/** 1 725 or 1,725 as a number; – as nothing. Behind it may stand by how much it has just changed. */
export function numberOf(text) {
  const [digits] = /\d[\d,\s]*/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits.replace(/\D/g, ''));
}
