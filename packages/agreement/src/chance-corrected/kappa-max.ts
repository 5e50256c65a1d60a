import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type Study } from '../study/study.ts';
import { weightsFor } from '../weights/weights.ts';
import { type CohensKappaOptions } from './cohens-kappa.ts';
import { kappaOf, kappaParts, usageOfPairs } from './kappa-parts.ts';
import { pairedCategories } from './paired-categories.ts';

/**
 * The largest kappa that the two coders' marginals allow (Cohen 1960): Σ min(p_k., p_.k) in place of the
 * observed agreement. Undefined as {@link cohensKappa} is. It describes the marginals, so it has no interval.
 */
export function kappaMax(study: Study, options: Pick<CohensKappaOptions, 'coders'> = {}): Estimate {
  const measure = 'kappa-max';
  const convention = 'units rated by both';
  const pairs = pairedCategories(study, options.coders);
  const used = usageOfPairs(study, pairs);
  const parts = kappaParts(pairs, weightsFor(study.scale, 'identity'));
  if (parts === null) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  const { expected, first, second } = parts;
  if (expected >= 1) {
    return undefinedEstimate(measure, convention, 'both coders used only one and the same category', used);
  }
  const observed = first.reduce((sum, share, k) => sum + Math.min(share, second[k] ?? 0), 0);
  return finishEstimate(
    { measure, convention, value: kappaOf(observed, expected), observed, expected, used },
    {},
    { method: 'none' },
  );
}
