import { DEFAULT_LEVEL } from '../../inference/interval-options.ts';
import { type Generator, namedGenerator } from '../../random.ts';
import { percentileInterval, type ResamplingControl, summariseDraws } from '../../resampling/bootstrap.ts';
import { raterColumns, type SharedColumns, sharedColumns } from './rater-columns.ts';
import { type RatingTable } from './rating-table.ts';

/** A percentile interval of a mean of correlations, or why there is none. */
export type BootstrapInterval =
  | { readonly low: number; readonly high: number; readonly level: number; readonly resamples: number }
  | { readonly value: null; readonly reason: string };

export interface CorrelationIntervals {
  /** Pairs drawn again, raters kept. */
  readonly overPairs: BootstrapInterval;
  /** Pairs and raters drawn again: other raters might have been asked. */
  readonly overRatersAndPairs: BootstrapInterval;
}

export interface InterRaterIntervals {
  readonly apiaa: Readonly<Record<'spearman' | 'pearson', CorrelationIntervals>>;
  readonly amiaa: Readonly<Record<'spearman' | 'pearson', CorrelationIntervals>>;
  readonly resamples: number;
  readonly seed: number;
}

export interface InterRaterBootstrapOptions extends ResamplingControl {
  /** 300 unless stated. */
  readonly resamples?: number;
  readonly seed?: number;
  /** Fewest shared pairs of a correlation that counts. */
  readonly leastShared: number;
}

/**
 * Bootstrap intervals of the mean pairwise correlation (APIAA) and of the mean correlation with the mean of the others
 * (AMIAA). A rater drawn twice counts twice, but is not paired with himself; in AMIAA he is compared with the mean of
 * the others as they are, and it is the comparisons that are drawn.
 */
export function interRaterIntervals(
  table: RatingTable,
  options: InterRaterBootstrapOptions,
): InterRaterIntervals {
  const resamples = options.resamples ?? 300;
  const seed = options.seed ?? 1;
  const columns = raterColumns(table);
  const twos: { one: number; other: number; columns: SharedColumns }[] = [];
  for (const [one, own] of columns.entries()) {
    for (let other = one + 1; other < columns.length; other++) {
      const theirs = columns[other];
      const shared = theirs === undefined ? null : sharedColumns(own, theirs, options.leastShared);
      if (shared !== null) twos.push({ one, other, columns: shared });
    }
  }
  const against = columns.flatMap((column, rater) => {
    const others = meanOfOthers(table, rater);
    const shared = sharedColumns(column, others, options.leastShared);
    return shared === null ? [] : [{ one: rater, other: rater, columns: shared }];
  });
  const generator = namedGenerator('inter-rater bootstrap', seed);
  const count = () => new Float64Array(resamples);
  const draws = {
    apiaa: { spearman: [count(), count()], pearson: [count(), count()] },
    amiaa: { spearman: [count(), count()], pearson: [count(), count()] },
  };
  const raters = table.raters.length;
  for (let resample = 0; resample < resamples; resample++) {
    options.signal?.throwIfAborted();
    const times = drawn(table.pairs.length, generator);
    const raterTimes = drawn(raters, generator);
    for (const [measure, comparisons] of [
      ['apiaa', twos],
      ['amiaa', against],
    ] as const) {
      for (const correlation of ['spearman', 'pearson'] as const) {
        let sum = 0;
        let weight = 0;
        let weighted = 0;
        let known = 0;
        for (const { one, other, columns: shared } of comparisons) {
          const value = shared[correlation](times);
          if (Number.isNaN(value)) continue;
          sum += value;
          known += 1;
          const own = (raterTimes[one] ?? 0) * (one === other ? 1 : (raterTimes[other] ?? 0));
          weighted += own * value;
          weight += own;
        }
        const [overPairs, overBoth] = draws[measure][correlation];
        if (overPairs !== undefined) overPairs[resample] = known === 0 ? NaN : sum / known;
        if (overBoth !== undefined) overBoth[resample] = weight === 0 ? NaN : weighted / weight;
      }
    }
    if (resample % 10 === 9) options.onProgress?.((resample + 1) / resamples);
  }
  const intervals = ([overPairs, overBoth]: readonly Float64Array[]): CorrelationIntervals => ({
    overPairs: intervalOf(overPairs ?? count()),
    overRatersAndPairs:
      raters < 4
        ? { value: null, reason: `${raters} raters are too few to be drawn again` }
        : intervalOf(overBoth ?? count()),
  });
  return {
    apiaa: { spearman: intervals(draws.apiaa.spearman), pearson: intervals(draws.apiaa.pearson) },
    amiaa: { spearman: intervals(draws.amiaa.spearman), pearson: intervals(draws.amiaa.pearson) },
    resamples,
    seed,
  };
}

function intervalOf(values: Float64Array): BootstrapInterval {
  const draws = summariseDraws(values);
  if (draws.values.length < 0.5 * values.length)
    return { value: null, reason: 'the correlation is undefined in most resamples' };
  return { ...percentileInterval(draws, DEFAULT_LEVEL), level: DEFAULT_LEVEL, resamples: values.length };
}

function drawn(count: number, generator: Generator): Float64Array {
  const rows = new Uint32Array(count);
  generator.fillBelow(count, rows);
  const times = new Float64Array(count);
  for (const row of rows) times[row] = (times[row] ?? 0) + 1;
  return times;
}

function meanOfOthers({ ratings }: RatingTable, rater: number): { pairs: Uint32Array; values: Float64Array } {
  const pairs: number[] = [];
  const values: number[] = [];
  for (const [pair, row] of ratings.entries()) {
    let sum = 0;
    let count = 0;
    for (const [other, value] of row.entries()) {
      if (other === rater || value === null) continue;
      sum += value;
      count += 1;
    }
    if (count === 0) continue;
    pairs.push(pair);
    values.push(sum / count);
  }
  return { pairs: Uint32Array.from(pairs), values: Float64Array.from(values) };
}
