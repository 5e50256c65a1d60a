import { namedGenerator } from '../../random.ts';
import { type ModelTask } from '../model/embedding.ts';
import { type CentredRanks, centredRanks, Ordering, weightedSpearman } from '../model/rank-kernel.ts';
import { type PerturbationFamily, perturbationOf } from './perturbation.ts';

/** What is drawn: every draw's figures depend on the seed and its number only, so draws can be shared out to threads. */
export interface DrawPlan {
  readonly family: PerturbationFamily;
  readonly levels: readonly number[];
  readonly draws: number;
  readonly seed: number;
}

/**
 * Figures of the draws `from` up to `to`. In the tables, draw d's figure at level l is at `(d - from) * levels + l`;
 * NaN where ρ is undefined.
 */
export interface DrawFigures {
  readonly from: number;
  readonly to: number;
  /** ρ of damaged vectors with gold. */
  readonly rho: Float64Array;
  /** Rank correlation of damaged with undamaged similarities. */
  readonly withUndamaged: Float64Array;
  /** ρ of this draw on the pairs of the resample that has its number. */
  readonly onOwnResample: Float64Array;
  /** ρ of this draw on the pairs of the resample before. */
  readonly onPreviousResample: Float64Array;
}

export interface DrawControl {
  /** Called now and then with the number of draws done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Draws noise and measures ρ at every level, on the pairs and on two bootstrap resamples of them. */
export function noiseDraws(
  task: ModelTask,
  plan: DrawPlan,
  from: number,
  to: number,
  control: DrawControl = {},
): DrawFigures {
  const levels = plan.levels.length;
  const size = (to - from) * levels;
  const figures = {
    from,
    to,
    rho: new Float64Array(size),
    withUndamaged: new Float64Array(size),
    onOwnResample: new Float64Array(size),
    onPreviousResample: new Float64Array(size),
  };
  const perturbation = perturbationOf(plan.family, task, plan.levels, plan.seed);
  const ordering = new Ordering(task.pairs);
  const goldOrdering = new Ordering(task.pairs);
  goldOrdering.sort(task.gold);
  const once = new Float64Array(task.pairs).fill(1);
  const gold = centredRanks(goldOrdering.order, task.gold, once);
  const undamagedRanks = new Float64Array(task.pairs);
  let undamaged: CentredRanks = { ranks: undamagedRanks, squares: 0 };
  const ranksOn = (weights: Float64Array) => centredRanks(goldOrdering.order, task.gold, weights);
  let previousWeights = pairTimes(task.pairs, plan, (from + plan.draws - 1) % plan.draws);
  let previousGold = ranksOn(previousWeights);
  for (let draw = from; draw < to; draw++) {
    control.signal?.throwIfAborted();
    const weights = pairTimes(task.pairs, plan, draw);
    const ownGold = ranksOn(weights);
    perturbation.eachLevel(draw, (level, similarities) => {
      const at = (draw - from) * levels + level;
      ordering.sort(similarities);
      const { order } = ordering;
      if (level === 0) undamaged = centredRanks(order, similarities, once, undamagedRanks);
      const on = (own: Float64Array, other: typeof gold): number =>
        weightedSpearman(order, similarities, own, other, task.pairs);
      figures.rho[at] = on(once, gold);
      figures.withUndamaged[at] = on(once, undamaged);
      figures.onOwnResample[at] = on(weights, ownGold);
      figures.onPreviousResample[at] = on(previousWeights, previousGold);
    });
    previousWeights = weights;
    previousGold = ownGold;
    if (draw % 5 === 4) control.onProgress?.(draw + 1 - from);
  }
  return figures;
}

/** How often each pair stands in a resample. */
function pairTimes(pairs: number, { seed }: DrawPlan, resample: number): Float64Array {
  const drawn = new Uint32Array(pairs);
  namedGenerator(`resample of pairs ${resample}`, seed).fillBelow(pairs, drawn);
  const times = new Float64Array(pairs);
  for (const pair of drawn) times[pair] = (times[pair] ?? 0) + 1;
  return times;
}
