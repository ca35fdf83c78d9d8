// SPDX-License-Identifier: Apache-2.0
// Time along a line: where a moment lies, and which moments are written under it. All in UTC, all values in and out.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY];

/** A function from milliseconds to a length from `left` to `right`. A period of nothing is all on the left. */
export function scaleOf({ from, to, left, right }) {
  const span = Math.max(1, to - from);
  return (at) => left + ((at - from) / span) * (right - left);
}

/**
 * The moments to write: at round hours or days, at most `most` of them. `isDay`: the step is a day or more, so the
 * hour need not be written. `isMidnight`: where a new day begins among hours.
 */
export function ticksOf({ from, to, most }) {
  const step = STEPS.find((length) => (to - from) / length <= most) ?? Math.ceil((to - from) / most / DAY) * DAY;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    ticks.push({ at, isDay: step >= DAY, isMidnight: at % DAY === 0 });
  }
  return ticks;
}

/** The period that holds all moments, with a twentieth of it on either side; at least two hours. */
export function periodOf(moments) {
  const known = moments.filter((at) => Number.isFinite(at));
  if (known.length === 0) return null;
  const from = Math.min(...known);
  const to = Math.max(...known);
  const margin = Math.max(HOUR, (to - from) / 20);
  return { from: from - margin, to: to + margin };
}
