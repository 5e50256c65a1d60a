import { describe, expect, test } from 'vitest';
import { defined, reasonOf } from '../testing/defined.ts';
import { alphaU, type MarkedUnit } from './alpha-u.ts';

function unit(coder: string, category: string, offset: number, length: number): MarkedUnit {
  return { coder, category, offset, length };
}

/** Krippendorff 2004, figure 11.6: two observers, positions 150 to 450. */
const UNITS = [
  unit('i', 'c', 225, 70),
  unit('i', 'c', 370, 30),
  unit('j', 'c', 220, 80),
  unit('j', 'c', 355, 20),
  unit('j', 'c', 400, 20),
  unit('i', 'k', 180, 60),
  unit('i', 'k', 300, 50),
  unit('j', 'k', 180, 60),
  unit('j', 'k', 300, 50),
];

describe('alpha for unitizing', () => {
  test("of Krippendorff's example: .859; c .729, k 1", () => {
    const { estimate, categories } = alphaU({ begin: 150, length: 300, units: UNITS });
    expect(defined(estimate).value).toBeCloseTo(0.8591, 3);
    expect(categories.map(({ category }) => category)).toEqual(['c', 'k']);
    expect(categories[0]?.alpha).toBeCloseTo(0.7286, 3);
    expect(categories[0]?.observed).toBeCloseTo(0.0144, 3);
    expect(categories[0]?.expected).toBeCloseTo(0.0532, 3);
    expect(categories[1]?.alpha).toBe(1);
  });

  test('does not change when the continuum is numbered from elsewhere', () => {
    const moved = UNITS.map((marked) => ({ ...marked, offset: marked.offset - 150 }));
    const here = defined(alphaU({ begin: 150, length: 300, units: UNITS }).estimate).value;
    expect(defined(alphaU({ begin: 0, length: 300, units: moved }).estimate).value).toBeCloseTo(here, 12);
  });

  test('is undefined where nobody marked anything', () => {
    expect(reasonOf(alphaU({ begin: 0, length: 10, units: [], coders: ['i', 'j'] }).estimate)).toBe(
      'nothing was marked',
    );
  });

  test.each([
    ['one coder', [unit('i', 'c', 160, 10)], 'at least two coders'],
    [
      'a unit outside',
      [unit('i', 'c', 440, 20), unit('j', 'c', 160, 10)],
      'Row 1: the unit lies outside 150 to 450',
    ],
    [
      'overlapping units',
      [unit('i', 'c', 160, 20), unit('i', 'c', 170, 20), unit('j', 'c', 160, 10)],
      'overlapping units',
    ],
    ['a length of zero', [unit('i', 'c', 160, 0), unit('j', 'c', 160, 10)], 'length of at least 1'],
  ])('%s is refused', (_, units, message) => {
    expect(() => alphaU({ begin: 150, length: 300, units })).toThrow(message);
  });
});
