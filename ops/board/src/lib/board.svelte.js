// SPDX-License-Identifier: Apache-2.0
// What the page needs to know of its place (GET /api/v1/board): names of nations in their order, the marking, the realm.

export const board = $state({
  isKnown: false,
  version: '',
  realm: '',
  marking: '',
  nations: [], // {code, names: {en, ru}}
  identity: '',
});

export async function learnBoard() {
  const answer = await fetch('/api/v1/board');
  if (!answer.ok) throw new Error(`board: ${answer.status}`);
  const told = await answer.json();
  Object.assign(board, {
    isKnown: true,
    version: told.version,
    realm: told.realm ?? '',
    marking: told.marking?.text ?? '',
    nations: told.nations ?? [],
    identity: told.identity?.node ?? '',
  });
}
