// SPDX-License-Identifier: Apache-2.0
// The way back: where in a place of the browser's history the reader was, so that "back" leads to the row that was left
// and not to the top of the page. Kept in memory, and over a reload by the history itself.
import { isThere, markOf, markedBy } from './marks.js';

const PLACES_MAX = 100;
const PATIENCE_MS = 15_000; // What a view shows may be seconds away.
const INPUT = ['keydown', 'pointerdown', 'wheel', 'touchstart'];

history.scrollRestoration = 'manual'; // The browser would scroll before there is anything to scroll to.
const left = new Map(); // By the key of a place: how it was left.
const keepers = new Map();
let counted = 0;
const newKey = () => `${Date.now().toString(36)}.${(counted += 1)}`;

// The place of now: {key, before}, as history.state holds it; `before` is the place of another view that led here.
let entry = history.state?.key ? history.state : { key: newKey(), before: null };
if (history.state?.left) left.set(entry.key, history.state.left);
let returning = left.get(entry.key) ?? null;
history.replaceState({ ...entry }, '');

/** Counts the places that were gone to: the page arrives once at each. */
export const way = $state({ turns: 0, before: entry.before });

function howItIs() {
  const boxes = [...document.querySelectorAll('main [data-scrolls]')]
    .filter((box) => box.scrollTop > 0 || box.scrollLeft > 0)
    .map((box) => ({ mark: markOf(box, document), top: box.scrollTop, left: box.scrollLeft }));
  const active = document.activeElement;
  return {
    page: scrollY,
    boxes,
    focus: active && active !== document.body && active.id !== 'view' ? markOf(active, document) : null,
    kept: Object.fromEntries([...keepers].map(([name, read]) => [name, read()])),
  };
}
function leave() {
  left.delete(entry.key);
  left.set(entry.key, { ...howItIs(), before: entry.before });
  if (left.size > PLACES_MAX) left.delete(left.keys().next().value);
}
function enter(next, how) {
  entry = next;
  returning = how;
  way.before = next.before;
  way.turns += 1;
}

/** A link or a key leads to the place `href`; to be called while the old one is still shown. Gives history.state. */
export function forward(from, href) {
  leave();
  history.replaceState({ ...entry, left: left.get(entry.key) }, '');
  const back = way.before?.href === href ? left.get(way.before.key) : null;
  const before = from.isSameView ? entry.before : { key: entry.key, href: from.href, view: from.view };
  enter({ key: newKey(), before: back ? back.before : before }, back);
  return { ...entry };
}
/** The browser has gone back or on: `state` is that of its history. */
export function traversed(state) {
  leave();
  const next = state?.key ? { key: state.key, before: state.before } : { key: newKey(), before: entry.before }; // A step within the page.
  enter(next, left.get(next.key) ?? state?.left ?? null);
}
/** history.state of the place that stays. */
export const staying = () => ({ ...entry });
/** Is this place returned to, so that it is to be as it was left? */
export const isReturn = () => returning !== null;
addEventListener('pagehide', () => history.replaceState({ ...entry, left: howItIs() }, ''));

/**
 * What a part of a view remembers of the place besides its URL, such as the row that the Tab key leads to. To be called
 * while a component is made; gives what `read` said when the place was left, if it is returned to.
 */
export function kept(name, read) {
  $effect(() => {
    keepers.set(name, read);
    return () => keepers.delete(name);
  });
  return returning?.kept?.[name];
}

/** One attempt to make it as it was; true when nothing is left to be done. */
function restored(how, main) {
  const scrolled = how.boxes.map(({ mark, top, left: across }) => {
    const box = markedBy(mark, document);
    if (!box) return false;
    Object.assign(box, { scrollTop: top, scrollLeft: across });
    return Math.abs(box.scrollTop - top) < 2;
  });
  scrollTo(0, how.page);
  const target = how.focus && markedBy(how.focus, document);
  if (target) target.focus({ preventScroll: true });
  else if (document.activeElement === document.body) main.focus({ preventScroll: true });
  return scrolled.every(Boolean) && Math.abs(scrollY - how.page) < 2 && (!how.focus || isThere(target));
}

/**
 * The view has changed: what is returned to becomes as it was left, as soon as what it shows is there; a new place is
 * seen from its top. Gives up when the reader does something else. Gives the function that ends it.
 */
export function arrive(main) {
  const how = returning;
  if (!how) {
    if (document.activeElement === document.body) main.focus({ preventScroll: true });
    scrollTo(0, 0);
    return () => {};
  }
  const watcher = new MutationObserver(() => restored(how, main) && end());
  const timer = setTimeout(end, PATIENCE_MS);
  function end() {
    watcher.disconnect();
    clearTimeout(timer);
    for (const name of INPUT) removeEventListener(name, end, true);
  }
  for (const name of INPUT) addEventListener(name, end, true);
  watcher.observe(main, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
  if (restored(how, main)) end();
  return end;
}
