import { type Estimate, undefinedEstimate, type Usage } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type Study } from '../study/study.ts';
import { nameOfScheme, type Weights, weightsFor } from '../weights/weights.ts';
import { cohensKappa, type CohensKappaOptions } from './cohens-kappa.ts';
import { expectedFromMarginals, kappaOf } from './kappa-parts.ts';
import { pairSums } from './pair-sums.ts';

/** Kappa of one pair of coders. */
export interface PairOfCoders {
  readonly first: string;
  readonly second: string;
  readonly estimate: Estimate;
}

/**
 * Cohen's kappa of every two coders, in the order (1,2), (1,3), …, each on the units that both rated. Options are
 * those of {@link cohensKappa}; intervals are left out unless asked for, and then all pairs are counted in one pass.
 */
export function pairwiseCohensKappa(
  study: Study,
  options: Omit<CohensKappaOptions, 'coders'> = {},
): PairOfCoders[] {
  const { interval } = options;
  const estimate =
    interval === undefined || interval.method === 'none'
      ? fromSums(study, options)
      : (first: string, second: string) => cohensKappa(study, { ...options, coders: [first, second] });
  return study.coders.flatMap((first, i) =>
    study.coders.slice(i + 1).map((second, offset) => ({
      first,
      second,
      estimate: estimate(first, second, i, i + 1 + offset),
    })),
  );
}

type PairEstimate = (first: string, second: string, i: number, j: number) => Estimate;

function fromSums(study: Study, options: Omit<CohensKappaOptions, 'coders'>): PairEstimate {
  const scheme = options.weights ?? 'identity';
  const weights = weightsFor(study.scale, scheme);
  const convention = `units rated by both, ${nameOfScheme(scheme)} weights`;
  const sums = pairSums(study, weights);
  const coders = study.coders.length;
  return (_first, _second, i, j) => {
    const start = sums.pairNumber(i, j) * sums.block;
    const block = sums.totals.subarray(start, start + sums.block);
    const units = block[0] ?? 0;
    const used: Usage = {
      units,
      coders: 2,
      ratings: 2 * units,
      dropped: {
        units: study.units.length - units,
        coders: coders - 2,
        ratings: study.categoryOf.length - 2 * units,
      },
    };
    return estimateOf(block, weights, convention, used);
  };
}

function estimateOf(block: Float64Array, weights: Weights, convention: string, used: Usage): Estimate {
  const measure = 'cohen-kappa';
  const { units } = used;
  if (units === 0) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  const first = block.subarray(2, 2 + weights.size);
  const second = block.subarray(2 + weights.size);
  const expected = expectedFromMarginals(first, second, units, units, weights);
  if (expected >= 1) {
    return undefinedEstimate(measure, convention, 'both coders used only one and the same category', used);
  }
  const observed = (block[1] ?? 0) / units;
  return finishEstimate(
    { measure, convention, value: kappaOf(observed, expected), observed, expected, used },
    {},
    { method: 'none' },
  );
}
