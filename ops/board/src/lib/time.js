// SPDX-License-Identifier: Apache-2.0
// Moments and the slider over them: all values in milliseconds since 1970, in UTC, all functions of values.

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** RFC 3339 without a fraction, as the page writes moments: "2022-01-09T12:00:00Z". */
export const written = (at) => `${new Date(at).toISOString().slice(0, 19)}Z`;
/** As a field shows it: "2022-01-09 12:00". */
export const fieldOf = (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
/** The moment that was typed into a field, in UTC: a day, with the time or without. NaN when it is none. */
export function momentOfField(text) {
  const found = /^\s*(\d{4}-\d\d-\d\d)(?:[ T]+(\d\d:\d\d)(?::\d\d)?)?\s*(?:Z|UTC)?\s*$/.exec(text);
  const full = found ? `${found[1]}T${found[2] ?? '00:00'}:00Z` : '';
  return isWritten(full) ? Date.parse(full) : NaN;
}
/** Whether `text` is a moment that needs nobody's reading: RFC 3339, of a day that there is. */
export function isWritten(text) {
  const isForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const day = isForm ? Date.parse(`${text.slice(0, 10)}T00:00Z`) : NaN;
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text.slice(0, 10));
  return isDay && !Number.isNaN(Date.parse(text));
}
/**
 * The moments of an operation, from the answer to operation/show: one for each time at which something was decided,
 * in order: [{at, state, isTurn, answered}]. `state` is the operation's from then on, `isTurn` when it changed then,
 * `answered` how many offers were answered.
 */
export function momentsOf(operation) {
  const moments = new Map();
  let state = '';
  const decisions = (operation?.rows ?? []).filter((row) => row.type === 'Decision' && row.decided_at);
  const inOrder = [...decisions].sort((a, b) => Date.parse(a.decided_at) - Date.parse(b.decided_at));
  for (const decision of inOrder) {
    const at = Date.parse(decision.decided_at);
    const isTurn = decision.kind === 'STATE_CHANGE' && decision.to_state !== undefined;
    if (isTurn) state = decision.to_state;
    const before = moments.get(at) ?? { at, isTurn: false, answered: 0 };
    const answered = before.answered + (decision.kind === 'OFFER_RESPONSE' ? 1 : 0);
    moments.set(at, { at, state, isTurn: before.isTurn || isTurn, answered });
  }
  return [...moments.values()];
}

/** What an operation's moments span, with some hours on either side, so that before and after can be seen. */
export function spanOf(moments) {
  if (moments.length === 0) return null;
  const from = moments[0].at;
  const to = moments.at(-1).at;
  const margin = Math.max(HOUR, Math.round((to - from) / 50 / HOUR) * HOUR);
  return { from: from - margin, to: to + margin };
}

/** The last moments of `days`, up to the hour that has begun. */
export const lastDays = (days, now) => ({ from: Math.floor(now / HOUR) * HOUR - days * DAY, to: now });

/** A range that holds `at` when no preset does: three days on either side, but nothing of the future. */
export const around = (at, now) => ({ from: at - 3 * DAY, to: Math.max(at, Math.min(at + 3 * DAY, now)) });

const within = (at, range) => range !== null && at >= range.from && at <= range.to;

/**
 * The range of the slider, {name, from, to}. `wanted` is '7d', '30d', an operation's code, or '' for what fits: the days
 * up to now when it is now or lately that is looked at, else the operation when the moment is in its `span`. `at` is
 * null for now. `name` is '7d', '30d', 'operation' or 'other'.
 */
export function rangeFor({ wanted, at, now, span }) {
  const days = (name, count) => ({ name, ...extended(lastDays(count, now), at) });
  if (wanted === '30d') return days('30d', 30);
  if (wanted === '7d' || at === null || within(at, lastDays(7, now))) return days('7d', 7);
  if (span && (wanted !== '' || within(at, span))) return { name: 'operation', ...extended(span, at) };
  return within(at, lastDays(30, now)) ? days('30d', 30) : { name: 'other', ...around(at, now) };
}
/** A moment outside of the range that was asked for is still to be seen on it. */
function extended(range, at) {
  if (at === null) return range;
  return { from: Math.min(range.from, at), to: Math.max(range.to, at) };
}

/** Where a key leads from `at`, within the range; undefined for a key that means nothing here. */
export function keyed(key, isShift, at, { from, to }) {
  const days = isShift ? DAY : HOUR;
  const by = { ArrowRight: days, ArrowUp: days, ArrowLeft: -days, ArrowDown: -days, PageUp: DAY, PageDown: -DAY }[key];
  const wanted = { Home: from, End: to }[key] ?? (by === undefined ? undefined : onTheHour(at, by) + by);
  return wanted === undefined ? undefined : Math.min(to, Math.max(from, wanted));
}
/** From a moment between two hours the first step leads to the next full hour. */
function onTheHour(at, by) {
  return by > 0 ? Math.floor(at / HOUR) * HOUR : Math.ceil(at / HOUR) * HOUR;
}

/** A dragged moment: that of a decision when one is as near as `reach`, else the nearest full hour. */
export function snapped(at, moments, reach, { from, to }) {
  const near = moments.filter((moment) => Math.abs(moment.at - at) <= reach);
  const nearest = [...near].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  return Math.min(to, Math.max(from, nearest?.at ?? Math.round(at / HOUR) * HOUR));
}

/** The next moment (`by` 1) or the one before (-1), or undefined at the end. */
export const steppedTo = (moments, at, by) =>
  by > 0 ? moments.find((moment) => moment.at > at)?.at : moments.findLast((moment) => moment.at < at)?.at;

/** The moment that holds at `at`: the last that is not after it. */
export const momentAt = (moments, at) => moments.findLast((moment) => moment.at <= at);

/**
 * Which of the labels under a line can be written without touching another. `labels`: [{at, text}] in order, `x` gives
 * the place of a moment and `widthOf` how wide a text is. A label that has no room is left out; its tick stays.
 */
export function fitting(labels, { x, widthOf, width, gap = 8 }) {
  const placed = [];
  let end = -Infinity;
  for (const label of labels) {
    const wide = widthOf(label.text);
    const left = Math.min(Math.max(0, x(label.at) - wide / 2), Math.max(0, width - wide));
    if (left < end + gap || wide > width) continue;
    placed.push({ ...label, left });
    end = left + wide;
  }
  return placed;
}
