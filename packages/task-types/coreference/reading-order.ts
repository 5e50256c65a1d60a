import { inReadingOrder } from '@casebook/contracts';
import type { CoreferenceUnit } from './contract.ts';

/** A markable as it is put in order. */
interface Placed {
  readonly key: string;
  readonly unit: CoreferenceUnit;
}

const { compare: byNumber } = new Intl.Collator('en', { numeric: true });

/** Orders markables as they are met in reading; two over the same words stand in the order of their numbers. */
export function asRead(one: Placed, other: Placed): number {
  return inReadingOrder(one.unit, other.unit) || byNumber(one.key, other.key);
}
