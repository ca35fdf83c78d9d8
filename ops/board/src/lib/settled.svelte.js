// SPDX-License-Identifier: Apache-2.0
// Whether the place has stood still for a while: what takes the broker long is not asked at each step of a slider.
import { place, WHAT_IF } from './place.svelte.js';

/** To be called while a component is made, before the ask() that reads `is`. */
export function settledPlace(wait = 400) {
  const settled = $state({ is: false });
  $effect(() => {
    ['as_of', 'known_at', 'op', ...WHAT_IF].forEach((name) => place[name]);
    settled.is = false;
    const timer = setTimeout(() => (settled.is = true), wait);
    return () => clearTimeout(timer);
  });
  return settled;
}
