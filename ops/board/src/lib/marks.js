// SPDX-License-Identifier: Apache-2.0
// How an element of a view is found again after the view was made anew: by what it is, and by which of several it is.

const FOCUSABLE = 'a, button, input, select, summary, textarea, [tabindex]';
const TEXT_MAX = 60;

/** What an element is, without what may have changed of it: a row by its key, a link by where it leads. */
export function nameOf(element) {
  const read = (name) => element.getAttribute(name);
  if (read('data-stop')) return `stop ${read('data-stop')}`;
  if (read('data-scrolls')) return `box ${read('data-scrolls')}`;
  if (read('href')) return `to ${read('href')}`;
  const told = read('aria-label') ?? read('name') ?? (element.textContent ?? '').trim().slice(0, TEXT_MAX);
  return `${element.tagName} ${read('type') ?? ''} ${told} ${read('type') === 'radio' ? read('value') : ''}`;
}
const alike = (root, name) => [...root.querySelectorAll(`${FOCUSABLE}, [data-scrolls]`)].filter((one) => nameOf(one) === name);

/** {name, nth}. A part of a row that can be stopped at is the row. */
export function markOf(element, root) {
  const stop = element.closest('[data-stop]') ?? element;
  const name = nameOf(stop);
  return { name, nth: Math.max(0, alike(root, name).indexOf(stop)) };
}
/** The element that was marked so, or null while it is not there. */
export const markedBy = ({ name, nth }, root) => alike(root, name)[nth] ?? null;
/** Has it the focus? An element that cannot take it has not. */
export const isThere = (element) => element !== null && element.ownerDocument.activeElement === element;
