import type { CoreferenceAnswer } from './contract.ts';
import { pointedAt } from './words.ts';

/** Whether two answers are of one kind and point at the same phrases, in whichever order. */
export function saysTheSame(one: CoreferenceAnswer, other: CoreferenceAnswer): boolean {
  return (
    one.kind === other.kind &&
    JSON.stringify(pointedAt(one).toSorted()) === JSON.stringify(pointedAt(other).toSorted())
  );
}
