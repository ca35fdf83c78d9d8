// SPDX-License-Identifier: Apache-2.0
// What the views are called, in the menu, above them and on the way back to them.
import { t } from './words.svelte.js';

const TITLES = {
  force: () => t('Force'),
  matrix: () => t('Readiness'),
  tree: () => t('Order of battle'),
  operations: () => t('Operations'),
  map: () => t('Map'),
  changes: () => t('Changes'),
  late: () => t('Stale and late'),
  unit: () => t('Unit'),
  return: () => t('Daily strength return'),
};
/** The title of a view; a view that there is not is the force. */
export const titleOf = (view) => (TITLES[view] ?? TITLES.force)();
