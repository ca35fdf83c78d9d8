// SPDX-License-Identifier: Apache-2.0
// The parts of a unit's statements that are tables: what stands in the report, row by row.
import { linkTo } from '../../lib/place.svelte.js';
import { code, t } from '../../lib/words.svelte.js';

const text = (key, title, value, more = {}) => ({ key, title, kind: 'text', value, ...more });
const figure = (key, title, value = (row) => row[key]) => ({ key, title, kind: 'number', value });
const moment = (key, title, value = (row) => row[key]) => ({ key, title, kind: 'moment', value });
const coded = (key, title) => text(key, title, (row) => row[key] && code(row[key]));

export const holdingsSheet = (holdings) => ({
  columns: [
    text('item_code', t('Item'), (row) => row.item_code),
    coded('kind', t('Kind')),
    coded('criticality', t('Criticality')),
    figure('authorised', t('Authorised')),
    figure('required', t('Required')),
    figure('on_hand', t('On hand')),
    figure('fmc', t('Serviceable')),
    figure('pmc', t('Partly serviceable')),
    figure('nmc', t('Unserviceable')),
    text('lease', t('Lease'), (row) => (row.lease && row.lease !== 'NONE' ? code(row.lease) : undefined)),
  ],
  rows: holdings,
});

export const trainingSheet = (tasks) => ({
  columns: [
    text('task', t('Task'), (row) => code(row.task)),
    coded('state', t('State')),
    moment('last_exercise', t('Last exercise')),
    text('certified_by', t('Certified by'), (row) => row.certified_by),
    moment('certified_until', t('Certified until')),
  ],
  rows: tasks,
});

export const sustainmentSheet = (lines) => ({
  columns: [coded('category', t('Category')), figure('days_of_supply', t('Days of supply')), figure('covered_people', t('People covered'))],
  rows: lines,
});

export const strengthSheet = (said) => ({
  columns: [text('what', t('What'), (row) => row.what), figure('count', t('People'))],
  rows: [
    { what: t('Authorised'), count: said.authorised },
    { what: t('Assigned'), count: said.assigned },
    { what: t('Attached from others'), count: said.attached_in },
    { what: t('Detached to others'), count: said.detached_out },
    { what: t('Present'), count: said.present },
    ...(said.absences ?? []).map((entry) => ({ what: t('Absent: {why}', { why: code(entry.reason) }), count: entry.count })),
    { what: t('Deployable'), count: said.deployable },
    ...(said.non_deployable ?? []).map((entry) => ({ what: t('Not deployable: {why}', { why: code(entry.reason) }), count: entry.count })),
  ],
});

export const cellsSheet = (cells) => ({
  columns: [coded('category', t('Category')), coded('sex', t('Sex')), figure('on_strength', t('On strength')), figure('present', t('Present')), figure('deployable', t('Deployable'))],
  rows: cells,
});

export const specialtiesSheet = (specialties) => ({
  columns: [
    text('code', t('Specialty'), (row) => row.code),
    figure('required', t('Required')),
    figure('qualified', t('Qualified')),
    text('critical', t('Critical'), (row) => (row.critical ? t('critical') : undefined)),
  ],
  rows: specialties,
});

export const movesSheet = (kinds) => ({
  columns: [coded('kind', t('Kind')), figure('count', t('People'))],
  rows: kinds,
});

export const commitmentsSheet = (slices) => ({
  columns: [
    text('operation', t('Operation'), (row) => row.operation, { href: (row) => linkTo({ view: 'operations', op: row.operation }) }),
    text('line', t('Line'), (row) => row.line),
    coded('state', t('State')),
    figure('people', t('People')),
    moment('from', t('From')),
    moment('to', t('Until')),
    coded('authority', t('Authority')),
    figure('overlap_people', t('Promised twice')),
    text('report', t('Report'), (row) => row.report),
  ],
  rows: slices,
});

export const belowSheet = (rows) => ({
  columns: [
    text('unit', t('Unit'), (row) => row.unit, { href: (row) => row.unit && linkTo({ view: 'unit', unit: row.unit }) }),
    text('name', t('Name'), (row) => row.name),
    coded('element_kind', t('Element kind')),
    figure('level', t('Level')),
    coded('freshness', t('Freshness')),
    figure('present', t('Present with all below'), (row) => row.rolled_up?.present),
    figure('deployable', t('Deployable with all below'), (row) => row.rolled_up?.deployable),
    figure('authorised', t('Authorised with all below'), (row) => row.rolled_up?.authorised),
  ],
  rows,
});

/** The type of a statement as the code of its kind: "SelfSustainment" is SELF_SUSTAINMENT. */
export const kindOf = (type) => type.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

export const wordsSheet = (rows) => ({
  columns: [
    text('type', t('Statement'), (row) => code(kindOf(row.type))),
    text('report', t('Report'), (row) => row.stamp?.report),
    text('freshness', t('Freshness'), (row) => row.stamp && code(row.stamp.freshness)),
    moment('valid_at', t('True for'), (row) => row.stamp?.valid_at),
    moment('issued_at', t('Issued'), (row) => row.stamp?.issued_at),
    moment('received_at', t('Received'), (row) => row.stamp?.received_at),
    figure('ledger_seq', t('Ledger'), (row) => row.stamp?.ledger_seq),
  ],
  rows,
});
