import type { GoldPair } from '../model/embedding.ts';
import { pairMeans, type RatingTable } from '../ratings/rating-table.ts';

/** The pairs of a table that have a score: gold, or the mean of their ratings where it has no gold column. */
export function scoredPairs(table: RatingTable): {
  readonly pairs: readonly GoldPair[];
  readonly goldIs: 'gold' | 'mean of the ratings';
} {
  const scores = table.gold ?? pairMeans(table);
  return {
    pairs: table.pairs.flatMap(({ word1, word2 }, pair) => {
      const gold = scores[pair] ?? null;
      return gold === null ? [] : [{ word1, word2, gold }];
    }),
    goldIs: table.gold === null ? 'mean of the ratings' : 'gold',
  };
}
