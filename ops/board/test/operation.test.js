// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { arrivalsOf, chosenOperation, decisionsOf, nextStates, passedStates } from '../src/lib/lifecycle.js';
import { at, lackingAt, marksOf, neededAt, stepPath, stepsOf } from '../src/lib/steps.js';
import { periodOf, scaleOf, ticksOf } from '../src/lib/timescale.js';
import { listOf, noticeHours, noticeText, toggled } from '../src/lib/whatif.js';

const change = (id, from, to, moment) => ({
  type: 'Decision', kind: 'STATE_CHANGE', decision_id: id, from_state: from, to_state: to, body: 'COUNCIL', decided_at: moment, reference: 'r',
});
const answer = (id, moment, to) => ({
  type: 'Decision', kind: 'OFFER_RESPONSE', decision_id: id, body: 'SECRETARIAT', contribution_to: to, decided_at: moment,
});

test('the way through the states begins where the first decision found it', () => {
  const rows = [change('2', 'REQUESTED', 'DECIDED', '2022-01-07T03:00:00Z'), { type: 'Operation' }, change('1', 'DRAFT', 'REQUESTED', '2022-01-07T00:00:00Z')];

  assert.deepEqual(passedStates(rows, 'DECIDED').map((step) => [step.state, step.at]), [
    ['DRAFT', undefined], ['REQUESTED', '2022-01-07T00:00:00Z'], ['DECIDED', '2022-01-07T03:00:00Z'],
  ]);
  assert.deepEqual(passedStates([], 'DRAFT'), [{ state: 'DRAFT' }]);
});

test('what may come next is read with its bodies', () => {
  assert.deepEqual(nextStates('STABILISED (HOST, COUNCIL), RELOCATING (COMMANDER)'), [
    { state: 'STABILISED', bodies: ['HOST', 'COUNCIL'] }, { state: 'RELOCATING', bodies: ['COMMANDER'] },
  ]);
  assert.deepEqual(nextStates('nothing: CLOSED is final'), []);
  assert.deepEqual(nextStates(undefined), []);
});

test('the operation of the page is the one asked for, else the first that goes on', () => {
  const rows = [{ operation: 'EX-1', state: 'CLOSED' }, { operation: 'EX-2', state: 'DEPLOYED' }];

  assert.equal(chosenOperation(rows, 'EX-1').operation, 'EX-1');
  assert.equal(chosenOperation(rows, '').operation, 'EX-2');
  assert.equal(chosenOperation(rows.slice(0, 1), '').operation, 'EX-1');
  assert.equal(chosenOperation(rows, 'EX-9'), null);
  assert.equal(chosenOperation([], ''), null);
});

test('answers to offers of one moment are one entry', () => {
  const rows = [answer('a', '2022-01-07T06:30:00Z', 'ACCEPTED'), answer('b', '2022-01-07T06:30:00Z', 'ACCEPTED'),
    answer('c', '2022-01-07T06:30:00Z', 'DECLINED'), change('d', 'DRAFT', 'REQUESTED', '2022-01-07T00:00:00Z')];

  assert.deepEqual(decisionsOf(rows).map((entry) => [entry.row.decision_id, entry.count]), [['d', 1], ['a', 2], ['c', 1]]);
});

test('arrivals add up by time', () => {
  const rows = [
    { unit: 'RUS:A', people: 100, transfer_of_authority_at: '2022-01-08T00:00:00Z' },
    { unit: 'BLR:B', people: 50, transfer_of_authority_at: '2022-01-07T12:00:00Z' },
    { unit: 'RUS:C', people: 30, transfer_of_authority_at: '2022-01-08T00:00:00Z' },
    { unit: 'RUS:D', people: 900 },
  ];

  assert.deepEqual(arrivalsOf(rows).map((entry) => [entry.at, entry.people, entry.sum, [...entry.nations]]), [
    ['2022-01-07T12:00:00Z', 50, 50, [['BLR', 50]]],
    ['2022-01-08T00:00:00Z', 130, 180, [['RUS', 130]]],
  ]);
});

const row = (hour, certain, likely, claimed) => ({ hour, cumulative: { certain, likely, claimed } });

test('a build-up is its last sum of each hour, from nothing', () => {
  const steps = stepsOf([row(7, 100, 100, 110), row(12, 150, 160, 170), row(12, 200, 210, 220)]);

  assert.deepEqual(steps.map((step) => [step.hour, step.certain, step.claimed]), [[0, 0, 0], [7, 100, 110], [12, 200, 220]]);
  assert.equal(at(steps, 11.9).certain, 100);
  assert.equal(at(steps, 12).certain, 200);
  assert.equal(at(steps, 999).certain, 200);
});

test('a need counts from its hour on, and what lacks is said', () => {
  const needs = [{ hour: 12, people: 150 }, { hour: 36, people: 400 }];
  const steps = stepsOf([row(12, 200, 200, 200), row(30, 300, 390, 410)]);

  assert.deepEqual([11, 12, 36].map((hour) => neededAt(needs, hour)), [0, 150, 400]);
  assert.deepEqual(lackingAt(steps, needs, 'certain'), [{ hour: 36, needed: 400, there: 300, lacking: 100 }]);
  assert.deepEqual(lackingAt(steps, needs, 'claimed'), []);
});

test('a step line turns at right angles and goes on to the horizon', () => {
  const scales = { x: (hour) => hour * 10, y: (value) => 100 - value, horizon: 20 };

  assert.equal(stepPath([{ hour: 0, value: 0 }, { hour: 5, value: 40 }], scales), 'M0,100H50V60H200');
  assert.equal(stepPath([], scales), '');
});

test('marks are round and reach beyond the greatest', () => {
  assert.deepEqual(marksOf(2500), [0, 500, 1000, 1500, 2000, 2500]);
  assert.deepEqual(marksOf(2501), [0, 1000, 2000, 3000]);
  assert.deepEqual(marksOf(0), [0, 1]);
});

test('time has round ticks and a place', () => {
  const [from, to] = [Date.parse('2022-01-07T05:00:00Z'), Date.parse('2022-01-08T05:00:00Z')];

  assert.deepEqual(ticksOf({ from, to, most: 4 }).map((tick) => new Date(tick.at).toISOString().slice(5, 16)), [
    '01-07T06:00', '01-07T12:00', '01-07T18:00', '01-08T00:00']);
  assert.equal(scaleOf({ from, to, left: 10, right: 110 })((from + to) / 2), 60);
  assert.equal(scaleOf({ from, to: from, left: 10, right: 110 })(from), 10);
  assert.equal(periodOf([Number.NaN]), null);
  assert.deepEqual(periodOf([0]), { from: -3_600_000, to: 3_600_000 });
});

test('suppositions are read from the URL and written to it', () => {
  assert.deepEqual(listOf('KAZ,,TJK'), ['KAZ', 'TJK']);
  assert.deepEqual(toggled(['TJK'], 'KAZ', ['KAZ', 'TJK']), ['KAZ', 'TJK']);
  assert.deepEqual(toggled(['KAZ', 'XXX'], 'KAZ', ['KAZ', 'TJK']), ['XXX']);
  assert.deepEqual(['+24h', '-12h', '2d', '-90m', '', 'soon', '24'].map(noticeHours), [24, -12, 48, -1.5, 0, 0, 0]);
  assert.deepEqual([24, -12, 0].map(noticeText), ['+24h', '-12h', '']);
});
