// SPDX-License-Identifier: Apache-2.0
// Curves that go up in steps: how many people are there at which hour, and how many are needed by then.

export const BASES = ['claimed', 'likely', 'certain']; // from the widest to the narrowest: each includes the next

/** The last sum of each hour, from the rows of a build-up: [{hour, certain, likely, claimed}], from hour 0. */
export function stepsOf(rows) {
  const hours = new Map();
  for (const row of rows) hours.set(row.hour, row.cumulative);
  const steps = [...hours].sort(([a], [b]) => a - b).map(([hour, people]) => ({ hour, ...people }));
  return steps[0]?.hour === 0 ? steps : [{ hour: 0, certain: 0, likely: 0, claimed: 0 }, ...steps];
}

/** The step that holds at an hour. */
export function at(steps, hour) {
  return steps.findLast((step) => step.hour <= hour) ?? steps[0];
}

/** What is needed by an hour: by then and not before, so hour 12 is already asked for at hour 12. */
export const neededAt = (needs, hour) => needs.findLast((need) => need.hour <= hour)?.people ?? 0;

/** The hours at which more is needed than is there, by one basis: [{hour, needed, there, lacking}]. */
export function lackingAt(steps, needs, basis) {
  return needs
    .map(({ hour, people }) => ({ hour, needed: people, there: at(steps, hour)[basis] }))
    .map((point) => ({ ...point, lacking: point.needed - point.there }))
    .filter((point) => point.lacking > 0);
}

/** The path of a step line in SVG: `points` of {hour, value}, on to the horizon. */
export function stepPath(points, { x, y, horizon }) {
  if (points.length === 0) return '';
  const written = [`M${x(points[0].hour)},${y(points[0].value)}`];
  for (const point of points.slice(1)) written.push(`H${x(point.hour)}V${y(point.value)}`);
  written.push(`H${x(horizon)}`);
  return written.join('');
}

/** Round marks from 0 to `greatest` or a little more, about `count` of them. */
export function marksOf(greatest, count = 5) {
  const most = Math.max(1, greatest);
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) * power);
  const marks = [];
  for (let mark = 0; mark < most + step; mark += step) marks.push(mark);
  return marks;
}
