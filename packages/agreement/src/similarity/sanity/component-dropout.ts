import { namedGenerator } from '../../random.ts';
import { cosines, type ModelTask } from '../model/embedding.ts';

/**
 * Each component of each word is set to 0 with the level's probability: where one uniform number, the same at all
 * levels, lies below it. What was lost at one level is lost at all higher ones.
 */
export class ComponentDropout {
  readonly isRandom = true;
  private readonly task: ModelTask;
  private readonly levels: readonly number[];
  private readonly seed: number;
  private readonly chances: Float64Array;
  private readonly damaged: Float64Array;
  private readonly similarities: Float64Array;

  constructor(task: ModelTask, levels: readonly number[], seed: number) {
    this.task = task;
    this.levels = levels;
    this.seed = seed;
    this.chances = new Float64Array(task.vectors.length);
    this.damaged = new Float64Array(task.vectors.length);
    this.similarities = new Float64Array(task.pairs);
  }

  eachLevel(draw: number, visit: (level: number, similarities: Float64Array) => void): void {
    const { task, chances, damaged } = this;
    namedGenerator(`dropout ${draw}`, this.seed).fillUniform(chances);
    for (const [index, share] of this.levels.entries()) {
      for (let at = 0; at < damaged.length; at++)
        damaged[at] = (chances[at] ?? 0) < share ? 0 : (task.vectors[at] ?? 0);
      visit(index, cosines(task, damaged, this.similarities));
    }
  }
}
