// SPDX-License-Identifier: Apache-2.0
// Where the bars of a Gantt lie: slices of units, grouped by nation, along time. Pure, so that it is tested without a page.

/**
 * `rows` of OperationCommitments, the period, "now", the length of the time line, the order of nations. Gives
 *
 *   lanes: [{kind: 'nation', nation, y} | {kind: 'unit', unit, y, height}]   from the top
 *   bars:  [{row, x, width, y, height, lane, isOpen, isCut, isDouble, isOverdue}]   in the order of lanes, then time
 *   height
 *
 * Slices of one unit that are at one time lie below each other: a later one never hides an earlier one. A slice
 * without an end goes on to the edge and says so (`isOpen`).
 */
export function layoutGantt({ rows, from, to, now, width, order = [], bar = 14, gap = 4, head = 22 }) {
  const span = Math.max(1, to - from);
  const x = (at) => Math.min(width, Math.max(0, ((at - from) / span) * width));
  const lanes = [];
  const bars = [];
  let y = 0;
  for (const [nation, units] of groupsOf(rows, order)) {
    lanes.push({ kind: 'nation', nation, y, height: head });
    y += head;
    for (const [unit, slices] of units) {
      const { placed, depth } = stack(slices.map((row) => spanOf(row, to)));
      const lane = { kind: 'unit', unit, nation, y, height: depth * (bar + gap) };
      lanes.push(lane);
      for (const { row, start, end, level } of placed) {
        if (end <= from || start >= to) continue;
        bars.push({
          row,
          lane,
          x: x(start),
          width: Math.max(2, x(end) - x(start)),
          y: y + level * (bar + gap) + gap / 2,
          height: bar,
          isOpen: !row.to,
          isCut: start < from || (row.to ? end > to : false),
          isDouble: row.overlap_people > 0,
          isOverdue: isOverdue(row, now),
        });
      }
      y += lane.height;
    }
  }
  return { lanes, bars, height: y };
}

/** In place past its end: somebody should have come in its stead. */
export const isOverdue = (row, now) => row.state === 'IN_PLACE' && Boolean(row.to) && Date.parse(row.to) < now;

const nationOf = (unit) => unit.slice(0, unit.indexOf(':'));

/** Nations in the wished order, others after them by code; units by code. */
function groupsOf(rows, order) {
  const nations = new Map();
  for (const row of rows) {
    const nation = nationOf(row.unit);
    if (!nations.has(nation)) nations.set(nation, new Map());
    const units = nations.get(nation);
    units.set(row.unit, [...(units.get(row.unit) ?? []), row]);
  }
  const rank = (nation) => (order.includes(nation) ? order.indexOf(nation) : order.length);
  const sorted = [...nations].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
  return sorted.map(([nation, units]) => [nation, [...units].sort(([a], [b]) => a.localeCompare(b))]);
}

function spanOf(row, to) {
  const start = Date.parse(row.from);
  const end = row.to ? Date.parse(row.to) : Number.POSITIVE_INFINITY;
  return { row, start: Number.isFinite(start) ? start : Number.NEGATIVE_INFINITY, end: end === Number.POSITIVE_INFINITY ? Math.max(to, start + 1) : end };
}

function stack(spans) {
  const ends = []; // of each level: when its last slice is over
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  const placed = sorted.map((one) => {
    let level = ends.findIndex((end) => end <= one.start);
    if (level < 0) level = ends.length;
    ends[level] = one.end;
    return { ...one, level };
  });
  return { placed, depth: Math.max(1, ends.length) };
}

/** The bar that an arrow key leads to: left and right in the order of reading, up and down to the nearest of another unit. */
export function neighbour(bars, index, key) {
  const last = bars.length - 1;
  if (last < 0) return -1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowRight') return Math.min(last, index + 1);
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  const here = bars[index];
  const sign = key === 'ArrowDown' ? 1 : -1;
  let best = index;
  for (let i = index + sign; i >= 0 && i <= last; i += sign) {
    if (bars[i].lane === here.lane) continue;
    if (best === index) best = i;
    if (bars[i].lane !== bars[best].lane) break;
    if (Math.abs(bars[i].x - here.x) < Math.abs(bars[best].x - here.x)) best = i;
  }
  return best;
}
