// SPDX-License-Identifier: Apache-2.0
// The readiness matrix: nations down, capabilities across, sums of what is shown.

export const ELEMENT_KINDS = [
  'COMMAND',
  'COMBAT',
  'POLICE',
  'OBSERVER_GROUP',
  'COMBAT_SUPPORT',
  'TECHNICAL_SUPPORT',
  'REAR_SUPPORT',
  'OTHER',
];

/** Columns: the element kinds in their order, of which those that nobody has are left out; tasks by their number. */
export function columnsOf(rows, isByTask) {
  const there = new Set(rows.map((row) => row.capability));
  if (isByTask) return [...there].sort();
  const unknown = [...there].filter((kind) => !ELEMENT_KINDS.includes(kind)).sort();
  return [...ELEMENT_KINDS.filter((kind) => there.has(kind)), ...unknown];
}

/** Cells by "NATION CAPABILITY". One that is not there was never said, which is not 0. */
export const cellsOf = (rows) => new Map(rows.map((row) => [`${row.nation} ${row.capability}`, row]));
export const cellAt = (cells, nation, capability) => cells.get(`${nation} ${capability}`);

/** Was nobody counted there before? Then the change is all there is, and no trend. */
export const isNew = (cell) => cell.people > 0 && cell.change === cell.people;

/** Sums of cells; undefined when there is none. A level has no sum. */
export function sumOf(cells) {
  const there = cells.filter((cell) => cell !== undefined);
  if (there.length === 0) return undefined;
  const add = (name) => there.reduce((sum, cell) => sum + (cell[name] ?? 0), 0);
  return { units: add('units'), people: add('people'), change: add('change'), stale_people: add('stale_people') };
}

/** Where an arrow leads in a grid of `rows` by `columns`; undefined for a key that means nothing here. */
export function movedTo({ row, column }, key, isCtrl, { rows, columns }) {
  const last = { row: rows - 1, column: columns - 1 };
  const wanted = {
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    Home: { row: isCtrl ? 0 : row, column: 0 },
    End: { row: isCtrl ? last.row : row, column: last.column },
  }[key];
  if (!wanted) return undefined;
  const held = (value, most) => Math.max(0, Math.min(most, value));
  return { row: held(wanted.row, last.row), column: held(wanted.column, last.column) };
}
