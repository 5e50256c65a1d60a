import { type Quantity } from '../../continuous/measurement-error.ts';
import { namedGenerator } from '../../random.ts';
import { type ModelTask } from '../model/embedding.ts';
import { correctedCheck, quantile } from './corrected.ts';
import { type DrawControl, noiseDraws } from './noise-draws.ts';
import { failingProbability } from './original-verdict.ts';

export interface SizePlan {
  /** Pairs of a subset. */
  readonly pairs: number;
  readonly levels: readonly number[];
  /** Random subsets, 40 unless stated. */
  readonly subsets?: number;
  /** Draws of noise for each, 25 unless stated. */
  readonly draws?: number;
  readonly seed: number;
}

/** What both checks say of random subsets of a dataset: what they would say of any dataset of that size. */
export type SizeBaseline =
  | {
      readonly kind: 'defined';
      readonly pairs: number;
      readonly subsets: number;
      readonly drawsEach: number;
      /** Chance that a subset "fails" by the original criterion. */
      readonly probabilityOfFailing: Quantity;
      readonly probabilityOfFailingUpToOne: Quantity;
      /** Median over subsets of the smallest n found with power .8, and the middle 80 % of them. */
      readonly resolution:
        | {
            readonly n: number;
            readonly low: number;
            readonly high: number;
            readonly nOverRms: number | null;
          }
        | { readonly value: null; readonly reason: string };
      readonly seed: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/** The checks on random subsets, uniform noise, the same levels. Undefined where the dataset has no more pairs. */
export function sizeBaseline(task: ModelTask, plan: SizePlan, control: DrawControl = {}): SizeBaseline {
  const { pairs, levels, seed } = plan;
  const subsets = plan.subsets ?? 40;
  const draws = plan.draws ?? 25;
  if (pairs >= task.pairs) return { kind: 'undefined', reason: `the dataset has ${task.pairs} pairs only` };
  if (pairs < 4) return { kind: 'undefined', reason: 'a subset has four pairs or more' };
  const generator = namedGenerator(`subsets of ${pairs}`, seed);
  let whole = 0;
  let early = 0;
  let judged = 0;
  const found = new Float64Array(subsets).fill(Infinity);
  for (let subset = 0; subset < subsets; subset++) {
    control.signal?.throwIfAborted();
    const own = subTask(
      task,
      drawWithout(task.pairs, pairs, (bound) => generator.below(bound)),
    );
    const drawPlan = { family: 'uniform', levels, draws, seed: seed + subset } as const;
    const figures = [noiseDraws(own, drawPlan, 0, draws)];
    const failing = failingProbability(levels, figures, seed + subset);
    if (failing.wholeGrid.value !== null && failing.upToOne.value !== null) {
      whole += failing.wholeGrid.value;
      early += failing.upToOne.value;
      judged += 1;
    }
    const { resolution } = correctedCheck(own, drawPlan, figures);
    if ('n' in resolution) found[subset] = resolution.n;
    control.onProgress?.(subset + 1);
  }
  found.sort();
  const median = quantileOf(found, 0.5);
  const few = { value: null, reason: `${draws} draws are too few for ${levels.length} levels` };
  return {
    kind: 'defined',
    pairs,
    subsets,
    drawsEach: draws,
    probabilityOfFailing: judged === 0 ? few : { value: whole / judged },
    probabilityOfFailingUpToOne: judged === 0 ? few : { value: early / judged },
    resolution: Number.isFinite(median)
      ? {
          n: median,
          low: quantileOf(found, 0.1),
          high: Math.min(quantileOf(found, 0.9), levels.at(-1) ?? median),
          nOverRms: task.rms > 0 ? median / task.rms : null,
        }
      : { value: null, reason: 'in most subsets no level is found with power 0.8' },
    seed,
  };
}

/** As {@link quantile}, of values some of which are infinite: no interpolation. */
function quantileOf(sorted: Float64Array, share: number): number {
  const finite = sorted.every((value) => Number.isFinite(value));
  return finite ? quantile(sorted, share) : (sorted[Math.round((sorted.length - 1) * share)] ?? Infinity);
}

function drawWithout(from: number, count: number, below: (bound: number) => number): Uint32Array {
  const rows = Uint32Array.from({ length: from }, (_, row) => row);
  for (let at = 0; at < count; at++) {
    const other = at + below(from - at);
    const kept = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = kept;
  }
  return rows.slice(0, count).sort();
}

/** Some pairs of a task and their words alone; the scale of the whole is kept, as the vectors are the same. */
function subTask(task: ModelTask, rows: Uint32Array): ModelTask {
  const numberOf = new Map<number, number>();
  const numbered = (words: Uint32Array): Uint32Array =>
    Uint32Array.from(rows, (row) => {
      const word = words[row] ?? 0;
      const known = numberOf.get(word);
      if (known !== undefined) return known;
      numberOf.set(word, numberOf.size);
      return numberOf.size - 1;
    });
  const first = numbered(task.first);
  const second = numbered(task.second);
  const { dimensions } = task;
  const vectors = new Float64Array(numberOf.size * dimensions);
  for (const [word, number] of numberOf) {
    vectors.set(task.vectors.subarray(word * dimensions, (word + 1) * dimensions), number * dimensions);
  }
  return {
    pairs: rows.length,
    rows: Uint32Array.from(rows, (row) => task.rows[row] ?? 0),
    first,
    second,
    gold: Float64Array.from(rows, (row) => task.gold[row] ?? 0),
    words: [...numberOf.keys()].map((word) => task.words[word] ?? ''),
    dimensions,
    vectors,
    rms: task.rms,
  };
}
