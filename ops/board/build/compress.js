// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(html|js|css|json|svg)$/;
const SMALL = 1024;

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Puts a .gz and a .br beside each text of the built page, so that the gateway need not compress. */
export function compress() {
  let folder;
  return {
    name: 'muster-compress',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir;
    },
    closeBundle() {
      for (const path of filesIn(folder).filter((name) => TEXT.test(name))) {
        const text = readFileSync(path);
        if (text.length < SMALL) continue;
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(`${path}.br`, brotliCompressSync(text, { params }));
      }
    },
  };
}
