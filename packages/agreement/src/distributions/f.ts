import { incompleteBeta } from './beta.ts';
import { searchQuantile } from './quantile-search.ts';

/** P(F ≤ f) with (numerator, denominator) degrees of freedom. */
export function fCdf(f: number, numerator: number, denominator: number): number {
  return fTails(f, numerator, denominator).lower;
}

/** P(F > f). */
export function fUpperTail(f: number, numerator: number, denominator: number): number {
  return fTails(f, numerator, denominator).upper;
}

function fTails(f: number, numerator: number, denominator: number): { lower: number; upper: number } {
  if (f <= 0) return { lower: 0, upper: 1 };
  const scaled = numerator * f;
  const total = scaled + denominator;
  return incompleteBeta(scaled / total, numerator / 2, denominator / 2, denominator / total);
}

/** Quantile of F, p in (0, 1). */
export function fQuantile(p: number, numerator: number, denominator: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability between 0 and 1 was expected, not ${p}.`);
  const distance = (f: number): number => {
    const { lower, upper } = fTails(f, numerator, denominator);
    return p < 0.5 ? lower - p : 1 - p - upper;
  };
  let high = 1;
  while (distance(high) < 0) high *= 2;
  return searchQuantile(distance, 0, high);
}
