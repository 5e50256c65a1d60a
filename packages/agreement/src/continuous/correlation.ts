import { studentsTTwoSided } from '../distributions/students-t.ts';
import { definedEstimate, type Estimate, undefinedEstimate, type Usage, type ZeroTest } from '../estimate.ts';
import { requireColumns } from './columns.ts';
import { correlationInterval, type CorrelationKind } from './correlation-interval.ts';
import { correlationOf } from './moments.ts';

export function usageOfColumns(n: number): Usage {
  return { units: n, coders: 2, ratings: 2 * n, dropped: { units: 0, coders: 0, ratings: 0 } };
}

/** t = r √((n − 2)/(1 − r²)); null for n < 3 and for ±1. */
function correlationTest(r: number, n: number): ZeroTest | null {
  if (n < 3 || Math.abs(r) >= 1) return null;
  const se = Math.sqrt((1 - r * r) / (n - 2));
  const statistic = r / se;
  return { statistic, se, distribution: 't', df: [n - 2], p: studentsTTwoSided(statistic, n - 2) };
}

/** What Pearson's and Spearman's coefficients share: undefined cases, interval and test. */
export function productMomentEstimate(
  kind: Exclude<CorrelationKind, 'kendall'>,
  convention: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level?: number,
): Estimate {
  requireColumns(x, y);
  const used = usageOfColumns(x.length);
  if (x.length < 2) return undefinedEstimate(kind, convention, 'fewer than two pairs of values', used);
  const value = correlationOf(x, y);
  if (value === null) return undefinedEstimate(kind, convention, 'one of the columns has no variance', used);
  const ci = correlationInterval(kind, value, x.length, level);
  return definedEstimate({
    measure: kind,
    convention,
    value,
    used,
    ci,
    test: correlationTest(value, x.length),
    notes: ci === null ? ['no interval: it needs four pairs of values and a correlation other than ±1'] : [],
  });
}
