// SPDX-License-Identifier: Apache-2.0
// The difference between two moments as a list that can be read: pure.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The rows of a ForceDiff under their units, in their order: [{unit, count}] heads, each followed by its [{row}]. */
export function byUnit(rows) {
  const units = new Map();
  for (const row of rows) {
    if (!units.has(row.unit)) units.set(row.unit, []);
    units.get(row.unit).push(row);
  }
  return [...units].flatMap(([unit, changes]) => [{ unit, count: changes.length }, ...changes.map((row) => ({ unit, row }))]);
}

/** Only what is sought: of one nation, of one kind of statement, with a text in the unit or the field. */
export function sought(rows, { nation = '', kind = '', find = '' }) {
  const text = find.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (!nation || row.unit.startsWith(`${nation}:`)) &&
      (!kind || row.kind === kind) &&
      (!text || row.unit.toLowerCase().includes(text) || row.change.field.toLowerCase().includes(text)),
  );
}

/** The figures of two answers and how they differ. A figure that one of them lacks has no difference. */
export function figuresOf(before = {}, after = {}) {
  return ['units', 'authorised', 'assigned', 'on_strength', 'present', 'deployable'].map((name) => ({
    name,
    before: before[name],
    after: after[name],
    difference: before[name] === undefined || after[name] === undefined ? undefined : after[name] - before[name],
  }));
}

const written = (at) => new Date(at).toISOString().replace('.000Z', 'Z');
const midnight = (at) => Math.floor(at / DAY) * DAY;

/** Moments that are often asked about, before `end` (RFC 3339): where a difference begins. In UTC. */
export function presets(end) {
  const at = Date.parse(end);
  const today = midnight(at);
  // 1970-01-01 was a Thursday; Friday is day 1 counted from it. Today, when it is Friday, is not the last one.
  const sinceFriday = (((today / DAY - 1) % 7) + 7) % 7 || 7;
  return {
    day: written(at - DAY),
    yesterday: written(today - DAY),
    friday: written(today - sinceFriday * DAY),
    week: written(at - 7 * DAY),
  };
}

/** The moments of an operation, from the statements of `operation show`: [{at, state}], the earliest first. */
export function momentsOf(statements) {
  return statements
    .filter((row) => row.type === 'Decision' && row.kind === 'STATE_CHANGE' && row.to_state && row.decided_at)
    .map((row) => ({ at: row.decided_at, state: row.to_state }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** As it stands in a field, in UTC: "2022-01-07 12:00", in every language the same. */
export const toField = (moment) => (moment ? moment.slice(0, 16).replace('T', ' ') : '');
/** undefined when it is not a moment. A day alone is its beginning. */
export function fromField(text) {
  const [, day, time = '00:00'] = /^\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?\s*$/.exec(text) ?? [];
  const at = day ? Date.parse(`${day}T${time}Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : written(at);
}
