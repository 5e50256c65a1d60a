import { describe, expect, test } from 'vitest';
import { seededGenerator } from '../random.ts';
import { holm } from './holm.ts';
import { mengsZ } from './mengs-z.ts';
import { minimumRequiredDifference } from './minimum-required-difference.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { steigersZ } from './steigers-z.ts';
import { williamsT2 } from './williams-t2.ts';
import { zousInterval } from './zous-interval.ts';

/** The example that Zou 2007 and R's cocor share. */
const ZOU = { r1: 0.396, r2: 0.179, r12: 0.088, n: 200 };

describe('two correlations with one variable', () => {
  test("Williams' T2 of Zou's example: 2.441, p .016", () => {
    const result = williamsT2(ZOU);
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result.statistic).toBeCloseTo(2.4410345510875615, 10);
    expect(result.pTwoSided).toBeCloseTo(0.015528730240227044, 10);
    expect(result.pOneSided).toBeCloseTo(result.pTwoSided / 2, 12);
    expect(result.df).toBe(197);
  });

  test("Meng's Z of Zou's example: 2.411, p .016", () => {
    const result = mengsZ(ZOU);
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result.statistic).toBeCloseTo(2.4112399610960136, 10);
    expect(result.pTwoSided).toBeCloseTo(0.015898384494656477, 10);
  });

  test("Steiger's Z of Zou's example, by hand from his equations 3 and 14: 2.419", () => {
    const result = steigersZ(ZOU);
    if (result.kind === 'undefined') throw new Error(result.reason);
    // ψ = .088 · .83469 − ½ · .08266 · (.83469 − .00774), c = ψ/.91734², Z = (.41889 − .18095)√197/√(2 − 2c).
    expect(result.statistic).toBeCloseTo(2.4186, 3);
  });

  test("Zou's interval of Zou's example: .042 to .389", () => {
    const result = zousInterval(ZOU);
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result.low).toBeCloseTo(0.041531840451648705, 10);
    expect(result.high).toBeCloseTo(0.3892118258766577, 10);
  });

  test('exchanging the models turns signs only', () => {
    const turned = { ...ZOU, r1: ZOU.r2, r2: ZOU.r1 };
    for (const compare of [williamsT2, mengsZ, steigersZ]) {
      const one = compare(ZOU);
      const other = compare(turned);
      if (one.kind === 'undefined' || other.kind === 'undefined') throw new Error('undefined');
      expect(other.statistic).toBeCloseTo(-one.statistic, 12);
      expect(other.pTwoSided).toBeCloseTo(one.pTwoSided, 12);
    }
  });

  test.each([
    [{ ...ZOU, n: 3 }, 'more than three pairs'],
    [{ ...ZOU, r12: 1 }, 'rank the pairs alike'],
    [{ ...ZOU, r1: 0.9, r2: -0.9, r12: 0.9 }, 'no three variables'],
    [{ ...ZOU, r1: 1.1 }, 'outside −1 to 1'],
  ])('is undefined for %o', (correlations, reason) => {
    for (const compare of [williamsT2, mengsZ, steigersZ, zousInterval]) {
      const result = compare(correlations);
      if (result.kind !== 'undefined') throw new Error('it is defined');
      expect(result.reason).toContain(reason);
    }
  });
});

describe('the paired bootstrap', () => {
  const generator = seededGenerator(3);
  const gold = Array.from({ length: 300 }, () => generator.normal());
  const good = gold.map((value) => value + 0.5 * generator.normal());
  const bad = gold.map((value) => value + 1.5 * generator.normal());

  test('finds the better model and repeats itself', () => {
    const result = pairedBootstrap(gold, good, bad, { seed: 2 });
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result.low).toBeGreaterThan(0);
    expect(result.pTwoSided).toBeLessThan(0.01);
    expect(pairedBootstrap(gold, good, bad, { seed: 2 })).toEqual(result);
  });

  test("its interval is close to Zou's", () => {
    const result = pairedBootstrap(gold, good, bad, { correlation: 'pearson', resamples: 2000 });
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result.low).toBeGreaterThan(result.difference - 0.2);
    expect(result.high).toBeLessThan(result.difference + 0.2);
  });

  test('is undefined for a constant model, and refuses columns of different length', () => {
    expect(pairedBootstrap([1, 2, 3], [1, 1, 1], [1, 2, 3])).toMatchObject({ kind: 'undefined' });
    expect(() => pairedBootstrap([1, 2], [1], [1, 2])).toThrow(RangeError);
  });
});

test("Holm's adjustment of .01 .04 .03 .005 is .03 .06 .06 .02", () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(() => holm([1.2])).toThrow(RangeError);
});

describe('minimum required difference', () => {
  /** Rastogi, Van Durme & Arora 2015, table 6, × 100, at p .01 and .05 for r .5, .7, .9; digits cut off. */
  test.each([
    ['WS', 353, [12.3, 9.5, 5.5, 8.7, 6.7, 3.9]],
    ['RG', 65, [28.6, 22.3, 12.9, 20.6, 16.0, 9.2]],
    ['SIMLEX', 999, [7.3, 5.7, 3.2, 5.2, 4.0, 2.3]],
    ['MEN', 3000, [4.2, 3.2, 1.8, 3.0, 2.3, 1.3]],
  ])('%s (%d pairs) as published', (_, n, published) => {
    const found = [0.01, 0.05].flatMap((p) =>
      [0.5, 0.7, 0.9].map((r) => {
        const { value } = minimumRequiredDifference(n, r, { p });
        if (value === null) throw new Error('undefined');
        return value * 100;
      }),
    );
    for (const [index, value] of found.entries()) {
      const printed = published[index] ?? NaN;
      expect(value).toBeGreaterThanOrEqual(printed - 1e-9);
      expect(value).toBeLessThan(printed + 0.11);
    }
  });

  test('two tails and n − 3 need more; some studies are too small for any difference', () => {
    const theirs = minimumRequiredDifference(65, 0.9);
    const right = minimumRequiredDifference(65, 0.9, { rule: 'steiger' });
    if (theirs.value === null || right.value === null) throw new Error('undefined');
    expect(right).toMatchObject({ df: 62, tails: 2 });
    expect(right.value).toBeGreaterThan(theirs.value);
    expect(minimumRequiredDifference(3, 0.5).value).toBeNull();
    expect(minimumRequiredDifference(10, 1).value).toBeNull();
    expect(minimumRequiredDifference(4, 0.1, { p: 0.0001 }).value).toBeNull();
  });
});
