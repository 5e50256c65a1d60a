import { cosines, type ModelTask } from '../model/embedding.ts';

/**
 * k-winners-take-all: the k largest components of a vector stay, all others become 0. Ties at the border go to the
 * earlier component.
 */
export function keepLargest(vectors: Float64Array, dimensions: number, k: number, into: Float64Array): void {
  for (let from = 0; from < vectors.length; from += dimensions) {
    const own = vectors.subarray(from, from + dimensions);
    const least = Float64Array.from(own).sort()[dimensions - k] ?? Infinity;
    let free = k;
    for (const value of own) if (value > least) free -= 1;
    for (let at = 0; at < dimensions; at++) {
      const value = own[at] ?? 0;
      const wins = value > least || (value === least && free > 0);
      if (value === least && wins) free -= 1;
      into[from + at] = wins ? value : 0;
    }
  }
}

/** How many of d components stay where a share is taken away; one at least. */
export function componentsKept(dimensions: number, share: number): number {
  return Math.max(1, Math.round(dimensions * (1 - share)));
}

/** {@link keepLargest} at every level; there is no chance in it, so all draws are one. */
export class KeptLargest {
  readonly isRandom = false;
  private readonly similarities: readonly Float64Array[];

  constructor(task: ModelTask, levels: readonly number[]) {
    const damaged = new Float64Array(task.vectors.length);
    this.similarities = levels.map((share) => {
      keepLargest(task.vectors, task.dimensions, componentsKept(task.dimensions, share), damaged);
      return cosines(task, damaged);
    });
  }

  eachLevel(_draw: number, visit: (level: number, similarities: Float64Array) => void): void {
    for (const [index, own] of this.similarities.entries()) visit(index, own);
  }
}
