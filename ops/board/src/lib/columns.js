// SPDX-License-Identifier: Apache-2.0
// How wide the columns of a long table are. Its rows are not all in the page, so the browser cannot tell.

const SAMPLE = 200; // Rows that are looked at; a longer text than theirs is cut, and told in full by its title.
const MOST = 44;

/** How many letters the longest of some texts of a column has, within bounds. Of the title, the longest word counts. */
export function longestOf(rows, text, { title = '', least = 4 } = {}) {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  let longest = Math.max(least, ...title.split(/\s+/).map((word) => word.length));
  for (let i = 0; i < rows.length; i += step) longest = Math.max(longest, text(rows[i]).length);
  return Math.min(MOST, longest);
}
// A space of --space-2 stands on both sides of each cell.
const track = (letters) => `calc(${letters + 1}ch + 2 * var(--space-2))`;

/** The columns of a grid: each as wide as it must be, and wider by its share of what is left. */
export const tracksOf = (widths) => widths.map((letters) => `minmax(${track(letters)}, ${letters}fr)`).join(' ');
/** How wide all of them are at least. */
export const leastOf = (widths) => `calc(${widths.reduce((sum, letters) => sum + letters + 1, 0)}ch + ${2 * widths.length} * var(--space-2))`;
