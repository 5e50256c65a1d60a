import { normalUpperTail } from '../distributions/normal.ts';
import { type Estimate, type ZeroTest } from '../estimate.ts';
import { type CountsSource, type UnitCounts, unitCounts } from '../study/unit-counts.ts';
import { type Weights } from '../weights/weights.ts';
import { expectedFromMarginals } from './kappa-parts.ts';
import { type ChanceModel, pooledCoefficient, type PooledOptions } from './pooled-coefficient.ts';

/** The mean of the row and column sums of the weights, weighted by shares. */
export function weightedByShares(shares: Float64Array, weights: Weights): Float64Array {
  if (weights.kind === 'identity') return shares;
  const { size, values } = weights;
  return shares.map((_, k) => {
    let sum = 0;
    for (let l = 0; l < shares.length; l++) {
      sum += ((values[k * size + l] ?? 0) + (values[l * size + k] ?? 0)) * (shares[l] ?? 0);
    }
    return sum / 2;
  });
}

const FLEISS: ChanceModel = {
  measure: 'fleiss-kappa',
  expected: (shares, weights) => expectedFromMarginals(shares, shares, 1, 1, weights),
  slopes: weightedByShares,
  whenCertain: 'only one category was used',
};

/**
 * Fleiss' (weighted) kappa of any number of coders, who need not be the same for every unit (Fleiss 1971;
 * with missing values and weights Gwet 2014). Chance: two ratings drawn from the shares pooled over coders.
 *
 * Undefined where no unit has two ratings or only one category was used. Standard error by Gwet 2014, ch. 5;
 * `linearised` differs where units have a single rating. Without weights and with the same number of ratings
 * everywhere, kappa = 0 is tested by the variance of Fleiss, Nee & Landis (1979).
 */
export function fleissKappa(source: CountsSource, options: PooledOptions = {}): Estimate {
  const estimate = pooledCoefficient(source, FLEISS, options);
  if (estimate.value === null || (options.weights ?? 'identity') !== 'identity') return estimate;
  const test = zeroTest(unitCounts(source), estimate.value);
  return test === null ? estimate : { ...estimate, test };
}

/** Fleiss, Nee & Landis 1979; null unless all rated units have the same number of ratings. */
function zeroTest(counts: UnitCounts, kappa: number): ZeroTest | null {
  let m = 0;
  let units = 0;
  for (const ratings of counts.ratingsOf) {
    if (ratings === 0) continue;
    if (m !== 0 && ratings !== m) return null;
    m = ratings;
    units += 1;
  }
  const totals = new Map<number, number>();
  for (let i = 0; i < counts.categoryOf.length; i++) {
    const category = counts.categoryOf[i] ?? 0;
    totals.set(category, (totals.get(category) ?? 0) + (counts.countOf[i] ?? 0));
  }
  let spread = 0;
  let skew = 0;
  for (const total of totals.values()) {
    const p = total / (units * m);
    spread += p * (1 - p);
    skew += p * (1 - p) * (1 - 2 * p);
  }
  const variance = (2 * (spread * spread - skew)) / (units * m * (m - 1) * spread * spread);
  if (!(variance > 0)) return null;
  const se = Math.sqrt(variance);
  const statistic = kappa / se;
  return {
    statistic,
    se,
    distribution: 'normal',
    df: [],
    p: Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
  };
}
