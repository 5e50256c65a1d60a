import { normalUpperTail } from '@casebook/agreement';

/**
 * Mann and Whitney's U test of two samples that may be shifted against each other (1947), by the normal approximation
 * with continuity correction, without correction for ties: times rarely tie.
 *
 * @returns the two-sided p.
 */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  let u = 0;
  for (const a of one) for (const b of other) u += a > b ? 1 : a === b ? 0.5 : 0;
  const pairs = one.length * other.length;
  const deviation = Math.sqrt((pairs * (one.length + other.length + 1)) / 12);
  const z = Math.max(0, Math.abs(u - pairs / 2) - 0.5) / deviation;
  return 2 * normalUpperTail(z);
}
