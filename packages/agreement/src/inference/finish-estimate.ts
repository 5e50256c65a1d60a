import { studentsTQuantile, studentsTTwoSided } from '../distributions/students-t.ts';
import {
  type ConfidenceInterval,
  type DefinedEstimate,
  type IntervalMethod,
  type Usage,
  type ZeroTest,
} from '../estimate.ts';
import { type Generator, namedGenerator } from '../random.ts';
import {
  bcaInterval,
  type BootstrapDraws,
  bootstrapUnits,
  percentileInterval,
} from '../resampling/bootstrap.ts';
import { jackknife } from '../resampling/jackknife.ts';
import { clusteredRows } from '../resampling/clustered-rows.ts';
import { type UnitStatistics } from '../resampling/unit-statistics.ts';
import { bootstrapUnitsAndCoders, type TwoWayStatistic } from '../resampling/units-and-coders.ts';
import { type Study } from '../study/study.ts';
import {
  checkIntervalOptions,
  DEFAULT_LEVEL,
  DEFAULT_RESAMPLES,
  DEFAULT_SEED,
  type IntervalOptions,
} from './interval-options.ts';

/** A point value with its parts, before an interval is made. */
export interface Point {
  readonly measure: string;
  readonly convention: string;
  readonly value: number;
  readonly observed: number | null;
  readonly expected: number | null;
  readonly used: Usage;
}

/** A standard error with the degrees of freedom of its t interval. */
export interface StandardError {
  /** With divisor n − 1. */
  readonly se: number;
  readonly df: number;
  /** n. */
  readonly units: number;
}

/** What a measure offers for its interval; every part is made only when it is asked for. */
export interface IntervalSources {
  readonly analytic?: () => StandardError | null;
  readonly linearised?: () => StandardError | null;
  readonly statistics?: () => UnitStatistics;
  /** For a bootstrap over units and coders, where the coders are known. */
  readonly twoWay?: () => { readonly study: Study; readonly statistic: TwoWayStatistic };
  /** Krippendorff's bootstrap, where the measure is alpha. */
  readonly krippendorff?: (resamples: number, generator: Generator) => BootstrapDraws;
  /** Divisor where the caller asks for none: n − 1 unless stated. */
  readonly divisor?: 'n' | 'n-1';
  /** Upper limit that the interval is cut off at; 1 unless stated, null for none. */
  readonly ceiling?: number | null;
}

interface Spread {
  readonly se: number | null;
  readonly ci: ConfidenceInterval | null;
  readonly df: number | null;
  readonly seed: number | null;
  readonly notes: readonly string[];
}

function without(note: string): Spread {
  return { se: null, ci: null, df: null, seed: null, notes: [note] };
}

function tSpread(
  value: number,
  standardError: StandardError | null,
  method: IntervalMethod,
  level: number,
  ceiling: number | null,
  divisor: 'n' | 'n-1',
): Spread {
  if (standardError === null || standardError.df < 1) {
    return without('no standard error: at least two units are needed');
  }
  const { df, units } = standardError;
  const se = divisor === 'n' ? standardError.se * Math.sqrt((units - 1) / units) : standardError.se;
  const reach = studentsTQuantile(1 - (1 - level) / 2, df) * se;
  const high = ceiling === null ? value + reach : Math.min(ceiling, value + reach);
  return { se, df, seed: null, notes: [], ci: { low: value - reach, high, level, method } };
}

function jackknifeSpread(
  value: number,
  statistics: UnitStatistics,
  level: number,
  ceiling: number | null,
): Spread {
  const result = jackknife(statistics);
  if (result.kind === 'undefined') return without(`no standard error: ${result.reason}`);
  const { units } = statistics;
  return tSpread(value, { se: result.se, df: units - 1, units }, 'jackknife', level, ceiling, 'n-1');
}

function bootstrapSpread(
  value: number,
  statistics: UnitStatistics,
  sources: IntervalSources,
  method: 'percentile' | 'bca',
  options: IntervalOptions,
): Spread {
  const level = options.level ?? DEFAULT_LEVEL;
  const resamples = options.resamples ?? DEFAULT_RESAMPLES;
  const seed = options.seed ?? DEFAULT_SEED;
  if (statistics.units < 2) {
    const drawn = options.clusterOf === undefined ? 'units' : 'clusters of units';
    return without(`no interval: at least two ${drawn} are needed`);
  }
  const generator = namedGenerator('bootstrap', seed);
  let draws: BootstrapDraws;
  if (options.over === 'units-and-coders') {
    const twoWay = sources.twoWay?.();
    if (twoWay === undefined) return without('no interval: this measure can only be resampled over units');
    draws = bootstrapUnitsAndCoders(twoWay.study, twoWay.statistic, resamples, generator, options);
  } else {
    draws = bootstrapUnits(statistics, resamples, generator, options);
  }
  const notes: string[] = [];
  if (draws.undefined > 0) {
    notes.push(`${draws.undefined} of ${resamples} resamples had no value and were left out`);
  }
  if (draws.values.length < 2) return without('no interval: the value is undefined in every resample');
  const base = { se: draws.se, df: null, seed };
  if (method === 'percentile') {
    return { ...base, notes, ci: { ...percentileInterval(draws, level), level, method } };
  }
  const acceleration = jackknife(statistics);
  const interval =
    acceleration.kind === 'defined' ? bcaInterval(draws, value, acceleration.acceleration, level) : null;
  if (interval !== null) return { ...base, notes, ci: { ...interval, level, method } };
  notes.push('BCa could not be formed, the percentile interval is given instead');
  return { ...base, notes, ci: { ...percentileInterval(draws, level), level, method: 'percentile' } };
}

function spreadOf(value: number, sources: IntervalSources, options: IntervalOptions): Spread {
  const method = options.method ?? 'analytic';
  const level = options.level ?? DEFAULT_LEVEL;
  const ceiling = sources.ceiling === undefined ? 1 : sources.ceiling;
  switch (method) {
    case 'none':
      return { se: null, ci: null, df: null, seed: null, notes: [] };
    case 'analytic':
    case 'linearised': {
      const source = sources[method];
      if (source === undefined) return without(`no interval: this measure has no ${method} standard error`);
      return tSpread(value, source(), method, level, ceiling, options.divisor ?? sources.divisor ?? 'n-1');
    }
    case 'krippendorff': {
      if (sources.krippendorff === undefined)
        return without("no interval: Krippendorff's bootstrap is for alpha only");
      const seed = options.seed ?? DEFAULT_SEED;
      const draws = sources.krippendorff(
        options.resamples ?? DEFAULT_RESAMPLES,
        namedGenerator("Krippendorff's bootstrap", seed),
      );
      return {
        se: draws.se,
        ci: { ...percentileInterval(draws, level), level, method },
        df: null,
        seed,
        notes: [],
      };
    }
    case 'jackknife':
    case 'percentile':
    case 'bca': {
      if (sources.statistics === undefined)
        return without(`no interval: this measure has no ${method} interval`);
      const statistics = drawnRows(sources.statistics(), options.clusterOf);
      if (statistics === null) return without('no interval: this measure can only be resampled unit by unit');
      return method === 'jackknife'
        ? jackknifeSpread(value, statistics, level, ceiling)
        : bootstrapSpread(value, statistics, sources, method, options);
    }
  }
}

function drawnRows(
  statistics: UnitStatistics,
  clusterOf: IntervalOptions['clusterOf'],
): UnitStatistics | null {
  return clusterOf === undefined ? statistics : clusteredRows(statistics, clusterOf);
}

/** Below this share of the value's scale a spread is rounding. */
const NO_SPREAD = 1e-12;

/**
 * Where all units say the same, as under perfect agreement, the data show no spread at all. A point is then no honest
 * interval: it would claim certainty from however few units. The standard error stays 0.
 */
function withoutPoint(spread: Spread): Spread {
  if (spread.ci === null || spread.ci.high - spread.ci.low > NO_SPREAD) return spread;
  const note = 'no interval: all units say the same, so the data do not show how far the value may be off';
  return { ...spread, se: 0, ci: null, notes: [...spread.notes, note] };
}

function testOf(value: number, spread: Spread): ZeroTest | null {
  if (spread.se === null || spread.df === null || spread.se === 0) return null;
  const statistic = value / spread.se;
  return {
    statistic,
    se: spread.se,
    distribution: 't',
    df: [spread.df],
    p: studentsTTwoSided(statistic, spread.df),
  };
}

/** Adds standard error, interval and test to a point value, as asked for. */
export function finishEstimate(
  point: Point,
  sources: IntervalSources,
  options: IntervalOptions = {},
): DefinedEstimate {
  checkIntervalOptions(options);
  if (options.onRows !== undefined && sources.statistics !== undefined) options.onRows(sources.statistics());
  const spread = withoutPoint(spreadOf(point.value, sources, options));
  return {
    ...point,
    reason: null,
    se: spread.se,
    ci: spread.ci,
    test: testOf(point.value, spread),
    seed: spread.seed,
    notes: spread.notes,
  };
}
