// SPDX-License-Identifier: Apache-2.0
// Whether the page is being printed: pictures then stand as tables, and what is windowed is whole.
import { flushSync } from 'svelte';

export const printing = $state({ is: false });

// The browser takes its picture right after this event: what is on the page must change before it returns.
const turn = (is) => flushSync(() => (printing.is = is));
addEventListener('beforeprint', () => turn(true));
addEventListener('afterprint', () => turn(false));
