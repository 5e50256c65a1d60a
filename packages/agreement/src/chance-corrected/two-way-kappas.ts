import { DrawnRatings, type TwoWayStatistic } from '../resampling/units-and-coders.ts';
import { type Study } from '../study/study.ts';
import { type Weights, weightBetween } from '../weights/weights.ts';
import { expectedOfCoders } from './coder-marginals.ts';
import { expectedFromMarginals, kappaOf } from './kappa-parts.ts';
import { agreeingPairs } from './two-way-pooled.ts';

/** Conger's kappa of a sample of units and coders; chance too leaves out the pairs of a coder with himself. */
export function twoWayConger(study: Study, weights: Weights): TwoWayStatistic {
  const { size } = weights;
  const drawn = new DrawnRatings(study, size);
  const counts = new Float64Array(study.coders.length * size);
  const ratings = new Float64Array(study.coders.length);
  return (unitTimes, coderTimes) => {
    counts.fill(0);
    ratings.fill(0);
    let agreement = 0;
    let pairable = 0;
    for (let unit = 0; unit < unitTimes.length; unit++) {
      const times = unitTimes[unit] ?? 0;
      if (times === 0) continue;
      const end = study.offsets[unit + 1] ?? 0;
      for (let i = study.offsets[unit] ?? 0; i < end; i++) {
        const coder = study.coderOf[i] ?? 0;
        const cell = coder * size + (study.categoryOf[i] ?? 0);
        counts[cell] = (counts[cell] ?? 0) + times;
        ratings[coder] = (ratings[coder] ?? 0) + times;
      }
      drawn.read(unit, coderTimes);
      if (drawn.pairs === 0) continue;
      pairable += times;
      agreement += (times * agreeingPairs(drawn, weights)) / drawn.pairs;
    }
    if (pairable === 0) return NaN;
    const expected = expectedOfCoders({ size, counts, ratings }, weights, coderTimes);
    return 1 - expected > 1e-12 ? kappaOf(agreement / pairable, expected) : NaN;
  };
}

/** Two coders' categories of a unit, drawn some number of times. */
type OnPair = (pair: PairOfCoders) => number;

/** What kappa or pi needs of two coders, in the sample. */
export interface PairOfCoders {
  readonly units: number;
  /** Agreement of the sample's units. */
  readonly observed: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Cohen's kappa of two coders of a sample; NaN where there is none. */
export function kappaOfPair(weights: Weights): OnPair {
  return ({ units, observed, first, second }) => {
    const expected = expectedFromMarginals(first, second, units, units, weights);
    return 1 - expected > 1e-12 ? kappaOf(observed, expected) : NaN;
  };
}

/** Scott's pi of two coders of a sample; NaN where there is none. */
export function piOfPair(weights: Weights): OnPair {
  return ({ units, observed, first, second }) => {
    const shares = first.map((count, k) => count + (second[k] ?? 0));
    const expected = expectedFromMarginals(shares, shares, 2 * units, 2 * units, weights);
    return 1 - expected > 1e-12 ? kappaOf(observed, expected) : NaN;
  };
}

/**
 * The mean of a coefficient over the pairs of coders of a sample, each pair as often as it was drawn, a coder never
 * with himself; pairs without a value are left out. Of two coders half of all samples hold one of them only, and have
 * no value.
 */
export function twoWayPairs(study: Study, weights: Weights, coefficient: OnPair): TwoWayStatistic {
  const { size } = weights;
  const coders = study.coders.length;
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const byCoder = categoriesByCoder(study);
  return (unitTimes, coderTimes) => {
    let sum = 0;
    let pairs = 0;
    for (let one = 0; one < coders; one++) {
      for (let other = one + 1; other < coders; other++) {
        const times = (coderTimes[one] ?? 0) * (coderTimes[other] ?? 0);
        if (times === 0) continue;
        first.fill(0);
        second.fill(0);
        let units = 0;
        let agreement = 0;
        for (let unit = 0; unit < unitTimes.length; unit++) {
          const drawn = unitTimes[unit] ?? 0;
          const k = byCoder[one * unitTimes.length + unit] ?? -1;
          const l = byCoder[other * unitTimes.length + unit] ?? -1;
          if (drawn === 0 || k < 0 || l < 0) continue;
          units += drawn;
          agreement += drawn * weightBetween(weights, k, l);
          first[k] = (first[k] ?? 0) + drawn;
          second[l] = (second[l] ?? 0) + drawn;
        }
        if (units === 0) continue;
        const value = coefficient({ units, observed: agreement / units, first, second });
        if (Number.isNaN(value)) continue;
        sum += times * value;
        pairs += times;
      }
    }
    return pairs === 0 ? NaN : sum / pairs;
  };
}

/** Coder × unit → category, −1 where there is none. */
function categoriesByCoder(study: Study): Int32Array {
  const units = study.units.length;
  const table = new Int32Array(study.coders.length * units).fill(-1);
  for (let unit = 0; unit < units; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    for (let i = study.offsets[unit] ?? 0; i < end; i++) {
      table[(study.coderOf[i] ?? 0) * units + unit] = study.categoryOf[i] ?? 0;
    }
  }
  return table;
}
