import { expect, test } from 'vitest';
import { bestWorstCounting, bestWorstSplitHalf } from './best-worst.ts';

// Kiritchenko & Mohammad 2016, § 3: percentage best minus percentage worst.
test('counts best less worst over times shown', () => {
  const items = ['a', 'b', 'c', 'd'];
  const { scores } = bestWorstCounting([
    { items, best: 'a', worst: 'd' },
    { items, best: 'a', worst: 'c' },
    { items, best: 'b', worst: 'd' },
    { items: ['a', 'b', 'e', 'f'], best: 'e', worst: 'a' },
  ]);
  expect(Object.fromEntries(scores)).toEqual({ a: 1 / 4, b: 1 / 4, c: -1 / 3, d: -2 / 3, e: 1, f: 0 });
});

test('what no best–worst judgement can be is refused', () => {
  expect(() => bestWorstCounting([{ items: ['a', 'b'], best: 'c', worst: 'b' }])).toThrow(
    "judgement 1: the best item 'c' is not among a, b",
  );
  expect(() => bestWorstCounting([{ items: ['a', 'b'], best: 'a', worst: 'a' }])).toThrow(
    'both best and worst',
  );
  expect(() => bestWorstCounting([])).toThrow('there are no best–worst judgements');
});

test('halves that agree correlate at 1, and an empty half is undefined', () => {
  const items = ['a', 'b', 'c', 'd'];
  const twice = [
    { items, best: 'a', worst: 'd' },
    { items, best: 'a', worst: 'd' },
  ];
  expect(bestWorstSplitHalf(twice, (_, place) => place === 0).value).toBeCloseTo(1, 12);
  expect(bestWorstSplitHalf(twice, () => true)).toEqual({
    value: null,
    reason: 'one half holds no judgement',
  });
});
