// SPDX-License-Identifier: Apache-2.0
// Names and values of fields as people say them: "absences[LEAVE]" is "Absences: leave".
import { code, moment, number } from './words.svelte.js';

/** "holdings[EX-TRUCK].fmc" -> ["holdings", "[EX-TRUCK]", "fmc"]. */
export function partsOf(field) {
  return [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole]) => whole);
}

/** A field in the reader's language. What is in brackets is a code, or a name that stays as it is. */
export function fieldWords(field) {
  return partsOf(field)
    .map((part) => (part.startsWith('[') ? keyWords(part.slice(1, -1)) : code(part.toUpperCase())))
    .map((part, i) => (i === 0 ? part : lowered(part)))
    .join(' · ');
}
const keyWords = (key) =>
  key
    .split(' ')
    .map((part) => (isCode(part) ? lowered(code(part)) : part))
    .join(', ');
// "EX-TRUCK" and "T01+T02" are names; "LEAVE" and "WARRANT_NCO" are codes, which have words.
const isCode = (text) => /^([A-Z][A-Z_]+|F|M)$/.test(text);
const lowered = (text) => (/^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase() + text.slice(1) : text);

const AS_IS = /^(sidc|uuid|name|short_name|remarks|nsn)/;
/** A value of a change; undefined stays so: it was not said. */
export function valueWords(field, value) {
  if (value === undefined || AS_IS.test(field)) return value;
  if (/^\d{1,9}$/.test(value)) return number(Number(value));
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return moment(value);
  return isCode(value) ? code(value) : value;
}
