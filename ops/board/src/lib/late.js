// SPDX-License-Identifier: Apache-2.0
// What is old or missing, by nation: how many statements, and the people that rest on them, each unit once.

const BAD = ['STALE', 'EXPIRED', 'MISSING'];

export const nationOf = (unit) => unit.split(':')[0];
/** A word that was never said is told by the date that it lacks. */
export const isMissing = (row) => row.valid_at === undefined;

/** [{nation, missing, expired, stale, ageing, people, oldest}] in the order of `nations`, of nations that have any. */
export function byNation(rows, nations) {
  const found = new Map();
  for (const row of rows) {
    const nation = nationOf(row.unit);
    if (!found.has(nation)) found.set(nation, { nation, missing: 0, expired: 0, stale: 0, ageing: 0, units: new Map() });
    count(found.get(nation), row);
  }
  const known = nations.filter((nation) => found.has(nation));
  const others = [...found.keys()].filter((nation) => !nations.includes(nation)).sort();
  return [...known, ...others].map((nation) => told(found.get(nation)));
}

function count(entry, row) {
  const name = isMissing(row) ? 'missing' : { EXPIRED: 'expired', STALE: 'stale', AGEING: 'ageing' }[row.freshness];
  if (name) entry[name] += 1;
  if (isMissing(row) || BAD.includes(row.freshness)) {
    entry.units.set(row.unit, Math.max(entry.units.get(row.unit) ?? 0, row.people));
  }
  if (!isMissing(row) && (entry.oldest === undefined || row.valid_at < entry.oldest)) entry.oldest = row.valid_at;
}

function told({ units, ...entry }) {
  return { ...entry, units: units.size, people: [...units.values()].reduce((sum, people) => sum + people, 0) };
}
