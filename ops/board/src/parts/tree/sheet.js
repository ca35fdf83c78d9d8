// SPDX-License-Identifier: Apache-2.0
// The order of battle as a table, for the twin, the CSV and the workbook: a row for each unit that is shown.
import { linkTo } from '../../lib/place.svelte.js';
import { code, t } from '../../lib/words.svelte.js';

const text = (key, title, value) => ({ key, title, kind: 'text', value });
const figure = (key, title, value) => ({ key, title, kind: 'number', value });

export const treeSheet = (rows) => ({
  columns: [
    { ...text('unit', t('Unit'), (row) => row.unit), href: (row) => linkTo({ view: 'unit', unit: row.unit }) },
    text('name', t('Name'), (row) => row.name),
    text('parent', t('Under'), (row) => row.parent),
    text('kind', t('Element kind'), (row) => code(row.element_kind)),
    text('echelon', t('Echelon'), (row) => code(row.echelon)),
    text('lifecycle', t('Life cycle'), (row) => row.lifecycle && code(row.lifecycle)),
    figure('level', t('Level'), (row) => row.level),
    text('freshness', t('Freshness'), (row) => code(row.freshness)),
    { key: 'valid_at', title: t('Word of'), kind: 'moment', value: (row) => row.valid_at },
    ...['authorised', 'present', 'deployable'].map((name) => figure(name, t('Own: {figure}', { figure: FIGURES()[name] }), (row) => saidOwn(row)?.[name])),
    ...['authorised', 'present', 'deployable'].map((name) => figure(`rolled_${name}`, t('With all below: {figure}', { figure: FIGURES()[name] }), (row) => row.rolled_up?.[name])),
    figure('committed', t('Committed'), (row) => row.committed),
    text('operations', t('Operations'), (row) => row.operations?.join(' ')),
  ],
  rows,
});

export const FIGURES = () => ({ authorised: t('authorised'), present: t('present'), deployable: t('deployable') });

/** Own figures, absent of a unit that never said any: what stands there as 0 was not said. */
export const saidOwn = (row) => (row.valid_at === undefined && row.freshness === 'EXPIRED' ? undefined : row.own);
/** How old its word is, as Freshness takes it. */
export const freshnessOf = (row) => (row.valid_at === undefined && row.freshness === 'EXPIRED' ? 'MISSING' : row.freshness);
