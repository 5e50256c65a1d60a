import { isPoint } from './contract.ts';
import type { SimilarityRatingAnswer, SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';

export function labelOfPair({ word1, word2, partOfSpeech }: SimilarityRatingUnit): string {
  return `${word1} – ${word2}${partOfSpeech === undefined ? '' : ` (${partOfSpeech})`}`;
}

export function describeRating(answer: SimilarityRatingAnswer): string {
  return answer.kind === 'rating' ? String(answer.value) : 'does not know a word';
}

/** A rating is a point of the protocol's scale, and a word is unknown only where the protocol lets one say so. */
export function misfitOfRating(
  answer: SimilarityRatingAnswer,
  { scale, unknownWord }: SimilarityRatingProtocol,
): string | null {
  if (answer.kind === 'unknown-word') return unknownWord ? null : 'this task takes every word for known';
  const { value } = answer;
  if (isPoint(value, scale)) return null;
  const { low, high, step } = scale;
  const points = step === 1 && Number.isInteger(low) ? 'a whole number' : `a number in steps of ${step}`;
  return `${value} is not a point of the scale, ${points} from ${low} to ${high}`;
}
