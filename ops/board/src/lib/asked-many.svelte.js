// SPDX-License-Identifier: Apache-2.0
// Several questions as one answer: all six trees at once, for instance.
import { untrack } from 'svelte';

import { addressOf, askOnce } from './ask.svelte.js';
import { live } from './live.svelte.js';
import { place } from './place.svelte.js';

/**
 * As ask(), of a list of questions. `data` is the list of what was answered: {asked, data} or, where only that one is
 * refused, {asked, problem}. `problem` is that of a gateway or broker that answers nothing at all. The newest wins; while
 * it is on its way the last stays.
 */
export function askMany(questions) {
  const answer = $state({ data: null, problem: null, isAsking: false, isOld: false, at: '' });
  let turn = 0;

  async function run(asked) {
    const mine = ++turn;
    answer.isAsking = true;
    const told = await Promise.all(
      asked.map((one) => askOnce(...one).then((data) => ({ asked: one, data }), (problem) => ({ asked: one, problem }))),
    );
    if (mine !== turn) return;
    const down = told.find(({ problem }) => problem && !(problem.status >= 400 && problem.status < 500));
    answer.isAsking = false;
    answer.problem = down?.problem ?? null;
    answer.isOld = Boolean(down) && answer.data !== null;
    if (!down) Object.assign(answer, { data: told, at: new Date().toISOString() });
  }

  $effect(() => {
    const asked = questions();
    if (asked === null) return undefined;
    asked.map((one) => addressOf(...one)); // Read, so that another moment, supposition or language asks anew.
    if (place.as_of === '' || place.known_at === '') live.changes;
    untrack(() => run(asked));
    return () => (turn += 1);
  });
  return answer;
}
