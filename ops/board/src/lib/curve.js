// SPDX-License-Identifier: Apache-2.0
// The build-up curve of the first screen, from the answers to force/buildup and operation/buildup.
import { horizonFor } from './force.js';
import { at, lackingAt, neededAt, stepsOf } from './steps.js';

const LONGEST = 240;

/** All that is drawn: steps of three sums, what is needed by when, what is promised, and how far to draw. */
export function curveOf(buildup, required) {
  const steps = stepsOf(buildup.rows);
  const needs = (required?.needs ?? []).map((need) => ({ hour: need.hour, value: need.people }));
  const slices = required?.rows?.length ? stepsOf(required.rows) : [];
  const promised = slices.map((step) => ({ hour: step.hour, value: step.claimed }));
  const authorised = required?.authorised_strength ?? 0;
  // What is needed by an hour is seen when the line goes on behind it.
  const hours = [...steps, ...needs.map((need) => ({ hour: need.hour + 1 })), ...promised].map((point) => point.hour);
  const most = Math.max(steps.at(-1).claimed, needs.at(-1)?.value ?? 0, promised.at(-1)?.value ?? 0, authorised);
  const needed = needs.length ? [{ hour: 0, value: 0 }, ...needs] : [];
  return { steps, needs: needed, promised, authorised, most, horizon: horizonFor(hours, LONGEST) };
}

/** What holds at an hour; what there is no word of is undefined. */
export function readAt(curve, hour) {
  const { certain, likely, claimed } = at(curve.steps, hour);
  const held = (points) => (points.length ? (points.findLast((point) => point.hour <= hour)?.value ?? 0) : undefined);
  return {
    hour,
    certain,
    likely,
    claimed,
    needed: held(curve.needs),
    promised: held(curve.promised),
    authorised: curve.authorised || undefined,
  };
}

/** The hours at which something changes: the rows of the table twin. */
export function hoursOf(curve) {
  const all = [...curve.steps, ...curve.needs, ...curve.promised].map((point) => point.hour);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The first hour at which less is surely ready than is needed, {hour, needed, there}; undefined when there is none. */
export const firstLack = (curve) => {
  const needs = curve.needs.map((need) => ({ hour: need.hour, people: need.value }));
  return lackingAt(curve.steps, needs, 'certain').find((point) => point.needed === neededAt(needs, point.hour));
};
