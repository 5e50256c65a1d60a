import { FIRST_SCORING_RULES } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { previewOf } from './preview.ts';
import type { EarnedReason } from './repository.ts';

const support = (probability: number) => ({ kind: 'support', confidence: 'sure', probability }) as const;
/** Ann has judged much, Bea was right alone. */
const earned: EarnedReason[] = [
  {
    ...{ memberId: 'a', name: 'Ann', stage: 'annotation', times: 1, points: 500 },
    reason: { kind: 'coverage', judged: 50 },
  },
  { ...{ memberId: 'a', name: 'Ann', stage: 'annotation', times: 3, points: 0 }, reason: support(0) },
  {
    ...{ memberId: 'b', name: 'Bea', stage: 'annotation', times: 1, points: 100 },
    reason: { kind: 'coverage', judged: 10 },
  },
  { ...{ memberId: 'b', name: 'Bea', stage: 'annotation', times: 3, points: 285 }, reason: support(0.95) },
  {
    ...{ memberId: 'b', name: 'Bea', stage: 'annotation', times: 1, points: 50 },
    reason: { kind: 'minority', gaveIt: 1, of: 3 },
  },
];

describe('a preview of rules', () => {
  it('weighs again what was earned, and orders by it', () => {
    const rules = {
      ...FIRST_SCORING_RULES,
      coverage: { annotated: 1, validated: 1, handedIn: 1 },
      minority: 200,
    };
    expect(previewOf(earned, FIRST_SCORING_RULES, rules)).toEqual([
      {
        name: 'Bea',
        now: { points: 435, place: 2, rank: 'Passer-by' },
        then: { points: 10 + 3 * 95 + 200, place: 1, rank: 'Passer-by' },
      },
      {
        name: 'Ann',
        now: { points: 500, place: 1, rank: 'Witness' },
        then: { points: 50, place: 2, rank: 'Passer-by' },
      },
    ]);
  });

  it('by the rules by which all was earned changes nothing', () => {
    for (const { now, then } of previewOf(earned, FIRST_SCORING_RULES, FIRST_SCORING_RULES))
      expect(then).toEqual(now);
  });
});
