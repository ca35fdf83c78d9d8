// SPDX-License-Identifier: Apache-2.0
// What the first screen makes of the answers: who has a row, what is said of it, which operation is compared with.

/** Nations in the configured order, and behind them those that the configuration does not name. */
export function inOrder(configured, others) {
  const unknown = others.filter((nation) => !configured.includes(nation));
  return [...configured, ...new Set([...unknown].sort())];
}

/**
 * A row for each nation, also for one that never reported: its figures are then absent, not 0.
 * `reported` says how its word stands: MISSING, STALE or FRESH, or WITHOUT when it is supposed to take no part.
 */
export function nationRows(configured, strength) {
  const { header, rows } = strength;
  const found = new Map(rows.map((row) => [row.nation, row]));
  const without = header.what_if?.without ?? [];
  const all = [...found.keys(), ...without, ...header.nations_missing, ...header.nations_reporting];
  return inOrder(configured, all).map((nation) => ({
    ...(found.get(nation) ?? {}),
    nation,
    reported: stateOf(nation, header, found.has(nation)),
  }));
}
/** Has nobody said anything by then? The sums of such an answer are 0, and mean nothing: they are shown as absent. */
export const isSilent = (header) => header.nations_reporting.length === 0;
/** The sums of all nations; undefined while nobody has reported. */
export const totalOf = (strength) => (strength && !isSilent(strength.header) ? strength.total : undefined);

function stateOf(nation, header, hasFigures) {
  if (header.what_if?.without?.includes(nation)) return 'WITHOUT';
  if (header.nations_stale.includes(nation)) return 'STALE';
  return header.nations_missing.includes(nation) || !hasFigures ? 'MISSING' : 'FRESH';
}

/** What each nation has ready within so many hours, from the rows of a build-up: a Map of {certain, likely, claimed}. */
export function readyByNation(rows, hours) {
  const sums = new Map();
  for (const { hour, nation, people } of rows) {
    if (hour > hours) continue;
    const sum = sums.get(nation) ?? { certain: 0, likely: 0, claimed: 0 };
    sums.set(nation, { certain: sum.certain + people.certain, likely: sum.likely + people.likely, claimed: sum.claimed + people.claimed });
  }
  return sums;
}

/** Tenths of a percent, cut and not rounded, as everywhere; undefined of nothing. */
export const shareOf = (part, whole) => (whole > 0 ? Math.floor((part * 1000) / whole) : undefined);

const OVER = ['REFUSED', 'CANCELLED', 'WITHDRAWN', 'CLOSED'];
export const isOver = (state) => OVER.includes(state);

/** The operation to compare with: the one that is asked for, else the first that is not over, else none. */
export function comparedWith(wanted, operations) {
  return wanted || (operations.find((operation) => !isOver(operation.state))?.operation ?? '');
}

/** A length of hours that shows all the growth: the first of the usual ones that holds it. */
export function horizonFor(hours, longest) {
  const last = Math.max(0, ...hours);
  return [24, 48, 72, 96, 120, 168, 240].find((hour) => hour >= last && hour <= longest) ?? longest;
}
