// SPDX-License-Identifier: Apache-2.0
// The strength of a unit over the time for which its words are true, from the rows of ForceHistory: pure.

const FIGURES = ['authorised', 'assigned', 'present', 'deployable'];

/**
 * Each word on strength with its figures whole: [{report, valid_at, received_at, corrected_by?, authorised?, assigned?,
 * present?, deployable?}], in the order of the ledger. A row says only what it changed, against the word that it
 * replaces, else against the one that counted for its moment before it came; so the figures are built up again.
 */
export function strengthWords(rows) {
  const words = [];
  for (const row of rows.filter((entry) => entry.kind === 'STRENGTH')) {
    const base = words.find((word) => word.corrected_by === row.report && !word.isReplaced) ?? standingAt(words, row.valid_at);
    if (base?.corrected_by === row.report) base.isReplaced = true;
    const word = { report: row.report, valid_at: row.valid_at, received_at: row.received_at, corrected_by: row.corrected_by };
    for (const name of FIGURES) {
      const change = row.changes.find(({ field }) => field === name);
      const value = change ? change.after : base?.[name];
      if (value !== undefined) word[name] = Number(value);
    }
    words.push(word);
  }
  return words.map(({ isReplaced, ...word }) => word);
}

/** The word that counts for a moment: the newest by valid time, of two the later in the ledger. */
function standingAt(words, moment) {
  const at = Date.parse(moment);
  let found;
  for (const word of words) {
    const valid = Date.parse(word.valid_at);
    if (!word.isReplaced && valid <= at && (!found || valid >= Date.parse(found.valid_at))) found = word;
  }
  return found;
}

/** What counts, along valid time: the words that no correction replaced, the earliest first. */
export function strengthCurve(words) {
  const standing = words.filter((word) => !word.corrected_by);
  const byMoment = new Map();
  for (const word of standing) byMoment.set(Date.parse(word.valid_at), word);
  return [...byMoment].sort(([a], [b]) => a - b).map(([at, word]) => ({ at, ...word }));
}

/** The part of a curve within [from, to], with the value that already held at `from`. */
export function within(curve, from, to) {
  const before = curve.findLast((point) => point.at < from);
  const inside = curve.filter((point) => point.at >= from && point.at <= to);
  return before ? [{ ...before, at: from, isCarried: true }, ...inside] : inside;
}

/** A step line: each value holds until the next, the last until `to`. Absent values break the line. */
export function stepLine(curve, name, { x, y, to }) {
  let path = '';
  let isDrawn = false;
  curve.forEach((point, i) => {
    const value = point[name];
    const until = curve[i + 1]?.at ?? to;
    if (value === undefined) {
      isDrawn = false;
      return;
    }
    path += `${isDrawn ? 'V' : `M${round(x(point.at))},`}${round(y(value))}H${round(x(until))}`;
    isDrawn = true;
  });
  return path;
}
const round = (value) => Math.round(value * 10) / 10;
