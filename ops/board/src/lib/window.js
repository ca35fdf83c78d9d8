// SPDX-License-Identifier: Apache-2.0
// Which rows of a long list are in sight: all rows have one height, and only those in sight are in the page.

/** [first, end) of the rows to draw, with some beyond the edges so that scrolling shows no gap. */
export function windowOf({ top, height, rowHeight, count, beyond = 5 }) {
  if (!(rowHeight > 0) || count <= 0) return { first: 0, end: 0 };
  const first = Math.floor(Math.max(0, top) / rowHeight) - beyond;
  const end = Math.ceil((Math.max(0, top) + Math.max(0, height)) / rowHeight) + beyond;
  const last = Math.max(0, Math.min(count, end));
  return { first: Math.max(0, Math.min(first, last)), end: last };
}

/**
 * The indices to draw: those in sight and the one with the focus, which must not vanish by scrolling, with so many
 * `beside` it, so that Tab leads on to links of rows that are not in sight yet.
 */
export function drawnOf(window, focused, count, beside = 0) {
  const indices = [];
  const add = (from, to) => {
    for (let i = Math.max(0, from); i < Math.min(count, to); i += 1) indices.push(i);
  };
  const [from, to] = focused >= 0 && focused < count ? [focused - beside, focused + beside + 1] : [0, 0];
  add(from, Math.min(to, window.first));
  add(window.first, window.end);
  add(Math.max(from, window.end), to);
  return indices;
}

/** How far to scroll so that row `index` is in sight below a header of `header` px: the same place when it is. */
export function topFor(index, { top, height, rowHeight, header = 0 }) {
  const from = index * rowHeight;
  if (from < top) return from;
  const room = Math.max(rowHeight, height - header);
  return from + rowHeight > top + room ? from + rowHeight - room : top;
}
