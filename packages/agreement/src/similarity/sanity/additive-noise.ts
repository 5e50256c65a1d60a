import { namedGenerator } from '../../random.ts';
import { type ModelTask } from '../model/embedding.ts';

/**
 * Noise n·ε on every component, ε being the same at all levels of a draw. With a and b the vectors of a pair,
 * (a + nε)·(b + nη) = a·b + n(a·η + b·ε) + n²ε·η, so that one draw costs three products a pair, whatever the number of
 * levels.
 */
export class AdditiveNoise {
  readonly isRandom = true;
  private readonly task: ModelTask;
  private readonly levels: readonly number[];
  private readonly family: 'uniform' | 'gaussian';
  private readonly seed: number;
  private readonly noise: Float64Array;
  private readonly products: Float64Array;
  private readonly mixed: Float64Array;
  private readonly noiseProducts: Float64Array;
  private readonly squares: Float64Array;
  private readonly wordMixed: Float64Array;
  private readonly wordNoise: Float64Array;
  private readonly lengths: Float64Array;
  private readonly similarities: Float64Array;

  constructor(task: ModelTask, levels: readonly number[], family: 'uniform' | 'gaussian', seed: number) {
    this.task = task;
    this.levels = levels;
    this.family = family;
    this.seed = seed;
    this.noise = new Float64Array(task.vectors.length);
    this.products = new Float64Array(task.pairs);
    this.mixed = new Float64Array(task.pairs);
    this.noiseProducts = new Float64Array(task.pairs);
    this.similarities = new Float64Array(task.pairs);
    this.squares = new Float64Array(task.words.length);
    this.wordMixed = new Float64Array(task.words.length);
    this.wordNoise = new Float64Array(task.words.length);
    this.lengths = new Float64Array(task.words.length);
    this.measureUndamaged();
  }

  eachLevel(draw: number, visit: (level: number, similarities: Float64Array) => void): void {
    this.drawNoise(draw);
    this.measureNoise();
    const { task, lengths, similarities } = this;
    for (const [index, n] of this.levels.entries()) {
      for (let word = 0; word < lengths.length; word++) {
        const square =
          (this.squares[word] ?? 0) + n * (2 * (this.wordMixed[word] ?? 0) + n * (this.wordNoise[word] ?? 0));
        lengths[word] = square > 0 ? 1 / Math.sqrt(square) : 0;
      }
      for (let pair = 0; pair < task.pairs; pair++) {
        const product =
          (this.products[pair] ?? 0) + n * ((this.mixed[pair] ?? 0) + n * (this.noiseProducts[pair] ?? 0));
        similarities[pair] =
          product * (lengths[task.first[pair] ?? 0] ?? 0) * (lengths[task.second[pair] ?? 0] ?? 0);
      }
      visit(index, similarities);
    }
  }

  private drawNoise(draw: number): void {
    const generator = namedGenerator(`noise ${draw}`, this.seed);
    const { noise } = this;
    if (this.family === 'uniform') {
      generator.fillUniform(noise);
      for (let at = 0; at < noise.length; at++) noise[at] = 2 * (noise[at] ?? 0) - 1;
    } else {
      const sd = Math.sqrt(1 / 3);
      for (let at = 0; at < noise.length; at++) noise[at] = sd * generator.normal();
    }
  }

  private measureUndamaged(): void {
    const { task, products, squares } = this;
    const { dimensions, vectors } = task;
    for (let pair = 0; pair < task.pairs; pair++) {
      let a = (task.first[pair] ?? 0) * dimensions;
      let b = (task.second[pair] ?? 0) * dimensions;
      let sum = 0;
      for (let end = a + dimensions; a < end; a++, b++) sum += (vectors[a] ?? 0) * (vectors[b] ?? 0);
      products[pair] = sum;
    }
    for (let word = 0; word < squares.length; word++) {
      let sum = 0;
      const end = (word + 1) * dimensions;
      for (let at = word * dimensions; at < end; at++) sum += (vectors[at] ?? 0) ** 2;
      squares[word] = sum;
    }
  }

  private measureNoise(): void {
    const { task, noise, mixed, noiseProducts, wordMixed, wordNoise } = this;
    const { dimensions, vectors } = task;
    for (let pair = 0; pair < task.pairs; pair++) {
      let a = (task.first[pair] ?? 0) * dimensions;
      let b = (task.second[pair] ?? 0) * dimensions;
      let between = 0;
      let both = 0;
      for (let end = a + dimensions; a < end; a++, b++) {
        const noiseA = noise[a] ?? 0;
        const noiseB = noise[b] ?? 0;
        between += (vectors[a] ?? 0) * noiseB + noiseA * (vectors[b] ?? 0);
        both += noiseA * noiseB;
      }
      mixed[pair] = between;
      noiseProducts[pair] = both;
    }
    for (let word = 0; word < wordNoise.length; word++) {
      let between = 0;
      let own = 0;
      const end = (word + 1) * dimensions;
      for (let at = word * dimensions; at < end; at++) {
        const value = noise[at] ?? 0;
        between += value * (vectors[at] ?? 0);
        own += value * value;
      }
      wordMixed[word] = between;
      wordNoise[word] = own;
    }
  }
}
