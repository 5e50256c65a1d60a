import { incompleteGamma } from './gamma.ts';
import { searchQuantile } from './quantile-search.ts';

/** P(X ≤ x) for chi-squared with df degrees of freedom. */
export function chiSquaredCdf(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).lower;
}

/** P(X > x). */
export function chiSquaredUpperTail(x: number, df: number): number {
  return incompleteGamma(df / 2, x / 2).upper;
}

/** Quantile of chi-squared, p in (0, 1). */
export function chiSquaredQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability between 0 and 1 was expected, not ${p}.`);
  const distance = (x: number): number => {
    const { lower, upper } = incompleteGamma(df / 2, x / 2);
    return p < 0.5 ? lower - p : 1 - p - upper;
  };
  let high = Math.max(1, df);
  while (distance(high) < 0) high *= 2;
  return searchQuantile(distance, 0, high);
}
