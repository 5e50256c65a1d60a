import { correlationOf } from '../continuous/moments.ts';
import { averageRanks } from '../continuous/ranks.ts';
import { spearmanBrown } from '../continuous/spearman-brown.ts';
import { namedGenerator, shuffle } from '../random.ts';
import { bestWorstCounting, type BestWorst } from './best-worst.ts';

/** A judgement with the tuple that it is of. */
export interface TupleJudgement extends BestWorst {
  readonly tuple: string;
}

export interface BestWorstReliabilityOptions {
  /** Random splits, 100 unless stated. */
  readonly splits?: number;
  readonly seed?: number;
}

/** Means over splits. */
export interface DefinedBestWorstReliability {
  readonly kind: 'defined';
  /** Spearman's correlation of the scores of the halves. */
  readonly spearman: number;
  /** 2ρ/(1 + ρ) for every split, then averaged. */
  readonly spearmanBrown: number;
  /** Standard deviation of Spearman's correlation over splits, divisor `splits` − 1; null for a single split. */
  readonly sd: number | null;
  /** Items that are scored. */
  readonly items: number;
  /** Judgements that could be divided: those of tuples that were judged twice or more. */
  readonly judgements: number;
  /** Splits that gave a correlation. */
  readonly splits: number;
  readonly seed: number;
}

export type BestWorstReliability =
  DefinedBestWorstReliability | { readonly kind: 'undefined'; readonly reason: string };

/**
 * Split-half reliability of best–worst scores (Kiritchenko & Mohammad 2017, § 4.1): the judgements of every tuple are
 * divided in two halves at random, an odd one going to either; each half is counted into scores; the two are correlated
 * by rank over the items that both scored. They report the mean correlation of 100 splits; stepped up by Spearman &
 * Brown it is that of scores from all judgements.
 *
 * Tuples that were judged once can't be divided and are left out. Undefined where no tuple was judged twice, or no
 * split gives a correlation.
 */
export function bestWorstReliability(
  judgements: readonly TupleJudgement[],
  { splits = 100, seed = 1 }: BestWorstReliabilityOptions = {},
): BestWorstReliability {
  const tuples = [...Map.groupBy(judgements, ({ tuple }) => tuple).values()].filter(
    ({ length }) => length > 1,
  );
  if (tuples.length === 0) return { kind: 'undefined', reason: 'no tuple was judged twice' };
  const generator = namedGenerator('best–worst split half', seed);
  const found: number[] = [];
  for (let split = 0; split < splits; split++) {
    const first: TupleJudgement[] = [];
    const second: TupleJudgement[] = [];
    for (const own of tuples) {
      const half = (own.length >> 1) + (own.length % 2 === 1 ? generator.below(2) : 0);
      for (const [place, judgement] of shuffle([...own], generator).entries()) {
        (place < half ? first : second).push(judgement);
      }
    }
    const rho = rankCorrelation(first, second);
    if (rho !== null && rho !== -1) found.push(rho);
  }
  if (found.length === 0) return { kind: 'undefined', reason: 'no split gives a correlation of its halves' };
  const spearman = mean(found);
  return {
    kind: 'defined',
    spearman,
    spearmanBrown: mean(found.map((rho) => spearmanBrown(rho, 2))),
    sd:
      found.length < 2
        ? null
        : Math.sqrt(found.reduce((sum, rho) => sum + (rho - spearman) ** 2, 0) / (found.length - 1)),
    items: new Set(tuples.flatMap(([judgement]) => judgement?.items ?? [])).size,
    judgements: tuples.reduce((sum, own) => sum + own.length, 0),
    splits: found.length,
    seed,
  };
}

function rankCorrelation(one: readonly BestWorst[], other: readonly BestWorst[]): number | null {
  const { scores } = bestWorstCounting(one);
  const { scores: others } = bestWorstCounting(other);
  const shared = [...scores.keys()].filter((item) => others.has(item));
  const ranks = (of: ReadonlyMap<string, number>): Float64Array =>
    averageRanks(Float64Array.from(shared, (item) => of.get(item) ?? 0));
  return shared.length < 2 ? null : correlationOf(ranks(scores), ranks(others));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
