import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CodePointIndex } from './code-points.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

describe('offsets in code points', () => {
  it('slice as in languages whose strings are code points', () => {
    const index = new CodePointIndex('a😀e\u0301👩‍👧z');
    expect([index.length, index.slice(1, 2), index.slice(4, 7), index.slice(7, 8)]).toEqual([
      8,
      '😀',
      '👩‍👧',
      'z',
    ]);
  });

  it('are none beyond the text', () => {
    const index = new CodePointIndex('ab');
    expect([index.unit(2), index.unit(3), index.unit(-1), index.unit(0.5), index.slice(1, 0)]).toEqual([
      2,
      null,
      null,
      null,
      null,
    ]);
  });

  it('agree with an array of code points on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 16 }),
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        (text, one, other) => {
          const points = Array.from(text);
          const [start, end] = [Math.min(one, other), Math.max(one, other)];
          const expected = end > points.length ? null : points.slice(start, end).join('');
          expect(new CodePointIndex(text).slice(start, end)).toBe(expected);
        },
      ),
    );
  });
});
