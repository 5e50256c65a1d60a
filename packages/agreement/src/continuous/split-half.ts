import { type Usage } from '../estimate.ts';
import { type Generator, namedGenerator, shuffle } from '../random.ts';
import { type Study } from '../study/study.ts';
import { correlationOf } from './moments.ts';
import { studyNumbers } from './paired-numbers.ts';
import { averageRanks } from './ranks.ts';
import { spearmanBrown } from './spearman-brown.ts';

export interface SplitHalfOptions {
  /**
   * `persons`: coders are divided in two, unless stated; `anonymous`: where columns are no persons, every unit's
   * ratings are divided on their own.
   */
  readonly columns?: 'persons' | 'anonymous';
  /** Random splits where there are too many to enumerate, 1,000 unless stated. */
  readonly splits?: number;
  /** Most distinct splits that are enumerated, 7,000 unless stated. */
  readonly enumerateUpTo?: number;
  readonly seed?: number;
}

/** Means over splits. */
export interface SplitHalfDefined {
  readonly kind: 'defined';
  /** Whether every distinct split was tried. */
  readonly exact: boolean;
  readonly splits: number;
  readonly pearson: number;
  readonly spearman: number;
  /** 2r/(1 + r) for every split, then averaged. */
  readonly spearmanBrownPearson: number;
  readonly spearmanBrownSpearman: number;
  /** Standard deviation of Pearson's r over splits, divisor `splits` − 1; null for a single split. */
  readonly sdPearson: number | null;
  /** √ of the Spearman–Brown reliability: the best correlation with the means that a perfect model could reach. */
  readonly ceiling: number | null;
  readonly seed: number | null;
  readonly used: Usage;
}

export type SplitHalf =
  SplitHalfDefined | { readonly kind: 'undefined'; readonly reason: string; readonly used: Usage };

/**
 * Split-half reliability of mean ratings: coders (or every unit's ratings) are divided in two halves, whose
 * means are correlated over the units that both halves rated; stepped up by Spearman & Brown (1910). All
 * distinct splits where they are few enough, otherwise random ones from the seed.
 *
 * Undefined where no split gives a correlation.
 */
export function splitHalf(study: Study, options: SplitHalfOptions = {}): SplitHalf {
  const used: Usage = {
    units: study.units.length,
    coders: study.coders.length,
    ratings: study.categoryOf.length,
    dropped: { units: 0, coders: 0, ratings: 0 },
  };
  const coders = study.coders.length;
  const distinct = distinctSplits(coders);
  const exact = options.columns !== 'anonymous' && distinct <= (options.enumerateUpTo ?? 7000);
  const seed = options.seed ?? 1;
  const tally = new SplitTally();
  const means = new HalfMeans(study);
  if (exact) {
    forEachSplit(coders, (first) => {
      tally.add(means.byCoder(first));
    });
  } else {
    const generator = namedGenerator('split half', seed);
    const wanted = options.splits ?? 1000;
    const order = Uint32Array.from({ length: coders }, (_, index) => index);
    const first = new Uint8Array(coders);
    for (let split = 0; split < wanted; split++) {
      if (options.columns === 'anonymous') {
        tally.add(means.byRating(generator));
        continue;
      }
      shuffle(order, generator);
      first.fill(0);
      for (let i = 0; i < coders >> 1; i++) first[order[i] ?? 0] = 1;
      tally.add(means.byCoder(first));
    }
  }
  return tally.finish(exact, exact ? null : seed, used);
}

/** C(k, ⌊k/2⌋), halved for even k, where both halves are alike. */
function distinctSplits(coders: number): number {
  const half = coders >> 1;
  let count = 1;
  for (let i = 1; i <= half; i++) count = (count * (coders - half + i)) / i;
  return coders % 2 === 0 ? count / 2 : count;
}

function forEachSplit(coders: number, visit: (first: Uint8Array) => void): void {
  const half = coders >> 1;
  const first = new Uint8Array(coders);
  const choose = (from: number, left: number): void => {
    if (left === 0) {
      visit(first);
      return;
    }
    for (let coder = from; coder <= coders - left; coder++) {
      // With equal halves coder 0 stays in the first, so that no split is met twice.
      if (coders % 2 === 0 && left === half && coder > 0) return;
      first[coder] = 1;
      choose(coder + 1, left - 1);
      first[coder] = 0;
    }
  };
  choose(0, half);
}

/** Means of both halves on the units that both rated. */
class HalfMeans {
  private readonly study: Study;
  private readonly numbers: Float64Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** One unit's ratings, while they are drawn from. */
  private readonly drawn: Float64Array;

  constructor(study: Study) {
    this.study = study;
    this.numbers = studyNumbers(study);
    this.x = new Float64Array(study.units.length);
    this.y = new Float64Array(study.units.length);
    this.drawn = new Float64Array(study.coders.length);
  }

  byCoder(first: Uint8Array): { x: Float64Array; y: Float64Array } {
    const { study } = this;
    let shared = 0;
    for (let unit = 0; unit < study.units.length; unit++) {
      const end = study.offsets[unit + 1] ?? 0;
      let sumX = 0;
      let sumY = 0;
      let countX = 0;
      let countY = 0;
      for (let i = study.offsets[unit] ?? 0; i < end; i++) {
        const value = this.numbers[study.categoryOf[i] ?? 0] ?? 0;
        if (first[study.coderOf[i] ?? 0] === 1) {
          sumX += value;
          countX += 1;
        } else {
          sumY += value;
          countY += 1;
        }
      }
      if (countX === 0 || countY === 0) continue;
      this.x[shared] = sumX / countX;
      this.y[shared] = sumY / countY;
      shared += 1;
    }
    return { x: this.x.subarray(0, shared), y: this.y.subarray(0, shared) };
  }

  /** A random half of every unit's ratings; an odd one goes to either half at random. */
  byRating(generator: Generator): { x: Float64Array; y: Float64Array } {
    const { study, drawn } = this;
    let shared = 0;
    for (let unit = 0; unit < study.units.length; unit++) {
      const start = study.offsets[unit] ?? 0;
      const size = (study.offsets[unit + 1] ?? 0) - start;
      if (size < 2) continue;
      let total = 0;
      for (let i = 0; i < size; i++) {
        const value = this.numbers[study.categoryOf[start + i] ?? 0] ?? 0;
        drawn[i] = value;
        total += value;
      }
      const half = (size >> 1) + (size % 2 === 1 ? generator.below(2) : 0);
      let sum = 0;
      for (let i = 0; i < half; i++) {
        const other = i + generator.below(size - i);
        const value = drawn[other] ?? 0;
        drawn[other] = drawn[i] ?? 0;
        sum += value;
      }
      this.x[shared] = sum / half;
      this.y[shared] = (total - sum) / (size - half);
      shared += 1;
    }
    return { x: this.x.subarray(0, shared), y: this.y.subarray(0, shared) };
  }
}

class SplitTally {
  private readonly pearsons: number[] = [];
  private spearman = 0;
  private brownPearson = 0;
  private brownSpearman = 0;

  add({ x, y }: { x: Float64Array; y: Float64Array }): void {
    if (x.length < 2) return;
    const pearson = correlationOf(x, y);
    const spearman = correlationOf(averageRanks(x), averageRanks(y));
    if (pearson === null || spearman === null || pearson === -1 || spearman === -1) return;
    this.pearsons.push(pearson);
    this.spearman += spearman;
    this.brownPearson += spearmanBrown(pearson, 2);
    this.brownSpearman += spearmanBrown(spearman, 2);
  }

  finish(exact: boolean, seed: number | null, used: Usage): SplitHalf {
    const splits = this.pearsons.length;
    if (splits === 0)
      return { kind: 'undefined', reason: 'no split gives a correlation of its halves', used };
    const pearson = this.pearsons.reduce((sum, r) => sum + r, 0) / splits;
    const squares = this.pearsons.reduce((sum, r) => sum + (r - pearson) ** 2, 0);
    const reliability = this.brownPearson / splits;
    return {
      kind: 'defined',
      exact,
      splits,
      pearson,
      spearman: this.spearman / splits,
      spearmanBrownPearson: reliability,
      spearmanBrownSpearman: this.brownSpearman / splits,
      sdPearson: splits > 1 ? Math.sqrt(squares / (splits - 1)) : null,
      ceiling: reliability >= 0 ? Math.sqrt(reliability) : null,
      seed,
      used,
    };
  }
}
