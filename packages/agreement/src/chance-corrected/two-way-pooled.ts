import { DrawnRatings, type TwoWayStatistic } from '../resampling/units-and-coders.ts';
import { type Study } from '../study/study.ts';
import { type Weights, weightBetween } from '../weights/weights.ts';

/**
 * (p_a − p_e)/(1 − p_e) of a sample of units and coders; `expected` is the chance agreement of category shares, 0 for
 * plain percent agreement.
 */
export function twoWayPooled(
  study: Study,
  weights: Weights,
  expected: (shares: Float64Array) => number,
): TwoWayStatistic {
  const { size } = weights;
  const drawn = new DrawnRatings(study, size);
  return (unitTimes, coderTimes) => {
    const shares = new Float64Array(size);
    let agreement = 0;
    let pairable = 0;
    let rated = 0;
    for (let unit = 0; unit < unitTimes.length; unit++) {
      const times = unitTimes[unit] ?? 0;
      if (times === 0) continue;
      drawn.read(unit, coderTimes);
      if (drawn.total === 0) continue;
      rated += times;
      for (let i = 0; i < drawn.used; i++) {
        const category = drawn.categories[i] ?? 0;
        shares[category] = (shares[category] ?? 0) + (times * (drawn.counts[category] ?? 0)) / drawn.total;
      }
      if (drawn.pairs === 0) continue;
      pairable += times;
      agreement += (times * agreeingPairs(drawn, weights)) / drawn.pairs;
    }
    if (pairable === 0) return NaN;
    for (let category = 0; category < size; category++) shares[category] = (shares[category] ?? 0) / rated;
    const chance = expected(shares);
    return 1 - chance > 1e-12 ? (agreement / pairable - chance) / (1 - chance) : NaN;
  };
}

/** Σ of the weights over the ordered pairs of ratings by different coders. */
export function agreeingPairs(drawn: DrawnRatings, weights: Weights): number {
  let sum = 0;
  for (let i = 0; i < drawn.used; i++) {
    const a = drawn.categories[i] ?? 0;
    sum -= weightBetween(weights, a, a) * (drawn.ownPairs[a] ?? 0);
    for (let j = 0; j < drawn.used; j++) {
      const b = drawn.categories[j] ?? 0;
      sum += weightBetween(weights, a, b) * (drawn.counts[a] ?? 0) * (drawn.counts[b] ?? 0);
    }
  }
  return sum;
}
