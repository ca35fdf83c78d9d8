// SPDX-License-Identifier: Apache-2.0
// The two moments of the place in words: what is seen, on the screen and at the head of a printed page.
import { place } from './place.svelte.js';
import { moment, t } from './words.svelte.js';

/** How the answers are known: 'now', 'then' (when they were true) or 'free' (at some other moment). */
export function knownHow() {
  if (place.known_at === '') return 'now';
  return place.known_at === place.as_of ? 'then' : 'free';
}

export function saidMoments() {
  const at = moment(place.as_of);
  const known = moment(place.known_at);
  if (place.as_of === '') {
    return place.known_at === '' ? t('What is true now') : t('What is true now, as was known on {known}', { known });
  }
  const how = {
    now: () => t('What was true on {at}, as we know it now', { at }),
    then: () => t('What was true on {at}, as was known then', { at }),
    free: () => t('What was true on {at}, as was known on {known}', { at, known }),
  };
  return how[knownHow()]();
}
