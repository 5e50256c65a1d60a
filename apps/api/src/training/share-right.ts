import { wilsonInterval } from '@casebook/agreement';
import type { ShareRight } from '@casebook/contracts';

/** A share with its interval; null where nothing was asked. */
export function shareRight(asked: number, right: number): ShareRight | null {
  const interval = wilsonInterval(right, asked);
  return interval === null ? null : { asked, right, low: interval.low, high: interval.high };
}

/** Which of two shares is surely lower: by the upper end of its interval, so that few answers weigh little. */
export function surelyLower(one: ShareRight, other: ShareRight): number {
  return one.high - other.high;
}
