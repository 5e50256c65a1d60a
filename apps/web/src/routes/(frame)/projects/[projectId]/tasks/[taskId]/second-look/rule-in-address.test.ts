import { describe, expect, it } from 'vitest';
import { ruleOf } from './rule-in-address.ts';

const usual = { kind: 'before-version', version: 2 } as const;
const UNIT = '01890000-0000-7000-8000-000000000001';
const of = (address: string) => ruleOf(new URLSearchParams(address), usual);

describe('the rule in an address', () => {
  it('is the usual one where none is asked for', () => {
    expect(of('')).toEqual(usual);
    expect(of('rule=witchcraft')).toEqual(usual);
    expect(of('rule=before-version&version=none')).toEqual(usual);
  });

  it('is what the form writes', () => {
    expect(of('rule=before-version&version=3')).toEqual({ kind: 'before-version', version: 3 });
    expect(of('rule=differing&by=uncertainty&least=0.25&most=7')).toEqual({
      ...{ kind: 'differing', by: 'uncertainty', least: 0.25, most: 7 },
    });
    expect(of('rule=differing&most=')).toMatchObject({ by: 'disagreement', least: 0, most: null });
    expect(of('rule=asked-about&bearing=decision-12')).toEqual({
      ...{ kind: 'asked-about', decided: true, decision: 12 },
    });
    expect(of('rule=asked-about&bearing=decisions')).toMatchObject({ decided: true, decision: null });
    expect(of('rule=asked-about&bearing=questions')).toMatchObject({ decided: false, decision: null });
    expect(of(`rule=by-hand&unit=${UNIT}&unit=${UNIT}&unit=x&numbers=3,+7`)).toEqual({
      ...{ kind: 'by-hand', unitIds: [UNIT], numbers: '3, 7' },
    });
  });

  it('is as usual in what is wrong', () => {
    expect(of('rule=differing&least=9')).toMatchObject({ least: 0, most: 20 });
    expect(of('rule=differing&most=99999999')).toMatchObject({ most: 5_000 });
  });
});
