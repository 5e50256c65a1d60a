import { namedGenerator, shuffle } from '../../random.ts';
import { complementOf, everyTuple, numberOfTuples } from './all-tuples.ts';
import { type Balance, balanceOf } from './balance.ts';
import { cyclicTuples } from './cyclic-tuples.ts';
import { dealTuples } from './deal-tuples.ts';
import { evenOut } from './even-out.ts';

/** Which items are to be judged together. */
export interface TuplePlan {
  /** How many items there are; they are numbered from 0. */
  readonly items: number;
  /** Items in a tuple, 4 unless stated. */
  readonly size?: number;
  /** Tuples for each item, 2 unless stated: 2N tuples for N items. */
  readonly factor?: number;
  /** Seed of every random choice, 1 unless stated. */
  readonly seed?: number;
}

/** A design for best–worst scaling. */
export interface TupleDesign {
  /** Items of each tuple, in the order in which they are to be shown. */
  readonly tuples: readonly (readonly number[])[];
  readonly balance: Balance;
  readonly seed: number;
}

/** Most distinct tuples of a few items that are enumerated, so as to take all of them, or all but a few. */
const ENUMERATED = 20_000;

/**
 * Tuples of items for best–worst scaling, as Kiritchenko & Mohammad (2016, § 3.1; 2017, § 3) ask for them: as many
 * as `factor` times the items (1.5 to 2 are theirs), no two tuples alike, no item twice in a tuple, each item in as
 * many tuples as any other (one more or less only where the places cannot be divided evenly), and each two items in
 * one tuple together as rarely as can be found: not twice where that is avoidable.
 *
 * Theirs are random draws, the best of many. Ours are the better of two: where the tuples are a whole multiple of the
 * items, a cyclic design (Bose 1939), in which no two items meet oftener than they must; and unless nothing is left to
 * wish for, one dealt from shuffled items and evened out by exchanges, of a bounded number, that never make the sum of
 * squared meetings larger.
 * Which item stands at which point of the design, the order of tuples and the order within a tuple are shuffled. Where
 * fewer distinct tuples exist than are asked for, all of them are given.
 *
 * A second or two at the most for a few thousand items; the same for the same plan on every platform. Throws RangeError where there are fewer items
 * than places in a tuple, tuples of fewer than two, or too few tuples for every item to stand in one.
 */
export function designTuples({ items, size = 4, factor = 2, seed = 1 }: TuplePlan): TupleDesign {
  if (!Number.isInteger(size) || size < 2)
    throw new RangeError(`A tuple holds two items or more, not ${size}.`);
  if (!Number.isInteger(items) || items < size) {
    throw new RangeError(`Tuples of ${size} take at least ${size} items; there are ${items}.`);
  }
  if (!(factor * size >= 1)) throw new RangeError(`${factor} tuples for each item leave some of them out.`);
  const generator = namedGenerator('tuple design', seed);
  const possible = numberOfTuples(items, size);
  const wanted = Math.min(Math.max(Math.round(items * factor), Math.ceil(items / size)), possible);
  const names = shuffle(
    Array.from({ length: items }, (_, item) => item),
    generator,
  );
  const points = pointTuples(items, size, wanted, possible, generator);
  const tuples = shuffle(
    points.map((tuple) =>
      shuffle(
        tuple.map((point) => names[point] ?? point),
        generator,
      ),
    ),
    generator,
  );
  return { tuples, balance: balanceOf(tuples, items), seed };
}

function pointTuples(
  items: number,
  size: number,
  wanted: number,
  possible: number,
  generator: ReturnType<typeof namedGenerator>,
): number[][] {
  if (wanted === possible && possible <= ENUMERATED) return everyTuple(items, size);
  if (2 * wanted > possible && possible <= ENUMERATED) {
    // What is left out of all tuples evenly leaves the rest even.
    const leftOut = dealTuples(items, size, possible - wanted, generator);
    evenOut(leftOut, items, generator);
    return complementOf(leftOut, items, size);
  }
  const cyclic = cyclicTuples(items, size, wanted / items, generator);
  const ofCyclic = cyclic === null ? null : balanceOf(cyclic, items);
  if (cyclic !== null && ofCyclic?.repeated === 0) return cyclic;
  const dealt = dealTuples(items, size, wanted, generator);
  evenOut(dealt, items, generator);
  return cyclic !== null && ofCyclic !== null && isBetter(ofCyclic, balanceOf(dealt, items)) ? cyclic : dealt;
}

/** Fewer meetings of the two that meet most, then fewer that meet again. */
function isBetter(one: Balance, other: Balance): boolean {
  return one.mostTogether === other.mostTogether
    ? one.repeated < other.repeated
    : one.mostTogether < other.mostTogether;
}
