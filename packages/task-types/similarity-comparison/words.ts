import { wordsOf } from '../word-pairs/unit-pair.ts';
import type {
  SimilarityComparisonAnswer,
  SimilarityComparisonProtocol,
  SimilarityComparisonUnit,
} from './contract.ts';

/** The word that both pairs begin with, so that their second words are its candidates; null where there is none. */
export function targetOf({ first, second }: SimilarityComparisonUnit): string | null {
  return first.word1 === second.word1 ? first.word1 : null;
}

/** `coast – shore or clue – evidence`. */
export function labelOfComparison({ first, second }: SimilarityComparisonUnit): string {
  return `${wordsOf(first)} or ${wordsOf(second)}`;
}

export function describeComparison(answer: SimilarityComparisonAnswer): string {
  switch (answer.kind) {
    case 'first':
      return 'the first';
    case 'second':
      return 'the second';
    case 'same':
      return 'the same';
    case 'unknown-word':
      return 'does not know a word';
  }
}

/** The same with the words of the pair in place of its side. */
export function describeComparisonOf(
  answer: SimilarityComparisonAnswer,
  unit: SimilarityComparisonUnit,
): string {
  return answer.kind === 'first' || answer.kind === 'second'
    ? wordsOf(unit[answer.kind])
    : describeComparison(answer);
}

export function misfitOfComparison(
  answer: SimilarityComparisonAnswer,
  { allowSame }: SimilarityComparisonProtocol,
): string | null {
  return answer.kind === 'same' && !allowSame ? 'one of the two must be chosen' : null;
}
