import { normalQuantile } from '../distributions/normal.ts';
import { correlationInterval, type CorrelationKind } from '../continuous/correlation-interval.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';

/**
 * Pairs needed for an interval of a correlation of a given full width (Bonett & Wright 2000), found by trying: the
 * smallest n whose interval about `expected` is no wider. Throws RangeError for widths that no n can give.
 */
export function pairsForCorrelation(
  width: number,
  expected: number,
  kind: CorrelationKind = 'spearman',
  level: number = DEFAULT_LEVEL,
): number {
  if (!(width > 0)) throw new RangeError(`A width is positive, not ${width}.`);
  if (!(Math.abs(expected) < 1))
    throw new RangeError(`A correlation lies within −1 and 1, not at ${expected}.`);
  const widthOf = (n: number): number => {
    const interval = correlationInterval(kind, expected, n, level);
    return interval === null ? Infinity : interval.high - interval.low;
  };
  let high = 8;
  while (widthOf(high) > width) high *= 2;
  let low = 4;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (widthOf(middle) > width) low = middle;
    else high = middle;
  }
  return widthOf(low) <= width ? low : high;
}

/**
 * Units needed for an interval of ICC(1) of a given full width with k coders (Bonett 2002):
 * 8z²(1 − ρ)²(1 + (k − 1)ρ)²/(k(k − 1)w²) + 1, and 5ρ more for two coders and ρ ≥ .7.
 */
export function unitsForIcc(
  width: number,
  expected: number,
  coders: number,
  level: number = DEFAULT_LEVEL,
): number {
  if (!(width > 0)) throw new RangeError(`A width is positive, not ${width}.`);
  if (!Number.isInteger(coders) || coders < 2) throw new RangeError('Agreement needs at least two coders.');
  const z = normalQuantile(1 - (1 - level) / 2);
  const spread = (1 - expected) * (1 + (coders - 1) * expected);
  const units = (8 * z * z * spread * spread) / (coders * (coders - 1) * width * width) + 1;
  return Math.ceil(coders === 2 && expected >= 0.7 ? units + 5 * expected : units);
}
