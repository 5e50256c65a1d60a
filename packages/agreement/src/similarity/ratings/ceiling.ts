import { studentsTQuantile } from '../../distributions/students-t.ts';
import { namedGenerator } from '../../random.ts';
import { Ordering } from '../model/rank-kernel.ts';
import { type RatingTable, ratingsOf } from './rating-table.ts';

/** How exactly one pair's mean is known. */
export interface PairPrecision {
  readonly pair: number;
  readonly ratings: number;
  readonly mean: number;
  /** Standard error of the mean; pooled over pairs where fewer than five ratings stand behind it. */
  readonly standardError: number;
  /** Where the pair may rank among all, 1 being the lowest, in 95 % of draws of the means. */
  readonly rankLow: number;
  readonly rankHigh: number;
  /** Sarle's coefficient, corrected for small samples; null for fewer than four ratings or equal ones. */
  readonly bimodality: number | null;
}

export type PrecisionReport =
  | {
      readonly kind: 'defined';
      readonly pairs: readonly PairPrecision[];
      /** Share of orderings of two pairs whose means differ at 95 %. */
      readonly resolvedOrderings: number;
      readonly meanStandardError: number;
      /** Median width of the rank intervals, in ranks. */
      readonly medianRankWidth: number;
      /** Pairs with a coefficient above 5/9 (that of a uniform distribution) and a spread above the usual. */
      readonly bimodal: readonly number[];
      /** Whether standard errors are the pairs' own or pooled over all. */
      readonly standardErrors: 'own' | 'pooled';
      readonly seed: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

const DRAWS = 400;
const POOLED_BELOW = 5;
const UNIFORM = 5 / 9;

/** Standard errors, rank intervals and split opinions of all pairs. Undefined where no pair has two ratings. */
export function pairPrecision(table: RatingTable, seed = 1): PrecisionReport {
  const known = table.pairs.flatMap((_, pair) => {
    const values = ratingsOf(table, pair);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return [{ pair, values, mean, squares }];
  });
  const freedom = known.reduce((sum, { values }) => sum + values.length - 1, 0);
  if (known.length < 2 || freedom < 1) return { kind: 'undefined', reason: 'no pair was rated twice' };
  const pooled = known.reduce((sum, { squares }) => sum + squares, 0) / freedom;
  const usual = Math.sqrt(pooled);
  const few = known.reduce((sum, { values }) => sum + values.length, 0) / known.length < POOLED_BELOW;
  const errors = known.map(({ values, squares }) => {
    const own = few || values.length < POOLED_BELOW ? pooled : squares / (values.length - 1);
    return Math.sqrt(own / values.length);
  });
  const means = known.map(({ mean }) => mean);
  const intervals = rankIntervals(means, errors, seed);
  const pairs = known.map(({ pair, values, mean }, at): PairPrecision => ({
    pair,
    ratings: values.length,
    mean,
    standardError: errors[at] ?? 0,
    rankLow: intervals[at]?.low ?? 1,
    rankHigh: intervals[at]?.high ?? known.length,
    bimodality: bimodality(values),
  }));
  const widths = pairs.map(({ rankLow, rankHigh }) => rankHigh - rankLow).sort((one, other) => one - other);
  return {
    kind: 'defined',
    pairs,
    resolvedOrderings: resolvedShare(
      means,
      errors,
      known.map(({ values }) => (few ? freedom : values.length - 1)),
    ),
    meanStandardError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    medianRankWidth: widths[widths.length >> 1] ?? 0,
    bimodal: known.flatMap(({ pair, values, squares }, at) =>
      values.length >= 6 &&
      (pairs[at]?.bimodality ?? 0) > UNIFORM &&
      Math.sqrt(squares / (values.length - 1)) > 1.25 * usual
        ? [pair]
        : [],
    ),
    standardErrors: few ? 'pooled' : 'own',
    seed,
  };
}

/** Ranks of normal draws about the means, the middle 95 %. */
function rankIntervals(
  means: readonly number[],
  errors: readonly number[],
  seed: number,
): { low: number; high: number }[] {
  const generator = namedGenerator('rank intervals', seed);
  const count = means.length;
  const ordering = new Ordering(count);
  const drawn = new Float64Array(count);
  const ranks = new Uint32Array(count * DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let at = 0; at < count; at++) drawn[at] = (means[at] ?? 0) + (errors[at] ?? 0) * generator.normal();
    ordering.sort(drawn);
    for (let rank = 0; rank < count; rank++) ranks[(ordering.order[rank] ?? 0) * DRAWS + draw] = rank + 1;
  }
  return means.map((_, at) => {
    const own = ranks.subarray(at * DRAWS, (at + 1) * DRAWS).sort();
    return { low: own[Math.floor(0.025 * DRAWS)] ?? 1, high: own[Math.ceil(0.975 * DRAWS) - 1] ?? count };
  });
}

/** Share of all twos whose means differ by more than Welch's 95 % limit. */
function resolvedShare(
  means: readonly number[],
  errors: readonly number[],
  freedoms: readonly number[],
): number {
  const limits = new Map<number, number>();
  const limitOf = (freedom: number): number => {
    const known = limits.get(freedom);
    if (known !== undefined) return known;
    const limit = studentsTQuantile(0.975, freedom);
    limits.set(freedom, limit);
    return limit;
  };
  let resolved = 0;
  for (let one = 0; one < means.length; one++) {
    const ownError = (errors[one] ?? 0) ** 2;
    const ownFreedom = Math.max(1, freedoms[one] ?? 1);
    for (let other = one + 1; other < means.length; other++) {
      const theirError = (errors[other] ?? 0) ** 2;
      const theirFreedom = Math.max(1, freedoms[other] ?? 1);
      const variance = ownError + theirError;
      const difference = Math.abs((means[one] ?? 0) - (means[other] ?? 0));
      if (difference === 0) continue;
      if (variance === 0) {
        resolved += 1;
        continue;
      }
      const welch = (variance * variance) / (ownError ** 2 / ownFreedom + theirError ** 2 / theirFreedom);
      // Rounding the freedom down costs little and makes the table of limits short.
      const freedom = Math.max(1, Math.min(200, Math.floor(welch)));
      if (difference > limitOf(freedom) * Math.sqrt(variance)) resolved += 1;
    }
  }
  return resolved / ((means.length * (means.length - 1)) / 2);
}

/**
 * Sarle's bimodality coefficient, (skewness² + 1) / (excess kurtosis + 3(n − 1)²/((n − 2)(n − 3))), skewness and kurtosis
 * corrected for small samples as SAS does. Null for fewer than four values or equal ones.
 */
export function bimodality(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 4) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const value of values) {
    const difference = value - mean;
    second += difference ** 2 / n;
    third += difference ** 3 / n;
    fourth += difference ** 4 / n;
  }
  if (!(second > 0)) return null;
  const skewness = (Math.sqrt(n * (n - 1)) / (n - 2)) * (third / second ** 1.5);
  const kurtosis = ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (fourth / second ** 2 - 3) + 6);
  return (skewness ** 2 + 1) / (kurtosis + (3 * (n - 1) ** 2) / ((n - 2) * (n - 3)));
}
