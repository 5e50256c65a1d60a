import { expect, test } from 'vitest';
import { labelsByUnit } from './aggregation.ts';
import { dawidSkene } from './dawid-skene.ts';
import { anaesthetists } from './testing/dawid-skene-1979.ts';
import { toyAnswers, toyGold } from './testing/toy-answers.ts';

// Dawid & Skene 1979, § 4: prevalences .40 .42 .11 .07; 315 answers in 225 cells, observer 1 three times.
test('the published example: prevalence of the four grades', () => {
  const { prevalence, converged, logLikelihood } = dawidSkene(anaesthetists);
  expect(anaesthetists.labelOf).toHaveLength(315);
  expect([...prevalence].map((value) => value.toFixed(2))).toEqual(['0.40', '0.42', '0.11', '0.07']);
  expect(converged).toBe(true);
  expect(logLikelihood.value).toBeCloseTo(-190.731, 3);
});

test('columns of a confusion matrix are distributions', () => {
  const { confusion } = dawidSkene(anaesthetists);
  for (let coder = 0; coder < 5; coder += 1) {
    for (let truth = 0; truth < 4; truth += 1) {
      const column = [0, 1, 2, 3].map((observed) => confusion[(coder * 4 + observed) * 4 + truth] ?? 0);
      expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    }
  }
});

test('the example of crowd-kit is solved where the majority errs', () => {
  expect(labelsByUnit(dawidSkene(toyAnswers))).toEqual(toyGold);
});

test('known units are learned from', () => {
  const result = dawidSkene(toyAnswers, { gold: new Map([['t2', 'no']]) });
  expect(labelsByUnit(result).get('t2')).toBe('no');
});
