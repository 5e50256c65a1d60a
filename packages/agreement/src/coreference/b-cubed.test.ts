import { expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

// Bagga & Baldwin 1998, figures 1 to 3: two responses that MUC can't tell apart.
test.each([
  ['a small entity merged with a large one', '{12345} {67} {89abc}', '{12345} {6789abc}', 16 / 21],
  ['two large entities merged', '{12345} {67} {89abc}', '{1234589abc} {67}', 7 / 12],
])('%s', (_, key, response, precision) => {
  const { bcub, muc } = scoreCoreference([{ key: entities(key), response: entities(response) }]);
  expect(bcub?.recall).toBe(1);
  expect(bcub?.precision).toBeCloseTo(precision, 12);
  expect(muc?.precision).toBeCloseTo(9 / 10, 12);
});

test('a mention that the response repeats counts once, so that precision can not be bought', () => {
  const key = [['a'], ['b', 'c'], ['d', 'e', 'f']];
  const response = [['a'], ['b', 'c', 'x'], ['d', 'y'], [...Array<string>(10).fill('b'), 'z']];
  const report = scoreCoreference([{ key, response }]);
  expect(report.duplicates).toEqual({ key: 0, response: 10 });
  expect(report.bcub?.precision).toBeCloseTo(17 / 42, 12);
});
