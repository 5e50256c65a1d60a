import { namedGenerator } from '../../random.ts';
import { cosines, type ModelTask } from '../model/embedding.ts';
import { centredRanks, Ordering, weightedSpearman } from '../model/rank-kernel.ts';
import { componentsKept, keepLargest } from './kept-largest.ts';

export interface LandscapePlan {
  /** Steps along each direction from −reach to reach; 11 unless stated. */
  readonly steps?: number;
  /** Largest length of a step's noise, in root mean squares of the components; 1 unless stated. */
  readonly reach?: number;
  /** Share of components that k-winners-take-all takes away after the step; none unless stated. */
  readonly takenAway?: number;
  readonly seed?: number;
}

/** ρ over two random directions of damage. */
export interface Landscape {
  /** Amounts along either direction, in units of the rms component. */
  readonly amounts: readonly number[];
  /** `rho[i][j]`: amounts[i] of the first direction and amounts[j] of the second; null where undefined. */
  readonly rho: readonly (readonly (number | null)[])[];
  /** Largest difference between neighbours: how abruptly ρ changes. */
  readonly roughness: number;
  readonly takenAway: number;
  readonly seed: number;
}

/**
 * ρ where vectors are moved along two random directions (normal deviates for every component, of the vectors' own
 * scale), as losses are drawn over two random directions of weights. With `takenAway`, k-winners-take-all follows: the
 * change is then no longer continuous in the vectors, and one sees whether the dataset notices.
 */
export function landscape(task: ModelTask, plan: LandscapePlan = {}): Landscape {
  const steps = plan.steps ?? 11;
  const reach = plan.reach ?? 1;
  const takenAway = plan.takenAway ?? 0;
  const seed = plan.seed ?? 1;
  if (!Number.isInteger(steps) || steps < 2)
    throw new RangeError(`A landscape has two steps or more, not ${steps}.`);
  const amounts = Array.from({ length: steps }, (_, step) => reach * ((2 * step) / (steps - 1) - 1));
  const direction = (name: string): Float64Array => {
    const generator = namedGenerator(`landscape ${name}`, seed);
    return Float64Array.from(task.vectors, () => generator.normal() * task.rms);
  };
  const along = direction('first');
  const across = direction('second');
  const ordering = new Ordering(task.pairs);
  ordering.sort(task.gold);
  const once = new Float64Array(task.pairs).fill(1);
  const gold = centredRanks(ordering.order, task.gold, once);
  const moved = new Float64Array(task.vectors.length);
  const similarities = new Float64Array(task.pairs);
  const kept = componentsKept(task.dimensions, takenAway);
  const rho = amounts.map((x) =>
    amounts.map((y) => {
      for (let at = 0; at < moved.length; at++)
        moved[at] = (task.vectors[at] ?? 0) + x * (along[at] ?? 0) + y * (across[at] ?? 0);
      if (takenAway > 0) keepLargest(moved, task.dimensions, kept, moved);
      cosines(task, moved, similarities);
      ordering.sort(similarities);
      const value = weightedSpearman(ordering.order, similarities, once, gold, task.pairs);
      return Number.isNaN(value) ? null : value;
    }),
  );
  return { amounts, rho, roughness: roughnessOf(rho), takenAway, seed };
}

function roughnessOf(rho: readonly (readonly (number | null)[])[]): number {
  let most = 0;
  for (const [i, row] of rho.entries()) {
    for (const [j, value] of row.entries()) {
      for (const neighbour of [rho[i + 1]?.[j], row[j + 1]]) {
        if (value === null || neighbour === null || neighbour === undefined) continue;
        most = Math.max(most, Math.abs(value - neighbour));
      }
    }
  }
  return most;
}
