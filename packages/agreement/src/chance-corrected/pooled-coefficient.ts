import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type CountsSource, type UnitCounts, unitCounts, usageOfCounts } from '../study/unit-counts.ts';
import { nameOfScheme, type Weights, weightsFor, type WeightScheme } from '../weights/weights.ts';
import { twoWayPooled } from './two-way-pooled.ts';
import { unitAgreement, type UnitAgreement } from './unit-agreement.ts';

export interface PooledOptions {
  readonly weights?: WeightScheme;
  readonly interval?: IntervalOptions;
}

/** What tells Fleiss' kappa, Gwet's AC and Brennan & Prediger's coefficient apart: agreement by chance. */
export interface ChanceModel {
  readonly measure: string;
  /** Chance agreement from the mean share of every category over the rated units. */
  expected(shares: Float64Array, weights: Weights): number;
  /**
   * Half the derivative of the chance agreement by every share, up to a constant; null where chance does not
   * depend on the ratings.
   */
  slopes(shares: Float64Array, weights: Weights): Float64Array | null;
  /** Why the coefficient is undefined where chance agreement is 1. */
  readonly whenCertain: string;
}

/**
 * (p_a − p_e)/(1 − p_e) for coefficients whose chance agreement depends on category shares pooled over the
 * coders: p_a is the mean agreement of units with two ratings or more, shares are means over all rated units
 * (Gwet 2014, ch. 2 and 5).
 */
export function pooledCoefficient(
  source: CountsSource,
  model: ChanceModel,
  options: PooledOptions,
): Estimate {
  const scheme = options.weights ?? 'identity';
  const convention = `missing values as Gwet treats them, ${nameOfScheme(scheme)} weights`;
  const { measure } = model;
  const counts = unitCounts(source);
  const used = usageOfCounts(counts, 1);
  const weights = weightsFor(counts.scale, scheme);
  const agreement = unitAgreement(counts, weights);
  if (agreement.pairable === 0) {
    return undefinedEstimate(measure, convention, 'no unit was rated by two coders', used);
  }
  const shares = meanShares(counts, agreement.rated);
  const expected = model.expected(shares, weights);
  if (isCertain(expected)) return undefinedEstimate(measure, convention, model.whenCertain, used);
  const observed = agreement.mean;
  const value = (observed - expected) / (1 - expected);
  const slopes = (): Float64Array | null => model.slopes(shares, weights);
  return finishEstimate(
    { measure, convention, value, observed, expected, used },
    {
      analytic: () => standardError(counts, agreement, value, expected, slopes(), 'gwet'),
      linearised: () => standardError(counts, agreement, value, expected, slopes(), 'influence'),
      statistics: () => pooledStatistics(counts, agreement, model, weights),
      ...('coderOf' in source
        ? {
            twoWay: () => ({
              study: source,
              statistic: twoWayPooled(source, weights, (sampled) => model.expected(sampled, weights)),
            }),
          }
        : {}),
    },
    options.interval,
  );
}

/** Shares add up with rounding; a chance agreement within it of 1 is 1. */
function isCertain(expected: number): boolean {
  return !(1 - expected > 1e-12);
}

function meanShares(counts: UnitCounts, rated: number): Float64Array {
  const shares = new Float64Array(Math.max(1, highestCategory(counts) + 1));
  for (let unit = 0; unit < counts.units; unit++) {
    const part = 1 / ((counts.ratingsOf[unit] ?? 0) * rated);
    const end = counts.offsets[unit + 1] ?? 0;
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      const category = counts.categoryOf[i] ?? 0;
      shares[category] = (shares[category] ?? 0) + part * (counts.countOf[i] ?? 0);
    }
  }
  return shares;
}

function highestCategory(counts: UnitCounts): number {
  let highest = -1;
  for (const category of counts.categoryOf) if (category > highest) highest = category;
  return highest;
}

/**
 * Gwet's form centres units with pairs on chance agreement, the influence form on observed agreement; they
 * differ where some units have one rating only.
 */
function standardError(
  counts: UnitCounts,
  agreement: UnitAgreement,
  value: number,
  expected: number,
  slopes: Float64Array | null,
  form: 'gwet' | 'influence',
): StandardError | null {
  const n = agreement.rated;
  if (n < 2) return null;
  const centre = form === 'gwet' ? expected : agreement.mean;
  const target = form === 'gwet' ? value : 0;
  const scale = n / agreement.pairable;
  let squares = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings === 0) continue;
    let contribution = ratings < 2 ? 0 : scale * ((agreement.shareOf[unit] ?? 0) - centre);
    if (slopes !== null) {
      let chance = 0;
      const end = counts.offsets[unit + 1] ?? 0;
      for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
        chance += (counts.countOf[i] ?? 0) * (slopes[counts.categoryOf[i] ?? 0] ?? 0);
      }
      contribution -= 2 * (1 - value) * (chance / ratings - expected);
    }
    squares += (contribution / (1 - expected) - target) ** 2;
  }
  return { se: Math.sqrt(squares / (n * (n - 1))), df: n - 1, units: n };
}

/** Columns: agreement, pairable units, rated units, then the share of every category. */
function pooledStatistics(
  counts: UnitCounts,
  agreement: UnitAgreement,
  model: ChanceModel,
  weights: Weights,
): UnitStatistics {
  const width = highestCategory(counts) + 1;
  const rows = new UnitStatisticsBuilder(counts.units, counts.categoryOf.length + 3 * counts.units);
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings === 0) continue;
    if (ratings >= 2) {
      rows.add(0, agreement.shareOf[unit] ?? 0);
      rows.add(1, 1);
    }
    rows.add(2, 1);
    const end = counts.offsets[unit + 1] ?? 0;
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      rows.add(3 + (counts.categoryOf[i] ?? 0), (counts.countOf[i] ?? 0) / ratings);
    }
    rows.endUnit();
  }
  const shares = new Float64Array(width);
  return rows.finish(3 + width, (sums) => {
    const rated = sums[2] ?? 0;
    for (let k = 0; k < width; k++) shares[k] = (sums[3 + k] ?? 0) / rated;
    const expected = model.expected(shares, weights);
    if (isCertain(expected)) return NaN;
    return ((sums[0] ?? 0) / (sums[1] ?? 0) - expected) / (1 - expected);
  });
}
