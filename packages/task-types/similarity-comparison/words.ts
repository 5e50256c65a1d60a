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

/** The pair that was chosen, by its words. */
export function describeComparison(
  answer: SimilarityComparisonAnswer,
  unit: SimilarityComparisonUnit,
): string {
  switch (answer.kind) {
    case 'first':
    case 'second':
      return wordsOf(unit[answer.kind]);
    case 'same':
      return 'the same';
    case 'unknown-word':
      return 'does not know a word';
  }
}

export function misfitOfComparison(
  answer: SimilarityComparisonAnswer,
  { allowSame }: SimilarityComparisonProtocol,
): string | null {
  return answer.kind === 'same' && !allowSame ? 'one of the two must be chosen' : null;
}
