import { normalQuantile } from '../distributions/normal.ts';
import { studentsTQuantile } from '../distributions/students-t.ts';
import { type ConfidenceInterval } from '../estimate.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';
import { requireColumns } from './columns.ts';

export interface LimitOfAgreement {
  readonly value: number;
  readonly ci: ConfidenceInterval;
}

/** Bland & Altman's picture of two columns of measurements, in their own unit. */
export type BlandAltman =
  | {
      readonly kind: 'defined';
      readonly n: number;
      /** Mean of first − second. */
      readonly bias: LimitOfAgreement;
      /** Standard deviation of the differences, divisor n − 1. */
      readonly sd: number;
      readonly lower: LimitOfAgreement;
      readonly upper: LimitOfAgreement;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/**
 * Bias and limits of agreement, bias ± z·sd, each with Student's interval (Bland & Altman 1986, 1999: variance
 * of a limit sd²(1/n + z²/(2(n − 1)))). `coverage` is the share of differences that the limits are to hold,
 * 0.95 unless stated. Undefined for fewer than two pairs; throws RangeError as the correlations do.
 */
export function blandAltman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: { readonly coverage?: number; readonly level?: number } = {},
): BlandAltman {
  const n = x.length;
  requireColumns(x, y);
  if (n < 2) return { kind: 'undefined', reason: 'fewer than two pairs of values' };
  const level = options.level ?? DEFAULT_LEVEL;
  const z = normalQuantile(1 - (1 - (options.coverage ?? 0.95)) / 2);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += ((x[i] ?? 0) - (y[i] ?? 0)) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((x[i] ?? 0) - (y[i] ?? 0) - mean) ** 2;
  const sd = Math.sqrt(squares / (n - 1));
  const t = studentsTQuantile(1 - (1 - level) / 2, n - 1);
  const around = (value: number, se: number): LimitOfAgreement => ({
    value,
    ci: { low: value - t * se, high: value + t * se, level, method: 'analytic' },
  });
  const limitError = sd * Math.sqrt(1 / n + (z * z) / (2 * (n - 1)));
  return {
    kind: 'defined',
    n,
    bias: around(mean, sd / Math.sqrt(n)),
    sd,
    lower: around(mean - z * sd, limitError),
    upper: around(mean + z * sd, limitError),
  };
}
