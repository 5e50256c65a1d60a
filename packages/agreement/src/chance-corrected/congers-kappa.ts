import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { unitCounts, usageOfCounts } from '../study/unit-counts.ts';
import { nameOfScheme, type Weights, weightsFor } from '../weights/weights.ts';
import { type CoderMarginals, coderMarginals, expectedOfCoders } from './coder-marginals.ts';
import { type PooledOptions } from './pooled-coefficient.ts';
import { twoWayConger } from './two-way-kappas.ts';
import { unitAgreement, type UnitAgreement } from './unit-agreement.ts';

/**
 * Conger's (weighted) kappa of several coders (Conger 1980; with missing values Gwet 2014): chance is the
 * mean, over pairs of coders, of the product of their own marginals. With two coders and complete data it is
 * Cohen's kappa. Coders without ratings are left out.
 *
 * Undefined where no unit has two ratings, or where all coders used only one and the same category.
 */
export function congersKappa(study: Study, options: PooledOptions = {}): Estimate {
  const scheme = options.weights ?? 'identity';
  const measure = 'conger-kappa';
  const convention = `missing values as Gwet treats them, ${nameOfScheme(scheme)} weights`;
  const weights = weightsFor(study.scale, scheme);
  const counts = unitCounts(study);
  const marginals = coderMarginals(study, weights.size);
  const active = marginals.ratings.reduce((coders, ratings) => coders + (ratings > 0 ? 1 : 0), 0);
  const usage = usageOfCounts(counts, 1);
  const dropped = { ...usage.dropped, coders: study.coders.length - active };
  const used = { ...usage, coders: active, dropped };
  const agreement = unitAgreement(counts, weights);
  if (agreement.pairable === 0) {
    return undefinedEstimate(measure, convention, 'no unit was rated by two coders', used);
  }
  const expected = expectedOfCoders(marginals, weights);
  if (!(1 - expected > 1e-12)) {
    return undefinedEstimate(measure, convention, 'all coders used only one and the same category', used);
  }
  const observed = agreement.mean;
  const value = (observed - expected) / (1 - expected);
  const standardError = (form: 'gwet' | 'influence'): StandardError | null =>
    standardErrorOf(study, marginals, active, weights, agreement, value, expected, form);
  return finishEstimate(
    { measure, convention, value, observed, expected, used },
    {
      analytic: () => standardError('gwet'),
      linearised: () => standardError('influence'),
      statistics: () => congerStatistics(study, agreement, weights),
      twoWay: () => ({ study, statistic: twoWayConger(study, weights) }),
    },
    options.interval,
  );
}

/**
 * `gain[g * size + l]` is what the share of category l with coder g adds to chance agreement: the weighted
 * shares of all other coders, over r (r − 1). Symmetric weights are assumed by taking the mean of both sides.
 */
function chanceGains(marginals: CoderMarginals, active: number, weights: Weights): Float64Array {
  const { size, counts, ratings } = marginals;
  const sum = new Float64Array(size);
  const shares = new Float64Array(counts.length);
  for (let coder = 0; coder < ratings.length; coder++) {
    const total = ratings[coder] ?? 0;
    if (total === 0) continue;
    for (let k = 0; k < size; k++) {
      const share = (counts[coder * size + k] ?? 0) / total;
      shares[coder * size + k] = share;
      sum[k] = (sum[k] ?? 0) + share;
    }
  }
  const pairs = active * (active - 1);
  const gains = new Float64Array(counts.length);
  for (let coder = 0; coder < ratings.length; coder++) {
    for (let l = 0; l < size; l++) {
      let gain = 0;
      if (weights.kind === 'identity') {
        gain = (sum[l] ?? 0) - (shares[coder * size + l] ?? 0);
      } else {
        for (let k = 0; k < size; k++) {
          const others = (sum[k] ?? 0) - (shares[coder * size + k] ?? 0);
          const both = (weights.values[k * size + l] ?? 0) + (weights.values[l * size + k] ?? 0);
          gain += (both / 2) * others;
        }
      }
      gains[coder * size + l] = gain / pairs;
    }
  }
  return gains;
}

function standardErrorOf(
  study: Study,
  marginals: CoderMarginals,
  active: number,
  weights: Weights,
  agreement: UnitAgreement,
  value: number,
  expected: number,
  form: 'gwet' | 'influence',
): StandardError | null {
  const n = agreement.rated;
  if (n < 2) return null;
  const { size, counts, ratings } = marginals;
  const gains = chanceGains(marginals, active, weights);
  // Of every coder: the mean gain of his own ratings, so that gains below are deviations.
  const means = ratings.map((total, coder) => {
    let sum = 0;
    for (let l = 0; l < size; l++) sum += (counts[coder * size + l] ?? 0) * (gains[coder * size + l] ?? 0);
    return total === 0 ? 0 : sum / total;
  });
  const perRating = ratings.map((total) => (total === 0 ? 0 : n / total));
  const centre = form === 'gwet' ? expected : agreement.mean;
  const target = form === 'gwet' ? value : 0;
  const scale = n / agreement.pairable;
  let squares = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    if (start === end) continue;
    let chance = 0;
    for (let i = start; i < end; i++) {
      const coder = study.coderOf[i] ?? 0;
      const gain = (gains[coder * size + (study.categoryOf[i] ?? 0)] ?? 0) - (means[coder] ?? 0);
      chance += (perRating[coder] ?? 0) * gain;
    }
    const pairs = end - start < 2 ? 0 : scale * ((agreement.shareOf[unit] ?? 0) - centre);
    squares += ((pairs - 2 * (1 - value) * chance) / (1 - expected) - target) ** 2;
  }
  return { se: Math.sqrt(squares / (n * (n - 1))), df: n - 1, units: n };
}

/** Columns: agreement, pairable units, then the category counts of every coder. */
function congerStatistics(study: Study, agreement: UnitAgreement, weights: Weights): UnitStatistics {
  const { size } = weights;
  const coders = study.coders.length;
  const rows = new UnitStatisticsBuilder(
    study.units.length,
    study.categoryOf.length + 2 * study.units.length,
  );
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    if (start === end) continue;
    if (end - start >= 2) {
      rows.add(0, agreement.shareOf[unit] ?? 0);
      rows.add(1, 1);
    }
    for (let i = start; i < end; i++) {
      rows.add(2 + (study.coderOf[i] ?? 0) * size + (study.categoryOf[i] ?? 0), 1);
    }
    rows.endUnit();
  }
  const ratings = new Float64Array(coders);
  return rows.finish(2 + coders * size, (sums) => {
    const counts = sums.subarray(2);
    for (let coder = 0; coder < coders; coder++) {
      let total = 0;
      for (let k = 0; k < size; k++) total += counts[coder * size + k] ?? 0;
      ratings[coder] = total;
    }
    const expected = expectedOfCoders({ size, counts, ratings }, weights);
    return 1 - expected > 1e-12 ? ((sums[0] ?? 0) / (sums[1] ?? 0) - expected) / (1 - expected) : NaN;
  });
}
