import { describe, expect, test } from 'vitest';
import {
  chiSquaredCdf,
  chiSquaredQuantile,
  chiSquaredUpperTail,
  fCdf,
  fQuantile,
  fUpperTail,
  incompleteBeta,
  incompleteGamma,
  logGamma,
  normalCdf,
  normalQuantile,
  normalUpperTail,
  studentsTQuantile,
  studentsTTwoSided,
  studentsTUpperTail,
} from './index.ts';

/** Values of scipy 1.10. */
function expectClose(actual: number, wanted: number, relative = 1e-11): void {
  expect(Math.abs(actual - wanted), `${actual} instead of ${wanted}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(wanted), 1e-290),
  );
}

describe('special functions', () => {
  test.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [3.7, 1.428072326665388],
    [19.9, 39.04308858123621],
    [20.1, 39.637192503636946],
    [1000, 5905.220423209181],
    [1e6, 12815504.569147611],
  ])('ln Γ(%d)', (x, wanted) => {
    expectClose(logGamma(x), wanted, 1e-13);
  });

  test.each([
    [0.3, 2, 3, 0.3483],
    [1e-6, 0.5, 0.5, 0.0006366198784709245],
    [0.5, 500, 500, 0.5],
  ])('I_%d(%d, %d)', (x, a, b, wanted) => {
    expectClose(incompleteBeta(x, a, b).lower, wanted);
  });

  test.each([
    [0.5, 0.1, 0.34527915398142317, 0.6547208460185768],
    [3, 10, 0.9972306042844884, 0.0027693957155115775],
    [200, 180, 0.07485803498415958, 0.9251419650158405],
    [1, 1e-8, 9.999999949999975e-9, 0.9999999900000001],
  ])('P and Q(%d, %d)', (a, x, lower, upper) => {
    expectClose(incompleteGamma(a, x).lower, lower);
    expectClose(incompleteGamma(a, x).upper, upper);
  });
});

describe('the normal distribution', () => {
  test.each([
    [-37, 5.7255712225239266e-300],
    [-8, 6.22096057427174e-16],
    [-1.96, 0.024997895148220435],
    [0, 0.5],
    [3, 0.9986501019683699],
  ])('Φ(%d)', (z, wanted) => {
    expectClose(normalCdf(z), wanted);
    expectClose(normalUpperTail(-z), wanted);
  });

  test.each([
    [1e-10, -6.361340902404056],
    [0.3, -0.5244005127080409],
    [0.975, 1.959963984540054],
    [0.999999, 4.753424308817087],
  ])('quantile of %d', (p, wanted) => {
    expectClose(normalQuantile(p), wanted);
  });
});

describe("Student's t", () => {
  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 11, 2.200985160091639],
    [0.9, 2.5, 1.7302509288071766],
    [0.0005, 30, -3.645958635042021],
    [0.975, 1e6, 1.959966356814107],
  ])('quantile of %d with df %d', (p, df, wanted) => {
    expectClose(studentsTQuantile(p, df), wanted);
  });

  test.each([
    [2.201, 11, 0.024999351976208672],
    [-1, 3, 0.8044988905221148],
    [40, 5, 9.205981085886477e-8],
    [0.3, 200, 0.382244365094664],
  ])('upper tail of %d with df %d', (t, df, wanted) => {
    expectClose(studentsTUpperTail(t, df), wanted);
    expectClose(studentsTTwoSided(Math.abs(t), df), 2 * Math.min(wanted, 1 - wanted));
  });
});

describe('F', () => {
  test.each([
    [0.975, 5, 18, 3.381967805875243],
    [0.95, 1, 1, 161.4476387975882],
    [0.025, 152, 1836, 0.7815645193907685],
    [0.99, 3.4, 7.7, 7.542830884284423],
  ])('quantile of %d with df %d and %d', (p, a, b, wanted) => {
    expectClose(fQuantile(p, a, b), wanted);
    expectClose(fCdf(wanted, a, b), p);
  });

  test.each([
    [11.03, 5, 15, 0.00013437785204911817],
    [0.2, 3, 4, 0.891447916971811],
    [50, 10, 200, 4.76618141464156e-49],
  ])('upper tail of %d with df %d and %d', (f, a, b, wanted) => {
    expectClose(fUpperTail(f, a, b), wanted);
  });
});

describe('chi-squared', () => {
  test.each([
    [0.95, 1, 3.841458820694124],
    [0.025, 10, 3.2469727802368413],
    [0.999, 200, 267.5405278227572],
  ])('quantile of %d with df %d', (p, df, wanted) => {
    expectClose(chiSquaredQuantile(p, df), wanted);
    expectClose(chiSquaredCdf(wanted, df), p);
  });

  test.each([
    [3.84, 1, 0.05004352124870519],
    [150, 100, 0.0009039320423540184],
    [0.5, 3, 0.9188914116546758],
  ])('upper tail of %d with df %d', (x, df, wanted) => {
    expectClose(chiSquaredUpperTail(x, df), wanted);
  });
});

test('a quantile of 0 or 1 is refused', () => {
  for (const p of [0, 1, NaN]) {
    expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => studentsTQuantile(p, 3)).toThrow(RangeError);
    expect(() => fQuantile(p, 3, 3)).toThrow(RangeError);
    expect(() => chiSquaredQuantile(p, 3)).toThrow(RangeError);
  }
});
