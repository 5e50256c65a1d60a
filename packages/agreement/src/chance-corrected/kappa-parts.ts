import { type Usage } from '../estimate.ts';
import { type Study } from '../study/study.ts';
import { type Weights, weightBetween } from '../weights/weights.ts';
import { type PairedCategories } from './paired-categories.ts';

/** The parts of kappa of one pair of coders. */
export interface KappaParts {
  readonly units: number;
  readonly observed: number;
  readonly expected: number;
  /** Shares of the categories with the first and the second coder. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export function kappaOf(observed: number, expected: number): number {
  return (observed - expected) / (1 - expected);
}

export function usageOfPairs(study: Study, pairs: PairedCategories): Usage {
  const ratings = 2 * pairs.first.length;
  return {
    units: pairs.first.length,
    coders: 2,
    ratings,
    dropped: {
      units: study.units.length - pairs.first.length,
      coders: study.coders.length - 2,
      ratings: study.categoryOf.length - ratings,
    },
  };
}

/** Observed and expected agreement; null where the coders share no unit. */
export function kappaParts(pairs: PairedCategories, weights: Weights): KappaParts | null {
  const units = pairs.first.length;
  if (units === 0) return null;
  const first = new Float64Array(weights.size);
  const second = new Float64Array(weights.size);
  let observed = 0;
  for (let i = 0; i < units; i++) {
    const k = pairs.first[i] ?? 0;
    const l = pairs.second[i] ?? 0;
    first[k] = (first[k] ?? 0) + 1;
    second[l] = (second[l] ?? 0) + 1;
    observed += weightBetween(weights, k, l);
  }
  const expected = expectedFromMarginals(first, second, units, units, weights);
  for (let k = 0; k < weights.size; k++) {
    first[k] = (first[k] ?? 0) / units;
    second[k] = (second[k] ?? 0) / units;
  }
  return { units, observed: observed / units, expected, first, second };
}

/** Σ w_kl (a_k / aTotal)(b_l / bTotal); exactly 1 where all fall into one category. */
export function expectedFromMarginals(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  aTotal: number,
  bTotal: number,
  weights: Weights,
): number {
  let sum = 0;
  for (let k = 0; k < weights.size; k++) {
    const share = a[k] ?? 0;
    if (share === 0) continue;
    if (weights.kind === 'identity') {
      sum += share * (b[k] ?? 0);
      continue;
    }
    const row = k * weights.size;
    let inner = 0;
    for (let l = 0; l < weights.size; l++) inner += (weights.values[row + l] ?? 0) * (b[l] ?? 0);
    sum += share * inner;
  }
  return sum / (aTotal * bTotal);
}
