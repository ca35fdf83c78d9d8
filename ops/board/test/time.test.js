// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as time from '../src/lib/time.js';

const { DAY, HOUR } = time;
const at = (text) => Date.parse(text);
const decision = (decided_at, more) => ({ type: 'Decision', decided_at, ...more });
const OPERATION = {
  rows: [
    { type: 'Operation' },
    decision('2022-01-07T03:00:00Z', { kind: 'AUTHORISED_STRENGTH' }),
    decision('2022-01-07T00:00:00Z', { kind: 'STATE_CHANGE', to_state: 'REQUESTED' }),
    decision('2022-01-07T03:00:00Z', { kind: 'STATE_CHANGE', to_state: 'DECIDED' }),
    decision('2022-01-07T06:30:00Z', { kind: 'OFFER_RESPONSE' }),
    decision('2022-01-07T06:30:00Z', { kind: 'OFFER_RESPONSE' }),
    decision('2022-01-19T18:00:00Z', { kind: 'STATE_CHANGE', to_state: 'CLOSED' }),
  ],
};

test('the moments of an operation are in order, one for each time, with the state that holds from then on', () => {
  assert.deepEqual(time.momentsOf(OPERATION), [
    { at: at('2022-01-07T00:00Z'), state: 'REQUESTED', isTurn: true, answered: 0 },
    { at: at('2022-01-07T03:00Z'), state: 'DECIDED', isTurn: true, answered: 0 },
    { at: at('2022-01-07T06:30Z'), state: 'DECIDED', isTurn: false, answered: 2 },
    { at: at('2022-01-19T18:00Z'), state: 'CLOSED', isTurn: true, answered: 0 },
  ]);
  assert.deepEqual(time.momentsOf(null), []);
  assert.deepEqual(time.momentsOf({ rows: [] }), []);
});

test('a moment is written and read as UTC', () => {
  assert.equal(time.written(at('2022-01-09T12:00:00.5Z')), '2022-01-09T12:00:00Z');
  assert.equal(time.fieldOf(at('2022-01-09T12:00:00Z')), '2022-01-09 12:00');
  assert.equal(time.momentOfField('2022-01-09 12:00'), at('2022-01-09T12:00Z'));
  assert.equal(time.momentOfField(' 2022-01-09T12:00:30Z '), at('2022-01-09T12:00Z'));
  assert.equal(time.momentOfField('2022-01-09'), at('2022-01-09T00:00Z'));
});

test('what is no moment is not taken for one', () => {
  for (const text of ['', 'garbage', '2022-02-30', '2022-13-01 12:00', '2022-01-09 25:00', '09.01.2022']) {
    assert.ok(Number.isNaN(time.momentOfField(text)), text);
  }
  for (const text of ['yesterday', '2022-02-30T00:00:00Z', '2022-01-09', '2022-01-09T12:00', '<script>']) {
    assert.equal(time.isWritten(text), false, text);
  }
  for (const text of ['2022-01-09T12:00:00Z', '2022-01-09T12:00:00.125Z', '2022-01-09T12:00+03:00']) {
    assert.equal(time.isWritten(text), true, text);
  }
});

const NOW = at('2026-11-22T11:20:00Z');
const SPAN = { from: at('2022-01-06T18:00Z'), to: at('2022-01-20T00:00Z') };

test('the range of the slider is what fits the moment', () => {
  const nameOf = (wanted, moment, span = SPAN) => time.rangeFor({ wanted, at: moment, now: NOW, span }).name;

  assert.equal(nameOf('', null), '7d');
  assert.equal(nameOf('', NOW - 3 * DAY), '7d');
  assert.equal(nameOf('', NOW - 20 * DAY), '30d');
  assert.equal(nameOf('', at('2022-01-09T12:00Z')), 'operation');
  assert.equal(nameOf('', at('2022-01-09T12:00Z'), null), 'other');
  assert.equal(nameOf('30d', NOW - DAY), '30d');
  assert.equal(nameOf('EX-2201', at('2022-03-01T00:00Z')), 'operation');
  assert.equal(nameOf('EX-2201', null), '7d');
});

test('the range always holds the moment', () => {
  for (const wanted of ['', '7d', '30d', 'EX-2201']) {
    for (const moment of [at('2019-05-05T00:00Z'), at('2022-01-09T12:00Z'), NOW - DAY, NOW, NOW + 400 * DAY]) {
      const { from, to } = time.rangeFor({ wanted, at: moment, now: NOW, span: SPAN });
      assert.ok(from <= moment && moment <= to && from < to, `${wanted} ${new Date(moment).toISOString()}`);
    }
  }
});

test('keys lead by an hour and a day, to the full hour first, and not beyond the range', () => {
  const noon = at('2022-01-09T12:00Z');

  assert.equal(time.keyed('ArrowRight', false, noon, SPAN), noon + HOUR);
  assert.equal(time.keyed('ArrowLeft', false, noon, SPAN), noon - HOUR);
  assert.equal(time.keyed('ArrowRight', true, noon, SPAN), noon + DAY);
  assert.equal(time.keyed('PageUp', false, noon, SPAN), noon + DAY);
  assert.equal(time.keyed('PageDown', false, noon, SPAN), noon - DAY);
  assert.equal(time.keyed('ArrowRight', false, noon + HOUR / 3, SPAN), noon + HOUR);
  assert.equal(time.keyed('ArrowLeft', false, noon + HOUR / 3, SPAN), noon);
  assert.equal(time.keyed('Home', false, noon, SPAN), SPAN.from);
  assert.equal(time.keyed('End', false, noon, SPAN), SPAN.to);
  assert.equal(time.keyed('PageUp', false, SPAN.to - HOUR, SPAN), SPAN.to);
  assert.equal(time.keyed('a', false, noon, SPAN), undefined);
});

test('a drag holds at a moment that is near, else at the full hour', () => {
  const moments = [{ at: at('2022-01-09T12:10Z') }, { at: at('2022-01-09T12:50Z') }];

  assert.equal(time.snapped(at('2022-01-09T12:15Z'), moments, HOUR, SPAN), moments[0].at);
  assert.equal(time.snapped(at('2022-01-09T18:20Z'), moments, HOUR, SPAN), at('2022-01-09T18:00Z'));
  assert.equal(time.snapped(SPAN.to + DAY, [], 0, SPAN), SPAN.to);
});

test('from moment to moment, and no further than the last', () => {
  const moments = time.momentsOf(OPERATION);

  assert.equal(time.steppedTo(moments, at('2022-01-07T03:00Z'), 1), at('2022-01-07T06:30Z'));
  assert.equal(time.steppedTo(moments, at('2022-01-07T03:00Z'), -1), at('2022-01-07T00:00Z'));
  assert.equal(time.steppedTo(moments, at('2022-01-19T18:00Z'), 1), undefined);
  assert.equal(time.momentAt(moments, at('2022-01-08T00:00Z')).state, 'DECIDED');
  assert.equal(time.momentAt(moments, at('2022-01-01T00:00Z')), undefined);
});

test('labels that would touch are left out, and none leaves the line', () => {
  const labels = [0, 5, 40, 98].map((moment) => ({ at: moment, text: 'abcd' }));

  const placed = time.fitting(labels, { x: (moment) => moment * 10, widthOf: () => 50, width: 1000 });

  assert.deepEqual(placed.map((label) => [label.at, label.left]), [[0, 0], [40, 375], [98, 950]]);
  assert.deepEqual(time.fitting(labels, { x: () => 0, widthOf: () => 50, width: 20 }), []);
});
