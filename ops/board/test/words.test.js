// SPDX-License-Identifier: Apache-2.0
// Every text of the page is there in Russian, with the same places for values, and ru.json has no text that nobody says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';

const SOURCES = new URL('../src/', import.meta.url).pathname;
const written = readFileSync(join(SOURCES, 'words/ru.json'), 'utf8');
const ru = JSON.parse(written);

const files = readdirSync(SOURCES, { recursive: true })
  .filter((name) => /\.(js|svelte)$/.test(name))
  .map((name) => ({ name: relative(SOURCES, join(SOURCES, name)), text: readFileSync(join(SOURCES, name), 'utf8') }));

/** The texts that a source asks for by t('…'), and the calls that a reader of sources cannot follow. */
function textsOf(source) {
  const texts = [];
  const odd = [];
  for (const call of source.matchAll(/(?<![\w.$])t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|[^)\s])/g)) {
    if (call[1] === undefined) odd.push(call[0]);
    else texts.push(call[1].replaceAll("\\'", "'"));
  }
  return { texts, odd };
}
const withoutComments = (text) =>
  text.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
const placesIn = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort();
// Names of the wire: code() looks them up, and they come with the answers.
const isCode = (key) => /^[A-Z0-9]+(_[A-Z0-9]+)*$/.test(key);
const formsOf = (entry) => (typeof entry === 'object' ? Object.values(entry) : [entry]);

const said = new Map();
for (const { name, text } of files) {
  for (const found of textsOf(withoutComments(text)).texts) if (!said.has(found)) said.set(found, name);
}

test('a text and an odd call are found in a source', () => {
  const source = "{t('It\\'s {n}', { n })} {t(\n  'two',\n)} format('no') x.t('no') t(name) t(`no`)";

  const found = textsOf(source);

  assert.deepEqual(found.texts, ["It's {n}", 'two']);
  assert.deepEqual(found.odd, ['t(n', 't(`']);
});

test('every text is a literal', () => {
  const odd = files
    .filter(({ name }) => name !== 'lib/words.svelte.js')
    .flatMap(({ name, text }) => textsOf(withoutComments(text)).odd.map((call) => `${name}: ${call}…`));

  assert.deepEqual(odd, []);
});

test('every text has its Russian', () => {
  const missing = [...said].filter(([text]) => !(text in ru)).map(([text, name]) => `${name}: ${text}`);

  assert.deepEqual(missing, []);
});

test('every Russian text is said somewhere', () => {
  const unused = Object.keys(ru).filter((key) => !said.has(key) && !isCode(key));

  assert.deepEqual(unused, []);
});

test('a text has the same places for values in both languages', () => {
  const differ = Object.entries(ru).flatMap(([key, entry]) =>
    formsOf(entry)
      .filter((form) => placesIn(form).some((place) => !placesIn(key).includes(place)) || missesPlace(key, entry, form))
      .map((form) => `${key} → ${form}`),
  );

  assert.deepEqual(differ, []);
});
// A form for one may say "one" without its figure.
function missesPlace(key, entry, form) {
  const isCounted = typeof entry === 'object';
  return placesIn(key).some((place) => !placesIn(form).includes(place) && !(isCounted && place === 'n'));
}

test('a text that counts has the forms that Russian has, and only a text that counts has forms', () => {
  const wrong = Object.entries(ru)
    .filter(([key, entry]) => (key.includes('|') && typeof entry === 'string') || !hasForms(entry) || !counts(key, entry))
    .map(([key]) => key);

  assert.deepEqual(wrong, []);
});
const counts = (key, entry) => typeof entry === 'string' || key.includes('{n}') || key.includes('|');
const hasForms = (entry) => typeof entry === 'string' || ['few', 'many', 'one'].every((form) => typeof entry[form] === 'string');

test('ru.json is sorted by its keys, so that two who add to it seldom meet', () => {
  const keys = [...written.matchAll(/^ {2}"((?:[^"\\]|\\.)*)":/gm)].map((found) => JSON.parse(`"${found[1]}"`));

  assert.equal(keys.length, Object.keys(ru).length);
  assert.deepEqual(keys, [...keys].sort());
});

test('no Russian stands in the sources', () => {
  // The language switch names each language in itself.
  const found = files.flatMap(({ name, text }) =>
    [...withoutComments(text).matchAll(/[А-Яа-яЁё]+/g)].filter(([word]) => word !== 'Русский').map(([word]) => `${name}: ${word}`),
  );

  assert.deepEqual(found, []);
});
