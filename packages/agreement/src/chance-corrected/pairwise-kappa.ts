import { type Estimate } from '../estimate.ts';
import { type Study } from '../study/study.ts';
import { cohensKappa, type CohensKappaOptions } from './cohens-kappa.ts';

/** Kappa of one pair of coders. */
export interface PairOfCoders {
  readonly first: string;
  readonly second: string;
  readonly estimate: Estimate;
}

/**
 * Cohen's kappa of every two coders, in the order (1,2), (1,3), …, each on the units that both rated.
 * Options are those of {@link cohensKappa}; intervals are left out unless asked for.
 */
export function pairwiseCohensKappa(
  study: Study,
  options: Omit<CohensKappaOptions, 'coders'> = {},
): PairOfCoders[] {
  const pairs: PairOfCoders[] = [];
  for (const [i, first] of study.coders.entries()) {
    for (const second of study.coders.slice(i + 1)) {
      const estimate = cohensKappa(study, {
        ...options,
        coders: [first, second],
        interval: options.interval ?? { method: 'none' },
      });
      pairs.push({ first, second, estimate });
    }
  }
  return pairs;
}
