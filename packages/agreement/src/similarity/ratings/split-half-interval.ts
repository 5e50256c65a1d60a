import { spearmanBrown } from '../../continuous/spearman-brown.ts';
import { DEFAULT_LEVEL } from '../../inference/interval-options.ts';
import { type Generator, namedGenerator, shuffle } from '../../random.ts';
import { percentileInterval, summariseDraws } from '../../resampling/bootstrap.ts';
import { type BootstrapInterval } from './correlation-bootstrap.ts';
import { SharedColumns } from './rater-columns.ts';
import { type RatingTable } from './rating-table.ts';

const SPLITS = 40;

/**
 * Bootstrap interval over pairs of the Spearman–Brown reliability of the means, averaged over forty random splits that
 * are the same in all resamples: of raters where columns are persons, of each pair's ratings otherwise.
 */
export function splitHalfInterval(
  table: RatingTable,
  persons: boolean,
  resamples: number,
  seed: number,
): BootstrapInterval {
  const generator = namedGenerator('split half interval', seed);
  const splits = Array.from({ length: SPLITS }, () => halves(table, persons, generator)).filter(
    (split) => split.pairs.length > 2,
  );
  if (splits.length === 0)
    return { value: null, reason: 'no split leaves three pairs with ratings in both halves' };
  const pairs = table.pairs.length;
  const rows = new Uint32Array(pairs);
  const times = new Float64Array(pairs);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    generator.fillBelow(pairs, rows);
    times.fill(0);
    for (const row of rows) times[row] = (times[row] ?? 0) + 1;
    let sum = 0;
    let known = 0;
    for (const split of splits) {
      const r = split.pearson(times);
      if (!(r > -1)) continue;
      sum += spearmanBrown(r, 2);
      known += 1;
    }
    values[resample] = known === 0 ? NaN : sum / known;
  }
  const draws = summariseDraws(values);
  if (draws.values.length < 0.5 * resamples)
    return { value: null, reason: 'the correlation of halves is undefined in most resamples' };
  return { ...percentileInterval(draws, DEFAULT_LEVEL), level: DEFAULT_LEVEL, resamples };
}

/** Mean ratings of two random halves, on the pairs that both rated. */
function halves(table: RatingTable, persons: boolean, generator: Generator): SharedColumns {
  const raters = table.raters.length;
  const order = shuffle(
    Uint32Array.from({ length: raters }, (_, rater) => rater),
    generator,
  );
  const isFirst = new Uint8Array(raters);
  for (const rater of order.subarray(0, raters >> 1)) isFirst[rater] = 1;
  const pairs: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (const [pair, row] of table.ratings.entries()) {
    const known = row.flatMap((value, rater) => (value === null ? [] : [{ value, rater }]));
    if (!persons) shuffle(known, generator);
    const half = known.length >> 1;
    let first = 0;
    let firstCount = 0;
    let total = 0;
    for (const [at, { value, rater }] of known.entries()) {
      total += value;
      if (persons ? isFirst[rater] === 1 : at < half) {
        first += value;
        firstCount += 1;
      }
    }
    const others = known.length - firstCount;
    if (firstCount === 0 || others === 0) continue;
    pairs.push(pair);
    x.push(first / firstCount);
    y.push((total - first) / others);
  }
  return new SharedColumns(Uint32Array.from(pairs), Float64Array.from(x), Float64Array.from(y));
}
