// SPDX-License-Identifier: Apache-2.0
// Texts of the broker name things by their code; a reader is told their names.

const COUNTED = /(?<![\w:/-])(\d+) ([A-Z][A-Z_]{3,})(?![\w:/-])/g;
const ALONE = /(?<![\w:/-])[A-Z][A-Z_]{3,}(?![\w:/-])/g;

/**
 * "3 HELICOPTER" as "helicopter 3", by `nameOf(code)`, which gives undefined for what is no code of ours: that stays. A
 * part of a unit's code (KAZ:EX-HELICOPTER) is none. The number goes behind, since a name before it needs no case.
 */
export function withNames(text, nameOf) {
  return text
    .replace(COUNTED, (whole, count, code) => {
      const name = nameOf(code);
      return name === undefined ? whole : `${name} ${count}`;
    })
    .replace(ALONE, (code) => nameOf(code) ?? code);
}
