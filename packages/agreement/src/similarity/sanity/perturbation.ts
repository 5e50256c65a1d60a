import { type ModelTask } from '../model/embedding.ts';
import { AdditiveNoise } from './additive-noise.ts';
import { ComponentDropout } from './component-dropout.ts';
import { KeptLargest } from './kept-largest.ts';
import { RotatedTruncation } from './rotated-truncation.ts';

/**
 * What is done to the vectors. `uniform`: U(−n, n) is added to every component; `gaussian`: N(0, n²/3), noise of the
 * same power; `dropout`: each component is set to 0 with probability n; `kwta`: only the (1 − n)·d largest components
 * of each vector stay, the others become 0 (k-winners-take-all, a discontinuous change: Xiao, Zhong & Zheng 2020);
 * `rotation`: vectors are turned at random and the last n·d coordinates cut off.
 */
export type PerturbationFamily = 'uniform' | 'gaussian' | 'dropout' | 'kwta' | 'rotation';

export const PERTURBATION_FAMILIES: readonly PerturbationFamily[] = [
  'uniform',
  'gaussian',
  'dropout',
  'kwta',
  'rotation',
];

/** Vectors damaged at every level by the same random numbers (common random numbers). */
export interface Perturbation {
  /** Whether draws differ at all. */
  readonly isRandom: boolean;
  /** Calls `visit` with the pairs' cosines at each level in turn; the array is used again for the next. */
  eachLevel(draw: number, visit: (level: number, similarities: Float64Array) => void): void;
}

/** Whether levels are shares of the components, 0 to less than 1, and not amounts of noise. */
export function levelsAreShares(family: PerturbationFamily): boolean {
  return family === 'dropout' || family === 'kwta' || family === 'rotation';
}

/**
 * The levels of the published check, n = 0 to 3 by 0.2, or shares from 0 to 0.9 by 0.1 and .95 for families that
 * take components away.
 */
export function defaultLevels(family: PerturbationFamily): number[] {
  return levelsAreShares(family)
    ? [...Array.from({ length: 10 }, (_, step) => step / 10), 0.95]
    : Array.from({ length: 16 }, (_, step) => (step * 2) / 10);
}

/** Throws RangeError for levels that the family has no meaning for. */
export function requireLevels(family: PerturbationFamily, levels: readonly number[]): void {
  const shares = levelsAreShares(family);
  if (levels.length < 2 || levels[0] !== 0)
    throw new RangeError('Levels begin with 0 and have one more at least.');
  for (const [index, level] of levels.entries()) {
    if (!(level >= 0) || !Number.isFinite(level) || (shares && level >= 1))
      throw new RangeError(
        `A level of ${family} is ${shares ? 'a share below 1' : '0 or more'}, not ${level}.`,
      );
    if (index > 0 && level <= (levels[index - 1] ?? 0)) throw new RangeError('Levels ascend.');
  }
}

export function perturbationOf(
  family: PerturbationFamily,
  task: ModelTask,
  levels: readonly number[],
  seed: number,
): Perturbation {
  switch (family) {
    case 'uniform':
    case 'gaussian':
      return new AdditiveNoise(task, levels, family, seed);
    case 'dropout':
      return new ComponentDropout(task, levels, seed);
    case 'kwta':
      return new KeptLargest(task, levels);
    case 'rotation':
      return new RotatedTruncation(task, levels, seed);
  }
}
