// SPDX-License-Identifier: Apache-2.0
// What happens now, by server-sent events. The browser connects anew by itself and says what it had last.

export const live = $state({
  isLive: false, // the gateway and the broker are there
  isSettled: false, // it is known whether they are: not so in the first moments of the page
  since: new Date().toISOString(), // since when it is so
  problem: '', // 'gateway', or what the gateway says of the broker
  ledgerSeq: 0,
  change: null, // the last {ledger_seq, units, nations, operations}
  changes: 0, // how many there were: what asks anew when something changed watches this
  helloSeq: 0, // where the ledger was when the connection was made: an answer from before that is asked for again
});

function isDown(problem, since = new Date().toISOString()) {
  if (live.isLive || !live.isSettled) live.since = since;
  Object.assign(live, { isLive: false, isSettled: true, problem });
}
function isUp() {
  if (live.isLive) return;
  const wasAway = live.isSettled;
  Object.assign(live, { isLive: true, isSettled: true, since: new Date().toISOString(), problem: '' });
  // What was missed is asked for. A page that was just loaded has asked already.
  if (wasAway) live.changes += 1;
}

// Many reports may come at once; the views ask anew at most so often, and once more for the last of them.
const TURN_MS = 250;
let turn = 0;
let waits = false;
function somethingChanged() {
  if (turn) {
    waits = true;
    return;
  }
  live.changes += 1;
  turn = setTimeout(() => {
    turn = 0;
    if (waits) somethingChanged();
    waits = false;
  }, TURN_MS);
}

const handlers = {
  hello(told) {
    live.ledgerSeq = told.ledger_seq;
    live.helloSeq = told.ledger_seq;
    if (told.is_live) isUp();
    else isDown(told.problem ?? 'broker', told.since);
  },
  broker(told) {
    if (told.is_live) isUp();
    else isDown(told.problem ?? 'broker', told.since);
  },
  change(told) {
    live.ledgerSeq = told.ledger_seq;
    live.change = told;
    somethingChanged();
  },
  resync(told) {
    live.ledgerSeq = told.ledger_seq ?? live.ledgerSeq;
    somethingChanged();
  },
};

// A browser gives up when it is answered by a refusal, such as the 503 of a gateway that starts.
const AGAIN_MS = 2000;

/** Listens until the function that it gives is called. */
export function listen() {
  let source;
  let again = 0;
  function connect() {
    source = new EventSource('/api/v1/events');
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        // An event that cannot be read is as good as one that was missed.
        try {
          handle(JSON.parse(event.data));
        } catch {
          somethingChanged();
        }
      });
    }
    source.onerror = () => {
      isDown('gateway');
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, AGAIN_MS);
    };
  }
  connect();
  return () => {
    clearTimeout(again);
    source.close();
  };
}
