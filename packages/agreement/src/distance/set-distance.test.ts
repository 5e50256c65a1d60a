import { expect, test } from 'vitest';
import { diceDistance, jaccardDistance, masiDistance, passonneauDistance } from './set-distance.ts';

test.each([
  ['equal', 'AB', 'AB', 0, 0, 0, 0],
  ['subset', 'AB', 'ABCD', 2 / 3, 1 / 3, 1 / 2, 1 / 3],
  ['overlap', 'ABC', 'BCD', 5 / 6, 2 / 3, 1 / 2, 1 / 3],
  ['disjoint', 'AB', 'CD', 1, 1, 1, 1],
  ['both empty', '', '', 0, 0, 0, 0],
  ['one empty', '', 'A', 1, 1 / 3, 1, 1],
])('distances of sets: %s', (_, a, b, masi, passonneau, jaccard, dice) => {
  expect(masiDistance(a, b)).toBeCloseTo(masi, 12);
  expect(passonneauDistance(a, b)).toBeCloseTo(passonneau, 12);
  expect(jaccardDistance(a, b)).toBeCloseTo(jaccard, 12);
  expect(diceDistance(a, b)).toBeCloseTo(dice, 12);
  expect(masiDistance(b, a)).toBe(masiDistance(a, b));
});
