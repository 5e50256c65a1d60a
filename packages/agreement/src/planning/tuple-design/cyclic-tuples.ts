import { type Generator } from '../../random.ts';
import { tupleName } from './all-tuples.ts';

/** Attempts at base blocks before a design of another kind is made. */
const ATTEMPTS = 400;

/**
 * Base blocks moved on through all items (Bose 1939), among whose differences modulo the number of items none comes
 * oftener than it must: every item stands in `blocks` · size tuples, all distinct, and no two items stand together
 * oftener than they must, which with enough items is once. Null where `blocks` is no whole number or no such base
 * blocks were found.
 */
export function cyclicTuples(
  items: number,
  size: number,
  blocks: number,
  generator: Generator,
): number[][] | null {
  if (!Number.isInteger(blocks) || blocks < 1) return null;
  const most = Math.ceil((blocks * size * (size - 1)) / (items - 1));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const bases = baseBlocks({ items, size, blocks, most }, generator);
    if (bases === null) continue;
    const tuples = bases.flatMap((base) =>
      Array.from({ length: items }, (_, by) => base.map((point) => (point + by) % items)),
    );
    // A block that is its own translate, or another's, comes round too soon.
    if (most === 1 || new Set(tuples.map(tupleName)).size === tuples.length) return tuples;
  }
  return null;
}

interface Sought {
  readonly items: number;
  readonly size: number;
  readonly blocks: number;
  /** How often a difference may come. */
  readonly most: number;
}

/** One greedy attempt: points are added at random as long as their differences may come once more. */
function baseBlocks({ items, size, blocks, most }: Sought, generator: Generator): number[][] | null {
  const taken = new Uint32Array(items);
  const bases: number[][] = [];
  for (let block = 0; block < blocks; block++) {
    const base = [0];
    while (base.length < size) {
      const open = candidates(base, taken, most);
      const chosen = open[generator.below(Math.max(1, open.length))];
      if (chosen === undefined) return null;
      for (const difference of differencesTo(base, chosen, items)) {
        taken[difference] = (taken[difference] ?? 0) + 1;
      }
      base.push(chosen);
    }
    bases.push(base);
  }
  return bases;
}

/** Few enough to look at all of them where items are scarce; where they are many, the first ones leave enough. */
const LOOKED_AT = 4_000;

function candidates(base: readonly number[], taken: Uint32Array, most: number): number[] {
  const open: number[] = [];
  for (let point = 1; point < taken.length && point <= LOOKED_AT; point++) {
    const differences = differencesTo(base, point, taken.length);
    const fits = differences.every((difference) => {
      const own = differences.filter((other) => other === difference).length;
      return difference !== 0 && (taken[difference] ?? 0) + own <= most;
    });
    if (fits) open.push(point);
  }
  return open;
}

/** In both directions. */
function differencesTo(base: readonly number[], point: number, items: number): number[] {
  return base.flatMap((known) => {
    const forth = (((point - known) % items) + items) % items;
    return [forth, (items - forth) % items];
  });
}
