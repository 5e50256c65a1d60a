import { wordPairOf } from '../item-content.ts';
import type { PlannedItem } from '../task-type-server.ts';
import type { SimilarityRatingAnswer } from './contract.ts';
import { PAIR_KEY } from './plan.ts';

/**
 * The published score of a pair, where it has one. It stands on the scale of its source, which need not be the
 * protocol's: compare it by rank, never by value.
 */
export function goldOf(item: PlannedItem): ReadonlyMap<string, SimilarityRatingAnswer> {
  const { gold } = wordPairOf(item);
  return new Map(gold === undefined ? [] : [[PAIR_KEY, { kind: 'rating', value: gold }]]);
}
