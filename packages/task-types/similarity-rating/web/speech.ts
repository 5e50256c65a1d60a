import type { Speech } from '../../web/block/draft.svelte.ts';
import type { SimilarityRatingAnswer, SimilarityRatingUnit } from '../contract.ts';
import { BLOCK_WORDS } from '../keys.ts';
import { describeRating } from '../words.ts';

export function inWords({ word1, word2 }: SimilarityRatingUnit): string {
  return `${word1} – ${word2}`;
}

/** How ratings are spoken of while they are given. */
export const SPEECH: Speech<SimilarityRatingUnit, SimilarityRatingAnswer> = {
  ...BLOCK_WORDS,
  units: 'pairs',
  inWords,
  describe: describeRating,
  unknownLabels: ['I don’t know one of these words', 'Unknown word'],
};
