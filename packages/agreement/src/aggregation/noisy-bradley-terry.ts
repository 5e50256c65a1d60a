import type { Comparison } from './bradley-terry.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { fitPlackettLuce } from './plackett-luce.ts';
import { collectRankings } from './rankings.ts';
import type { ComparisonAggregation } from './strengths.ts';

export interface NoisyBradleyTerryOptions extends IterationOptions {
  /** Precision of a normal prior of mean 0 on every log strength; 0.01 by default, so that strengths stay finite. */
  readonly priorPrecision?: number;
}

export interface NoisyBradleyTerryAggregation extends ComparisonAggregation {
  readonly coders: readonly string[];
  /** Coder → probability that he looks at the items. */
  readonly reliability: Float64Array;
  /** Coder → probability that he takes the first of the two when he does not look. */
  readonly firstPlaceBias: Float64Array;
}

/** Beta(2, 2) on attention and on bias keeps both within 0 and 1 for coders with few comparisons. */
const PRIOR = 1;
const ATTENTION = 0.75;

/**
 * Noisy Bradley–Terry (Bugakova, Fedorova, Gusev & Drutsa 2019): a coder either looks, and then the strengths decide,
 * or does not, and then takes the first of the two with a probability of his own, ½ where places are not known.
 * EM: who looked at what is expected, then strengths take a Newton step of the weighted Bradley–Terry model; the log
 * of the posterior never falls. Stops at 100 iterations or where it grows by less than 1e-9 of its size.
 * Comparisons without coder are one coder's.
 */
export function noisyBradleyTerry(
  comparisons: Iterable<Comparison>,
  options: NoisyBradleyTerryOptions = {},
): NoisyBradleyTerryAggregation {
  return runFit(fitNoisyBradleyTerry([...comparisons], options), options);
}

export function* fitNoisyBradleyTerry(
  comparisons: readonly Comparison[],
  options: NoisyBradleyTerryOptions,
): Fitting<NoisyBradleyTerryAggregation> {
  const { iterations = 100, tolerance = 1e-9, priorPrecision = 0.01 } = options;
  requireIterations(iterations);
  if (!(priorPrecision > 0))
    throw new RangeError(`the prior's precision is ${priorPrecision}; expected more than 0`);
  const places = new Map<string, number>();
  const coderOf = Int32Array.from(comparisons, ({ coder = '' }) => {
    const known = places.get(coder);
    if (known === undefined) places.set(coder, places.size);
    return known ?? places.size - 1;
  });
  const coders = [...places.keys()];
  const attention = new Float64Array(coders.length).fill(ATTENTION);
  const bias = new Float64Array(coders.length).fill(0.5);
  const rankings = collectRankings(
    comparisons.map(({ winner, loser, weight = 1 }) => ({ ranked: [winner, loser], weight })),
  );
  let strengths: Float64Array = new Float64Array(rankings.items.length);
  const looked = new Float64Array(comparisons.length);
  const ascent = new Ascent(tolerance);
  let resting = false;
  let likelihood = 0;
  while (ascent.history.length < iterations && !resting) {
    likelihood = 0;
    const total = new Float64Array(coders.length);
    const attentive = new Float64Array(coders.length);
    const placed = new Float64Array(coders.length);
    const tookFirst = new Float64Array(coders.length);
    for (const [at, { first, weight = 1 }] of comparisons.entries()) {
      const coder = coderOf[at] ?? 0;
      const winner = strengths[rankings.members[2 * at] ?? 0] ?? 0;
      const loser = strengths[rankings.members[2 * at + 1] ?? 0] ?? 0;
      const attends = attention[coder] ?? 0;
      const prefers = bias[coder] ?? 0.5;
      const looking = attends / (1 + Math.exp(loser - winner));
      const guessing =
        (1 - attends) * (first === undefined ? 0.5 : first === 'winner' ? prefers : 1 - prefers);
      likelihood += weight * Math.log(looking + guessing);
      const share = looking / (looking + guessing);
      looked[at] = weight * share;
      total[coder] = (total[coder] ?? 0) + weight;
      attentive[coder] = (attentive[coder] ?? 0) + weight * share;
      if (first === undefined) continue;
      placed[coder] = (placed[coder] ?? 0) + weight * (1 - share);
      if (first === 'winner') tookFirst[coder] = (tookFirst[coder] ?? 0) + weight * (1 - share);
    }
    let prior = 0;
    for (let coder = 0; coder < coders.length; coder += 1) {
      const [attends, prefers] = [attention[coder] ?? 0, bias[coder] ?? 0];
      prior += PRIOR * (Math.log(attends * (1 - attends)) + Math.log(prefers * (1 - prefers)));
      attention[coder] = ((attentive[coder] ?? 0) + PRIOR) / ((total[coder] ?? 0) + 2 * PRIOR);
      bias[coder] = ((tookFirst[coder] ?? 0) + PRIOR) / ((placed[coder] ?? 0) + 2 * PRIOR);
    }
    for (const value of strengths) prior -= (priorPrecision * value * value) / 2;
    resting = ascent.record(likelihood + prior);
    if (!resting) {
      const weighted = { ...rankings, weights: looked.slice() };
      const fitted = runFit(fitPlackettLuce('bradley-terry', weighted, { priorPrecision }));
      strengths = fitted.strengths.logStrengths ?? strengths;
    }
    yield ascent.history.length / iterations;
  }
  return {
    model: 'noisy-bradley-terry',
    items: rankings.items,
    strengths: { logStrengths: strengths, reason: null },
    logLikelihood: { value: likelihood, reason: null },
    objective: ascent.history,
    iterations: ascent.history.length,
    converged: ascent.converged,
    seed: null,
    coders,
    reliability: attention,
    firstPlaceBias: bias,
  };
}
