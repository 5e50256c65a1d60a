import { expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

// Moosavi & Strube 2016, § 3.3: recall (3 · 1/3 + 4 · 1/6) / 7, precision (2 · 1 + 2 · 0 + 4 · 1/6) / 8.
test('the worked example of the paper', () => {
  const { lea } = scoreCoreference([
    { key: entities('{abc} {defg}'), response: entities('{ab} {cd} {fghi}') },
  ]);
  expect(lea?.recall).toBeCloseTo(5 / 21, 12);
  expect(lea?.precision).toBeCloseTo(1 / 3, 12);
});

test('a singleton is resolved where the other side has the same singleton', () => {
  const { lea } = scoreCoreference([{ key: entities('{a} {b} {cd}'), response: entities('{a} {bcd}') }]);
  expect(lea?.recall).toBeCloseTo((1 + 0 + 2) / 4, 12);
  expect(lea?.precision).toBeCloseTo((1 + 3 * (1 / 3)) / 4, 12);
});
