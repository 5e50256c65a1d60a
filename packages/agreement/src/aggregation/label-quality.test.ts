import { expect, test } from 'vitest';
import { consistency, meanUnitEntropy } from './label-quality.ts';
import { toyAnswers } from './testing/toy-answers.ts';

test('the example of crowd-kit', () => {
  expect(consistency(toyAnswers)).toBeCloseTo(0.9384615384615385, 9);
  expect(meanUnitEntropy(toyAnswers)).toBeCloseTo(0.5079145876233293, 5);
});
