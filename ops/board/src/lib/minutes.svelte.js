// SPDX-License-Identifier: Apache-2.0
import { t } from './words.svelte.js';

/** Ready minutes in words: "35 h", "56 h 30 min", "now". Absent: "–". */
export function minutesText(minutes) {
  if (minutes === undefined || minutes === null) return '–';
  if (minutes === 0) return t('at once');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('{n} min', { n: rest });
  return rest ? t('{h} h {n} min', { h: hours, n: rest }) : t('{n} h', { n: hours });
}
