import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ticks, tickText } from './ticks.ts';

it('marks round values', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(0, 6, 6)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(ticks(-0.13, 0.42, 5)).toEqual([0, 0.2, 0.4]);
  expect(ticks(3, 3, 5)).toEqual([3]);
  expect(ticks(0, 1, 0)).toEqual([]);
  expect(tickText(-0.5)).toBe('−0.5');
});

it('keeps all marks between the ends, ascending, and not many more than asked for', () => {
  const ends = fc.tuple(
    fc.double({ min: -1000, max: 1000, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  );
  fc.assert(
    fc.property(ends, fc.integer({ min: 2, max: 12 }), ([low, length], count) => {
      const marks = ticks(low, low + length, count);
      const slack = 1e-6 * (Math.abs(low) + length);
      expect(marks.length).toBeLessThanOrEqual(count + 1);
      for (const [index, mark] of marks.entries()) {
        expect(mark).toBeGreaterThanOrEqual(low - slack);
        expect(mark).toBeLessThanOrEqual(low + length + slack);
        if (index > 0) expect(mark).toBeGreaterThan(marks[index - 1] ?? Infinity);
      }
    }),
  );
});
