// SPDX-License-Identifier: Apache-2.0
// APP-6 symbols. The library that draws them is large, so it is loaded when the first symbol is shown, and only its
// parts for units and what stands on land, in the air and at sea: a SIDC here has 20 or 30 digits.

let milsymbol = null;
let loading = null;
const drawn = new Map(); // By SIDC, size and ground: 10,000 units have a few dozen symbols.
const DRAWN_MAX = 2000;
const HALO = '#dfe6ec'; // Around what is black outside the frame, where the page is dark.

/** Must have been awaited before symbolOf() draws anything. */
export function loadSymbols() {
  loading ??= import('./milsymbol.js').then((library) => {
    milsymbol = library.ms;
  });
  return loading;
}

/** Is the library there, so that symbolOf() draws? */
export const hasSymbols = () => milsymbol !== null;

/** APP-6D and later: 20 digits, or 30 with the tail. */
export const isSidc = (text) => /^\d{20}(\d{10})?$/.test(text ?? '');

/**
 * The symbol of a SIDC as an image: {src, width, height} in px. null when there is no SIDC, when it has no symbol, or
 * when the library is not there yet. `size` is what milsymbol calls so: two thirds of the frame's width.
 */
export function symbolOf(sidc, { size = 16, isDark = false } = {}) {
  if (!milsymbol || !isSidc(sidc)) return null;
  const key = `${sidc} ${size} ${isDark}`;
  if (!drawn.has(key)) {
    if (drawn.size >= DRAWN_MAX) drawn.clear();
    drawn.set(key, draw(sidc, size, isDark));
  }
  return drawn.get(key);
}

function draw(sidc, size, isDark) {
  const halo = isDark ? { outlineColor: HALO, outlineWidth: 5 } : {};
  const symbol = new milsymbol.Symbol(sidc, { size, ...halo });
  if (!symbol.isValid()) return null;
  const { width, height } = symbol.getSize();
  return { src: `data:image/svg+xml;utf8,${encodeURIComponent(symbol.asSVG())}`, width, height };
}

/** How a unit differs from its establishment: the mark beside its symbol. Normal and not known have none. */
export const REINFORCEMENT_MARKS = { REIN: '(+)', DETD: '(−)', RIDT: '(±)' };
