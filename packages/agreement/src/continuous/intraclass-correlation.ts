import { fQuantile, fUpperTail } from '../distributions/f.ts';
import { definedEstimate, type Estimate, undefinedEstimate, type Usage, type ZeroTest } from '../estimate.ts';
import { DEFAULT_LEVEL, type IntervalOptions } from '../inference/interval-options.ts';
import { type Study } from '../study/study.ts';
import { finishEstimate, type IntervalSources } from '../inference/finish-estimate.ts';
import { type UnitStatistics } from '../resampling/unit-statistics.ts';
import { completeStudy, momentStatistics, type OfMoments, twoWayMoments } from './coder-moments.ts';
import { completeTable } from './complete-table.ts';
import { type MeanSquares, meanSquares } from './mean-squares.ts';
import { type OneWay, oneWayAnalysis, oneWayStatistics, oneWayValue } from './one-way-analysis.ts';

/**
 * Shrout & Fleiss' six: `icc1` one-way random, single rating; `icc21` two-way random, absolute agreement;
 * `icc31` two-way mixed, consistency; with `k` the mean of the coders in place of one of them.
 */
export type IccForm = 'icc1' | 'icc1k' | 'icc21' | 'icc2k' | 'icc31' | 'icc3k';

/** All six forms, those of a single coder and of the mean of all by turns. */
export const ICC_FORMS: readonly IccForm[] = ['icc1', 'icc1k', 'icc21', 'icc2k', 'icc31', 'icc3k'];

type TwoWayForm = Exclude<IccForm, 'icc1' | 'icc1k'>;

export interface IccOptions {
  readonly level?: number;
  /**
   * What the one-way forms use: `all` ratings, with k₀ = (N − Σkᵢ²/N)/(n − 1) for k where units have unequal
   * numbers of them (Donner 1986), unless stated; or `complete` units only, as the two-way forms do.
   */
  readonly oneWay?: 'all' | 'complete';
  /**
   * Interval of ICC(2,k): `mcgraw-wong`, degrees of freedom from the coefficient of the mean, as R's irr computes
   * it, unless stated; `spearman-brown` steps up the limits of ICC(2,1), as psych does.
   */
  readonly averageAgreement?: 'mcgraw-wong' | 'spearman-brown';
  /**
   * `jackknife`, `percentile` or `bca` in place of McGraw and Wong's interval, which assumes normal effects; over units,
   * or over units and coders (two-way forms only). Other methods leave theirs.
   */
  readonly interval?: IntervalOptions;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Intraclass correlation of a study with numeric or ordered categories (Shrout & Fleiss 1979), intervals and
 * F tests by McGraw & Wong (1996). Two-way forms use the units that all coders rated.
 *
 * Undefined for fewer than two units, without replication, and where nothing varies.
 */
export function icc(study: Study, form: IccForm, options: IccOptions = {}): Estimate {
  if (form === 'icc1' || form === 'icc1k') {
    const which = options.oneWay ?? 'all';
    const estimate = oneWayIcc(form, oneWayAnalysis(study, which), levelOf(options));
    return resampled(estimate, options, { statistics: () => oneWayStatistics(study, which, form) });
  }
  const table = completeTable(study);
  const convention = 'units rated by all coders';
  if (table.units < 2) {
    return undefinedEstimate(form, convention, 'fewer than two units were rated by all coders', table.used);
  }
  const estimate = twoWayIcc(form, convention, meanSquares(table), table.used, options);
  const statistics = (): UnitStatistics => momentStatistics(table, iccOfMoments(form));
  return resampled(estimate, options, {
    statistics,
    twoWay: () => twoWayMoments(completeStudy(study), statistics(), iccOfMoments(form)),
  });
}

function levelOf({ level, interval }: IccOptions): number {
  return level ?? interval?.level ?? DEFAULT_LEVEL;
}

/** The estimate with the interval that was asked for in place of its own. */
function resampled(estimate: Estimate, options: IccOptions, sources: IntervalSources): Estimate {
  const method = options.interval?.method;
  if (estimate.value === null) return estimate;
  if (method !== 'jackknife' && method !== 'percentile' && method !== 'bca') return estimate;
  const interval = { ...options.interval, level: levelOf(options) };
  return { ...finishEstimate(estimate, sources, interval), test: estimate.test };
}

/** All six forms. */
export function allIccs(study: Study, options: IccOptions = {}): Record<IccForm, Estimate> {
  return {
    icc1: icc(study, 'icc1', options),
    icc1k: icc(study, 'icc1k', options),
    icc21: icc(study, 'icc21', options),
    icc2k: icc(study, 'icc2k', options),
    icc31: icc(study, 'icc31', options),
    icc3k: icc(study, 'icc3k', options),
  };
}

function stepUp(value: number, k: number): number {
  return (k * value) / (1 + (k - 1) * value);
}

function fTest(statistic: number, df1: number, df2: number): ZeroTest {
  return { statistic, se: null, distribution: 'F', df: [df1, df2], p: fUpperTail(statistic, df1, df2) };
}

function oneWayIcc(form: 'icc1' | 'icc1k', analysis: OneWay, level: number): Estimate {
  const { units, k, between, within, dfWithin, convention, used } = analysis;
  if (units < 2) return undefinedEstimate(form, convention, 'fewer than two units were rated', used);
  if (dfWithin < 1) return undefinedEstimate(form, convention, 'no unit was rated twice', used);
  if (!(between + (k - 1) * within > 0)) return undefinedEstimate(form, convention, 'nothing varies', used);
  const average = form === 'icc1k';
  if (average && !(between > 0)) return undefinedEstimate(form, convention, 'units do not differ', used);
  const base = { measure: form, convention, value: oneWayValue(form, analysis), used };
  if (!(within > 0)) return definedEstimate({ ...base, notes: ['no interval: nothing varies within units'] });
  const f = between / within;
  const tail = (1 - level) / 2;
  const low = f / fQuantile(1 - tail, units - 1, dfWithin);
  const high = f * fQuantile(1 - tail, dfWithin, units - 1);
  const limit = (ratio: number): number => (average ? 1 - 1 / ratio : (ratio - 1) / (ratio + k - 1));
  return definedEstimate({
    ...base,
    ci: { low: limit(low), high: limit(high), level, method: 'exact' },
    test: fTest(f, units - 1, dfWithin),
  });
}

function twoWayIcc(
  form: TwoWayForm,
  convention: string,
  ms: MeanSquares,
  used: Usage,
  options: IccOptions,
): Estimate {
  const level = levelOf(options);
  const { rows, error, coders: k, units: n } = ms;
  const consistency = form === 'icc31' || form === 'icc3k';
  const average = form === 'icc2k' || form === 'icc3k';
  const value = twoWayValue(form, ms);
  if (Number.isNaN(value)) return undefinedEstimate(form, convention, 'nothing varies', used);
  const base = { measure: form, convention, value, used };
  if (!(error > 0)) return definedEstimate({ ...base, notes: ['no interval: the residual is zero'] });
  const ownInterval = form === 'icc2k' && options.averageAgreement !== 'spearman-brown';
  const interval = consistency
    ? consistencyInterval(ms, level)
    : agreementInterval(ms, level, ownInterval ? base.value : null);
  const { low, high } = average ? { low: stepUp(interval.low, k), high: stepUp(interval.high, k) } : interval;
  // A step-up has its pole at −1/(k − 1), within reach of tiny studies.
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return definedEstimate({ ...base, notes: ['no interval: one of its limits is infinite'] });
  // Where the units' means are all equal, or the residual is rounding.
  if (!(high > low))
    return definedEstimate({ ...base, notes: ['no interval: both limits come to one point'] });
  return definedEstimate({
    ...base,
    ci: { low, high, level, method: consistency ? 'exact' : 'analytic' },
    test: fTest(rows / error, n - 1, (n - 1) * (k - 1)),
  });
}

/** NaN where nothing varies. */
function twoWayValue(form: TwoWayForm, ms: Omit<MeanSquares, 'within'>): number {
  const { rows, error, columns, coders: k, units: n } = ms;
  const consistency = form === 'icc31' || form === 'icc3k';
  const average = form === 'icc2k' || form === 'icc3k';
  const denominator = consistency
    ? rows + (average ? 0 : (k - 1) * error)
    : rows + (average ? 0 : (k - 1) * error) + ((columns - error) * (average ? 1 : k)) / n;
  return Math.abs(denominator) > 0 ? (rows - error) / denominator : NaN;
}

/** The mean squares of a two-way table are sums of the coders' mean variance, covariance and shift. */
function iccOfMoments(form: TwoWayForm): OfMoments {
  return ({ units, coders, variance, covariance, shift }) => {
    const unbiased = units / (units - 1);
    const rows = unbiased * (variance + (coders - 1) * covariance);
    const error = unbiased * (variance - covariance);
    return twoWayValue(form, { units, coders, rows, error, columns: units * shift });
  };
}

function consistencyInterval({ rows, error, coders: k, units: n }: MeanSquares, level: number): Interval {
  const tail = (1 - level) / 2;
  const f = rows / error;
  const low = f / fQuantile(1 - tail, n - 1, (n - 1) * (k - 1));
  const high = f * fQuantile(1 - tail, (n - 1) * (k - 1), n - 1);
  return { low: (low - 1) / (low + k - 1), high: (high - 1) / (high + k - 1) };
}

/**
 * Limits of ICC(2,1) by McGraw & Wong 1996, table 7: Satterthwaite's degrees of freedom for the columns' share,
 * at ICC(2,1) itself or, for ICC(2,k), at the coefficient of the mean.
 */
function agreementInterval(ms: MeanSquares, level: number, averaged: number | null): Interval {
  const { rows, columns, error, coders: k, units: n } = ms;
  const tail = (1 - level) / 2;
  const value = averaged ?? (rows - error) / (rows + (k - 1) * error + (k * (columns - error)) / n);
  const a = (k * value) / (n * (1 - value));
  const b = 1 + (k * value * (n - 1)) / (n * (1 - value));
  const df =
    (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
  const spread = k * columns + (k * n - k - n) * error;
  const upperF = fQuantile(1 - tail, n - 1, df);
  const lowerF = fQuantile(1 - tail, df, n - 1);
  return {
    low: (n * (rows - upperF * error)) / (upperF * spread + n * rows),
    high: (n * (lowerF * rows - error)) / (spread + n * lowerF * rows),
  };
}
