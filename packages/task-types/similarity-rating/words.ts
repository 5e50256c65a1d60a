import type { SimilarityRatingAnswer, SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';

export function labelOfPair({ word1, word2, partOfSpeech }: SimilarityRatingUnit): string {
  return `${word1} – ${word2}${partOfSpeech === undefined ? '' : ` (${partOfSpeech})`}`;
}

export function describeRating(answer: SimilarityRatingAnswer): string {
  return answer.kind === 'rating' ? String(answer.value) : 'does not know a word';
}

/** A rating is a point of the protocol's scale. */
export function misfitOfRating(
  answer: SimilarityRatingAnswer,
  { scale }: SimilarityRatingProtocol,
): string | null {
  if (answer.kind === 'unknown-word') return null;
  const { value } = answer;
  if (Number.isInteger(value) && value >= scale.low && value <= scale.high) return null;
  return `${value} is not a point of the scale, a whole number from ${scale.low} to ${scale.high}`;
}
