// SPDX-License-Identifier: Apache-2.0
// What people type into the URL, and what strangers send to the gateway.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { describe, it } from 'node:test';

import { settled } from './reader.mjs';
import { until } from './stage.mjs';

/** Bytes as they are over a socket, and all that comes back until the other end closes or `ms` are over. */
function raw(port, bytes, ms = 3000) {
  return new Promise((done) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => (text += data));
    socket.on('error', () => {});
    socket.setTimeout(ms, () => socket.destroy());
    socket.on('close', () => done(text));
  });
}
const get = (stage, target, headers = {}) =>
  new Promise((done, refuse) => {
    // http.request would tidy the path up; the raw target is the test.
    http
      .request({ host: '127.0.0.1', port: stage.gatewayPort, path: target, headers }, (answer) => {
        let body = '';
        answer.on('data', (data) => (body += data));
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body }));
      })
      .on('error', refuse)
      .end();
  });

const statusOf = (text) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);

export function badInput(bus) {
  describe('bad input', () => {
    for (const [query, said] of [
      ['view=unit&unit=KAZ:EX-NOBODY&lang=en', /no such|not (known|there)|unknown/i],
      ['view=unit&unit=../../etc/passwd&lang=en', /no such|not|understood/i],
      ['view=force&as_of=yesteryear&lang=en', /no moment/i],
      ['view=force&as_of=2022-13-45T99:00:00Z&lang=en', /no moment/i],
      ['view=force&as_of=2999-01-01T00:00:00Z&lang=en', /no moment|future|not come/i],
      ['view=nonsense&lang=en', /no view/i],
      ['view=operations&op=EX-9999&lang=en', /no such|not known|not/i],
      ['view=tree&nation=%3Cscript%3E&lang=en', /./],
      ['view=force&without=XXX&lang=en', /not|XXX/],
    ]) {
      it(`says what is wrong with ?${query}`, async () => {
        const page = await bus.reader.page();
        await page.place(`?${query}`);
        await page.waitForSelector('main');
        await until('the word', async () => said.test(await page.innerText('body')));
        // A refused question is an error to the console of a browser, and meant here.
        assert.deepEqual(page.faults.filter((fault) => !/status of 40[034]/.test(fault)), []);
        await page.context().close();
      });
    }

    it('serves no file but the page', async () => {
      for (const target of ['/../gateway.toml', '/..%2fgateway.toml', '/%2e%2e/gateway.toml', '/%252e%252e/gateway.toml', '/assets/../../gateway.toml',
        '/assets/..%5c..%5cgateway.toml', '//etc/passwd', '/%00', '/index.html%00.js', '/etc/passwd', '/.', '/assets']) {
        const answer = await raw(bus.stage.gatewayPort, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${bus.stage.gatewayPort}\r\nConnection: close\r\n\r\n`);
        assert.ok([400, 404].includes(statusOf(answer)), `${target}: ${answer.slice(0, 80)}`);
        assert.ok(!answer.includes('curve_key') && !answer.includes('root:'), target);
      }
    });

    it('takes no smuggled, huge or half a request, and goes on', async () => {
      const host = `Host: 127.0.0.1:${bus.stage.gatewayPort}`;
      const cases = [
        [`GET / HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n${host}\r\n\r\n`, [400]],
        [`GET / HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`, [400]],
        [`GET / HTTP/1.1\r\n${host}\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`, [431]],
        [`GET /${'a'.repeat(70_000)} HTTP/1.1\r\n${host}\r\n\r\n`, [400, 414, 431]],
        [`POST /api/v1/force/strength HTTP/1.1\r\n${host}\r\nContent-Length: 10000000\r\n\r\n${'a'.repeat(5000)}`, [405, 413]],
        ['\x00\x01\x02\r\n\r\n', [400]],
        [`GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`, [400, 403, 421]],
      ];
      for (const [bytes, expected] of cases) {
        const answer = await raw(bus.stage.gatewayPort, bytes);
        assert.ok(expected.includes(statusOf(answer)), `${bytes.slice(0, 60)} …: ${answer.slice(0, 80)}`);
        assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer, and no second request in it');
      }
      assert.equal((await get(bus.stage, '/healthz')).status, 200);
    });

    it('keeps answering while 500 event streams are open', async () => {
      const open = Array.from({ length: 500 }, () => {
        const stream = {};
        stream.request = http.get(`${bus.stage.url}/api/v1/events`, { agent: false }, (answer) => {
          stream.status = answer.statusCode;
          answer.on('data', () => (stream.told = true));
          answer.on('error', () => {});
        });
        stream.request.on('error', () => (stream.status = 0));
        return stream;
      });
      await until('an answer to each', () => open.every((stream) => stream.status !== undefined));
      const statuses = new Set(open.map((stream) => stream.status));
      assert.ok([...statuses].every((status) => [200, 503].includes(status)), [...statuses].join());
      assert.ok(open.filter((stream) => stream.status === 200).length >= 200);
      const answer = await get(bus.stage, '/api/v1/force/strength?by=nation');
      assert.equal(answer.status, 200);
      assert.equal(JSON.parse(answer.body).kind, 'ForceStrength');
      for (const stream of open) stream.request.destroy();
    });

    it('says every mistake of a question at once', async () => {
      const answer = await get(bus.stage, '/api/v1/force/ready?within=soon&tasks=T77&colour=red&as_of=never');
      assert.equal(answer.status, 400);
      assert.match(answer.headers['content-type'], /^application\/problem\+json/);
      const problem = JSON.parse(answer.body);
      const text = JSON.stringify(problem);
      for (const word of ['within', 'tasks', 'colour', 'as_of']) assert.ok(text.includes(word), text);
    });

    it('answers again only when something is new', async () => {
      const target = '/api/v1/force/strength?as_of=2022-01-09T12:00:00Z&known_at=2026-01-01T00:00:00Z';
      const first = await get(bus.stage, target);
      const again = await get(bus.stage, target, { 'If-None-Match': first.headers.etag });
      assert.equal(first.status, 200, first.body);
      assert.equal(again.status, 304);
      assert.equal(again.body, '');
    });
  });
}
