import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

describe('Wilson’s interval of a share', () => {
  // Newcombe 1998, Statistics in Medicine 17: 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is the published one for %i of %i', (right, asked, low, high) => {
    const interval = wilsonInterval(right, asked);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('solves the score equation it comes from at each end, and holds the share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (asked, choice) => {
        const right = choice % (asked + 1);
        const interval = wilsonInterval(right, asked, 0.9);
        const share = right / asked;
        for (const end of [interval?.low ?? NaN, interval?.high ?? NaN]) {
          if (end === 0 || end === 1) continue;
          const score = Math.abs(share - end) / Math.sqrt((end * (1 - end)) / asked);
          expect(score).toBeCloseTo(1.6448536269514722, 9);
        }
        expect((interval?.low ?? 1) <= share && share <= (interval?.high ?? 0)).toBe(true);
      }),
    );
  });

  it('is the same seen from the wrong answers', () => {
    const [right, wrong] = [wilsonInterval(7, 12), wilsonInterval(5, 12)];
    expect(right?.low).toBeCloseTo(1 - (wrong?.high ?? NaN), 12);
    expect(right?.high).toBeCloseTo(1 - (wrong?.low ?? NaN), 12);
  });

  it('is none where nothing was asked, and takes counts alone', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
    expect(() => wilsonInterval(0.5, 2)).toThrow(RangeError);
  });
});
