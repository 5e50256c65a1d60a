import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posteriorOfKnownAccuracies } from './known-accuracies.ts';

const vote = (accuracy: number, ...candidates: number[]) => ({ candidates, accuracy });

describe('the posterior under known accuracies', () => {
  it('is Bayes’ rule by hand: two of three for the first of two candidates', () => {
    const right = 0.8 * 0.8 * 0.1;
    const other = 0.1 * 0.1 * 0.8;
    const neither = 0.1 * 0.1 * 0.1;
    const total = right + other + neither;
    const [first, second] = posteriorOfKnownAccuracies(2, [vote(0.8, 0), vote(0.8, 0), vote(0.8, 1)]);
    expect(first).toBeCloseTo(right / total, 12);
    expect(second).toBeCloseTo(other / total, 12);
  });

  it('is flat over the candidates and none of them where nobody voted', () => {
    expect(posteriorOfKnownAccuracies(3, [])).toEqual([0.25, 0.25, 0.25]);
    expect(posteriorOfKnownAccuracies(0, [])).toEqual([]);
  });

  it('believes the better coder of two who differ', () => {
    const [first = 0, second = 0] = posteriorOfKnownAccuracies(2, [vote(0.6, 0), vote(0.9, 1)]);
    expect(second).toBeGreaterThan(first);
  });

  it('shares the vote of who names several', () => {
    const [first = 0, second = 0, third = 0] = posteriorOfKnownAccuracies(3, [vote(0.8, 0, 1)]);
    expect(first).toBeCloseTo(0.4, 12);
    expect(second).toBeCloseTo(0.4, 12);
    expect(third).toBeCloseTo(0.1, 12);
  });

  it('refuses a candidate that there is not and an accuracy that is none', () => {
    expect(() => posteriorOfKnownAccuracies(2, [vote(0.8, 2)])).toThrow(RangeError);
    expect(() => posteriorOfKnownAccuracies(2, [vote(1, 0)])).toThrow(RangeError);
  });

  it('does not depend on the order of votes, stays within 0 … 1 and never above 1 in sum', () => {
    const votes = fc.array(
      fc.record({
        candidates: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
        accuracy: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(votes, (of) => {
        const posterior = posteriorOfKnownAccuracies(4, of);
        const turned = posteriorOfKnownAccuracies(4, [...of].reverse());
        for (const [index, value] of posterior.entries()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeCloseTo(turned[index] ?? -1, 9);
        }
        expect(posterior.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});
