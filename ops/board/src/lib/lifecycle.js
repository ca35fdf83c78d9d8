// SPDX-License-Identifier: Apache-2.0
// The way of an operation through its states, from the rows of `operation show`.

/**
 * Every state it went through, in order: {state, at, body, reference}. The first has no decision of its own: it is
 * what the first decision left.
 */
export function passedStates(rows, state) {
  const changes = rows
    .filter((row) => row.type === 'Decision' && row.kind === 'STATE_CHANGE')
    .sort((a, b) => a.decided_at.localeCompare(b.decided_at));
  if (changes.length === 0) return [{ state }];
  const first = { state: changes[0].from_state };
  return [first, ...changes.map((row) => ({ state: row.to_state, at: row.decided_at, body: row.body, reference: row.reference }))];
}

/** What may come next, from "DEPLOYING (SECRETARIAT), STABILISED (HOST, COUNCIL)": [{state, bodies}]. Final: none. */
export const nextStates = (text) =>
  [...(text ?? '').matchAll(/([A-Z_]+) \(([^)]*)\)/g)].map(([, state, bodies]) => ({ state, bodies: bodies.split(', ') }));

export const FINAL_STATES = ['CLOSED', 'REFUSED', 'CANCELLED'];
export const isOver = (state) => FINAL_STATES.includes(state);

/** The operation of the page: the one asked for, else the first that is not over, else the first. */
export function chosenOperation(rows, wanted) {
  const known = rows.find((row) => row.operation === wanted);
  return known ?? (wanted ? null : (rows.find((row) => !isOver(row.state)) ?? rows[0] ?? null));
}

/**
 * What was decided, newest last, offers that were answered alike in one moment as one: {at, body, kind, row, count}.
 * A hundred answers to offers would hide the twelve decisions that matter.
 */
export function decisionsOf(rows) {
  const merged = new Map();
  for (const row of rows) {
    if (row.type !== 'Decision') continue;
    const alike = row.kind === 'OFFER_RESPONSE' ? `${row.decided_at} ${row.body} ${row.contribution_to}` : row.decision_id;
    const entry = merged.get(alike) ?? { at: row.decided_at, body: row.body, kind: row.kind, row, count: 0 };
    entry.count += 1;
    merged.set(alike, entry);
  }
  return [...merged.values()].sort((a, b) => a.at.localeCompare(b.at));
}

/** Who came when, of slices with a moment at which command passed: [{at, people, sum, nations: Map}] by time. */
export function arrivalsOf(commitments) {
  const moments = new Map();
  for (const row of commitments) {
    if (!row.transfer_of_authority_at) continue;
    const nations = moments.get(row.transfer_of_authority_at) ?? new Map();
    const nation = row.unit.slice(0, row.unit.indexOf(':'));
    nations.set(nation, (nations.get(nation) ?? 0) + row.people);
    moments.set(row.transfer_of_authority_at, nations);
  }
  let sum = 0;
  return [...moments]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([at, nations]) => {
      const people = [...nations.values()].reduce((all, one) => all + one, 0);
      sum += people;
      return { at, people, sum, nations };
    });
}
