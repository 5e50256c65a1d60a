import { type DefinedEstimate, type UndefinedEstimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { categoryCount } from '../study/scale.ts';
import { type CountsSource, type UnitCounts, unitCounts, usageOfCounts } from '../study/unit-counts.ts';
import {
  alphaStandardError,
  distributionAlphaStandardError,
  linearisedAlphaStandardError,
} from './alpha-standard-error.ts';
import { krippendorffsBootstrap } from './krippendorffs-bootstrap.ts';
import { alphaOf, type AlphaKernel, type PreparedKernel } from './kernel.ts';
import { twoWayAlpha } from './two-way-alpha.ts';
import { type AlphaMetric, kernelFor, nameOfMetric } from './metric.ts';

export interface AlphaOptions {
  /** Nominal unless stated. */
  readonly metric?: AlphaMetric;
  /**
   * Which of irrCAC's two analytic formulas: `raw`, for ratings, unless stated; `distribution` reproduces what it
   * prints for tables of units × categories, where a factor 2 is missing.
   */
  readonly formula?: 'raw' | 'distribution';
  readonly interval?: IntervalOptions;
}

export interface DefinedAlpha extends DefinedEstimate {
  /** Krippendorff's D_o and D_e, in the unit of the metric. */
  readonly disagreement: { readonly observed: number; readonly expected: number };
}

export type AlphaEstimate = DefinedAlpha | UndefinedEstimate;

/** Everything of alpha but its interval. */
export interface AlphaParts {
  readonly counts: UnitCounts;
  readonly kernel: AlphaKernel;
  readonly prepared: PreparedKernel;
  /** Pairable ratings of every category. */
  readonly totals: Float64Array;
  /** All pairable ratings. */
  readonly ratings: number;
  /** Units with two ratings or more. */
  readonly pairable: number;
  /** Units with one rating or more. */
  readonly rated: number;
  /** Σ over units of Σδ/(m − 1). */
  readonly within: number;
  /** Σ n_c n_k δ_ck. */
  readonly between: number;
}

/**
 * Krippendorff's alpha, 1 − D_o/D_e, for any number of coders, missing values allowed (Krippendorff 2011).
 * Units with fewer than two ratings are left out. Time is linear in the ratings, plus V² for metrics that
 * are no squared difference (V: number of categories).
 *
 * `observed` and `expected` are agreements, (observed − expected)/(1 − expected) = alpha, with distances
 * taken as shares of the largest one, as Gwet writes alpha; `disagreement` holds D_o and D_e themselves.
 * The analytic standard error is Gwet's (2014, ch. 5, irrCAC); for the ordinal metric, which changes with the
 * sample, it is the linearised one.
 *
 * Undefined where no unit has two ratings, and where all pairable ratings are alike (D_e = 0).
 */
export function krippendorffsAlpha(source: CountsSource, options: AlphaOptions = {}): AlphaEstimate {
  const metric = options.metric ?? 'nominal';
  const measure = 'krippendorff-alpha';
  const convention = `units with two ratings or more, ${nameOfMetric(metric)} metric`;
  const counts = unitCounts(source);
  const used = usageOfCounts(counts, 2);
  const parts = alphaParts(counts, kernelFor(metric, counts.scale));
  if (parts.pairable === 0) {
    return undefinedEstimate(measure, convention, 'no unit was rated by two coders', used);
  }
  const { ratings, within, between } = parts;
  if (!(between > 0)) {
    return undefinedEstimate(
      measure,
      convention,
      'only one category was used, so no disagreement could be expected',
      used,
    );
  }
  const disagreement = { observed: within / ratings, expected: between / (ratings * (ratings - 1)) };
  const largest = parts.prepared.largest();
  const value = alphaOf(within, between, ratings);
  const expected = 1 - between / (ratings * ratings) / largest;
  const observed = 1 - ((1 - 1 / ratings) * disagreement.observed) / largest;
  const analytic =
    options.formula === 'distribution'
      ? distributionAlphaStandardError
      : parts.kernel.metricGradient === undefined
        ? alphaStandardError
        : linearisedAlphaStandardError;
  const estimate = finishEstimate(
    { measure, convention, value, observed, expected, used },
    {
      analytic: () => analytic(parts),
      linearised: () => linearisedAlphaStandardError(parts),
      statistics: () => parts.kernel.statistics(counts),
      ...('coderOf' in source
        ? { twoWay: () => ({ study: source, statistic: twoWayAlpha(source, parts.kernel) }) }
        : {}),
      krippendorff: (resamples, generator) =>
        krippendorffsBootstrap(parts, counts.coders, resamples, generator),
    },
    options.interval,
  );
  return { ...estimate, disagreement };
}

export function alphaParts(counts: UnitCounts, kernel: AlphaKernel): AlphaParts {
  const { totals, ratings, pairable, rated } = pairableTotals(counts);
  const prepared = kernel.prepare(totals, ratings);
  const within = prepared.withinAll?.(counts) ?? withinUnits(counts, prepared);
  const used = totals.reduce((categories, total) => categories + (total > 0 ? 1 : 0), 0);
  const between = used < 2 ? 0 : prepared.between();
  return { counts, kernel, prepared, totals, ratings, pairable, rated, within, between };
}

function withinUnits(counts: UnitCounts, prepared: PreparedKernel): number {
  let sum = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    sum += prepared.within(counts, start, counts.offsets[unit + 1] ?? 0, m) / (m - 1);
  }
  return sum;
}

function pairableTotals(counts: UnitCounts): Pick<AlphaParts, 'totals' | 'ratings' | 'pairable' | 'rated'> {
  const { offsets, categoryOf, countOf, ratingsOf } = counts;
  const totals = new Float64Array(categoryCount(counts.scale));
  let ratings = 0;
  let pairable = 0;
  let rated = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = ratingsOf[unit] ?? 0;
    if (m > 0) rated += 1;
    if (m < 2) continue;
    pairable += 1;
    ratings += m;
    const end = offsets[unit + 1] ?? 0;
    for (let i = offsets[unit] ?? 0; i < end; i++) {
      const category = categoryOf[i] ?? 0;
      totals[category] = (totals[category] ?? 0) + (countOf[i] ?? 0);
    }
  }
  return { totals, ratings, pairable, rated };
}
