import { incompleteBeta } from './beta.ts';
import { normalQuantile } from './normal.ts';
import { searchQuantile } from './quantile-search.ts';

/** P(T > t) for Student's t with df > 0 degrees of freedom; df may be Infinity-free real. */
export function studentsTUpperTail(t: number, df: number): number {
  const square = t * t;
  const x = df / (df + square);
  const half = incompleteBeta(x, df / 2, 0.5, square / (df + square)).lower / 2;
  return t >= 0 ? half : 1 - half;
}

/** P(|T| > |t|). */
export function studentsTTwoSided(t: number, df: number): number {
  return Math.min(1, 2 * studentsTUpperTail(Math.abs(t), df));
}

/** Quantile of Student's t, p in (0, 1). */
export function studentsTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability between 0 and 1 was expected, not ${p}.`);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  let high = Math.max(1, -normalQuantile(tail));
  while (studentsTUpperTail(high, df) > tail) high *= 2;
  const size = searchQuantile((t) => tail - studentsTUpperTail(t, df), 0, high);
  return p < 0.5 ? -size : size;
}
