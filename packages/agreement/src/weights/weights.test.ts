import { describe, expect, test } from 'vitest';
import { WEIGHT_NAMES, weightBetween, weightsFor, type WeightName } from './weights.ts';

const five = { kind: 'ordered', categories: ['a', 'b', 'c', 'd', 'e'] } as const;

function row(scheme: WeightName): number[] {
  const weights = weightsFor(five, scheme);
  return [0, 1, 2, 3, 4].map((l) => weightBetween(weights, 0, l));
}

describe("Gwet's weights of five categories (Gwet 2014, table 3.4 ff.)", () => {
  test.each<[WeightName, number[]]>([
    ['identity', [1, 0, 0, 0, 0]],
    ['linear', [1, 0.75, 0.5, 0.25, 0]],
    ['quadratic', [1, 0.9375, 0.75, 0.4375, 0]],
    ['ordinal', [1, 0.9, 0.7, 0.4, 0]],
    ['radical', [1, 0.5, 1 - Math.SQRT1_2, 1 - Math.sqrt(0.75), 0]],
    ['ratio', [1, 0.75, 0.4375, 0.19, 0]],
    ['bipolar', [1, 1 - 1 / 7, 1 - 1 / 3, 1 - 0.6, 0]],
  ])('%s', (scheme, wanted) => {
    for (const [index, weight] of row(scheme).entries()) expect(weight).toBeCloseTo(wanted[index] ?? NaN, 12);
  });

  test('circular weights treat the ends as neighbours', () => {
    const [own, next, far, farther, last] = row('circular');
    expect(own).toBe(1);
    expect(next).toBeCloseTo(last ?? NaN, 12);
    expect(far).toBeCloseTo(farther ?? NaN, 12);
    expect(far).toBeCloseTo(0, 12);
  });

  test('use the values of a numeric scale, not the ranks', () => {
    const weights = weightsFor({ kind: 'numeric', numbers: Float64Array.of(1, 2, 11) }, 'linear');
    expect(weightBetween(weights, 0, 1)).toBeCloseTo(0.9, 12);
  });

  test('need order, and a matrix of the right size', () => {
    const nominal = { kind: 'nominal', categories: ['a', 'b'] } as const;
    for (const scheme of WEIGHT_NAMES) {
      if (scheme === 'identity') expect(weightsFor(nominal, scheme).kind).toBe('identity');
      else expect(() => weightsFor(nominal, scheme)).toThrow('need numeric or ordered categories');
    }
    expect(() => weightsFor(nominal, [[1]])).toThrow('there are 2 categories');
    expect(() =>
      weightsFor(nominal, [
        [1, 0],
        [0, NaN],
      ]),
    ).toThrow('Row 2: a finite weight');
    const zero = { kind: 'numeric', numbers: Float64Array.of(-1, 1) } as const;
    expect(() => weightsFor(zero, 'ratio')).toThrow('undefined where categories add up to zero');
  });

  test('ratio weights with a category of zero are defined', () => {
    const weights = weightsFor({ kind: 'numeric', numbers: Float64Array.of(0, 1, 2) }, 'ratio');
    expect(weightBetween(weights, 0, 0)).toBe(1);
    expect(weightBetween(weights, 0, 1)).toBe(0);
    expect(weightBetween(weights, 1, 2)).toBeCloseTo(1 - 1 / 9, 12);
  });
});
