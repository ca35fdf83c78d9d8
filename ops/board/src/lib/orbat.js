// SPDX-License-Identifier: Apache-2.0
// The order of battle as rows that can be walked through: pure, so that 10,000 units are tested without a browser.

/** Up to so many units everything is unfolded when the URL says nothing. */
export const OPEN_ALL_MAX = 200;

/**
 * The forest of some nations. trees: [{nation, rows}], rows of ForceTree, parents before their children. A unit whose
 * parent is not there (it may not be released) stands under its nation. -> nodes of the nations, each
 * {id, nation, row?, children, sums?}: `sums` of a nation are those of its roots, which hold all below them.
 */
export function forestOf(trees) {
  return trees.map(({ nation, rows }) => {
    const top = { id: nation, nation, row: null, children: [], sums: null };
    const nodes = new Map();
    for (const row of rows ?? []) {
      const node = { id: row.unit, nation, row, children: [] };
      (nodes.get(row.parent) ?? top).children.push(node);
      nodes.set(row.unit, node);
    }
    if (top.children.length > 0) top.sums = sumOf(top.children.map((node) => node.row.rolled_up));
    return top;
  });
}

/** Sums of figures that are shown above each other. */
export function sumOf(figures) {
  const sum = {};
  for (const entry of figures) for (const [name, value] of Object.entries(entry ?? {})) if (typeof value === 'number') sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** All nodes, parents first. Without recursion: a chain of commands may be long. */
export function* nodesOf(forest) {
  const waiting = [...forest].reverse();
  while (waiting.length > 0) {
    const node = waiting.pop();
    yield node;
    for (let i = node.children.length - 1; i >= 0; i -= 1) waiting.push(node.children[i]);
  }
}

// ---- which are unfolded -------------------------------------------------------------------------------------------

/**
 * `open` of the URL: nothing (small trees whole, of large ones the nations), "all" or "none", and then the nodes that
 * are otherwise: "all,KAZ:EX-HQ,EX-BN-1". A code without a nation has that of the one before it.
 */
export function readOpen(text) {
  const parts = text.split(',').filter(Boolean);
  const base = parts[0] === 'all' || parts[0] === 'none' ? parts.shift() : '';
  const others = new Set();
  let nation = '';
  for (const part of parts) {
    const at = part.indexOf(':');
    if (at >= 0) nation = part.slice(0, at);
    others.add(at >= 0 || !nation ? part : `${nation}:${part}`);
  }
  return { base, others };
}

export function writeOpen({ base, others }) {
  const parts = base ? [base] : [];
  // Nations first, so that a code without a colon always follows one of its own nation's.
  const ids = [...others].sort((a, b) => a.includes(':') - b.includes(':') || (a < b ? -1 : 1));
  let nation = '';
  for (const id of ids) {
    const at = id.indexOf(':');
    parts.push(at >= 0 && id.slice(0, at) === nation ? id.slice(at + 1) : id);
    if (at >= 0) nation = id.slice(0, at);
  }
  return parts.join(',');
}

/** Whether a node is unfolded; `count` is how many units there are. */
export function opener({ base, others }, count) {
  const usual = (node) => {
    if (base) return base === 'all';
    return count <= OPEN_ALL_MAX || node.row === null;
  };
  return (node) => usual(node) !== others.has(node.id);
}

export function toggled(open, id) {
  const others = new Set(open.others);
  if (!others.delete(id)) others.add(id);
  return { base: open.base, others };
}

// ---- what is shown ------------------------------------------------------------------------------------------------

/** A unit as it is looked for: by element kind, and by a part of its name or code. */
export function matcher({ kind = '', find = '' }) {
  const sought = find.trim().toLocaleLowerCase();
  if (!kind && !sought) return null;
  return ({ row }) =>
    row !== null &&
    (!kind || row.element_kind === kind) &&
    (!sought || [row.unit, row.name, row.short_name].some((text) => text?.toLocaleLowerCase().includes(sought)));
}

/** Nodes that match, and those above them, without which nobody knows where they stand. */
function keptOf(forest, matches) {
  const found = new Set();
  const above = new Set();
  const waiting = forest.map((node) => ({ node, path: null }));
  while (waiting.length > 0) {
    const here = waiting.pop();
    if (matches(here.node)) {
      found.add(here.node);
      for (let up = here.path; up && !above.has(up.node); up = up.path) above.add(up.node);
    }
    for (const child of here.node.children) waiting.push({ node: child, path: here });
  }
  return { found, above };
}

/**
 * The rows to show, in order: {node, level, setSize, position, isOpen (undefined: nothing below), isContext (shown for
 * what is below it only), parentIndex}. With `matches` those that are found with all above them, unfolded.
 */
export function flatten(forest, { isOpen, matches = null, compare = null }) {
  const kept = matches && keptOf(forest, matches);
  const isShown = (node) => !kept || kept.found.has(node) || kept.above.has(node);
  const rows = [];
  const waiting = [];
  const push = (nodes, level, parentIndex) => {
    const shown = nodes.filter(isShown);
    // Nations stay in their order; sorted are units below the same one.
    if (compare && level > 1) shown.sort(compare);
    for (let i = shown.length - 1; i >= 0; i -= 1) {
      waiting.push({ node: shown[i], level, parentIndex, position: i + 1, setSize: shown.length });
    }
  };
  push(forest, 1, -1);
  while (waiting.length > 0) {
    const row = waiting.pop();
    const { node } = row;
    const below = node.children.some(isShown);
    const open = below ? (kept ? kept.above.has(node) : isOpen(node)) : undefined;
    rows.push({ ...row, isOpen: open, isContext: kept !== null && kept !== undefined && !kept.found.has(node) });
    if (open) push(node.children, row.level + 1, rows.length - 1);
  }
  return { rows, found: kept ? kept.found.size : undefined };
}

/** What a column sorts by. Absent values come last, whichever way it is sorted. */
export const SORTS = {
  name: (row) => row.name,
  kind: (row) => row.element_kind,
  level: (row) => row.level,
  age: (row) => row.valid_at,
  present: (row) => row.own?.present,
  deployable: (row) => row.own?.deployable,
  authorised: (row) => row.own?.authorised,
  rolled: (row) => row.rolled_up?.present,
  committed: (row) => row.committed,
};

/** "present" or "-present" of the URL as a comparison of nodes; null: as they came. */
export function comparer(sort, locale = 'en') {
  const isDown = sort.startsWith('-');
  const value = SORTS[isDown ? sort.slice(1) : sort];
  if (!value) return null;
  const words = new Intl.Collator(locale, { numeric: true });
  return (a, b) => {
    const [x, y] = [value(a.row), value(b.row)];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : words.compare(String(x), String(y));
    return isDown ? -order : order;
  };
}

/** What clicking on a header makes of `sort`: up, down, as they came. Figures start with the largest. */
export function nextSort(sort, key, startsDown) {
  const [first, second] = startsDown ? [`-${key}`, key] : [key, `-${key}`];
  if (sort === first) return second;
  return sort === second ? '' : first;
}

// ---- where one is -------------------------------------------------------------------------------------------------

/**
 * What a key does in the tree (WAI-ARIA treegrid, rows first): {to: index} goes there, {toggle: [node, ...]} folds or
 * unfolds, null: nothing of the tree.
 */
export function keyDoes(rows, index, key, page) {
  const row = rows[index];
  const within = (i) => ({ to: Math.max(0, Math.min(rows.length - 1, i)) });
  if (!row) return null;
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + page);
    case 'PageUp':
      return within(index - page);
    case 'Home':
      return within(0);
    case 'End':
      return within(rows.length - 1);
    case 'ArrowRight':
      if (row.isOpen === undefined) return null;
      return row.isOpen ? within(index + 1) : { toggle: [row.node] };
    case 'ArrowLeft':
      if (row.isOpen) return { toggle: [row.node] };
      return row.parentIndex >= 0 ? within(row.parentIndex) : null;
    case '*':
      return { toggle: rows.filter((other) => other.parentIndex === row.parentIndex && other.isOpen === false).map((other) => other.node) };
    default:
      return null;
  }
}

/** The next row of which a word of the name, or the code, begins with what was typed; -1 when there is none. */
export function typedTo(rows, index, typed, nameOf) {
  const sought = typed.toLocaleLowerCase();
  // One letter goes on to the next; more letters may still mean the row where one is.
  const first = typed.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step += 1) {
    const at = (index + step) % rows.length;
    const words = nameOf(rows[at].node).toLocaleLowerCase().split(/[\s:]+/);
    if (words.some((word, i) => word.startsWith(sought) || words.slice(i).join(' ').startsWith(sought))) return at;
  }
  return -1;
}
