import type { PrecisionReport, RatingTable, ReliabilityReport } from '@casebook/agreement';
import { type Figure, figureOf } from './figure.ts';

/** What no model can be expected to exceed, and what it may, each with what it bounds. */
export interface CeilingReport {
  /** √ of the Spearman–Brown reliability of the means. */
  readonly value: Figure;
  readonly bounds: string;
  readonly leaveOneOut: { readonly spearman: Figure; readonly pearson: Figure; readonly bounds: string };
  readonly meanStandardError: Figure;
  /** Share of orderings of two pairs whose means differ at 95 %. */
  readonly resolvedOrderings: Figure;
  readonly medianRankWidth: Figure;
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
    readonly bimodality: Figure;
  }[];
  readonly seed: number | null;
}

const BOUNDS_MODEL =
  'the largest Pearson correlation with these means to be expected of a perfect model of what raters have in common';
const BOUNDS_RATER =
  'how well one more rater would agree with the mean of these: a rater, not a bound for models, which may exceed it';

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
