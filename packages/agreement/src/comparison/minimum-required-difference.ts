import { studentsTQuantile } from '../distributions/students-t.ts';
import { williamsStatistic } from './williams-t2.ts';

/**
 * `rastogi`: one tail and n − 2 degrees of freedom, as Rastogi, Van Durme & Arora (2015) have it; `steiger`: two
 * tails and n − 3, as Williams' test is meant.
 */
export type MrdRule = 'rastogi' | 'steiger';

export interface MrdOptions {
  readonly rule?: MrdRule;
  /** Significance level, 0.05 unless stated. */
  readonly p?: number;
  /** Tails where they are to differ from the rule's. */
  readonly tails?: 1 | 2;
  /** The worse model's correlation with the gold, 0 unless stated, as Rastogi et al. take it. */
  readonly lower?: number;
}

export type MinimumRequiredDifference =
  | { readonly value: number; readonly df: number; readonly tails: 1 | 2; readonly critical: number }
  | { readonly value: null; readonly reason: string };

/**
 * The smallest difference of two models' correlations with n gold values that is significant by Williams' test,
 * given the correlation `r12` of the models with each other (Rastogi et al. 2015, section 6). Their table holds
 * the values cut off after the third digit: 9.2 for RG is 0.0926.
 *
 * Undefined for n ≤ 3, for r12 of ±1, and where no possible difference is significant.
 */
export function minimumRequiredDifference(
  n: number,
  r12: number,
  options: MrdOptions = {},
): MinimumRequiredDifference {
  const rule = options.rule ?? 'rastogi';
  const tails = options.tails ?? (rule === 'rastogi' ? 1 : 2);
  const df = n - (rule === 'rastogi' ? 2 : 3);
  const lower = options.lower ?? 0;
  if (n <= 3) return { value: null, reason: 'a comparison needs more than three pairs' };
  if (Math.abs(r12) >= 1) return { value: null, reason: 'models that rank alike cannot be told apart' };
  const critical = studentsTQuantile(1 - (options.p ?? 0.05) / tails, df);
  // Beyond this the three correlations are impossible.
  const most = lower * r12 + Math.sqrt((1 - lower * lower) * (1 - r12 * r12)) - lower;
  const statistic = (difference: number): number =>
    williamsStatistic({ r1: lower + difference, r2: lower, r12, n });
  if (!(most > 0) || statistic(most) < critical) {
    return { value: null, reason: 'no possible difference is significant with so few pairs' };
  }
  let below = 0;
  let above = most;
  for (let step = 0; step < 200 && above - below > 1e-15; step++) {
    const middle = (below + above) / 2;
    if (statistic(middle) < critical) below = middle;
    else above = middle;
  }
  return { value: above, df, tails, critical };
}
