import { expect, test } from 'vitest';
import { conjugateGradients } from './conjugate-gradients.ts';
import { moreThuente } from './more-thuente.ts';

test('Rosenbrock’s valley is followed to its lowest point', () => {
  const point = Float64Array.of(-1.2, 1);
  const value = conjugateGradients(
    ([x = 0, y = 0], gradient) => {
      gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
      gradient[1] = 200 * (y - x * x);
      return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    },
    point,
    1e-6,
    500,
  );
  expect(value).toBeLessThan(1e-10);
  expect(point[0]).toBeCloseTo(1, 4);
  expect(point[1]).toBeCloseTo(1, 4);
});

test('no round is made where the start is flat enough', () => {
  const point = Float64Array.of(0.001);
  let calls = 0;
  conjugateGradients(
    ([x = 0], gradient) => {
      calls += 1;
      gradient[0] = 2 * x;
      return x * x;
    },
    point,
    0.01,
    10,
  );
  expect([...point, calls]).toEqual([0.001, 1]);
});

// Moré & Thuente 1994, their first function: −a / (a² + β), β = 2, whose minimum lies at √2.
test.each([1e-3, 1e-1, 1e1, 1e3])('a line is searched from a first step of %d', (first) => {
  const along = (a: number): { value: number; slope: number } => ({
    value: -a / (a * a + 2),
    slope: (a * a - 2) / (a * a + 2) ** 2,
  });
  const step = moreThuente(along, along(0), first, 1e-3, 0.1) ?? NaN;
  expect(Math.abs(along(step).slope)).toBeLessThanOrEqual(0.1 * Math.abs(along(0).slope));
  expect(along(step).value).toBeLessThanOrEqual(along(0).value + 1e-3 * step * along(0).slope);
});
