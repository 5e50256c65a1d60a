import { categoryCount, categoryNumbers, type Scale } from '../study/scale.ts';
import { StudyError } from '../study/study-error.ts';

/** Gwet's named weights (Gwet 2014, ch. 3). Krippendorff's ordinal metric is something else. */
export type WeightName =
  'identity' | 'linear' | 'quadratic' | 'ordinal' | 'radical' | 'ratio' | 'circular' | 'bipolar';

/** The names of all weights, identity first. */
export const WEIGHT_NAMES: readonly WeightName[] = [
  'identity',
  'linear',
  'quadratic',
  'ordinal',
  'radical',
  'ratio',
  'circular',
  'bipolar',
];

/** A named scheme, or a square matrix of agreement weights (1 on the diagonal) in the scale's order. */
export type WeightScheme = WeightName | readonly (readonly number[])[];

/** Agreement weights of q categories; identity needs no matrix. */
export type Weights =
  | { readonly kind: 'identity'; readonly size: number }
  | { readonly kind: 'matrix'; readonly size: number; readonly values: Float64Array };

const MOST_CATEGORIES = 4096;

/**
 * The weights of a scheme on a scale. Named schemes other than identity need numbers: a numeric scale's
 * own values, or the ranks 1…q of an ordered one; `ordinal` needs order only.
 *
 * Throws StudyError on a nominal or set-valued scale, for a matrix of another size, and for ratio weights
 * where two different categories add up to zero.
 */
export function weightsFor(scale: Scale, scheme: WeightScheme): Weights {
  const size = categoryCount(scale);
  if (scheme === 'identity') return { kind: 'identity', size };
  if (size > MOST_CATEGORIES) {
    throw new StudyError(
      'wrong-scale',
      `A weight matrix for ${size} categories would be too large; use alpha with the interval or ordinal metric.`,
    );
  }
  if (typeof scheme !== 'string') return customWeights(size, scheme);
  const numbers = categoryNumbers(scale);
  if (numbers === null) {
    throw new StudyError('wrong-scale', `"${scheme}" weights need numeric or ordered categories.`);
  }
  return size < 2 ? { kind: 'identity', size } : namedWeights(numbers, scheme);
}

function customWeights(size: number, matrix: readonly (readonly number[])[]): Weights {
  if (matrix.length !== size) {
    throw new StudyError(
      'bad-shape',
      `The weights have ${matrix.length} rows; there are ${size} categories.`,
    );
  }
  const values = new Float64Array(size * size);
  for (const [k, row] of matrix.entries()) {
    if (row.length !== size) {
      throw new StudyError('bad-shape', `${size} weights were expected, ${row.length} found.`, k + 1);
    }
    for (const [l, weight] of row.entries()) {
      if (!Number.isFinite(weight)) {
        throw new StudyError('bad-value', `a finite weight was expected in column ${l + 1}.`, k + 1);
      }
      values[k * size + l] = weight;
    }
  }
  return { kind: 'matrix', size, values };
}

/** Distance before it is divided by its largest value; x and y are numbers, or ranks for `ordinal`. */
function rawDistance(
  scheme: Exclude<WeightName, 'identity'>,
  x: number,
  y: number,
  low: number,
  high: number,
): number {
  const difference = Math.abs(x - y);
  if (difference === 0) return 0;
  switch (scheme) {
    case 'linear':
      return difference;
    case 'quadratic':
      return difference * difference;
    case 'radical':
      return Math.sqrt(difference);
    case 'ordinal':
      return ((difference + 1) * difference) / 2;
    case 'ratio':
      return (difference / (x + y)) ** 2;
    case 'circular':
      return Math.sin((Math.PI * difference) / (high - low + 1)) ** 2;
    case 'bipolar':
      return (difference * difference) / ((x + y - 2 * low) * (2 * high - x - y));
  }
}

function namedWeights(numbers: Float64Array, scheme: Exclude<WeightName, 'identity'>): Weights {
  const size = numbers.length;
  const points = scheme === 'ordinal' ? Float64Array.from(numbers, (_, rank) => rank) : numbers;
  const low = points[0] ?? 0;
  const high = points[size - 1] ?? 0;
  const values = new Float64Array(size * size);
  let largest = 0;
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) {
      const distance = rawDistance(scheme, points[k] ?? 0, points[l] ?? 0, low, high);
      if (!Number.isFinite(distance)) {
        throw new StudyError(
          'wrong-scale',
          `"${scheme}" weights are undefined where categories add up to zero.`,
        );
      }
      values[k * size + l] = distance;
      if (distance > largest) largest = distance;
    }
  }
  // Ratio is scaled by its distance between the extremes, the others by their largest distance.
  const scale = scheme === 'ratio' ? rawDistance(scheme, low, high, low, high) : largest;
  for (let i = 0; i < values.length; i++) values[i] = 1 - (values[i] ?? 0) / scale;
  return { kind: 'matrix', size, values };
}

/** The weight of categories k and l. */
export function weightBetween(weights: Weights, k: number, l: number): number {
  if (weights.kind === 'identity') return k === l ? 1 : 0;
  return weights.values[k * weights.size + l] ?? 0;
}

export function nameOfScheme(scheme: WeightScheme): string {
  return typeof scheme === 'string' ? scheme : 'custom';
}
