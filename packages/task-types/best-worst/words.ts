import { wordsOf } from '../word-pairs/unit-pair.ts';
import type { BestWorstAnswer, BestWorstProtocol, BestWorstUnit } from './contract.ts';

/** The pairs with their places: `1 coast – shore · 2 clue – evidence · …`. */
export function labelOfTuple({ pairs }: BestWorstUnit): string {
  return pairs.map((pair, index) => `${index + 1} ${wordsOf(pair)}`).join(' · ');
}

/** The choices by the words of their pairs: `most coast – shore, least clue – evidence`. */
export function describeChoice(answer: BestWorstAnswer, { pairs }: BestWorstUnit): string {
  if (answer.kind === 'unknown-word') return 'does not know a word';
  const at = (place: number): string => {
    const pair = pairs[place - 1];
    return pair === undefined ? String(place) : wordsOf(pair);
  };
  return `most ${at(answer.best)}, least ${at(answer.worst)}`;
}

/** Both choices are places of a tuple. */
export function misfitOfChoice(answer: BestWorstAnswer, { tupleSize }: BestWorstProtocol): string | null {
  if (answer.kind === 'unknown-word') return null;
  const beyond = [answer.best, answer.worst].find((place) => place > tupleSize);
  return beyond === undefined ? null : `there is no pair ${beyond}; the tuple holds ${tupleSize}`;
}
