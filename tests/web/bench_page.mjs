// SPDX-License-Identifier: Apache-2.0
// What the page costs its readers (P12), one JSON object a line: node bench_page.mjs RUNS quick|full
import { execFile } from 'node:child_process';
import http from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Reader, settled, tableOf } from './reader.mjs';
import { BOARD, Stage, until } from './stage.mjs';

const run = promisify(execFile);
const runs = Number(process.argv[2] ?? 1);
const isQuick = process.argv[3] === 'quick';
const WATCHERS = 200;
const ROUNDS = isQuick ? 20 : 200;
const CHANGES = isQuick ? 3 : 15;

const say = (run, rival, values) => console.log(JSON.stringify({ figure: 'P12', run, rival, ...values }));
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];

/** Bytes of everything that the first screen loads, as they travel: the larger of the two encodings is not counted. */
async function firstLoad(reader) {
  const page = await reader.page();
  const names = new Set();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!url.pathname.startsWith('/api/')) names.add(url.pathname === '/' ? '/index.html' : url.pathname);
  });
  await page.place('?view=force');
  await settled(page);
  await page.context().close();
  const assets = new Set(readdirSync(join(BOARD, 'assets')));
  let bytes = 0;
  for (const name of names) {
    const file = name.split('/').at(-1);
    const path = join(BOARD, name);
    bytes += readFileSync(assets.has(`${file}.gz`) ? `${path}.gz` : path).length;
  }
  return { bytes, files: names.size };
}

/** An event stream that only counts what comes. */
function watch(url) {
  const watcher = { events: 0 };
  watcher.request = http.get(`${url}/api/v1/events`, { agent: false }, (answer) => {
    watcher.isOpen = answer.statusCode === 200;
    answer.on('data', () => (watcher.events += 1));
    answer.on('error', () => {});
  });
  watcher.request.on('error', () => {});
  return watcher;
}

function timed(url, agent) {
  const begin = process.hrtime.bigint();
  return new Promise((done, refuse) => {
    http.get(url, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode !== 200) refuse(new Error(`${url}: ${answer.statusCode}`));
        else done(Number(process.hrtime.bigint() - begin) / 1e6);
      });
    }).on('error', refuse);
  });
}

/** What the first screen asks, as a page does it: learned from the page itself. */
async function firstQuestions(reader) {
  const page = await reader.page();
  const asked = new Set();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/api/v1/') && !url.pathname.endsWith('/events')) asked.add(url.pathname + url.search);
  });
  await page.place('?view=force');
  await settled(page);
  await page.context().close();
  return [...asked];
}

async function firstScreen(stage, questions) {
  const watchers = Array.from({ length: WATCHERS }, () => watch(stage.url));
  await until('the event streams', () => watchers.every((watcher) => watcher.isOpen));
  const agent = new http.Agent({ keepAlive: true, maxSockets: 6 });
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A change now and then, so that answers cannot all be those of before.
    if (round % 10 === 0) await stage.publishPresent(50 + (round % 40));
    times.push(...(await Promise.all(questions.map((question) => timed(stage.url + question, agent)))));
    await new Promise((done) => setTimeout(done, 20));
  }
  const events = watchers.reduce((sum, watcher) => sum + watcher.events, 0);
  for (const watcher of watchers) watcher.request.destroy();
  agent.destroy();
  return {
    p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99), questions: times.length, kinds: questions.length,
    streams: WATCHERS, events_a_stream: events / WATCHERS,
  };
}

/** From the file in the ministry's drop folder to the figure on the screen. */
async function changeToScreen(stage, reader) {
  const page = await reader.page();
  await page.place('?view=force&lang=en');
  await settled(page);
  const present = async () => (await tableOf(page, 'By nation')).find((row) => row.Nation === 'Kazakhstan').Present;
  const times = [];
  for (let i = 0; i < CHANGES; i += 1) {
    const before = await present();
    const began = await stage.publishPresent(40 + i);
    await until('the change on the screen', async () => (await present()) !== before);
    times.push(Date.now() - began);
    await new Promise((done) => setTimeout(done, 1100)); // A report's moment is later than that of the one before.
  }
  await page.context().close();
  return { p50_ms: percentile(times, 0.5), worst_ms: Math.max(...times), changes: times.length };
}

/** The longest view, as ops/board/test/scroll.mjs measures it: the slowest of its ways to scroll counts. */
async function scrolled(units) {
  const script = fileURLToPath(new URL('../../ops/board/test/scroll.mjs', import.meta.url));
  const { stdout } = await run(process.execPath, [script, '--board', BOARD, '--units', `${units}`, '--least', '0']);
  const ways = stdout.trim().split('\n').map((line) => JSON.parse(line)).filter((one) => one.fps !== undefined);
  const worst = ways.reduce((a, b) => (a.fps < b.fps ? a : b));
  return { frames_per_second: worst.fps, ways: ways.length, units };
}

const stage = await Stage.start({ play: false });
const reader = await Reader.open(stage.url);
try {
  const questions = await firstQuestions(reader);
  for (let turn = 1; turn <= runs; turn += 1) {
    say(turn, 'first load', await firstLoad(reader));
    say(turn, `first screen, ${WATCHERS} watching`, await firstScreen(stage, questions));
    say(turn, 'change to screen', await changeToScreen(stage, reader));
    say(turn, 'scroll of 10,000 units', await scrolled(10_000));
  }
} finally {
  await reader.close();
  await stage.stop();
}
