import { requireColumns } from '../continuous/columns.ts';
import { correlationOf } from '../continuous/moments.ts';
import { averageRanks } from '../continuous/ranks.ts';
import { DEFAULT_LEVEL, DEFAULT_RESAMPLES, DEFAULT_SEED } from '../inference/interval-options.ts';
import { namedGenerator } from '../random.ts';
import { percentileInterval, summariseDraws } from '../resampling/bootstrap.ts';

export interface PairedBootstrapOptions {
  /** Spearman unless stated. */
  readonly correlation?: 'spearman' | 'pearson';
  readonly resamples?: number;
  readonly level?: number;
  readonly seed?: number;
}

export type PairedBootstrap =
  | {
      readonly kind: 'defined';
      readonly difference: number;
      readonly low: number;
      readonly high: number;
      readonly level: number;
      readonly se: number;
      /** Twice the smaller share of resamples on one side of zero, with one added to both counts. */
      readonly pTwoSided: number;
      readonly resamples: number;
      /** Resamples in which a column was constant. */
      readonly undefined: number;
      readonly seed: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/**
 * Bootstrap of r(gold, first) − r(gold, second) over pairs: rows are drawn with replacement and both
 * correlations taken on the same draw. Undefined where a column is constant; throws RangeError for columns of different
 * length, or with values that are not finite.
 */
export function pairedBootstrap(
  gold: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: PairedBootstrapOptions = {},
): PairedBootstrap {
  const n = gold.length;
  if (first.length !== n || second.length !== n) {
    throw new RangeError(`The columns have ${n}, ${first.length} and ${second.length} values.`);
  }
  requireColumns(gold, first);
  requireColumns(gold, second);
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  const seed = options.seed ?? DEFAULT_SEED;
  const level = options.level ?? DEFAULT_LEVEL;
  const isPearson = options.correlation === 'pearson';
  const difference = (g: Float64Array, a: Float64Array, b: Float64Array): number => {
    const ranked = isPearson ? g : averageRanks(g);
    const r1 = correlationOf(ranked, isPearson ? a : averageRanks(a));
    const r2 = correlationOf(ranked, isPearson ? b : averageRanks(b));
    return r1 === null || r2 === null ? NaN : r1 - r2;
  };
  const whole = difference(Float64Array.from(gold), Float64Array.from(first), Float64Array.from(second));
  if (n < 2 || Number.isNaN(whole))
    return { kind: 'undefined', reason: 'one of the columns has no variance' };
  const generator = namedGenerator('paired bootstrap', seed);
  const g = new Float64Array(n);
  const a = new Float64Array(n);
  const b = new Float64Array(n);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < n; i++) {
      const row = generator.below(n);
      g[i] = gold[row] ?? 0;
      a[i] = first[row] ?? 0;
      b[i] = second[row] ?? 0;
    }
    values[resample] = difference(g, a, b);
  }
  const draws = summariseDraws(values);
  if (draws.values.length < 2)
    return { kind: 'undefined', reason: 'the difference is undefined in every resample' };
  const below = draws.values.reduce((count, value) => count + (value <= 0 ? 1 : 0), 0);
  const above = draws.values.reduce((count, value) => count + (value >= 0 ? 1 : 0), 0);
  return {
    kind: 'defined',
    difference: whole,
    ...percentileInterval(draws, level),
    level,
    se: draws.se,
    pTwoSided: Math.min(1, (2 * (Math.min(below, above) + 1)) / (draws.values.length + 1)),
    resamples,
    undefined: draws.undefined,
    seed,
  };
}
