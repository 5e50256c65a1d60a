import { describe, expect, it } from 'vitest';
import { namedGenerator } from '../random.ts';
import { BinomialSampler } from './binomial.ts';
import { bootstrapUnits } from './bootstrap.ts';
import { distinctRows } from './distinct-rows.ts';
import { UnitStatisticsBuilder, type UnitStatistics } from './unit-statistics.ts';

/** The mean of one number a unit. */
function meanOf(numbers: readonly number[]): UnitStatistics {
  const rows = new UnitStatisticsBuilder(numbers.length, 2 * numbers.length);
  for (const number of numbers) {
    rows.add(0, 1);
    rows.add(1, number);
    rows.endUnit();
  }
  return rows.finish(2, (sums) => (sums[1] ?? 0) / (sums[0] ?? 0));
}

describe('a binomial draw', () => {
  it.each([
    [1, 0.3],
    [10, 0.5],
    [400, 0.02],
    [400, 0.97],
    [30_000, 0.25],
  ])('of %d trials of chance %d has its mean and variance', (trials, p) => {
    const sampler = new BinomialSampler(trials);
    const generator = namedGenerator('binomial', 11);
    const draws = Array.from({ length: 20_000 }, () => sampler.draw(trials, p, generator));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    const exact = trials * p * (1 - p);
    // Five standard errors of the mean, and of the variance of a nearly normal number.
    expect(Math.abs(mean - trials * p)).toBeLessThan(5 * Math.sqrt(exact / draws.length));
    expect(Math.abs(variance / exact - 1)).toBeLessThan(5 * Math.sqrt(2 / draws.length) + 0.01);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThanOrEqual(trials);
  });

  it('takes each value as often as its probability says', () => {
    const sampler = new BinomialSampler(4);
    const generator = namedGenerator('binomial', 5);
    const seen = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 40_000; draw++) {
      const value = sampler.draw(4, 0.3, generator);
      seen[value] = (seen[value] ?? 0) + 1;
    }
    const exact = [0.2401, 0.4116, 0.2646, 0.0756, 0.0081];
    for (const [value, probability] of exact.entries()) {
      expect(Math.abs((seen[value] ?? 0) / 40_000 - probability)).toBeLessThan(
        5 * Math.sqrt((probability * (1 - probability)) / 40_000),
      );
    }
  });

  it('is certain where chance is', () => {
    const sampler = new BinomialSampler(7);
    const generator = namedGenerator('binomial', 1);
    expect([0, 1].map((p) => sampler.draw(7, p, generator))).toEqual([0, 7]);
    expect(sampler.draw(0, 0.5, generator)).toBe(0);
  });
});

describe('kinds of rows', () => {
  it('count the units that are alike', () => {
    const kinds = distinctRows(meanOf([2, 3, 2, 2, 5]), 3);
    expect(kinds).toEqual({
      example: Uint32Array.of(0, 1, 4),
      count: Uint32Array.of(3, 1, 1),
      kindOf: Uint32Array.of(0, 1, 0, 0, 2),
    });
  });

  it('are given up where there are too many', () => {
    expect(distinctRows(meanOf([2, 3, 2, 2, 5]), 2)).toBeNull();
    expect(distinctRows(meanOf([1]), 0)).toBeNull();
  });
});

describe('the bootstrap', () => {
  const few = Array.from({ length: 2000 }, (_, unit) => unit % 5);
  // The same numbers, told apart by next to nothing, so that no two rows are alike.
  const many = few.map((number, unit) => number + unit * 1e-9);

  it('has the same spread whether it draws kinds of units or units', () => {
    const byKind = bootstrapUnits(meanOf(few), 4000, namedGenerator('bootstrap', 1));
    const byUnit = bootstrapUnits(meanOf(many), 4000, namedGenerator('bootstrap', 1));
    const exact = Math.sqrt(2 / few.length);
    for (const { mean, se } of [byKind, byUnit]) {
      expect(mean).toBeCloseTo(2, 2);
      expect(Math.abs(se / exact - 1)).toBeLessThan(0.06);
    }
  });

  it('draws as many units as there are', () => {
    const statistics = { ...meanOf(few), evaluate: (sums: Float64Array) => sums[0] ?? 0 };
    expect(new Set(bootstrapUnits(statistics, 50, namedGenerator('bootstrap', 2)).values)).toEqual(
      new Set([2000]),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const values = (seed: number): Float64Array =>
      bootstrapUnits(meanOf(few), 20, namedGenerator('bootstrap', seed)).values;
    expect(values(3)).toEqual(values(3));
    expect(values(3)).not.toEqual(values(4));
  });
});
