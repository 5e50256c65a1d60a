import { studentsTTwoSided, studentsTUpperTail } from '../distributions/students-t.ts';
import {
  type ComparisonTest,
  type DependentCorrelations,
  determinant,
  whyIncomparable,
} from './dependent-correlations.ts';

/** Williams' statistic of two dependent correlations, without its distribution. */
export function williamsStatistic(c: DependentCorrelations): number {
  const { r1, r2, r12, n } = c;
  const mean = (r1 + r2) / 2;
  const spread = ((2 * (n - 1)) / (n - 3)) * Math.max(0, determinant(c)) + mean * mean * (1 - r12) ** 3;
  return (r1 - r2) * Math.sqrt(((n - 1) * (1 + r12)) / spread);
}

/**
 * Williams' test of two dependent correlations that share a variable (Williams 1959; T2 of Steiger 1980), df
 * n − 3. Undefined for n ≤ 3, for models that rank alike, and for impossible correlations.
 */
export function williamsT2(c: DependentCorrelations): ComparisonTest {
  const reason = whyIncomparable(c);
  if (reason !== null) return { kind: 'undefined', reason };
  const statistic = williamsStatistic(c);
  if (!Number.isFinite(statistic))
    return { kind: 'undefined', reason: 'the correlations leave no room for error' };
  const df = c.n - 3;
  return {
    kind: 'defined',
    difference: c.r1 - c.r2,
    statistic,
    df,
    pTwoSided: studentsTTwoSided(statistic, df),
    pOneSided: studentsTUpperTail(statistic, df),
  };
}
