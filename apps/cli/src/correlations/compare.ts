import {
  type ComparisonTest,
  type DependentCorrelations,
  type DifferenceInterval,
  mengsZ,
  pairedBootstrap,
  steigersZ,
  williamsT2,
  zousInterval,
} from '@casebook/agreement';
import type { Correlation, CorrelationsCall, Method } from './options.ts';

/** Gold and the figures of two models, row by row, and their correlations; null where a column is constant. */
export interface Contestants {
  readonly gold: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly r1: number | null;
  readonly r2: number | null;
  readonly r12: number | null;
}

/** A comparison of two correlations with the same gold. */
export interface Comparison {
  readonly r1: number | null;
  readonly r2: number | null;
  readonly r12: number | null;
  /** r1 − r2. */
  readonly value: number | null;
  readonly statistic: number | null;
  readonly df: number | null;
  /** Two-sided. */
  readonly p: number | null;
  readonly ci: {
    readonly low: number;
    readonly high: number;
    readonly level: number;
    readonly method: 'zou' | 'percentile';
  } | null;
  readonly reason: string | null;
}

export function compare(contestants: Contestants, call: CorrelationsCall): Comparison {
  const { gold, r1, r2, r12 } = contestants;
  const none = { r1, r2, r12, value: null, statistic: null, df: null, p: null, ci: null };
  if (r1 === null || r2 === null || r12 === null)
    return {
      ...none,
      reason: gold.length < 2 ? 'fewer than two rows' : 'one of the columns has no variance',
    };
  if (call.method === 'bootstrap') return { ...none, ...bootstrapped(contestants, call) };
  const correlations = { r1, r2, r12, n: gold.length };
  const { correlation, confidence } = call;
  const interval = zousInterval(correlations, { kind: correlation, level: confidence });
  const ci = interval.kind === 'undefined' ? null : intervalOf(interval);
  if (call.method === 'zou') {
    if (interval.kind === 'undefined') return { ...none, reason: interval.reason };
    const p = levelAtZero(correlations, correlation);
    return { ...none, value: interval.difference, p, ci, reason: null };
  }
  const test = TESTS[call.method](correlations);
  if (test.kind === 'undefined') return { ...none, reason: test.reason };
  const { difference, statistic, df, pTwoSided } = test;
  return { ...none, value: difference, statistic, df, p: pTwoSided, ci, reason: null };
}

const TESTS: Readonly<
  Record<Exclude<Method, 'zou' | 'bootstrap'>, (correlations: DependentCorrelations) => ComparisonTest>
> = { williams: williamsT2, steiger: steigersZ, meng: mengsZ };

function intervalOf({
  low,
  high,
  level,
}: Extract<DifferenceInterval, { kind: 'defined' }>): Comparison['ci'] {
  return { low, high, level, method: 'zou' };
}

/** The smallest p that doubles can tell from 0 here. */
const LEAST_P = 2 ** -50;

/** One less the confidence level at which Zou's interval just meets 0, by halving. */
function levelAtZero(correlations: DependentCorrelations, kind: Correlation): number {
  let [including, excluding] = [LEAST_P, 1];
  for (let step = 0; step < 60; step += 1) {
    const p = (including + excluding) / 2;
    const interval = zousInterval(correlations, { kind, level: 1 - p });
    if (interval.kind === 'defined' && interval.low < 0 && interval.high > 0) including = p;
    else excluding = p;
  }
  return (including + excluding) / 2;
}

function bootstrapped(
  { gold, first, second }: Contestants,
  { correlation, resamples, seed, confidence }: CorrelationsCall,
): Pick<Comparison, 'value' | 'p' | 'ci' | 'reason'> {
  const drawn = pairedBootstrap(gold, first, second, { correlation, resamples, seed, level: confidence });
  if (drawn.kind === 'undefined') return { value: null, p: null, ci: null, reason: drawn.reason };
  const { difference, low, high, level, pTwoSided } = drawn;
  return {
    value: difference,
    p: Math.min(1, pTwoSided),
    ci: { low, high, level, method: 'percentile' },
    reason: null,
  };
}
