// SPDX-License-Identifier: Apache-2.0
// A whole bus on loopback for the page: broker, six ministries' nodes, gateway, and the operation of January 2022 played
// to its end. In a temporary folder, on free ports, stopped by process id.
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
export const BIN = process.env.MUSTER_BIN ?? join(ROOT, 'build/dev/bin');
export const BOARD = process.env.MUSTER_BOARD ?? join(ROOT, 'build/board');
export const NATIONS = ['RUS', 'BLR', 'ARM', 'KAZ', 'KGZ', 'TJK'];
/** Long, since a busy machine is no fault. */
export const PATIENCE_MS = 30_000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until `look()` gives something true, and gives that. Fails with what was waited for. */
export async function until(what, look, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await pause(25);
  }
}

/** A port of loopback that nobody listens on at this moment. */
function freePort() {
  return new Promise((done, refuse) => {
    const server = createServer();
    server.on('error', refuse);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A child process with its output in a file. */
class Child {
  constructor(log, program, ...args) {
    this.log = log;
    const out = openSync(log, 'a');
    this.process = spawn(join(BIN, program), args, { stdio: ['ignore', out, out] });
    this.ended = new Promise((done) => this.process.on('exit', (code, signal) => done({ code, signal })));
  }
  output() {
    return readFileSync(this.log, 'utf8');
  }
  async end(signal = 'SIGTERM') {
    this.process.kill(signal);
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
    const how = await this.ended;
    clearTimeout(timer);
    return how;
  }
}

export class Stage {
  /** `silent`: nations that never report. `play`: whether January 2022 is played. */
  static async start({ silent = [], play = true, contingents = true } = {}) {
    const stage = new Stage();
    try {
      await stage.#begin({ silent, play, contingents });
    } catch (error) {
      await stage.stop();
      throw error;
    }
    return stage;
  }

  async #begin({ silent, play, contingents }) {
    this.folder = mkdtempSync(join(tmpdir(), 'muster-web.'));
    this.children = [];
    const [ingest, query, http, gateway] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    Object.assign(this, { http, gatewayPort: gateway, url: `http://127.0.0.1:${gateway}` });
    await run(join(BIN, 'muster-exercise'), [
      'prepare', this.folder, '--ingest', `tcp://127.0.0.1:${ingest}`, '--query', `tcp://127.0.0.1:${query}`,
      '--http-port', `${http}`, '--gateway-port', `${gateway}`,
    ]);
    this.#useWeb();
    await this.startBroker();
    for (const nation of NATIONS.filter((code) => !silent.includes(code))) {
      const name = `${nation.toLowerCase()}-mod`;
      this.#spawn(`${name}.log`, 'muster-node', 'run', '--config', join(this.folder, `nodes/${name}.toml`));
    }
    if (play) await this.exercise('play', 'kazakhstan-2022', '--dir', this.folder, '--speed', '0');
    if (contingents) await this.exercise('play', 'contingents', '--dir', this.folder);
    await this.startGateway();
  }

  /** The gateway of the exercise serves the page of this build. */
  #useWeb() {
    const path = join(this.folder, 'gateway.toml');
    const text = readFileSync(path, 'utf8').replace(/^web = .*$/m, `web = "${BOARD}"`);
    writeFileSync(path, text);
  }

  #spawn(log, program, ...args) {
    const child = new Child(join(this.folder, log), program, ...args);
    this.children.push(child);
    return child;
  }

  async #answers(child, address) {
    await until(`${address} of a process that said: ${child.output().slice(-500)}`, async () => {
      try {
        return (await fetch(address)).ok;
      } catch {
        return false;
      }
    });
  }

  async startBroker() {
    this.broker = this.#spawn('broker.log', 'muster-broker', '--config', join(this.folder, 'broker.toml'));
    await this.#answers(this.broker, `http://127.0.0.1:${this.http}/readyz`);
  }
  async startGateway() {
    this.gateway = this.#spawn('gateway.log', 'muster-gateway', '--config', join(this.folder, 'gateway.toml'));
    await this.#answers(this.gateway, `${this.url}/readyz`);
  }

  exercise(...args) {
    return run(join(BIN, 'muster-exercise'), args, { maxBuffer: 1 << 26 });
  }

  /** What the command line says, as SEC/officer: an answer is an answer with exit codes 0, 1 and 3 alike. */
  async ask(...args) {
    const all = ['--config', join(this.folder, 'nodes/sec-officer.toml'), ...args, '-o', 'json'];
    try {
      return JSON.parse((await run(join(BIN, 'muster'), all, { maxBuffer: 1 << 28 })).stdout);
    } catch (error) {
      if ([1, 3].includes(error.code) && error.stdout) return JSON.parse(error.stdout);
      throw error;
    }
  }

  /** KAZ says that so many of a company of 94 are present. Gives the time at which the file was in the drop folder. */
  publishPresent(present) {
    this.published = (this.published ?? 0) + 1;
    const name = `present-${this.published}.json`;
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(reportOf(present)));
    copyFileSync(path, join(this.folder, 'nodes/kaz-mod/drop', `.${name}`));
    // Renamed into place, as a careful program does: the node never sees half a file.
    return import('node:fs').then(({ renameSync }) => {
      renameSync(join(this.folder, 'nodes/kaz-mod/drop', `.${name}`), join(this.folder, 'nodes/kaz-mod/drop', name));
      return Date.now();
    });
  }

  async stop() {
    for (const child of [...(this.children ?? [])].reverse()) await child.end();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}

const UNIT = 'KAZ:EX-CBT-01';
const AUTHORISED = 94;
const UNFIT = 5;
function reportOf(present) {
  return {
    kind: 'REGULAR',
    valid_at: new Date().toISOString(),
    classification: 'UNCLASSIFIED',
    releasable_to: NATIONS.filter((nation) => nation !== 'KAZ'),
    statements: [
      {
        type: 'Strength', unit: UNIT, authorised: AUTHORISED, assigned: AUTHORISED, attached_in: 0, detached_out: 0,
        present, deployable: AUTHORISED - UNFIT,
        absences: [{ reason: 'LEAVE', count: AUTHORISED - present }],
        non_deployable: [{ reason: 'MEDICAL_TEMP', count: UNFIT }],
        duty_qualified: 80, senior_authorised: 20, senior_deployable: 20,
      },
    ],
  };
}
