import { maximumWeightMatching } from '@casebook/agreement';
import type { Asked, Side, SidePhrase } from './side.ts';

/** A phrase of one side with the other's of the same words, or of nearly the same. */
export interface PhrasePair {
  readonly a: SidePhrase;
  readonly b: SidePhrase;
  readonly sameWords: boolean;
}

/** Which phrases of two sides are the same. */
export interface Pairing {
  /** In the reading order of side a. */
  readonly pairs: readonly PhrasePair[];
  readonly onlyA: readonly SidePhrase[];
  readonly onlyB: readonly SidePhrase[];
}

/** From this share of words in common, two spans are one phrase with different borders. */
const NEARLY = 0.5;

/**
 * Pairs phrases over the very same words. Where everyone marks his own phrases, two of those left over are one phrase
 * with different borders if they begin or end alike, or share at least half of the words of both together; each is paired once, so that the overlaps
 * (Dice) sum to the most.
 */
export function pairedPhrases(a: Side, b: Side, asked: Asked): Pairing {
  const ofB = new Map(b.phrases.map((phrase) => [phrase.key, phrase]));
  const exact = a.phrases.flatMap((phrase): PhrasePair[] => {
    const other = ofB.get(phrase.key);
    return other === undefined ? [] : [{ a: phrase, b: other, sameWords: true }];
  });
  const paired = new Set(exact.map((pair) => pair.a.key));
  const restA = a.phrases.filter(({ key }) => !paired.has(key));
  const restB = b.phrases.filter(({ key }) => !paired.has(key));
  const near = asked === 'whole document' ? nearlyAlike(restA, restB) : [];
  const taken = { a: new Set(near.map((pair) => pair.a)), b: new Set(near.map((pair) => pair.b)) };
  const place = new Map(a.phrases.map((phrase, at) => [phrase, at]));
  return {
    pairs: [...exact, ...near].sort((one, other) => (place.get(one.a) ?? 0) - (place.get(other.a) ?? 0)),
    onlyA: restA.filter((phrase) => !taken.a.has(phrase)),
    onlyB: restB.filter((phrase) => !taken.b.has(phrase)),
  };
}

function nearlyAlike(restA: readonly SidePhrase[], restB: readonly SidePhrase[]): PhrasePair[] {
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  for (const [atA, a] of restA.entries()) {
    const [startA, endA] = boundsOf(a);
    for (const [atB, b] of restB.entries()) {
      const [startB, endB] = boundsOf(b);
      // Phrases come by their first word.
      if (startB >= endA) break;
      if (endB <= startA) continue;
      const shared = sharedWords(a, b);
      const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
      const bordersAlike = shared > 0 && (startA === startB || endA === endB);
      if (!bordersAlike && shared < NEARLY * (sizeA + sizeB - shared)) continue;
      row.push(atA);
      column.push(atB);
      weight.push((2 * shared) / (sizeA + sizeB));
    }
  }
  const matched = maximumWeightMatching({ rows: restA.length, columns: restB.length, row, column, weight });
  return restA.flatMap((a, at) => {
    const b = restB[matched[at] ?? -1];
    return b === undefined ? [] : [{ a, b, sameWords: false }];
  });
}

function boundsOf({ unit: { ranges } }: SidePhrase): readonly [number, number] {
  return [ranges[0]?.[0] ?? 0, ranges.at(-1)?.[1] ?? 0];
}

function sizeOf({ unit: { ranges } }: SidePhrase): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0);
}

function sharedWords(one: SidePhrase, other: SidePhrase): number {
  let shared = 0;
  for (const [start, end] of one.unit.ranges)
    for (const [from, to] of other.unit.ranges)
      shared += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return shared;
}
