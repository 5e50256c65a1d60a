import { type Generator, namedGenerator, shuffle } from '../random.ts';

/** Which items are to be compared with which. */
export interface ComparisonPlan {
  /** How many items there are; they are numbered from 0. */
  readonly items: number;
  /** Others that each item is compared with; all of them where there are no more. */
  readonly partners: number;
  /** Seed of every random choice, 1 unless stated. */
  readonly seed?: number;
}

/** A design for paired comparison. */
export interface ComparisonDesign {
  /** Two items each: the one that is shown first, the one that is shown second. */
  readonly comparisons: readonly (readonly [number, number])[];
  readonly balance: {
    /** The fewest and the most others that an item is compared with. */
    readonly partners: { readonly fewest: number; readonly most: number };
    /** The largest difference, over items, between times shown first and times shown second. */
    readonly sides: number;
  };
  readonly seed: number;
}

/**
 * Comparisons of two, as MEN has them (Bruni, Tran & Baroni 2014: every pair against 50 others drawn at random), but
 * balanced: no two items are compared twice, every item has as many partners as any other (one has one more where
 * items and partners are both odd), and is shown first as often as second (one more or less where its partners are
 * odd). All items hang together through comparisons, without which strengths would not be comparable.
 *
 * A cyclic design (David 1988, ch. 5): shuffled items in a ring, each compared with those at drawn distances, of which
 * one step is always among them. Throws RangeError with fewer than two items or two partners.
 */
export function designComparisons({ items, partners, seed = 1 }: ComparisonPlan): ComparisonDesign {
  if (!Number.isInteger(items) || items < 2)
    throw new RangeError(`To compare takes two items; there are ${items}.`);
  if (!Number.isInteger(partners) || partners < 2) {
    throw new RangeError(
      `With fewer than two partners items do not hang together; ${partners} were asked for.`,
    );
  }
  const generator = namedGenerator('comparison design', seed);
  const names = shuffle(
    Array.from({ length: items }, (_, item) => item),
    generator,
  );
  const points = partners >= items - 1 ? everyTwo(items) : ringComparisons(items, partners, generator);
  const comparisons = shuffle(
    points.map(([one, other]): [number, number] => [names[one] ?? one, names[other] ?? other]),
    generator,
  );
  return { comparisons, balance: balanceOf(comparisons, items), seed };
}

/** Each two, whose sides alternate with their distance, so that every item stands on both as often as can be. */
function everyTwo(items: number): [number, number][] {
  return Array.from({ length: items }, (_, one) =>
    Array.from({ length: items - one - 1 }, (__, step): [number, number] =>
      step % 2 === 0 ? [one, one + step + 1] : [one + step + 1, one],
    ),
  ).flat();
}

function ringComparisons(items: number, partners: number, generator: Generator): [number, number][] {
  const whole = partners >> 1;
  const isOdd = partners % 2 === 1;
  // The distance that is gone only half of the way round, for odd partners: half the ring, or with odd items two steps.
  const half = !isOdd ? null : items % 2 === 0 ? items / 2 : 2;
  const open: number[] = [];
  for (let distance = 2; distance < items / 2; distance++) if (distance !== half) open.push(distance);
  const distances = [1, ...shuffle(open, generator).slice(0, whole - 1)];
  const comparisons = distances.flatMap((distance) =>
    Array.from({ length: items }, (_, one): [number, number] => [one, (one + distance) % items]),
  );
  if (half === null) return comparisons;
  const more = Array.from({ length: Math.ceil(items / 2) }, (_, step): [number, number] =>
    items % 2 === 0 ? [step, step + half] : [(4 * step) % items, (4 * step + 2) % items],
  );
  return [...comparisons, ...more];
}

function balanceOf(
  comparisons: readonly (readonly [number, number])[],
  items: number,
): ComparisonDesign['balance'] {
  const first = new Uint32Array(items);
  const second = new Uint32Array(items);
  for (const [one, other] of comparisons) {
    first[one] = (first[one] ?? 0) + 1;
    second[other] = (second[other] ?? 0) + 1;
  }
  let fewest = Infinity;
  let most = 0;
  let sides = 0;
  for (const [item, times] of first.entries()) {
    const others = second[item] ?? 0;
    fewest = Math.min(fewest, times + others);
    most = Math.max(most, times + others);
    sides = Math.max(sides, Math.abs(times - others));
  }
  return { partners: { fewest, most }, sides };
}
