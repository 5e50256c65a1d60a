import { normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval } from '../estimate.ts';
import { DEFAULT_LEVEL } from './interval-options.ts';

/**
 * Interval of a share by Wilson's score (1927), without continuity correction: never below 0 or above 1, and of use
 * where all or none are right.
 *
 * @param right of so many, an integer from 0 to `asked`.
 * @param asked an integer from 0.
 * @returns null where nothing was asked.
 * @throws RangeError where the counts are not such integers.
 */
export function wilsonInterval(
  right: number,
  asked: number,
  level: number = DEFAULT_LEVEL,
): ConfidenceInterval | null {
  if (!Number.isInteger(right) || !Number.isInteger(asked) || right < 0 || right > asked) {
    throw new RangeError(`${String(right)} of ${String(asked)} is no share`);
  }
  if (asked === 0) return null;
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = right / asked;
  const spread = z * z;
  const centre = (share + spread / (2 * asked)) / (1 + spread / asked);
  const reach =
    (z * Math.sqrt((share * (1 - share)) / asked + spread / (4 * asked * asked))) / (1 + spread / asked);
  return {
    low: right === 0 ? 0 : Math.max(0, centre - reach),
    high: right === asked ? 1 : Math.min(1, centre + reach),
    level,
    method: 'analytic',
  };
}
