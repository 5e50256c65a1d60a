import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { unitCounts, usageOfCounts } from '../study/unit-counts.ts';
import {
  nameOfScheme,
  type Weights,
  weightBetween,
  weightsFor,
  type WeightScheme,
} from '../weights/weights.ts';
import { expectedFromMarginals, kappaOf } from './kappa-parts.ts';
import { pairSums, visitPairs } from './pair-sums.ts';
import { kappaOfPair, twoWayPairs } from './two-way-kappas.ts';

export interface LightsKappaOptions {
  readonly weights?: WeightScheme;
  /** Jackknife unless stated: there is no analytic standard error. */
  readonly interval?: IntervalOptions;
}

/**
 * Light's kappa (Light 1971): the mean of Cohen's (weighted) kappa over all pairs of coders, each on the units
 * that both rated. Pairs whose kappa is undefined are left out, and a note says how many. `observed` and
 * `expected` are means over the pairs that count.
 *
 * Undefined where every pair is.
 */
export function lightsKappa(study: Study, options: LightsKappaOptions = {}): Estimate {
  const scheme = options.weights ?? 'identity';
  const measure = 'light-kappa';
  const convention = `mean over pairs of coders on the units that both rated, ${nameOfScheme(scheme)} weights`;
  const weights = weightsFor(study.scale, scheme);
  const used = usageOfCounts(unitCounts(study), 2);
  const sums = pairSums(study, weights);
  const mean = meanOverPairs(sums.totals, sums.pairs, weights);
  if (mean.defined === 0) {
    return undefinedEstimate(measure, convention, 'no pair of coders has a kappa', used);
  }
  const { value, observed, expected } = mean;
  const estimate = finishEstimate(
    { measure, convention, value, observed, expected, used },
    {
      statistics: () => pairStatistics(study, weights, sums.pairs),
      twoWay: () => ({ study, statistic: twoWayPairs(study, weights, kappaOfPair(weights)) }),
    },
    options.interval ?? { method: 'jackknife' },
  );
  const undefinedPairs = sums.pairs - mean.defined;
  if (undefinedPairs === 0) return estimate;
  const note = `${undefinedPairs} of ${sums.pairs} pairs of coders have no kappa and were left out`;
  return { ...estimate, notes: [...estimate.notes, note] };
}

function meanOverPairs(
  totals: Float64Array,
  pairs: number,
  weights: Weights,
): { value: number; observed: number; expected: number; defined: number } {
  const { size } = weights;
  const block = 2 + 2 * size;
  let value = 0;
  let observed = 0;
  let expected = 0;
  let defined = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const base = pair * block;
    const units = totals[base] ?? 0;
    if (units < 0.5) continue;
    const first = totals.subarray(base + 2, base + 2 + size);
    const second = totals.subarray(base + 2 + size, base + block);
    const chance = expectedFromMarginals(first, second, units, units, weights);
    if (!(1 - chance > 1e-12)) continue;
    const agreement = (totals[base + 1] ?? 0) / units;
    value += kappaOf(agreement, chance);
    observed += agreement;
    expected += chance;
    defined += 1;
  }
  return { value: value / defined, observed: observed / defined, expected: expected / defined, defined };
}

function pairStatistics(study: Study, weights: Weights, pairs: number): UnitStatistics {
  const block = 2 + 2 * weights.size;
  const rows = new UnitStatisticsBuilder(study.units.length, 8 * study.categoryOf.length);
  visitPairs(
    study,
    (pair, first, second) => {
      const base = pair * block;
      rows.add(base, 1);
      rows.add(base + 1, weightBetween(weights, first, second));
      rows.add(base + 2 + first, 1);
      rows.add(base + 2 + weights.size + second, 1);
    },
    () => {
      rows.endUnit();
    },
  );
  return rows.finish(pairs * block, (sums) => meanOverPairs(sums, pairs, weights).value);
}
