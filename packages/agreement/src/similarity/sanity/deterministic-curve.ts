import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { mulberry32 } from '../../random.ts';
import { cosines, type ModelTask } from '../model/embedding.ts';

/**
 * ρ under uniform noise, so that other programs can reproduce it: for every level a fresh mulberry32(seed) is made;
 * word by word (by code unit) and component by component −n + 2n·u is added; cosines in double precision. Null where
 * ρ is undefined.
 */
export function deterministicNoiseCurve(
  task: ModelTask,
  levels: readonly number[],
  seed: number,
): (number | null)[] {
  const gold = averageRanks(task.gold);
  const vectors = new Float64Array(task.vectors.length);
  return levels.map((n) => {
    const next = mulberry32(seed);
    for (let at = 0; at < vectors.length; at++) vectors[at] = (task.vectors[at] ?? 0) + (-n + 2 * n * next());
    return correlationOf(averageRanks(cosines(task, vectors)), gold);
  });
}
