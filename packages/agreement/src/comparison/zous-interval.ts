import { correlationInterval } from '../continuous/correlation-interval.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';
import { type DependentCorrelations, whyIncomparable } from './dependent-correlations.ts';

export type DifferenceInterval =
  | {
      readonly kind: 'defined';
      readonly difference: number;
      readonly low: number;
      readonly high: number;
      readonly level: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/**
 * Zou's interval of the difference of two dependent correlations (Zou 2007, overlapping case), from Fisher
 * intervals of each, or Bonett–Wright intervals where they are Spearman's. Undefined as {@link williamsT2} is,
 * and for correlations of ±1.
 */
export function zousInterval(
  c: DependentCorrelations,
  options: { readonly kind?: 'pearson' | 'spearman'; readonly level?: number } = {},
): DifferenceInterval {
  const reason = whyIncomparable(c);
  if (reason !== null) return { kind: 'undefined', reason };
  const { r1, r2, r12, n } = c;
  const level = options.level ?? DEFAULT_LEVEL;
  const first = correlationInterval(options.kind ?? 'pearson', r1, n, level);
  const second = correlationInterval(options.kind ?? 'pearson', r2, n, level);
  if (first === null || second === null) return { kind: 'undefined', reason: 'a correlation is ±1' };
  const together =
    ((r12 - (r1 * r2) / 2) * (1 - r1 * r1 - r2 * r2 - r12 * r12) + r12 ** 3) /
    ((1 - r1 * r1) * (1 - r2 * r2));
  const reach = (a: number, b: number): number =>
    Math.sqrt(Math.max(0, a * a + b * b - 2 * together * a * b));
  const difference = r1 - r2;
  return {
    kind: 'defined',
    difference,
    low: difference - reach(r1 - first.low, second.high - r2),
    high: difference + reach(first.high - r1, r2 - second.low),
    level,
  };
}
