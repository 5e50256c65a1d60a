import { tupleName } from './all-tuples.ts';

/** How even a design is. */
export interface Balance {
  /** The fewest and the most tuples that an item stands in. */
  readonly appearances: { readonly fewest: number; readonly most: number };
  /** The most tuples that two items stand in together. */
  readonly mostTogether: number;
  /** Below this no design with as many appearances could bring `mostTogether`. */
  readonly leastPossible: number;
  /** How many two items stand together more than once. */
  readonly repeated: number;
  /** How many two items there are that ever stand together. */
  readonly together: number;
  /** Tuples that are there already, in whichever order of their items. */
  readonly alike: number;
}

/** Counts a design of the items 0 … `items` − 1. */
export function balanceOf(tuples: readonly (readonly number[])[], items: number): Balance {
  const appearances = new Uint32Array(items);
  const meetings = new Map<number, number>();
  let size = 0;
  for (const tuple of tuples) {
    size = Math.max(size, tuple.length);
    for (const [place, one] of tuple.entries()) {
      appearances[one] = (appearances[one] ?? 0) + 1;
      for (let later = place + 1; later < tuple.length; later++) {
        const pair = pairOf(one, tuple[later] ?? 0, items);
        meetings.set(pair, (meetings.get(pair) ?? 0) + 1);
      }
    }
  }
  let mostTogether = 0;
  let repeated = 0;
  for (const times of meetings.values()) {
    if (times > 1) repeated += 1;
    if (times > mostTogether) mostTogether = times;
  }
  const [fewest, most] = extremes(appearances);
  return {
    appearances: { fewest, most },
    mostTogether,
    leastPossible: items < 2 ? 0 : Math.ceil((most * (size - 1)) / (items - 1)),
    repeated,
    together: meetings.size,
    alike: tuples.length - new Set(tuples.map(tupleName)).size,
  };
}

function extremes(counts: Uint32Array): [number, number] {
  let fewest = Infinity;
  let most = 0;
  for (const count of counts) {
    if (count < fewest) fewest = count;
    if (count > most) most = count;
  }
  return [counts.length === 0 ? 0 : fewest, most];
}

/** A number of its own for each two of so many items, in either order. */
export function pairOf(one: number, other: number, items: number): number {
  return one < other ? one * items + other : other * items + one;
}
