import { type Estimate } from '../estimate.ts';
import { type CountsSource } from '../study/unit-counts.ts';
import { type Weights } from '../weights/weights.ts';
import { type ChanceModel, pooledCoefficient, type PooledOptions } from './pooled-coefficient.ts';

/** Mean of all weights: 1/q where only equal categories agree. */
export function totalWeight(weights: Weights): number {
  if (weights.kind === 'identity') return weights.size;
  let sum = 0;
  for (const weight of weights.values) sum += weight;
  return sum;
}

const BENNETT: ChanceModel = {
  measure: 'bennett-s',
  expected: (_shares, weights) => totalWeight(weights) / (weights.size * weights.size),
  slopes: () => null,
  whenCertain: 'there is only one category',
};

/**
 * Bennett, Alpert & Goldstein's S (1954), for several coders and with weights the coefficient of Brennan &
 * Prediger (1981): by chance all q categories are equally likely. Declared categories count, used or not.
 *
 * Undefined where no unit has two ratings or there is only one category.
 */
export function bennettsS(source: CountsSource, options: PooledOptions = {}): Estimate {
  return pooledCoefficient(source, BENNETT, options);
}
