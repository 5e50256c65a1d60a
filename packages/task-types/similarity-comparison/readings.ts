import { readingsByAnswer } from '../readings-by-answer.ts';
import type { CodedUnit, UnitReadings } from '../task-type-server.ts';
import type { SimilarityComparisonAnswer, SimilarityComparisonUnit } from './contract.ts';

/** Opposite answers are all of the way apart, to call the two the same is half of it, as in a score of wins. */
export function comparisonReadings(
  codings: readonly CodedUnit<SimilarityComparisonUnit, SimilarityComparisonAnswer>[],
): readonly UnitReadings<SimilarityComparisonAnswer>[] {
  return readingsByAnswer(codings, { keyOf: ({ kind }) => kind, distance });
}

function distance(one: SimilarityComparisonAnswer, other: SimilarityComparisonAnswer): number {
  if (one.kind === other.kind) return 0;
  if (one.kind === 'unknown-word' || other.kind === 'unknown-word') return 1;
  return one.kind === 'same' || other.kind === 'same' ? 0.5 : 1;
}
