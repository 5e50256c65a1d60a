import type { SecondLookRule } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { ruleInWords } from './second-look-words.ts';

describe('a rule in words', () => {
  const differing = { kind: 'differing', by: 'disagreement', least: 0, most: null } as const;
  const rules: readonly (readonly [SecondLookRule, string])[] = [
    [{ kind: 'before-version', version: 3 }, 'what was judged before version 3 of the guidelines'],
    [differing, 'all units with disagreement at all'],
    [{ ...differing, least: 0.5 }, 'all units with disagreement of 0.5 or more'],
    [{ ...differing, by: 'uncertainty', most: 20 }, 'the 20 units with most uncertainty'],
    [{ ...differing, most: 1, least: 0.2 }, 'the unit with most disagreement, of 0.2 or more'],
    [{ kind: 'asked-about', decided: false, decision: null }, 'what coders asked about'],
    [{ kind: 'asked-about', decided: true, decision: null }, 'what a decision bears on'],
    [{ kind: 'asked-about', decided: true, decision: 4 }, 'what decision 4 bears on'],
    [{ kind: 'by-hand', unitIds: [], numbers: '1' }, 'units named by hand'],
  ];
  it.each(rules)('says of %j: %s', (rule, words) => {
    expect(ruleInWords(rule)).toBe(words);
  });
});
