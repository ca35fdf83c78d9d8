// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

import { compress } from './build/compress.js';

// The compiler's accessibility warnings are errors: a page that some cannot use is not done.
const strict = {
  onwarn(warning) {
    throw new Error(`${warning.filename}:${warning.start?.line}: ${warning.code}: ${warning.message}`);
  },
};

// While the page is worked on, its questions go to a gateway that runs: MUSTER_GATEWAY=http://127.0.0.1:7690.
const gateway = process.env.MUSTER_GATEWAY ?? 'http://127.0.0.1:7690';

export default defineConfig({
  plugins: [svelte(strict), compress()],
  server: { host: '127.0.0.1', proxy: { '/api': gateway, '/healthz': gateway } },
  build: {
    outDir: process.env.MUSTER_BOARD_OUT ?? '../../build/board',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the Content-Security-Policy lets no data: scripts or styles through.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The APP-6 symbols are large, and loaded only where they are drawn.
    chunkSizeWarningLimit: 800,
  },
});
