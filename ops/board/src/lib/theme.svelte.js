// SPDX-License-Identifier: Apache-2.0
// Whether the page is dark, for pictures that cannot take their colours from the style sheet.
import { place } from './place.svelte.js';

const wanted = matchMedia('(prefers-color-scheme: dark)');
let systemIsDark = $state(wanted.matches);
wanted.addEventListener('change', () => (systemIsDark = wanted.matches));

export const isDark = () => (place.theme === '' ? systemIsDark : place.theme === 'dark');
