import { unitIdSchema } from '@casebook/contracts';
import type { SecondLookRule } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose } from './choose.ts';
import type { Candidate } from './choose.ts';

const candidate = (number: number, weight: number | null): Candidate => ({
  unitId: unitIdSchema.parse(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`),
  itemId: 'a document',
  number,
  weight,
});
const numbers = (rule: SecondLookRule, ...weights: (number | null)[]): number[] =>
  choose(
    rule,
    weights.map((weight, place) => candidate(place + 1, weight)),
  ).map(({ number }) => number);

describe('a rule of choice', () => {
  it('takes every unit with a judgement from before the version', () => {
    expect(numbers({ kind: 'before-version', version: 2 }, 3, 0, 1, 0)).toEqual([1, 3]);
  });

  it('takes every unit that somebody asked about', () => {
    expect(numbers({ kind: 'asked-about', decided: false, decision: null }, 0, 2, 0)).toEqual([2]);
  });

  it('takes what was named by hand as it was named', () => {
    expect(numbers({ kind: 'by-hand', unitIds: [], numbers: '1-2' }, null, null)).toEqual([1, 2]);
  });

  it('takes units that differ by at least so much, and none on which all agree', () => {
    const rule = { kind: 'differing', by: 'disagreement', most: null } as const;
    expect(numbers({ ...rule, least: 0.5 }, 0.4, 0.5, 1, 0)).toEqual([2, 3]);
    expect(numbers({ ...rule, least: 0 }, 0.4, 0.5, 1, 0)).toEqual([1, 2, 3]);
  });

  it('takes the worst, of equals those that come first, and gives them in the order of the text', () => {
    const rule = { kind: 'differing', by: 'uncertainty', least: 0 } as const;
    expect(numbers({ ...rule, most: 3 }, 0.5, 0.2, 0.9, 0.5, 0.5)).toEqual([1, 3, 4]);
    expect(numbers({ ...rule, most: 9 }, 0.5, 0.2)).toEqual([1, 2]);
  });

  it('does not depend on the order in which units come', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 6 }), fc.integer(), (of, most, turn) => {
        const rule: SecondLookRule = { kind: 'differing', by: 'disagreement', least: 0.25, most };
        const all = of.map((weight, place) => candidate(place + 1, weight / 4));
        const at = all.length === 0 ? 0 : Math.abs(turn) % all.length;
        expect(choose(rule, [...all.slice(at), ...all.slice(0, at)])).toEqual(choose(rule, all));
      }),
    );
  });
});
