import type { PrecisionReport } from '../ratings/ceiling.ts';
import type { RatingTable } from '../ratings/rating-table.ts';
import type { ReliabilityReport } from '../ratings/reliability.ts';
import { type StatedFigure, figureOf } from './stated-figure.ts';

/** What no model can be expected to exceed, and what it may, each with what it bounds. */
export interface CeilingReport {
  /** √ of the Spearman–Brown reliability of the means. */
  readonly value: StatedFigure;
  readonly bounds: string;
  readonly leaveOneOut: {
    readonly spearman: StatedFigure;
    readonly pearson: StatedFigure;
    readonly bounds: string;
  };
  readonly meanStandardError: StatedFigure;
  /** Share of orderings of two pairs whose means differ at 95 %. */
  readonly resolvedOrderings: StatedFigure;
  readonly medianRankWidth: StatedFigure;
  readonly standardErrors: 'own' | 'pooled' | null;
  /** Pairs on which opinion is split, the most contested first. */
  readonly bimodal: readonly {
    readonly word1: string;
    readonly word2: string;
    readonly coefficient: number;
  }[];
  readonly perPair: readonly {
    readonly word1: string;
    readonly word2: string;
    readonly ratings: number;
    readonly mean: number;
    readonly standardError: number;
    readonly rankLow: number;
    readonly rankHigh: number;
    readonly bimodality: StatedFigure;
  }[];
  readonly seed: number | null;
}

const BOUNDS_MODEL =
  'the largest Pearson correlation with these means to be expected of a perfect model of what raters have in common';
const BOUNDS_RATER =
  'how well one more rater would agree with the mean of these: a rater, not a bound for models, which may exceed it';

/** The ceiling of a dataset: what bounds a model, what one more rater would reach, and what each pair's mean can bear. */
export function ceilingReport(
  table: RatingTable,
  reliability: ReliabilityReport,
  precision: PrecisionReport,
): CeilingReport | { readonly value: null; readonly reason: string } {
  if (reliability.kind === 'undefined') return { value: null, reason: reliability.reason };
  const { splitHalf, amiaa } = reliability;
  const without = { value: null, reason: precision.kind === 'undefined' ? precision.reason : '' } as const;
  const known = precision.kind === 'defined' ? precision : null;
  const wordsOf = (pair: number): { word1: string; word2: string } => ({
    word1: table.pairs[pair]?.word1 ?? '',
    word2: table.pairs[pair]?.word2 ?? '',
  });
  return {
    value:
      splitHalf.kind === 'undefined'
        ? { value: null, reason: splitHalf.reason }
        : (splitHalf.ceiling ?? { value: null, reason: 'the reliability is negative' }),
    bounds: BOUNDS_MODEL,
    leaveOneOut: {
      spearman: figureOf(amiaa.spearman),
      pearson: figureOf(amiaa.pearson),
      bounds: BOUNDS_RATER,
    },
    meanStandardError: known?.meanStandardError ?? without,
    resolvedOrderings: known?.resolvedOrderings ?? without,
    medianRankWidth: known?.medianRankWidth ?? without,
    standardErrors: known?.standardErrors ?? null,
    bimodal: (known?.bimodal ?? [])
      .map((pair) => ({
        ...wordsOf(pair),
        coefficient: known?.pairs.find((own) => own.pair === pair)?.bimodality ?? 0,
      }))
      .sort((one, other) => other.coefficient - one.coefficient),
    perPair: (known?.pairs ?? []).map(({ pair, bimodality, ...own }) => ({
      ...wordsOf(pair),
      ...own,
      bimodality: bimodality ?? { value: null, reason: 'fewer than four ratings, or all the same' },
    })),
    seed: known?.seed ?? null,
  };
}
