import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { namedGenerator } from '../../random.ts';
import { percentileInterval, summariseDraws } from '../../resampling/bootstrap.ts';
import { cosines, type ModelTask } from '../model/embedding.ts';

/** How pairs with a word out of vocabulary are treated: left out, or given random similarity and random gold. */
export type VocabularyHandling = 'relaxed' | 'strict';

export interface BatchkarovOptions {
  /** Half-widths n of the noise; 0 to 3 by 0.2 as published, unless stated. */
  readonly levels?: readonly number[];
  /** Bootstrap resamples, 500 as published unless stated. */
  readonly resamples?: number;
  readonly seed?: number;
}

/** One point of their plot. */
export interface BatchkarovPoint {
  /** ρ of the pairs themselves; null where undefined. */
  readonly rho: number | null;
  /** Mean over bootstrap resamples: the curve that was drawn. */
  readonly mean: number | null;
  /** The band that was drawn: the middle 68 % of resamples. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface BatchkarovLevel {
  readonly n: number;
  readonly relaxed: BatchkarovPoint;
  readonly strict: BatchkarovPoint;
}

export interface BatchkarovCheck {
  readonly levels: readonly BatchkarovLevel[];
  /** Levels at which the drawn curve lies above the level before, by handling; any is a "fail" by their criterion. */
  readonly rises: Readonly<Record<VocabularyHandling, readonly number[]>>;
  readonly resamples: number;
  readonly seed: number;
}

const BAND = 0.68;

/**
 * The sanity check as published and as its code runs (Batchkarov, Kober, Reffin, Weeds & Weir 2016): at every level
 * one draw of U(−n, n) on every component; Spearman of cosine with gold; strict handling gives pairs out of vocabulary
 * a similarity and a gold score drawn evenly from the range of those that the covered pairs have; both are
 * bootstrapped over pairs.
 *
 * @param missing pairs out of vocabulary
 */
export function batchkarovCheck(
  task: ModelTask,
  missing: number,
  options: BatchkarovOptions = {},
): BatchkarovCheck {
  const seed = options.seed ?? 1;
  const resamples = options.resamples ?? 500;
  const steps = options.levels ?? Array.from({ length: 16 }, (_, step) => (step * 2) / 10);
  const damaged = new Float64Array(task.vectors.length);
  const levels = steps.map((n, index): BatchkarovLevel => {
    const generator = namedGenerator(`published noise ${index}`, seed);
    generator.fillUniform(damaged);
    for (let at = 0; at < damaged.length; at++)
      damaged[at] = (task.vectors[at] ?? 0) + n * (2 * (damaged[at] ?? 0) - 1);
    const model = cosines(task, damaged);
    const guesses = (of: Float64Array): number[] => {
      const low = of.reduce((least, value) => Math.min(least, value), Infinity);
      const high = of.reduce((most, value) => Math.max(most, value), -Infinity);
      return Array.from(
        { length: task.pairs === 0 ? 0 : missing },
        () => low + (high - low) * generator.next(),
      );
    };
    const strictModel = Float64Array.from([...model, ...guesses(model)]);
    const strictGold = Float64Array.from([...task.gold, ...guesses(task.gold)]);
    const below = (bound: number): number => generator.below(bound);
    return {
      n,
      relaxed: bootstrapped(model, task.gold, resamples, below),
      strict: bootstrapped(strictModel, strictGold, resamples, below),
    };
  });
  return {
    levels,
    rises: { relaxed: risesOf(levels, 'relaxed'), strict: risesOf(levels, 'strict') },
    resamples,
    seed,
  };
}

function risesOf(levels: readonly BatchkarovLevel[], handling: VocabularyHandling): number[] {
  return levels.flatMap((level, index) => {
    const before = levels[index - 1]?.[handling].mean;
    const own = level[handling].mean;
    return before !== undefined && before !== null && own !== null && own > before ? [level.n] : [];
  });
}

function bootstrapped(
  model: Float64Array,
  gold: Float64Array,
  resamples: number,
  below: (bound: number) => number,
): BatchkarovPoint {
  const rho = correlationOf(averageRanks(model), averageRanks(gold));
  const drawnModel = new Float64Array(model.length);
  const drawnGold = new Float64Array(model.length);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    for (let at = 0; at < model.length; at++) {
      const row = below(model.length);
      drawnModel[at] = model[row] ?? 0;
      drawnGold[at] = gold[row] ?? 0;
    }
    values[resample] = correlationOf(averageRanks(drawnModel), averageRanks(drawnGold)) ?? NaN;
  }
  const draws = summariseDraws(values);
  if (draws.values.length < 2) return { rho, mean: null, low: null, high: null };
  const { low, high } = percentileInterval(draws, BAND);
  return { rho, mean: draws.mean, low, high };
}
