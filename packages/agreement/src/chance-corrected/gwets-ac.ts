import { type Estimate } from '../estimate.ts';
import { type CountsSource } from '../study/unit-counts.ts';
import { type Weights } from '../weights/weights.ts';
import { totalWeight } from './bennetts-s.ts';
import { type ChanceModel, pooledCoefficient, type PooledOptions } from './pooled-coefficient.ts';

function perPair(weights: Weights): number {
  return totalWeight(weights) / (weights.size * (weights.size - 1));
}

const GWET: ChanceModel = {
  measure: 'gwet-ac',
  expected: (shares, weights) => {
    if (weights.size < 2) return 1;
    let sum = 0;
    for (const share of shares) sum += share * (1 - share);
    return perPair(weights) * sum;
  },
  slopes: (shares, weights) => shares.map((share) => perPair(weights) * (1 - share)),
  whenCertain: 'there is only one category',
};

/**
 * Gwet's AC1, or AC2 with weights (Gwet 2008, 2014). Declared categories count, used or not, so it has a
 * value where all ratings fall into one of several declared categories.
 *
 * Undefined where no unit has two ratings or there is only one category.
 */
export function gwetsAc(source: CountsSource, options: PooledOptions = {}): Estimate {
  return pooledCoefficient(source, GWET, options);
}
