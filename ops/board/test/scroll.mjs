// SPDX-License-Identifier: Apache-2.0
// How smoothly the order of battle scrolls with 10,000 units, in the browser that the tests use.
//
//   node test/scroll.mjs [--board FOLDER] [--units N] [--frames N] [--least FPS] [--shot FILE.png]
//
// Serves the built page by itself, with a made-up answer for one nation, and needs neither gateway nor broker. Scrolls
// in three ways (a little, a page, and far with every frame) and prints one line of JSON each: frames a second, the
// longest frame, how many of a thousand frames took more than 33 ms. Exit code 1 when a way stays below --least (30).
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const KINDS = ['COMMAND', 'COMBAT', 'POLICE', 'COMBAT_SUPPORT', 'TECHNICAL_SUPPORT', 'REAR_SUPPORT', 'OBSERVER_GROUP'];
const ENTITIES = ['110000', '121100', '141200', '140700', '161100', '163400', '121300'];
const ECHELONS = [['BRIGADE', '18'], ['BATTALION', '16'], ['COMPANY', '15'], ['PLATOON', '14']];
const HEADER = {
  valid_at: '2022-01-07T12:00:00Z',
  known_at: '2022-01-07T12:00:00Z',
  ledger_seq: 1,
  realm: 'EXERCISE',
  nations_reporting: ['KAZ'],
  nations_missing: [],
  nations_stale: [],
  stale_strength: 0,
};

/** A ForceTree of `count` fictional units, ten below each, four deep and more. */
export function madeUpTree(count) {
  const rows = [];
  for (let i = 0; i < count; i += 1) {
    const parent = i === 0 ? -1 : Math.floor((i - 1) / 10);
    const depth = parent < 0 ? 0 : rows[parent].depth + 1;
    const [echelon, digits] = ECHELONS[Math.min(depth, ECHELONS.length - 1)];
    const kind = i % KINDS.length;
    const own = { units: 1, authorised: 100, assigned: 98, on_strength: 98, present: 80 + (i % 19), deployable: 75 + (i % 23) };
    rows.push({
      unit: `KAZ:EX-${String(i).padStart(5, '0')}`,
      ...(parent >= 0 ? { parent: rows[parent].unit } : {}),
      depth,
      name: `Made-up unit ${i} of the Kazakhstani contingent (fictional)`,
      component: 'MILITARY',
      element_kind: KINDS[kind],
      echelon,
      level: 1 + (i % 6),
      freshness: ['FRESH', 'AGEING', 'STALE'][i % 3],
      own,
      rolled_up: own,
      valid_at: '2022-01-06T22:00:00Z',
      computed: { P: 1, S: 1, R: 1, T: 1, overall: 1, partial: false },
      on_hand: 3,
      fmc: 3,
      critical_shortfall: 0,
      short_name: `EX-${i}`,
      sidc: `10031000${digits}${ENTITIES[kind]}0000`,
      lifecycle: 'STANDBY',
      reinforcement: ['NORM', 'REIN', 'DETD', 'RIDT'][i % 4],
      // At forty places; every seventh has not said where it lives.
      ...(i % 7 === 0 ? {} : { home: { lat: 43 + (i % 5) * 2, lon: 52 + (i % 8) * 4 } }),
      ...(i % 5 === 0 ? { committed: 40, operations: ['EX-2201'] } : {}),
    });
  }
  return { apiVersion: 'muster/v1', kind: 'ForceTree', header: HEADER, nation: 'KAZ', rows };
}

/** What force/stale would say of it: every word of every unit is old. */
const staleOf = ({ rows }) =>
  rows.map((row) => ({ unit: row.unit, kind: 'Strength', freshness: 'STALE', valid_at: row.valid_at, people: row.own.deployable }));

/** The built page and the few answers it asks for; on loopback, a free port. */
export function serve(folder, tree) {
  const told = JSON.stringify(tree);
  const boardIs = { version: 'made up', realm: 'EXERCISE', marking: { text: '' }, nations: [{ code: 'KAZ', names: { en: 'Kazakhstan', ru: 'Казахстан' } }], languages: ['en', 'ru'], is_live: true };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://loopback');
    response.setHeader('Content-Security-Policy', CSP);
    const json = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    if (pathname === '/api/v1/board') return json(200, JSON.stringify(boardIs));
    if (pathname === '/api/v1/force/tree/KAZ') return json(200, told);
    if (pathname === '/api/v1/force/stale') return json(200, JSON.stringify({ header: HEADER, rows: staleOf(tree) }));
    if (pathname === '/api/v1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return response.write('event: hello\nid: 1\ndata: {"ledger_seq":1,"is_live":true}\n\n');
    }
    // What else the frame asks about is empty here.
    if (pathname.startsWith('/api/')) return json(200, JSON.stringify({ header: HEADER, rows: [] }));
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    try {
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(join(folder, path)));
    } catch {
      response.writeHead(404).end();
    }
    return undefined;
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Runs in the page: scrolls by `step` px with every frame and takes the time of each; turns at the ends. */
function scrollFrames({ step, frames }) {
  const list = document.querySelector('[role=treegrid]');
  list.scrollTop = 0;
  return new Promise((resolve) => {
    const times = [];
    const rowsSeen = new Set();
    let by = step;
    function frame(now) {
      times.push(now);
      const end = list.scrollHeight - list.clientHeight;
      if (list.scrollTop + by > end || list.scrollTop + by < 0) by = -by;
      list.scrollTop += by;
      rowsSeen.add(list.querySelector('[role=rowgroup]:last-child > [role=row]:last-child')?.getAttribute('aria-rowindex'));
      if (times.length <= frames) requestAnimationFrame(frame);
      else resolve({ times, rows: rowsSeen.size, scrolled: list.scrollHeight });
    }
    requestAnimationFrame(frame);
  });
}

const rounded = (value) => Math.round(value * 10) / 10;
function figuresOf(way, { times, rows, scrolled }) {
  const lengths = times.slice(1).map((at, i) => at - times[i]).sort((a, b) => a - b);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    way,
    frames: lengths.length,
    fps: rounded((1000 * lengths.length) / total),
    p99_ms: rounded(lengths[Math.floor(lengths.length * 0.99)]),
    longest_ms: rounded(lengths.at(-1)),
    over_33_ms_permille: Math.round((1000 * lengths.filter((length) => length > 34).length) / lengths.length),
    windows_seen: rows,
    list_px: scrolled,
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      board: { type: 'string', default: fileURLToPath(new URL('../../../build/board', import.meta.url)) },
      units: { type: 'string', default: '10000' },
      frames: { type: 'string', default: '300' },
      least: { type: 'string', default: '30' },
      shot: { type: 'string' },
    },
  });
  const { chromium } = await import('playwright-core');
  const server = await serve(values.board, madeUpTree(Number(values.units)));
  const browser = await chromium.launch({ executablePath: process.env.MUSTER_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' });
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    const begun = performance.now();
    await page.goto(`http://127.0.0.1:${server.address().port}/?view=tree&nation=KAZ&open=all&lang=en`);
    await page.locator('[role=treegrid] [role=row][aria-level="3"]').first().waitFor({ timeout: 20_000 });
    const shownMs = Math.round(performance.now() - begun);
    const results = [];
    for (const [way, step] of [['slow', 40], ['page', 500], ['far', 7000]]) {
      results.push(figuresOf(way, await page.evaluate(scrollFrames, { step, frames: Number(values.frames) })));
    }
    if (values.shot) await page.screenshot({ path: values.shot });
    for (const result of results) console.log(JSON.stringify({ ...result, units: Number(values.units), shown_ms: shownMs }));
    for (const fault of faults) console.error(`fault: ${fault}`);
    return faults.length === 0 && results.every((result) => result.fps >= Number(values.least)) ? 0 : 1;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

// "node --test" runs every file of this folder; a measurement is no test.
if (process.argv[1] === fileURLToPath(import.meta.url) && !process.env.NODE_TEST_CONTEXT) process.exitCode = await main();
