import { expect, test } from 'vitest';
import { accuracyAgainst, labelsByUnit, posteriorOf } from './aggregation.ts';
import { collectAnswers } from './answers.ts';
import { majorityVote } from './majority-vote.ts';
import { toyAnswers, toyGold } from './testing/toy-answers.ts';
import { wawa } from './wawa.ts';
import { zeroBasedSkill } from './zero-based-skill.ts';

test('majority: the example of crowd-kit, where the first unit is a tie', () => {
  const result = majorityVote(toyAnswers);
  expect([...labelsByUnit(result).values()]).toEqual(['no', 'yes', 'no', 'yes', 'no']);
  expect(posteriorOf(result, 1)).toEqual(
    new Map([
      ['no', 0.4],
      ['yes', 0.6],
    ]),
  );
  expect(accuracyAgainst(result, toyGold)).toEqual({ value: 0.8, reason: null });
  expect(result.logLikelihood.value).toBeNull();
});

test('Wawa: votes weigh their coder’s agreement with the majority', () => {
  const result = wawa(toyAnswers);
  expect([...result.reliability]).toEqual([0.6, 0.8, 1, 0.4, 0.8]);
  expect(posteriorOf(result, 0).get('no')).toBeCloseTo((0.6 + 0.8) / (0.6 + 0.8 + 0.4 + 0.8), 12);
  expect(posteriorOf(result, 4).get('yes')).toBeCloseTo(1 / 6, 12);
});

test('zero-based skill comes to rest at the agreement with its own vote', () => {
  const result = zeroBasedSkill(toyAnswers);
  expect(result.converged).toBe(true);
  expect([...result.reliability].map((skill) => Number(skill.toFixed(9)))).toEqual([0.6, 0.8, 1, 0.4, 0.8]);
});

test('gold units keep their label', () => {
  const result = majorityVote(toyAnswers, { gold: new Map([['t1', 'yes']]) });
  expect(labelsByUnit(result).get('t1')).toBe('yes');
  expect(() => majorityVote(toyAnswers, { gold: new Map([['t9', 'yes']]) })).toThrow(
    "the unit 't9', which nobody answered",
  );
  expect(() => majorityVote(toyAnswers, { gold: new Map([['t1', 'maybe']]) })).toThrow(
    "'maybe', which nobody ever answered",
  );
});

test('accuracy against a gold of other units is undefined', () => {
  expect(accuracyAgainst(majorityVote(toyAnswers), new Map([['x', 'yes']]))).toEqual({
    value: null,
    reason: 'no unit of the gold was answered',
  });
});

test('no answers are refused', () => {
  expect(() => collectAnswers([])).toThrow('there are no answers to aggregate');
});
