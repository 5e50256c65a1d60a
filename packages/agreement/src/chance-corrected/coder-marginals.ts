import { type Study } from '../study/study.ts';
import { type Weights } from '../weights/weights.ts';

/** The category counts of every coder: `counts[g * size + k]`, and his ratings. */
export interface CoderMarginals {
  readonly size: number;
  readonly counts: Float64Array;
  readonly ratings: Float64Array;
}

export function coderMarginals(study: Study, size: number): CoderMarginals {
  const counts = new Float64Array(study.coders.length * size);
  const ratings = new Float64Array(study.coders.length);
  for (let i = 0; i < study.categoryOf.length; i++) {
    const coder = study.coderOf[i] ?? 0;
    const cell = coder * size + (study.categoryOf[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
    ratings[coder] = (ratings[coder] ?? 0) + 1;
  }
  return { size, counts, ratings };
}

/**
 * Σ_{g≠h} p_g' W p_h / (r (r − 1)) as all pairs less those of a coder with himself. Coders without ratings are left out;
 * `times` says how often each of them counts, once where it is left out.
 */
export function expectedOfCoders(marginals: CoderMarginals, weights: Weights, times?: Uint32Array): number {
  const { size, counts, ratings } = marginals;
  const sum = new Float64Array(size);
  const shares = new Float64Array(size);
  let own = 0;
  let active = 0;
  let withSelf = 0;
  for (let coder = 0; coder < ratings.length; coder++) {
    const total = ratings[coder] ?? 0;
    const often = times === undefined ? 1 : (times[coder] ?? 0);
    if (total === 0 || often === 0) continue;
    for (let k = 0; k < size; k++) {
      shares[k] = (counts[coder * size + k] ?? 0) / total;
      sum[k] = (sum[k] ?? 0) + often * (shares[k] ?? 0);
    }
    own += often * often * quadraticForm(shares, weights);
    active += often;
    withSelf += often * often;
  }
  return (quadraticForm(sum, weights) - own) / (active * active - withSelf);
}

function quadraticForm(shares: Float64Array, weights: Weights): number {
  let sum = 0;
  for (let k = 0; k < shares.length; k++) {
    const share = shares[k] ?? 0;
    if (share === 0) continue;
    if (weights.kind === 'identity') sum += share * share;
    else {
      let inner = 0;
      for (let l = 0; l < shares.length; l++) {
        inner += (weights.values[k * weights.size + l] ?? 0) * (shares[l] ?? 0);
      }
      sum += share * inner;
    }
  }
  return sum;
}
