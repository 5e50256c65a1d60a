import { normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval } from '../estimate.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';

/** Variance of atanh r, times n − 3 (n − 4 for Kendall). */
export type CorrelationKind = 'pearson' | 'spearman' | 'kendall';

/** Standard error of atanh r: Fisher 1921 for Pearson, Bonett & Wright 2000 for the rank correlations. */
function fisherStandardError(kind: CorrelationKind, r: number, n: number): number {
  switch (kind) {
    case 'pearson':
      return Math.sqrt(1 / (n - 3));
    case 'spearman':
      return Math.sqrt((1 + (r * r) / 2) / (n - 3));
    case 'kendall':
      return Math.sqrt(0.437 / (n - 4));
  }
}

/**
 * Interval of a correlation on Fisher's scale, tanh(atanh r ± z·se): Fisher 1921 for Pearson, Bonett & Wright
 * 2000 for Spearman (√((1 + r²/2)/(n − 3))) and Kendall (√(.437/(n − 4))). Null where n is too small or r is
 * ±1.
 */
export function correlationInterval(
  kind: CorrelationKind,
  r: number,
  n: number,
  level: number = DEFAULT_LEVEL,
): ConfidenceInterval | null {
  if (n <= (kind === 'kendall' ? 4 : 3) || Math.abs(r) >= 1) return null;
  const reach = normalQuantile(1 - (1 - level) / 2) * fisherStandardError(kind, r, n);
  const centre = Math.atanh(r);
  return { low: Math.tanh(centre - reach), high: Math.tanh(centre + reach), level, method: 'analytic' };
}
