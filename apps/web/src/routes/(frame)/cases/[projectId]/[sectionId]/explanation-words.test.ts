import {
  FIRST_SCORING_RULES as rules,
  unitIdSchema,
  itemIdSchema,
  type Explanation,
} from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { outcomeInWords, reasonInWords, standingInWords, versionsInWords } from './explanation-words.ts';

const reading = {
  answer: {},
  words: 'the same as “Lestrade”',
  own: true,
  upheld: true,
  probability: 0.97,
  annotators: 3,
  agreed: 2,
  disagreed: 0,
  gaveInstead: 0,
};
const unit: Explanation['units'][number] = {
  unitId: unitIdSchema.parse('00000000-0000-7000-8000-000000000001'),
  itemId: itemIdSchema.parse('00000000-0000-7000-8000-000000000002'),
  label: 'he',
  content: {},
  state: 'settled',
  decision: null,
  annotators: 4,
  validators: 2,
  stage: 'annotation',
  skipped: null,
  readings: [reading],
  awards: [],
  contest: null,
  mayContest: false,
};
const award = {
  stage: 'annotation',
  points: 84,
  ruleVersion: 1,
  earnedAt: '2026-11-23T12:00:00.000Z',
} as const;

describe('an explanation', () => {
  it('says how many took it how', () => {
    expect(outcomeInWords(unit)).toBe('three of four took it so: the same as “Lestrade”');
    expect(outcomeInWords({ ...unit, state: 'agreed' })).toBe('all of one mind: the same as “Lestrade”');
    expect(outcomeInWords({ ...unit, state: 'open' })).toBe('lies with the adjudicator');
  });

  it('says what the bench took it for, and why', () => {
    const decision = {
      kind: 'decide' as const,
      words: ['the same as “Lestrade”'],
      reason: 'He had the key.',
      at: '2026-11-23T12:00:00.000Z',
    };
    expect(outcomeInWords({ ...unit, state: 'decided', decision })).toBe(
      'the bench took “he” so: the same as “Lestrade”, because “He had the key.”',
    );
    const several = { ...decision, kind: 'keep-several' as const, reason: null };
    expect(
      outcomeInWords({ ...unit, state: 'decided', decision: { ...several, words: ['new', 'old'] } }),
    ).toBe('the bench let two readings of “he” stand: new; and old');
  });

  it('says who stands for a reading', () => {
    expect(standingInWords(reading, unit)).toBe(
      'three of four who annotated it, two of two agreed on seeing it; upheld',
    );
    expect(standingInWords({ ...reading, annotators: 1, agreed: 0, disagreed: 2, upheld: false }, unit)).toBe(
      'one of four who annotated it, none of two agreed on seeing it, two disagreed',
    );
  });

  it('says what each point is for', () => {
    expect(
      reasonInWords({ ...award, reason: { kind: 'support', confidence: 'unsure', probability: 0.9 } }, rules),
    ).toBe(
      '+84 for an answer that was unsure, worth 90 if right and 30 if wrong: its reading is 90.0 % probable',
    );
    const decided = (probability: number) =>
      reasonInWords({ ...award, reason: { kind: 'support', confidence: 'sure', probability } }, rules, true);
    expect(decided(1)).toBe(
      '+84 for an answer that was sure, worth 100 if right and 0 if wrong: the bench upheld its reading',
    );
    expect(decided(0)).toBe(
      '+84 for an answer that was sure, worth 100 if right and 0 if wrong: the bench did not uphold its reading',
    );
    expect(reasonInWords({ ...award, reason: { kind: 'minority', gaveIt: 1, of: 3 } }, rules)).toBe(
      '+84 because only one of three read it so, and it was upheld',
    );
    expect(reasonInWords({ ...award, points: 50, reason: { kind: 'coverage', judged: 5 } }, rules)).toBe(
      '+50 for 5 judged, 10 each',
    );
  });

  it('says by which rules it was earned', () => {
    const by = (ruleVersion: number) => ({ ...award, ruleVersion, reason: { kind: 'explained' } as const });
    expect(versionsInWords([by(2), by(1), by(2)])).toBe('by versions 1 and 2 of the rules');
    expect(versionsInWords([by(1)])).toBe('by version 1 of the rules');
    expect(versionsInWords([])).toBe('');
  });
});
