/**
 * Two correlations with the same variable, on the same pairs: r1 of model 1 with the gold, r2 of model 2 with
 * the gold, r12 of the models with each other.
 */
export interface DependentCorrelations {
  readonly r1: number;
  readonly r2: number;
  readonly r12: number;
  /** Number of pairs. */
  readonly n: number;
}

/** A test of r1 = r2, or why it could not be made. */
export type ComparisonTest =
  | {
      readonly kind: 'defined';
      readonly difference: number;
      readonly statistic: number;
      /** Null for the normal distribution. */
      readonly df: number | null;
      readonly pTwoSided: number;
      /** P of a difference as large in the direction of model 1. */
      readonly pOneSided: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/** Determinant of the correlation matrix of the three variables. */
export function determinant({ r1, r2, r12 }: DependentCorrelations): number {
  return 1 - r1 * r1 - r2 * r2 - r12 * r12 + 2 * r1 * r2 * r12;
}

/** Why the three correlations can't be compared, or null. */
export function whyIncomparable(c: DependentCorrelations): string | null {
  if (c.n <= 3) return 'a comparison needs more than three pairs';
  if (Math.abs(c.r12) >= 1) return 'the two models rank the pairs alike, so they cannot be told apart';
  if ([c.r1, c.r2, c.r12].some((r) => !(r >= -1 && r <= 1))) return 'a correlation lies outside −1 to 1';
  if (determinant(c) < -1e-12) return 'no three variables can have these correlations';
  return null;
}
