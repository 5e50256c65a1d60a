import { FIRST_SCORING_RULES, scoringRulesSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { rulesIn, valuesOf } from './rules-form.ts';

const shown = valuesOf(FIRST_SCORING_RULES);
const written = (changes: Readonly<Record<string, string>> = {}) =>
  rulesIn((field) => changes[field] ?? shown[field] ?? '', FIRST_SCORING_RULES);

describe('the form of scoring rules', () => {
  it('gives back what it shows', () => {
    expect(written()).toEqual(FIRST_SCORING_RULES);
  });

  it('takes changed numbers, a rank more, and one less', () => {
    const rules = written({
      'coverage.annotated': '12',
      'badges.3.percent': '85',
      'ranks.7.from': '1000',
      'ranks.7.title': 'Bystander',
      'ranks.6.title': ' ',
    });
    expect(rules.coverage.annotated).toBe(12);
    expect(rules.badges[3]).toMatchObject({ kind: 'sure', atLeast: 0.85 });
    expect(rules.ranks.map(({ title }) => title)).toEqual([
      'Passer-by',
      'Witness',
      'Bystander',
      'Constable',
      'Sergeant',
      'Inspector',
      'Chief inspector',
    ]);
    expect(scoringRulesSchema.safeParse(rules).success).toBe(true);
  });

  it('leaves what is no number to be refused', () => {
    const refused = scoringRulesSchema.safeParse(written({ minority: 'much', 'coverage.handedIn': '' }));
    expect(refused.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'coverage.handedIn',
      'minority',
    ]);
  });
});
