// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { comparer, flatten, forestOf, keyDoes, matcher, nextSort, nodesOf, opener, readOpen, sumOf, toggled, typedTo, writeOpen } from '../src/lib/orbat.js';

const unit = (id, parent, more = {}) => ({ unit: id, parent, name: `${id} (fictional)`, element_kind: 'COMBAT', own: { present: 10 }, rolled_up: { present: 10 }, ...more });
const KAZ = [
  unit('KAZ:EX-HQ', undefined, { element_kind: 'COMMAND', rolled_up: { present: 60 } }),
  unit('KAZ:EX-BN', 'KAZ:EX-HQ', { rolled_up: { present: 40 }, own: { present: 5 } }),
  unit('KAZ:EX-CO-1', 'KAZ:EX-BN', { own: { present: 30 } }),
  unit('KAZ:EX-CO-2', 'KAZ:EX-BN', { element_kind: 'POLICE', own: undefined }),
  unit('KAZ:EX-MED', 'KAZ:EX-HQ', { name: 'Field hospital (fictional)', element_kind: 'REAR_SUPPORT' }),
];
const forest = () => forestOf([{ nation: 'KAZ', rows: KAZ }, { nation: 'TJK', rows: undefined }]);
const all = () => true;
const ids = (shown) => shown.rows.map((row) => row.node.id);

test('A forest has the nations in their order, also one that never reported', () => {
  const [kaz, tjk] = forest();

  assert.deepEqual(kaz.children.map((node) => node.id), ['KAZ:EX-HQ']);
  assert.deepEqual(kaz.sums, { present: 60 });
  assert.deepEqual(tjk, { id: 'TJK', nation: 'TJK', row: null, children: [], sums: null });
});

test('A unit whose parent is not released stands under its nation', () => {
  const [kaz] = forestOf([{ nation: 'KAZ', rows: [unit('KAZ:EX-CO-9', 'KAZ:EX-SECRET')] }]);

  assert.deepEqual(kaz.children.map((node) => node.id), ['KAZ:EX-CO-9']);
});

test('Rows say their level, their place among those beside them and whether they are unfolded', () => {
  const { rows } = flatten(forest(), { isOpen: all });

  assert.deepEqual(
    rows.map((row) => [row.node.id, row.level, row.position, row.setSize, row.isOpen, row.parentIndex]),
    [
      ['KAZ', 1, 1, 2, true, -1],
      ['KAZ:EX-HQ', 2, 1, 1, true, 0],
      ['KAZ:EX-BN', 3, 1, 2, true, 1],
      ['KAZ:EX-CO-1', 4, 1, 2, undefined, 2],
      ['KAZ:EX-CO-2', 4, 2, 2, undefined, 2],
      ['KAZ:EX-MED', 3, 2, 2, undefined, 1],
      ['TJK', 1, 2, 2, undefined, -1],
    ],
  );
});

test('What is folded hides what is below it', () => {
  assert.deepEqual(ids(flatten(forest(), { isOpen: (node) => node.id !== 'KAZ:EX-BN' })), ['KAZ', 'KAZ:EX-HQ', 'KAZ:EX-BN', 'KAZ:EX-MED', 'TJK']);
});

test('A filter keeps what matches and all above it, unfolded and marked', () => {
  const shown = flatten(forest(), { isOpen: () => false, matches: matcher({ kind: 'POLICE' }) });

  assert.deepEqual(shown.rows.map((row) => [row.node.id, row.isContext]), [['KAZ', true], ['KAZ:EX-HQ', true], ['KAZ:EX-BN', true], ['KAZ:EX-CO-2', false]]);
  assert.equal(shown.found, 1);
});

test('A search is by a part of the name or of the code, in any case', () => {
  const found = (find) => flatten(forest(), { isOpen: all, matches: matcher({ find }) }).rows.filter((row) => !row.isContext).map((row) => row.node.id);

  assert.deepEqual(found('HOSPITAL'), ['KAZ:EX-MED']);
  assert.deepEqual(found('ex-co'), ['KAZ:EX-CO-1', 'KAZ:EX-CO-2']);
  assert.deepEqual(found('nothing such'), []);
  assert.equal(matcher({ find: '  ' }), null);
});

test('Sorting is among those beside each other, absent values last either way', () => {
  const below = (sort) => ids(flatten(forest(), { isOpen: all, compare: comparer(sort) })).filter((id) => id.includes('EX-CO'));

  assert.deepEqual(below('present'), ['KAZ:EX-CO-1', 'KAZ:EX-CO-2']);
  assert.deepEqual(below('-present'), ['KAZ:EX-CO-1', 'KAZ:EX-CO-2']);
  assert.deepEqual(below('-name'), ['KAZ:EX-CO-2', 'KAZ:EX-CO-1']);
  assert.equal(comparer('nonsense'), null);
});

test('A header sorts one way, then the other, then not', () => {
  assert.deepEqual(['', 'name', '-name'].map((sort) => nextSort(sort, 'name', false)), ['name', '-name', '']);
  assert.deepEqual(['', '-present', 'present', 'name'].map((sort) => nextSort(sort, 'present', true)), ['-present', 'present', '', '-present']);
});

test('Keys go where the treegrid pattern says', () => {
  const { rows } = flatten(forest(), { isOpen: (node) => node.id !== 'KAZ:EX-BN' });
  const does = (index, key) => keyDoes(rows, index, key, 3);

  assert.deepEqual(does(0, 'ArrowDown'), { to: 1 });
  assert.deepEqual(does(0, 'ArrowUp'), { to: 0 });
  assert.deepEqual(does(4, 'ArrowDown'), { to: 4 });
  assert.deepEqual(does(0, 'PageDown'), { to: 3 });
  assert.deepEqual(does(4, 'Home'), { to: 0 });
  assert.deepEqual(does(0, 'End'), { to: 4 });
  assert.deepEqual(does(1, 'ArrowRight'), { to: 2 });
  assert.deepEqual(does(2, 'ArrowRight').toggle.map((node) => node.id), ['KAZ:EX-BN']);
  assert.deepEqual(does(1, 'ArrowLeft').toggle.map((node) => node.id), ['KAZ:EX-HQ']);
  assert.deepEqual(does(2, 'ArrowLeft'), { to: 1 });
  assert.deepEqual(does(3, '*').toggle.map((node) => node.id), ['KAZ:EX-BN']);
  assert.equal(does(3, 'ArrowRight'), null);
  assert.equal(does(0, 'q'), null);
  assert.equal(keyDoes([], 0, 'ArrowDown', 3), null);
});

test('Letters lead to the next name or code that begins so', () => {
  const { rows } = flatten(forest(), { isOpen: all });
  const nameOf = (node) => (node.row ? `${node.row.name} ${node.row.unit}` : node.id);
  const at = (index, typed) => rows[typedTo(rows, index, typed, nameOf)]?.node.id;

  assert.equal(at(0, 'h'), 'KAZ:EX-MED');
  assert.equal(at(0, 'ex-co'), 'KAZ:EX-CO-1');
  assert.equal(at(3, 'e'), 'KAZ:EX-CO-2');
  assert.equal(at(3, 'ex-co'), 'KAZ:EX-CO-1');
  assert.equal(at(6, 'field hos'), 'KAZ:EX-MED');
  assert.equal(at(0, 'zzz'), undefined);
});

test('What is unfolded is written shortly and read again', () => {
  for (const others of [[], ['KAZ:EX-HQ'], ['KAZ:EX-HQ', 'KAZ:EX-BN', 'RUS:EX-HQ'], ['TJK', 'KAZ', 'KAZ:EX-HQ']]) {
    for (const base of ['', 'all', 'none']) {
      const open = { base, others: new Set(others) };
      assert.deepEqual(readOpen(writeOpen(open)), open);
    }
  }
  assert.equal(writeOpen({ base: 'all', others: new Set(['KAZ:EX-HQ', 'KAZ:EX-BN', 'TJK']) }), 'all,TJK,KAZ:EX-BN,EX-HQ');
  assert.deepEqual(readOpen(',,'), { base: '', others: new Set() });
});

test('Small trees are unfolded at first, of large ones the nations', () => {
  const [kaz] = forest();
  const usual = readOpen('');

  assert.equal(opener(usual, 65)(kaz.children[0]), true);
  assert.equal(opener(usual, 10_000)(kaz.children[0]), false);
  assert.equal(opener(usual, 10_000)(kaz), true);
  assert.equal(opener(toggled(usual, 'KAZ:EX-HQ'), 65)(kaz.children[0]), false);
  assert.equal(opener(toggled(toggled(usual, 'KAZ'), 'KAZ'), 65)(kaz), true);
});

test('A chain of 20,000 commands neither overflows nor takes long', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => unit(`KAZ:EX-${i}`, i > 0 ? `KAZ:EX-${i - 1}` : undefined));
  const deep = forestOf([{ nation: 'KAZ', rows }]);

  assert.equal([...nodesOf(deep)].length, 20_001);
  assert.equal(flatten(deep, { isOpen: all }).rows.at(-1).level, 20_001);
  assert.equal(flatten(deep, { isOpen: all, matches: matcher({ find: 'EX-19999' }) }).rows.length, 20_001);
});

test('Sums leave out what nobody said', () => {
  assert.deepEqual(sumOf([{ present: 3, oldest_valid_at: '2022-01-07T00:00:00Z' }, undefined, { present: 4, deployable: 1 }]), { present: 7, deployable: 1 });
});
