import { describe, expect, it } from 'vitest';
import { isHiddenGold } from './hidden-gold.ts';

const units = Array.from({ length: 4_000 }, (_, n) => `unit ${String(n)}`);
const hidden = (seed: number, rate: number) => units.filter((unit) => isHiddenGold(unit, seed, rate));

describe('hidden gold', () => {
  it('is none at a rate of 0, and all at 1', () => {
    expect(hidden(1, 0)).toEqual([]);
    expect(hidden(1, 1)).toEqual(units);
  });

  it('is about the share that the rate says', () => {
    // Four standard deviations of a binomial draw.
    expect(Math.abs(hidden(1, 0.2).length - 800)).toBeLessThan(4 * Math.sqrt(4_000 * 0.2 * 0.8));
  });

  it('is the same at every look, another with another seed, and only grows with the rate', () => {
    expect(hidden(1, 0.2)).toEqual(hidden(1, 0.2));
    expect(hidden(2, 0.2)).not.toEqual(hidden(1, 0.2));
    const more = new Set(hidden(1, 0.4));
    expect(hidden(1, 0.2).every((unit) => more.has(unit))).toBe(true);
  });
});
