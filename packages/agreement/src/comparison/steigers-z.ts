import { normalUpperTail } from '../distributions/normal.ts';
import {
  type ComparisonTest,
  type DependentCorrelations,
  whyIncomparable,
} from './dependent-correlations.ts';

/**
 * Steiger's Z̄1* (1980, eq. 14): Fisher's z of both correlations, their covariance taken at the mean
 * correlation. Undefined as {@link williamsT2} is, and for correlations of ±1.
 */
export function steigersZ(c: DependentCorrelations): ComparisonTest {
  const reason = whyIncomparable(c);
  if (reason !== null) return { kind: 'undefined', reason };
  const { r1, r2, r12, n } = c;
  if (Math.abs(r1) >= 1 || Math.abs(r2) >= 1) return { kind: 'undefined', reason: 'a correlation is ±1' };
  const mean = (r1 + r2) / 2;
  const rest = 1 - mean * mean;
  const psi = r12 * (1 - 2 * mean * mean) - (mean * mean * (1 - 2 * mean * mean - r12 * r12)) / 2;
  const covariance = psi / (rest * rest);
  const statistic = ((Math.atanh(r1) - Math.atanh(r2)) * Math.sqrt(n - 3)) / Math.sqrt(2 - 2 * covariance);
  if (!Number.isFinite(statistic))
    return { kind: 'undefined', reason: 'the correlations leave no room for error' };
  return {
    kind: 'defined',
    difference: r1 - r2,
    statistic,
    df: null,
    pTwoSided: 2 * normalUpperTail(Math.abs(statistic)),
    pOneSided: normalUpperTail(statistic),
  };
}
