import { readingsByAnswer } from '../readings-by-answer.ts';
import type { CodedUnit, UnitReadings } from '../task-type-server.ts';
import type { BestWorstAnswer, BestWorstUnit } from './contract.ts';

/**
 * Two choices are the same reading where both the best and the worst are the same. Each of the two that differs is half
 * of the way apart; to know the words and not to know them is all of it.
 */
export function bestWorstReadings(
  codings: readonly CodedUnit<BestWorstUnit, BestWorstAnswer>[],
): readonly UnitReadings<BestWorstAnswer>[] {
  return readingsByAnswer(codings, { keyOf, distance });
}

function keyOf(answer: BestWorstAnswer): string {
  return answer.kind === 'best-worst' ? `best ${answer.best} worst ${answer.worst}` : answer.kind;
}

function distance(one: BestWorstAnswer, other: BestWorstAnswer): number {
  if (one.kind !== 'best-worst' || other.kind !== 'best-worst') return one.kind === other.kind ? 0 : 1;
  return (one.best === other.best ? 0 : 0.5) + (one.worst === other.worst ? 0 : 0.5);
}
