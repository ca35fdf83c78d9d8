// SPDX-License-Identifier: Apache-2.0
// What is supposed, as the URL writes it and as the controls hold it.

/** "KAZ,TJK" as a list without empty entries. */
export const listOf = (text) => (text ?? '').split(',').filter(Boolean);

/** The list with one entry put in or taken out, in the order of `all`; entries not in `all` stay at the end. */
export function toggled(list, entry, all) {
  const chosen = list.includes(entry) ? list.filter((one) => one !== entry) : [...list, entry];
  return [...all.filter((one) => chosen.includes(one)), ...chosen.filter((one) => !all.includes(one))];
}

/** Hours of "+24h", "-12h", "2d", "-90m"; 0 of nothing and of what is not such a text. */
export function noticeHours(text) {
  const [, sign, amount, unit] = /^([+-]?)(\d{1,4})(m|min|h|d)$/.exec((text ?? '').trim()) ?? [];
  if (!amount) return 0;
  const hours = Number(amount) * { m: 1 / 60, min: 1 / 60, h: 1, d: 24 }[unit];
  return sign === '-' ? -hours : hours;
}

/** The other way; nothing for 0, since that supposes nothing. */
export const noticeText = (hours) => (hours === 0 ? '' : `${hours > 0 ? '+' : '-'}${Math.abs(Math.trunc(hours))}h`);
