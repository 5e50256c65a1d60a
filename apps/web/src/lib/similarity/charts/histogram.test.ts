import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogramOf } from './histogram.ts';

it('gives each point of a scale a bar, those that nobody chose too', () => {
  expect(histogramOf([0, 0, 1, 3])).toEqual([
    { from: -0.5, to: 0.5, count: 2 },
    { from: 0.5, to: 1.5, count: 1 },
    { from: 1.5, to: 2.5, count: 0 },
    { from: 2.5, to: 3.5, count: 1 },
  ]);
  expect(histogramOf([0, 0.5, 2]).map(({ count }) => count)).toEqual([1, 1, 0, 0, 1]);
});

it('has one bar for one value and none for none', () => {
  expect(histogramOf([4, 4])).toEqual([{ from: 3.5, to: 4.5, count: 2 }]);
  expect(histogramOf([1000, 1000 - 1e-9])).toHaveLength(1);
  expect(histogramOf([])).toEqual([]);
});

it('begins the classes of uneven values at round ones', () => {
  const values = [0.13, 1, 2, 2.5, 3, 3.31, 4, 5, 5.5, 6, 7, 8, 9.9];
  expect(histogramOf(values).map(({ from }) => from)).toEqual([0, 5]);
});

it('counts every value once, in bars that touch and hold all of them', () => {
  const values = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), {
    minLength: 2,
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, (given) => {
      const bars = histogramOf(given);
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
      for (const [index, bar] of bars.entries()) {
        expect(bar.to).toBeGreaterThan(bar.from);
        if (index > 0) expect(bar.from).toBe(bars[index - 1]?.to);
      }
    }),
  );
});
