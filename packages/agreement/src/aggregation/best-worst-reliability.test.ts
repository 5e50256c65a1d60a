import { expect, test } from 'vitest';
import { designTuples } from '../planning/tuple-design/index.ts';
import { seededGenerator } from '../random.ts';
import { bestWorstReliability, type TupleJudgement } from './best-worst-reliability.ts';

/** Coders who see true scores through noise of a standard deviation, and choose the extremes of what they see. */
function simulated(items: number, coders: number, noise: number): TupleJudgement[] {
  const generator = seededGenerator(5);
  return designTuples({ items }).tuples.flatMap((tuple, number) =>
    Array.from({ length: coders }, () => {
      const seen = tuple.map((item) => ({ item, value: item / items + noise * generator.normal() }));
      seen.sort((one, other) => one.value - other.value);
      return {
        tuple: String(number),
        items: tuple.map(String),
        best: String(seen.at(-1)?.item),
        worst: String(seen[0]?.item),
      };
    }),
  );
}

test('coders without noise agree as well as a design lets them, whoever is in which half', () => {
  const found = bestWorstReliability(simulated(60, 4, 0), { splits: 20 });
  expect(found).toMatchObject({ kind: 'defined', items: 60, judgements: 480, splits: 20, sd: 0 });
  expect(found).toHaveProperty('spearman', expect.closeTo(1, 12));
});

test('more judgements of each tuple are more reliable, by about as much as Spearman–Brown says', () => {
  const four = bestWorstReliability(simulated(200, 4, 0.5));
  const eight = bestWorstReliability(simulated(200, 8, 0.5));
  if (four.kind === 'undefined' || eight.kind === 'undefined') throw new Error('both are defined');
  expect(four.spearman).toBeLessThan(eight.spearman);
  // Scores of four judgements, stepped up from halves of two, are what halves of four give.
  expect(Math.abs(four.spearmanBrown - eight.spearman)).toBeLessThan(0.05);
  expect(four.spearmanBrown).toBeGreaterThan(four.spearman);
});

test('the same seed divides alike', () => {
  const judgements = simulated(40, 3, 0.4);
  expect(bestWorstReliability(judgements, { seed: 2 })).toEqual(
    bestWorstReliability(judgements, { seed: 2 }),
  );
  expect(bestWorstReliability(judgements, { seed: 2 })).not.toEqual(
    bestWorstReliability(judgements, { seed: 3 }),
  );
});

test('tuples that were judged once are left out; where all were, there is no figure', () => {
  const once = simulated(30, 1, 0);
  expect(bestWorstReliability(once)).toEqual({ kind: 'undefined', reason: 'no tuple was judged twice' });
  const items = ['a', 'b', 'c', 'd'];
  const more = [...once, ...[1, 2].map(() => ({ tuple: 'more', items, best: 'a', worst: 'd' }))];
  expect(bestWorstReliability(more)).toMatchObject({ items: 4, judgements: 2 });
});
