import { normalUpperTail } from '../distributions/normal.ts';
import {
  type ComparisonTest,
  type DependentCorrelations,
  whyIncomparable,
} from './dependent-correlations.ts';

/**
 * Meng, Rosenthal & Rubin's Z of two dependent correlations (1992, eq. 1). Undefined as {@link williamsT2} is,
 * and for correlations of ±1.
 */
export function mengsZ(c: DependentCorrelations): ComparisonTest {
  const reason = whyIncomparable(c);
  if (reason !== null) return { kind: 'undefined', reason };
  const { r1, r2, r12, n } = c;
  if (Math.abs(r1) >= 1 || Math.abs(r2) >= 1) return { kind: 'undefined', reason: 'a correlation is ±1' };
  const square = (r1 * r1 + r2 * r2) / 2;
  const f = Math.min(1, (1 - r12) / (2 * (1 - square)));
  const h = (1 - f * square) / (1 - square);
  const statistic = (Math.atanh(r1) - Math.atanh(r2)) * Math.sqrt((n - 3) / (2 * (1 - r12) * h));
  return {
    kind: 'defined',
    difference: r1 - r2,
    statistic,
    df: null,
    pTwoSided: 2 * normalUpperTail(Math.abs(statistic)),
    pOneSided: normalUpperTail(statistic),
  };
}
