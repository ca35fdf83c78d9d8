// SPDX-License-Identifier: Apache-2.0
// Questions to the gateway: the same nouns, verbs and options as the command line, and the same JSON.
import { untrack } from 'svelte';

import { live } from './live.svelte.js';
import { slowly } from './slowly.svelte.js';
import { place, WHAT_IF } from './place.svelte.js';
import { language } from './words.svelte.js';

const KEPT_MAX = 64;
const kept = new Map(); // The last answers by address, so that a view that was seen is there at once.

/** What went wrong, as problem+json says it (RFC 9457). status 0: nobody answered. */
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail ?? told.title ?? `${status}`);
    this.status = status;
    this.code = told.code ?? '';
    this.errors = told.errors ?? [];
  }
}

/** The address of a question. The moments and suppositions of the place are added unless `isBare`. */
export function addressOf(path, parameters = {}, isBare = false) {
  const shared = isBare ? {} : { as_of: place.as_of, known_at: place.known_at };
  if (!isBare) for (const name of WHAT_IF) shared[name] = place[name];
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...shared, ...parameters, lang: language() })) {
    if (value !== '' && value !== undefined && value !== null) written.set(name, value);
  }
  return `/api/v1/${path}?${written}`;
}

const flights = new Map(); // What is on its way: two parts of a page that ask the same share one answer.

function fetchAnswer(address) {
  // An answer on its way since before the last change may not have seen it.
  const flight = `${live.changes} ${address}`;
  if (!flights.has(flight)) flights.set(flight, fetchNow(address).finally(() => flights.delete(flight)));
  return flights.get(flight);
}

async function fetchNow(address) {
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    throw new Problem(0, { title: 'no answer' });
  }
  const told = await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, told ?? {});
  if (told === null) throw new Problem(0, { title: 'no answer' });
  kept.delete(address);
  kept.set(address, told);
  if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value);
  return told;
}

/** Asks once. */
export const askOnce = (path, parameters, isBare) => fetchAnswer(addressOf(path, parameters, isBare));

/** The question, whatever moment it is asked about. */
const withoutMoments = (address) => address.replaceAll(/(as_of|known_at)=[^&]*&?/g, '');

/** The header of the answer that came last, about the place: as of when the page is, for the head of a printed page. */
export const seen = $state({ header: null });

class Answer {
  data = $state.raw(null); // Raw: an answer is replaced and never changed, and may have ten thousand rows.
  problem = $state.raw(null);
  isAsking = $state(false);
  isOld = $state(false);
  at = $state('');
}

const AGAIN_MS = 5000; // After nobody answered.
const isAway = (problem) => problem.status === 0 || problem.status >= 500;

/**
 * Asks, and asks anew whenever the place changes or something came in. To be called while a component is made:
 *
 *   const strength = ask(() => ['force/strength', { by: 'nation' }]);
 *   {#if strength.data} … {strength.data.total.present}
 *
 * `data` stays the last answer while the next one is on its way (`isAsking`) and when it failed (`problem`): then it
 * is old (`isOld`), and the page says since when. A question that gives null is not asked. While a question is on its
 * way, the same about other moments waits, and only the newest of them is asked then: a slider that is dragged asks no
 * faster than it is answered.
 *
 * `every` seconds: also without a change, since ages grow.
 * `follows`: whether a change asks anew; a number of ms: at most so often. false is for what costs seconds: then an answer
 * that was had is shown again and not asked for again.
 * `again`: when anything that it reads changes, the same is asked once more.
 */
export function ask(question, { every = 60, follows = true, again: askedAgain = () => {} } = {}) {
  const answer = new Answer();
  let timer = 0;
  let again = 0;
  let path = '';
  let isBare = false;
  let wanted = ''; // What is to be shown.
  let flight = null; // What was asked and is not answered.
  let isWaiting = false; // It is to be asked for once more.
  let helloSeen = 0;
  let lastAddress = '';
  const changes = typeof follows === 'number' ? slowly(follows) : follows ? live : { changes: 0 };

  async function run(address) {
    wanted = address;
    clearTimeout(again);
    if (flight && withoutMoments(flight.address) === withoutMoments(address)) {
      isWaiting = true;
      return;
    }
    const mine = { address };
    flight = mine;
    isWaiting = false;
    answer.isAsking = true;
    try {
      const data = await fetchAnswer(address);
      if (flight !== mine) return;
      if (wanted && !isBare && data.header) seen.header = data.header;
      if (wanted) Object.assign(answer, { data, problem: null, isOld: false, at: new Date().toISOString() });
    } catch (problem) {
      if (flight !== mine) return;
      if (address === wanted) failed(problem);
    }
    flight = null;
    answer.isAsking = false;
    if (isWaiting && wanted) run(wanted);
  }
  /** What is kept is shown, and what was on its way is not waited for. */
  function show(address) {
    wanted = address;
    flight = null;
    Object.assign(answer, { problem: null, isOld: false, isAsking: false });
  }
  function failed(problem) {
    answer.problem = problem;
    // A refusal is an answer about another question: what was shown is not of it.
    if (!isAway(problem)) answer.data = null;
    else again = setTimeout(() => wanted && run(wanted), AGAIN_MS);
    answer.isOld = answer.data !== null;
  }

  // By its text: what a question is made of may change and ask the same.
  const address = $derived.by(() => {
    const asked = question();
    return asked === null ? null : addressOf(...asked);
  });
  $effect(() => {
    if (address === null) {
      untrack(() => Object.assign(answer, { data: null, problem: null, isOld: false }));
      lastAddress = '';
      return undefined;
    }
    const asked = untrack(question);
    const mine = address;
    askedAgain();
    // The past, as it was known then, does not change.
    const isFixed = !asked[2] && place.as_of !== '' && place.known_at !== '';
    if (!isFixed) changes.changes; // Read, so that a change asks anew.
    untrack(() => {
      // Another thing altogether: what is shown is not of it. The same at another moment: it stays until the answer is there.
      if (asked[0] !== path) Object.assign(answer, { data: null, problem: null, isOld: false });
      path = asked[0];
      isBare = asked[2] === true;
      const isKnown = kept.has(mine);
      if (isKnown) answer.data = kept.get(mine);
      // Asked for once more in the same words: it is wanted anew.
      if (follows === false && isKnown && mine !== lastAddress) show(mine);
      else run(mine);
      lastAddress = mine;
      if (every > 0 && !isFixed) timer = setInterval(() => run(mine), every * 1000);
    });
    return () => {
      clearInterval(timer);
      clearTimeout(again);
      wanted = '';
    };
  });
  // An answer that was made before the events began may lack what came in between: it is asked for once more.
  $effect(() => {
    const seq = answer.data?.header?.ledger_seq;
    const isBehind = seq !== undefined && seq < live.helloSeq && place.known_at === '';
    if (!isBehind || follows === false || helloSeen === live.helloSeq) return;
    helloSeen = live.helloSeq;
    untrack(() => wanted && run(wanted));
  });
  return answer;
}
