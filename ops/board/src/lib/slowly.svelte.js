// SPDX-License-Identifier: Apache-2.0
// The changes that come in, for what takes the broker long: counted after they have settled, and not too often.
import { untrack } from 'svelte';

import { live } from './live.svelte.js';

const SETTLES_MS = 1000;

/** How long a change waits that came in at `now`, when the last was passed on at `last`. */
const waitOf = (now, last, every) => Math.max(SETTLES_MS, last + every - now);

/**
 * To be called while a component is made. `changes` follows live.changes, at most once in `every` ms and only while the
 * page is seen: what nobody looks at is asked for when it is looked at.
 */
export function slowly(every) {
  const slow = $state({ changes: live.changes });
  let timer = 0;
  let last = -Infinity;
  function pass() {
    timer = 0;
    if (document.hidden) return;
    last = performance.now();
    slow.changes = live.changes;
  }
  function heard() {
    const isBehind = live.changes !== untrack(() => slow.changes);
    if (isBehind && !timer && !document.hidden) timer = setTimeout(pass, waitOf(performance.now(), last, every));
  }
  $effect(heard);
  $effect(() => {
    document.addEventListener('visibilitychange', heard);
    return () => {
      document.removeEventListener('visibilitychange', heard);
      clearTimeout(timer);
    };
  });
  return slow;
}
