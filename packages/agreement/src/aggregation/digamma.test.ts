import { expect, test } from 'vitest';
import { digamma } from './digamma.ts';

// Abramowitz & Stegun, table 6.1 and § 6.3: ψ(1) = −γ, ψ(½) = −γ − 2 ln 2, ψ(1.5) = ψ(½) + 2.
test.each([
  [1, -0.5772156649015329],
  [0.5, -1.9635100260214235],
  [1.5, 0.03648997397857652],
  [10, 2.251752589066721],
  [1000, 6.907255195648812],
])('ψ(%d)', (x, expected) => {
  expect(digamma(x)).toBeCloseTo(expected, 11);
});
