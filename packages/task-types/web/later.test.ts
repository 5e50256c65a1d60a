import { unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { nextPostponed } from './later.ts';

const units = ['a', 'b', 'c', 'd'].map((key, n) => ({
  id: unitIdSchema.parse(`01900002-0000-7000-8000-${String(n).padStart(12, '0')}`),
  key,
  itemId: 'item',
  content: key,
}));
const of = (keys: string) => units.filter(({ key }) => keys.includes(key));
const after = (current: string | null, postponed: string) =>
  nextPostponed({
    units,
    current: units.find(({ key }) => key === current) ?? null,
    postponed: of(postponed),
  })?.key;

describe('the unit to come back to', () => {
  it('is the next left one behind the question', () => {
    expect(after('b', 'acd')).toBe('c');
  });

  it('is the first where none is left behind it', () => {
    expect(after('d', 'ab')).toBe('a');
  });

  it('is none where nothing is left but the question', () => {
    expect(after('b', 'b')).toBeUndefined();
    expect(after('b', '')).toBeUndefined();
  });

  it('is the first where nothing is asked', () => {
    expect(after(null, 'cd')).toBe('c');
  });
});
