import type { ItemId } from '@casebook/contracts';
import { wordsOf, type UnitPair } from './unit-pair.ts';

/** A pair with its row in a table of scores and the name that other tables call it by. */
export interface NamedPair {
  readonly pair: UnitPair;
  readonly name: string;
}

/**
 * All pairs that stand in some units, in the order of their ids, which is that of their import. Each gets a name that no
 * other has, `12:cup – mug`: its row, from 1, and its words. The sign that parts names in a list of items, `|`, is
 * written as `¦`.
 */
export function namedPairs(pairs: Iterable<UnitPair>): ReadonlyMap<ItemId, NamedPair> {
  const byId = new Map<ItemId, UnitPair>();
  for (const pair of pairs) byId.set(pair.id, pair);
  const inOrder = [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return new Map(
    inOrder.map((pair, row) => [
      pair.id,
      { pair, name: `${row + 1}:${wordsOf(pair)}`.replaceAll('|', '¦').replaceAll(/\s+/gu, ' ').trim() },
    ]),
  );
}
