import { readingsByAnswer } from '../readings-by-answer.ts';
import type { CodedUnit, ReadingsContext, UnitReadings } from '../task-type-server.ts';
import { similarityRatingContract } from './contract.ts';
import type { SimilarityRatingAnswer, SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';

/**
 * Two ratings are the same reading where they are the same number. Two ratings are as far apart as their difference
 * is of the length of the scale; to know a word and not to know it are a whole scale apart.
 */
export function similarityReadings(
  codings: readonly CodedUnit<SimilarityRatingUnit, SimilarityRatingAnswer>[],
  { protocol }: ReadingsContext<SimilarityRatingUnit, SimilarityRatingAnswer, SimilarityRatingProtocol> = {},
): readonly UnitReadings<SimilarityRatingAnswer>[] {
  const { low, high } = (protocol ?? similarityRatingContract.exampleProtocol).scale;
  return readingsByAnswer(codings, {
    keyOf: (answer) => (answer.kind === 'rating' ? `rating ${answer.value}` : answer.kind),
    distance: (one, other) => distance(one, other, high - low),
  });
}

function distance(one: SimilarityRatingAnswer, other: SimilarityRatingAnswer, length: number): number {
  if (one.kind !== 'rating' || other.kind !== 'rating') return one.kind === other.kind ? 0 : 1;
  return Math.min(1, Math.abs(one.value - other.value) / length);
}
