import { type Generator, namedGenerator } from '../../random.ts';
import { type ModelTask } from '../model/embedding.ts';
import { componentsKept } from './kept-largest.ts';

/**
 * Vectors are turned by one random rotation (or reflection), uniform over all of them, and only the first coordinates
 * kept. What is lost is a random subspace; nothing is lost at share 0, as turning leaves cosines alone.
 */
export class RotatedTruncation {
  readonly isRandom = true;
  private readonly task: ModelTask;
  private readonly kept: readonly number[];
  private readonly seed: number;
  private readonly turned: Float64Array;
  private readonly similarities: Float64Array;

  constructor(task: ModelTask, levels: readonly number[], seed: number) {
    this.task = task;
    this.kept = levels.map((share) => componentsKept(task.dimensions, share));
    this.seed = seed;
    this.turned = new Float64Array(task.vectors.length);
    this.similarities = new Float64Array(task.pairs);
  }

  eachLevel(draw: number, visit: (level: number, similarities: Float64Array) => void): void {
    const { task, turned, similarities } = this;
    const { dimensions: d, vectors } = task;
    const axes = randomAxes(d, namedGenerator(`rotation ${draw}`, this.seed));
    for (let from = 0; from < vectors.length; from += d) {
      for (let axis = 0; axis < d; axis++) {
        let sum = 0;
        for (let at = 0; at < d; at++) sum += (vectors[from + at] ?? 0) * (axes[axis * d + at] ?? 0);
        turned[from + axis] = sum;
      }
    }
    for (const [index, k] of this.kept.entries()) {
      for (let pair = 0; pair < task.pairs; pair++) {
        let a = (task.first[pair] ?? 0) * d;
        let b = (task.second[pair] ?? 0) * d;
        let product = 0;
        let own = 0;
        let other = 0;
        for (let end = a + k; a < end; a++, b++) {
          const x = turned[a] ?? 0;
          const y = turned[b] ?? 0;
          product += x * y;
          own += x * x;
          other += y * y;
        }
        const scale = Math.sqrt(own * other);
        similarities[pair] = scale > 0 ? product / scale : 0;
      }
      visit(index, similarities);
    }
  }
}

/** Orthonormal rows, uniform over all such: Gram–Schmidt, twice over, on normal deviates. */
export function randomAxes(dimensions: number, generator: Generator): Float64Array {
  const axes = new Float64Array(dimensions * dimensions);
  for (let at = 0; at < axes.length; at++) axes[at] = generator.normal();
  for (let row = 0; row < dimensions; row++) {
    const own = axes.subarray(row * dimensions, (row + 1) * dimensions);
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < row; earlier++) {
        const axis = axes.subarray(earlier * dimensions, (earlier + 1) * dimensions);
        let along = 0;
        for (let at = 0; at < dimensions; at++) along += (own[at] ?? 0) * (axis[at] ?? 0);
        for (let at = 0; at < dimensions; at++) own[at] = (own[at] ?? 0) - along * (axis[at] ?? 0);
      }
    }
    let squares = 0;
    for (const value of own) squares += value * value;
    const length = Math.sqrt(squares);
    for (let at = 0; at < dimensions; at++) own[at] = (own[at] ?? 0) / length;
  }
  return axes;
}
