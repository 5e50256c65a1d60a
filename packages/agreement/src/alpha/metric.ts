import { type SetDistanceName } from '../distance/set-distance.ts';
import { categoryCount, categoryNumbers, type Scale } from '../study/scale.ts';
import { StudyError } from '../study/study-error.ts';
import { nameOfScheme, weightBetween, weightsFor, type WeightScheme } from '../weights/weights.ts';
import { type AlphaKernel } from './kernel.ts';
import { nominalKernel } from './nominal-kernel.ts';
import { ordinalKernel } from './ordinal-kernel.ts';
import { pointKernel } from './point-kernel.ts';
import { setKernel } from './set-kernel.ts';
import { tableKernel } from './table-kernel.ts';

/** Krippendorff's levels of measurement (squared differences), and distances of sets. */
export type AlphaMetricName =
  'nominal' | 'ordinal' | 'interval' | 'ratio' | 'circular' | 'bipolar' | SetDistanceName;

/** How far apart two categories are. */
export type AlphaMetric =
  | AlphaMetricName
  /** Circular with a given circumference; without one it is largest − smallest + 1. */
  | { readonly kind: 'circular'; readonly period: number }
  /** A square matrix of distances in the scale's order, 0 on the diagonal, symmetric. */
  | { readonly kind: 'matrix'; readonly distances: readonly (readonly number[])[] }
  /** A symmetric distance of two categories by index, 0 for equal ones. */
  | { readonly kind: 'function'; readonly distance: (a: number, b: number) => number }
  /** One minus Gwet's agreement weights. */
  | { readonly kind: 'weights'; readonly weights: WeightScheme };

export function nameOfMetric(metric: AlphaMetric): string {
  if (typeof metric === 'string') return metric;
  switch (metric.kind) {
    case 'circular':
      return `circular with period ${metric.period}`;
    case 'matrix':
    case 'function':
      return 'custom';
    case 'weights':
      return `${nameOfScheme(metric.weights)} weights`;
  }
}

function numbersFor(scale: Scale, metric: string): Float64Array {
  const numbers = categoryNumbers(scale);
  if (numbers !== null) return numbers;
  throw new StudyError(
    'wrong-scale',
    `The ${metric} metric needs ${metric === 'ordinal' ? 'ordered or numeric' : 'numeric'} categories, these are ${scale.kind}.`,
  );
}

/** The calculation that belongs to a metric on a scale; throws StudyError where they do not fit. */
export function kernelFor(metric: AlphaMetric, scale: Scale): AlphaKernel {
  const size = categoryCount(scale);
  if (typeof metric !== 'string') {
    switch (metric.kind) {
      case 'circular':
        return circularKernel(numbersFor(scale, 'circular'), metric.period);
      case 'matrix':
        return tableKernel(size, matrixDistance(size, metric.distances));
      case 'function':
        return tableKernel(size, metric.distance);
      case 'weights': {
        const weights = weightsFor(scale, metric.weights);
        if (weights.kind === 'identity') return nominalKernel(size);
        return tableKernel(
          size,
          (a, b) => 1 - (weightBetween(weights, a, b) + weightBetween(weights, b, a)) / 2,
        );
      }
    }
  }
  switch (metric) {
    case 'nominal':
      return nominalKernel(size);
    case 'ordinal':
      return ordinalKernel(numbersFor(scale, 'ordinal').length);
    case 'interval':
      return pointKernel([numbersFor(scale, 'interval')]);
    case 'ratio':
      return tableKernel(size, ratioDistance(numbersFor(scale, 'ratio')));
    case 'circular': {
      const numbers = numbersFor(scale, 'circular');
      return circularKernel(numbers, (numbers[size - 1] ?? 0) - (numbers[0] ?? 0) + 1);
    }
    case 'bipolar':
      return tableKernel(size, bipolarDistance(numbersFor(scale, 'bipolar')));
    case 'masi':
    case 'passonneau':
    case 'jaccard':
    case 'dice':
      if (scale.kind !== 'sets') {
        throw new StudyError(
          'wrong-scale',
          `The ${metric} distance needs sets, these categories are ${scale.kind}.`,
        );
      }
      return setKernel(scale.sets, metric);
  }
}

/** sin²(π·difference/period) is a quarter of the squared chord between points on a unit circle. */
function circularKernel(numbers: Float64Array, period: number): AlphaKernel {
  if (!(period > 0)) throw new RangeError(`A circle's period is positive, not ${period}.`);
  const angle = (2 * Math.PI) / period;
  return pointKernel([
    numbers.map((value) => Math.cos(value * angle) / 2),
    numbers.map((value) => Math.sin(value * angle) / 2),
  ]);
}

function ratioDistance(numbers: Float64Array): (a: number, b: number) => number {
  if ((numbers[0] ?? 0) < 0) {
    throw new StudyError('wrong-scale', 'The ratio metric needs numbers that are not negative.');
  }
  return (a, b) => {
    if (a === b) return 0;
    const x = numbers[a] ?? 0;
    const y = numbers[b] ?? 0;
    return ((x - y) / (x + y)) ** 2;
  };
}

function bipolarDistance(numbers: Float64Array): (a: number, b: number) => number {
  const low = numbers[0] ?? 0;
  const high = numbers[numbers.length - 1] ?? 0;
  return (a, b) => {
    if (a === b) return 0;
    const x = numbers[a] ?? 0;
    const y = numbers[b] ?? 0;
    return (x - y) ** 2 / ((x + y - 2 * low) * (2 * high - x - y));
  };
}

function matrixDistance(
  size: number,
  matrix: readonly (readonly number[])[],
): (a: number, b: number) => number {
  if (matrix.length !== size || matrix.some((row) => row.length !== size)) {
    throw new StudyError('bad-shape', `The distances must be a square matrix of ${size} categories.`);
  }
  for (const [a, row] of matrix.entries()) {
    for (const [b, distance] of row.entries()) {
      if (!(distance >= 0) || !Number.isFinite(distance) || (a === b && distance !== 0)) {
        throw new StudyError(
          'bad-value',
          `a distance is finite and 0 on the diagonal (column ${b + 1}).`,
          a + 1,
        );
      }
      if (distance !== matrix[b]?.[a]) {
        throw new StudyError(
          'bad-value',
          `the distance differs from its mirror image in column ${b + 1}.`,
          a + 1,
        );
      }
    }
  }
  return (a, b) => matrix[a]?.[b] ?? 0;
}
