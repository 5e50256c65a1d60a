import { describe, expect, it } from 'vitest';
import { coderAt, codingsOf } from '../testing/codings.ts';
import { similarityRatingContract } from './contract.ts';
import type { SimilarityRatingAnswer } from './contract.ts';
import { similarityReadings } from './readings.ts';

function codings(...answers: SimilarityRatingAnswer[]): Parameters<typeof similarityReadings>[0] {
  return codingsOf({
    answers: answers.map((answer) => [answer]),
    unitAt: () => ({ word1: 'clue', word2: 'hint' }),
    keyAt: () => 'pair',
    itemAt: () => 0,
  });
}
const rating = (value: number): SimilarityRatingAnswer => ({ kind: 'rating', value });

describe('readings of a pair', () => {
  it('are the numbers given, the most frequent first', () => {
    const [unit] = similarityReadings(codings(rating(5), rating(3), rating(3)));
    expect(unit?.readings.map(({ answer, coders }) => [answer, coders])).toEqual([
      [rating(3), [coderAt(1), coderAt(2)]],
      [rating(5), [coderAt(0)]],
    ]);
  });

  it('differ by their distance, as a share of the scale', () => {
    const [near] = similarityReadings(codings(rating(3), rating(4)));
    expect(near?.disagreement).toBeCloseTo(1 / 6);
    const [far] = similarityReadings(codings(rating(0), rating(6)));
    expect(far?.disagreement).toBe(1);
    const protocol = { ...similarityRatingContract.exampleProtocol };
    protocol.scale = { ...protocol.scale, low: 0, high: 10 };
    const [wide] = similarityReadings(codings(rating(3), rating(4)), { protocol });
    expect(wide?.disagreement).toBeCloseTo(1 / 10);
  });

  it('put not knowing a word a whole scale away from any number, and nowhere from itself', () => {
    const unknown: SimilarityRatingAnswer = { kind: 'unknown-word' };
    expect(similarityReadings(codings(unknown, rating(3)))[0]?.disagreement).toBe(1);
    expect(similarityReadings(codings(unknown, unknown))[0]?.disagreement).toBe(0);
  });

  it('of one coder have no disagreement to speak of', () => {
    expect(similarityReadings(codings(rating(3)))[0]?.disagreement).toBeNull();
  });
});
