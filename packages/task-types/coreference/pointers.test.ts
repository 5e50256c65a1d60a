import { describe, expect, it } from 'vitest';
import { pointersOf } from './pointers.ts';

const old = (...antecedents: string[]) => ({ kind: 'old' as const, antecedents });

describe('answers that point somewhere', () => {
  it('are numbered once each, in the order they come', () => {
    const pointers = pointersOf([old('m1'), { kind: 'new' }, old('m2', 'm1'), old('m1'), null]);
    expect(pointers.numberOf(old('m1'))).toBe(1);
    expect(pointers.numberOf(old('m2', 'm1'))).toBe(2);
    expect(pointers.numberOf({ kind: 'new' })).toBeUndefined();
    expect(pointers.numberOf(null)).toBeUndefined();
  });

  it('tell which of them point at a phrase', () => {
    const pointers = pointersOf([old('m1'), old('m2', 'm1')]);
    expect(pointers.at('m1')).toEqual([1, 2]);
    expect(pointers.at('m2')).toEqual([2]);
    expect(pointers.at('m3')).toEqual([]);
  });
});
