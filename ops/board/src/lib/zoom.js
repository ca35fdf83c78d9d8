// SPDX-License-Identifier: Apache-2.0
// How the map is moved and enlarged: {k, x, y}, where a point p of the whole is seen at k·p + (x, y). Pure.

export const WHOLE = { k: 1, x: 0, y: 0 };
const MOST = 12;
const STEP = 1.6;

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/** Never smaller than the whole, never beyond its edges. */
function held({ k, x, y }, { width, height }) {
  const scale = clamp(k, 1, MOST);
  return { k: scale, x: clamp(x, width - scale * width, 0), y: clamp(y, height - scale * height, 0) };
}

/** Enlarged (`factor` > 1) or made smaller about a point of the picture. */
export function zoomed(view, factor, [px, py], size) {
  const k = clamp(view.k * factor, 1, MOST);
  return held({ k, x: px - ((px - view.x) / view.k) * k, y: py - ((py - view.y) / view.k) * k }, size);
}
export const moved = (view, dx, dy, size) => held({ ...view, x: view.x + dx, y: view.y + dy }, size);

/** What a key or a button of the map does: "+", "-", "0", and Shift with an arrow. Another key: null. */
export function keyed(view, key, size) {
  const middle = [size.width / 2, size.height / 2];
  const [dx, dy] = [size.width / 5, size.height / 5];
  if (key === '+' || key === '=') return zoomed(view, STEP, middle, size);
  if (key === '-') return zoomed(view, 1 / STEP, middle, size);
  if (key === '0') return WHOLE;
  const by = { ArrowLeft: [dx, 0], ArrowRight: [-dx, 0], ArrowUp: [0, dy], ArrowDown: [0, -dy] }[key];
  return by ? moved(view, ...by, size) : null;
}

/** "2.5,0.31,0.4": the scale and the middle as parts of the picture, so that it holds at any width. */
export function zoomText({ k, x, y }, { width, height }) {
  if (k === 1) return '';
  const round = (value) => Math.round(value * 1000) / 1000;
  return [round(k), round((width / 2 - x) / k / width), round((height / 2 - y) / k / height)].join(',');
}
export function zoomOf(text, size) {
  const [k, cx, cy] = (text ?? '').split(',').map(Number);
  if (![k, cx, cy].every(Number.isFinite) || k <= 1) return WHOLE;
  const scale = clamp(k, 1, MOST);
  return held({ k: scale, x: size.width / 2 - cx * size.width * scale, y: size.height / 2 - cy * size.height * scale }, size);
}
