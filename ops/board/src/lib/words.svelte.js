// SPDX-License-Identifier: Apache-2.0
// The page in two languages. English stands in the sources; words/ru.json has the Russian of every text, and a test
// finds those that are missing. Numbers and times by Intl, so that nothing is formatted by hand.
import en from '../words/en.json';
import ru from '../words/ru.json';
import { board } from './board.svelte.js';
import { withNames } from './codes.js';
import { place } from './place.svelte.js';

const LANGUAGES = ['ru', 'en'];
// Days before months, and 24 hours, in English too.
const LOCALES = { ru: 'ru', en: 'en-GB' };

/** 'ru' or 'en': what the URL says, else what the reader's browser prefers, else English. */
export function language() {
  if (LANGUAGES.includes(place.lang)) return place.lang;
  const wanted = (navigator.languages ?? []).map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

/**
 * A text in the reader's language: t('{n} of {all} nations', {n: 5, all: 6}). The English is its own key. A text that
 * counts is an object in ru.json, {one, few, many}, chosen by `n`; English gives both as t('{n} unit|{n} units', {n}).
 */
export function t(english, values = {}) {
  const lang = language();
  const found = lang === 'ru' ? ru[english] : undefined;
  const text = typeof found === 'object' ? found[plural('ru', values.n)] : (found ?? singular(english, values.n));
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}
const plural = (lang, n) => new Intl.PluralRules(lang).select(n ?? 0);
function singular(english, n) {
  const [one, many] = english.split('|');
  return many === undefined || n === 1 ? one : many;
}
const shown = (value) => (typeof value === 'number' ? number(value) : String(value));

// Making a formatter takes longer than using it, and a long table uses it often: each is made once.
const made = new Map();
function formatter(Kind, name, options) {
  const key = `${language()} ${name}`;
  if (!made.has(key)) made.set(key, new Kind(LOCALES[language()], options));
  return made.get(key);
}
const dates = (name, options, value) =>
  formatter(Intl.DateTimeFormat, name, { ...options, timeZone: 'UTC' }).format(new Date(value));

/** 3 612 or 3,612. */
export const number = (value) => formatter(Intl.NumberFormat, 'number').format(value);
/** 88.0 % of tenths of a percent. */
export const permille = (value) =>
  formatter(Intl.NumberFormat, 'permille', { style: 'percent', minimumFractionDigits: 1 }).format(value / 1000);
/** +12, −5, 0. */
export const signed = (value) => formatter(Intl.NumberFormat, 'signed', { signDisplay: 'exceptZero' }).format(value);

const isMoment = (text) => !Number.isNaN(Date.parse(text));
/** A moment in UTC: "20 Nov 2026, 06:00 UTC". What is no moment is shown as it stands. */
export const moment = (text) =>
  isMoment(text) ? `${dates('moment', { dateStyle: 'medium', timeStyle: 'short' }, text)} UTC` : String(text);
export const day = (text) => dates('day', { day: 'numeric', month: 'short' }, text);
export const hour = (text) => dates('hour', { hour: '2-digit', minute: '2-digit' }, text);
/** As it heads a return: "06:00 UTC 20.11.2026", the same in both languages. */
export const stamp = (text) => {
  const at = new Date(text).toISOString();
  return `${at.slice(11, 16)} UTC ${at.slice(8, 10)}.${at.slice(5, 7)}.${at.slice(0, 4)}`;
};
/** Names as a sentence joins them: "Armenia, Belarus and Kazakhstan". */
export const listed = (names) => formatter(Intl.ListFormat, 'list', { type: 'conjunction' }).format(names);

/** "3 h", "2 d": how long from one moment to another. */
export function age(from, until) {
  const minutes = Math.max(0, Math.round((new Date(until) - new Date(from)) / 60_000));
  if (minutes < 60) return t('{n} min', { n: minutes });
  if (minutes < 48 * 60) return t('{n} h', { n: Math.floor(minutes / 60) });
  return t('{n} d', { n: Math.floor(minutes / 1440) });
}

/** What a code is called: "COMBAT_SUPPORT" is "Combat support". Codes of the wire stand in ru.json as they are,
 * and in en.json those that are not words. */
export function code(name) {
  if (!name) return '';
  const found = language() === 'ru' ? (ru[name] ?? name) : en[name];
  if (found !== undefined) return found;
  const words = name.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
/** A text of the broker with its codes told by their names. */
export const told = (text) =>
  text && withNames(text, (name) => (name in ru || name in en ? code(name).toLowerCase() : undefined));
/** A nation's name, from the gateway's configuration; its code when it has none. */
export function nation(iso) {
  return board.nations.find((entry) => entry.code === iso)?.names?.[language()] ?? iso;
}
