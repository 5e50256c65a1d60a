import { maximumWeightMatching } from '@casebook/agreement';
import type { Pairing } from './pairing.ts';
import type { Side } from './side.ts';

/** The entities of two sides under one numbering: the same number is the same entity. */
export interface Alignment {
  /** By the names of chains. */
  readonly numberInA: (chain: string) => number | null;
  readonly numberInB: (chain: string) => number | null;
  readonly entities: { readonly a: number; readonly b: number; readonly both: number };
}

/** Small enough that it decides between alignments with equally many phrases in common, and no others. */
const TIE = 1e-6;

/**
 * Aligns entities one to one so that aligned ones have the most phrases in common, as CEAF by mentions does (Luo
 * 2005); of several such alignments one of those whose entities overlap most by Dice. Phrases with different borders
 * count as in common. Numbers follow the first mention on either side.
 */
export function alignedEntities(a: Side, b: Side, { pairs }: Pairing): Alignment {
  const [chainsA, chainsB] = [chainsOf(a), chainsOf(b)];
  const [namesA, namesB] = [[...chainsA.keys()], [...chainsB.keys()]];
  const placeA = new Map(namesA.map((name, place) => [name, place]));
  const placeB = new Map(namesB.map((name, place) => [name, place]));
  const shared = new Map<string, { row: number; column: number; count: number }>();
  for (const pair of pairs) {
    const row = placeA.get(a.chainOf(pair.a.key) ?? '');
    const column = placeB.get(b.chainOf(pair.b.key) ?? '');
    if (row === undefined || column === undefined) continue;
    const cell = shared.get(`${row} ${column}`) ?? { row, column, count: 0 };
    cell.count += 1;
    shared.set(`${row} ${column}`, cell);
  }
  const cells = [...shared.values()];
  const matched = maximumWeightMatching({
    rows: namesA.length,
    columns: namesB.length,
    row: cells.map(({ row }) => row),
    column: cells.map(({ column }) => column),
    weight: cells.map(({ row, column, count }) => {
      const sizes = (chainsA.get(namesA[row] ?? '') ?? 0) + (chainsB.get(namesB[column] ?? '') ?? 0);
      return count + (TIE * 2 * count) / sizes;
    }),
  });
  const partner = new Map<string, string>();
  for (const [row, name] of namesA.entries()) {
    const other = namesB[matched[row] ?? -1];
    if (other !== undefined) partner.set(name, other);
  }
  return numbered(a, b, partner, { a: namesA.length, b: namesB.length });
}

/** Chain → how many phrases it has. */
function chainsOf({ phrases, chainOf }: Side): ReadonlyMap<string, number> {
  const chains = new Map<string, number>();
  for (const { key } of phrases) {
    const chain = chainOf(key);
    if (chain !== null) chains.set(chain, (chains.get(chain) ?? 0) + 1);
  }
  return chains;
}

function numbered(
  a: Side,
  b: Side,
  partner: ReadonlyMap<string, string>,
  sizes: { readonly a: number; readonly b: number },
): Alignment {
  const back = new Map([...partner].map(([one, other]) => [other, one]));
  const inA = new Map<string, number>();
  const inB = new Map<string, number>();
  let count = 0;
  const met = [
    ...a.phrases.map(({ key, unit }) => ({ at: unit.ranges[0]?.[0] ?? 0, chain: a.chainOf(key), isA: true })),
    ...b.phrases.map(({ key, unit }) => ({
      at: unit.ranges[0]?.[0] ?? 0,
      chain: b.chainOf(key),
      isA: false,
    })),
  ].sort((one, other) => one.at - other.at);
  for (const { chain, isA } of met) {
    if (chain === null || (isA ? inA : inB).has(chain)) continue;
    count += 1;
    (isA ? inA : inB).set(chain, count);
    const other = (isA ? partner : back).get(chain);
    if (other !== undefined) (isA ? inB : inA).set(other, count);
  }
  return {
    numberInA: (chain) => inA.get(chain) ?? null,
    numberInB: (chain) => inB.get(chain) ?? null,
    entities: { ...sizes, both: partner.size },
  };
}
