// SPDX-License-Identifier: Apache-2.0
// Where the reader is: the view, what it is of, the two moments, what is supposed, the language. The URL holds all of
// it, so a view can be sent to somebody who then sees the same.
import { forward, staying, traversed } from './way.svelte.js';

/** Every parameter of the URL and what it is when it is left out. Lists are written with commas. */
export const PARAMETERS = {
  view: 'force', // force matrix tree unit operations map changes late
  nation: '', // whose tree
  unit: '', // which unit
  op: '', // which operation
  kind: '', // an element kind, as a filter
  tab: '', // what of a view, where it has parts
  tasks: '', // T08,T03
  within: '', // hours, where a view asks for them
  as_of: '', // RFC 3339; empty is now
  known_at: '',
  from: '', // of a difference
  to: '',
  without: '', // what if
  host: '',
  also: '',
  notice: '',
  open: '', // what is unfolded in a tree
  find: '', // what is looked for in a tree: a part of a name or a code
  sort: '',
  goal: '', // of a force package
  limit: '', // seconds that its search may take
  people: '', // of sustainment: how many, for how many days
  days: '',
  zoom: '', // of the map: scale,x,y
  range: '', // of the slider: 7d, 30d or the code of an operation; empty is what fits the moment
  lang: '',
  theme: '',
};
export const WHAT_IF = ['without', 'host', 'also', 'notice'];
/** What every question is asked with, and so what stays when the view changes. */
const KEPT = ['as_of', 'known_at', ...WHAT_IF, 'range', 'lang', 'theme', 'op', 'nation'];

function read(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(PARAMETERS).map(([name, usual]) => [name, given.get(name) ?? usual]),
  );
}

/** The address of a place: only what differs from the usual is written. */
export function hrefOf(values) {
  const written = new URLSearchParams();
  for (const [name, usual] of Object.entries(PARAMETERS)) {
    if (values[name] && values[name] !== usual) written.set(name, values[name]);
  }
  // Codes are easier to read without escapes, and these characters need none in a query.
  const text = written.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text ? `/?${text}` : '/';
}

const given = read(location.search);
/** The place of now. Read it anywhere; change it by go() and stay(). */
export const place = $state({ ...given });

function push(values) {
  const href = hrefOf(values);
  // While the old view is still shown: where the reader was in it is kept for the way back.
  const state = forward({ href: hrefOf(place), view: place.view, isSameView: values.view === place.view }, href);
  Object.assign(place, values);
  history.pushState(state, '', href);
}
function replace(values) {
  Object.assign(place, values);
  history.replaceState(staying(), '', hrefOf(values));
}

/** The place that is meant by `patch`: a link's href. A new view keeps the moments and the suppositions. */
export function to(patch) {
  const isNewView = patch.view && patch.view !== place.view;
  const base = isNewView
    ? { ...PARAMETERS, ...Object.fromEntries(KEPT.map((name) => [name, place[name]])) }
    : { ...place };
  return { ...base, ...patch };
}
export const linkTo = (patch) => hrefOf(to(patch));
/** Goes there; "back" comes back. */
export const go = (patch) => push(to(patch));
/** The same place seen a little otherwise: no step of its own for "back". */
export const stay = (patch) => replace(to(patch));

/** For `onclick` of links, so that they work as links and yet do not load the page anew. */
export function follow(event) {
  const link = event.currentTarget;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  push(read(new URL(link.href).search));
}

addEventListener('popstate', (event) => {
  traversed(event.state);
  Object.assign(place, read(location.search));
});

/** Another moment that is looked at. Who looks at what was known then goes on doing so. */
export function momentOf(as_of) {
  const isAsKnownThen = place.known_at !== '' && place.known_at === place.as_of;
  return { as_of, known_at: isAsKnownThen ? as_of : place.known_at };
}

/** Is something supposed? Then every view says so. */
export const isWhatIf = () => WHAT_IF.some((name) => place[name] !== '');
/** Is it a moment of the past that is looked at? Then nothing that comes in changes the picture, unless known_at is now. */
export const isPast = () => place.as_of !== '' || place.known_at !== '';
