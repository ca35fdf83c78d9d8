// SPDX-License-Identifier: Apache-2.0
// The page as its readers open it: a whole bus, the gateway, and Debian's Chromium. One bus serves all of it, since it
// takes ten seconds to play the operation; what breaks the bus comes last.
import { after, before, describe } from 'node:test';

import { badInput } from './bad_input.mjs';
import { figures } from './figures.mjs';
import { keyboard } from './keyboard.mjs';
import { liveness } from './liveness.mjs';
import { long } from './long.mjs';
import { print } from './print.mjs';
import { Reader } from './reader.mjs';
import { Stage } from './stage.mjs';
import { views } from './views.mjs';
import { wayBack } from './way_back.mjs';

/** What the tests share; filled before the first of them runs. */
const bus = {};

describe('board', { concurrency: false }, () => {
  before(async () => {
    bus.stage = await Stage.start();
    bus.reader = await Reader.open(bus.stage.url);
  });
  after(async () => {
    await bus.reader?.close();
    await bus.stage?.stop();
  });

  views(bus);
  figures(bus);
  keyboard(bus);
  wayBack(bus);
  print(bus);
  long();
  badInput(bus);
  liveness(bus);
});
