import { type Study } from '../study/study.ts';
import { type Weights, weightBetween } from '../weights/weights.ts';

/**
 * What kappa needs of every two coders, from one pass over the ratings. The block of a pair holds: units that both
 * rated, Σ of agreement weights, the first's category counts, the second's.
 */
export interface PairSums {
  readonly totals: Float64Array;
  readonly pairs: number;
  /** Length of a block, 2 + 2 × categories. */
  readonly block: number;
  /** Number of the pair first < second. */
  pairNumber(first: number, second: number): number;
}

export function pairSums(study: Study, weights: Weights): PairSums {
  const coders = study.coders.length;
  const pairs = (coders * (coders - 1)) / 2;
  const block = 2 + 2 * weights.size;
  const totals = new Float64Array(pairs * block);
  const add = (column: number, amount: number): void => {
    totals[column] = (totals[column] ?? 0) + amount;
  };
  visitPairs(study, (pair, first, second) => {
    const base = pair * block;
    add(base, 1);
    add(base + 1, weightBetween(weights, first, second));
    add(base + 2 + first, 1);
    add(base + 2 + weights.size + second, 1);
  });
  return { totals, pairs, block, pairNumber: (first, second) => numberOf(first, second, coders) };
}

function numberOf(first: number, second: number, coders: number): number {
  return first * coders - (first * (first + 1)) / 2 + second - first - 1;
}

/** Calls `visit` with the pair of coders and the categories of every two ratings of a unit, `endUnit` after each unit. */
export function visitPairs(
  study: Study,
  visit: (pair: number, first: number, second: number) => void,
  endUnit?: () => void,
): void {
  const coders = study.coders.length;
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    for (let i = study.offsets[unit] ?? 0; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const pair = numberOf(study.coderOf[i] ?? 0, study.coderOf[j] ?? 0, coders);
        visit(pair, study.categoryOf[i] ?? 0, study.categoryOf[j] ?? 0);
      }
    }
    endUnit?.();
  }
}
