import { type Estimate, type Usage } from '../estimate.ts';
import { estimateOfSums } from '../inference/estimate-of-sums.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { blancScore } from './blanc.ts';
import type { CoreferenceDocument } from './mention.ts';
import type { Singletons } from './partition.ts';
import { type ScoreCounts, scoreFromCounts } from './score.ts';
import { scoreCoreference } from './score-documents.ts';
import type { DocumentScores } from './scores.ts';

/** The F1 scores that two coders are compared by. */
export const CODER_SCORES = ['mentions', 'muc', 'bcub', 'ceafm', 'ceafe', 'blanc', 'lea', 'conll'] as const;
export type CoderScore = (typeof CODER_SCORES)[number];
type CoderScores = Readonly<Record<CoderScore, Estimate>>;

/** Two coders with the documents that both annotated, the first as key. */
export interface CoderPairDocuments {
  readonly coders: readonly [string, string];
  /** Ids tell which documents of several pairs are the same. */
  readonly documents: readonly (CoreferenceDocument & { readonly id: string })[];
}

/** Two coders against each other. */
export interface CoderPairScores {
  readonly coders: readonly [string, string];
  readonly documents: number;
  readonly scores: CoderScores;
}

export interface ScoresBetweenCoders {
  readonly pairs: readonly CoderPairScores[];
  /** The mean over the pairs for which a score is defined. */
  readonly mean: CoderScores;
  /** Documents that two coders or more share. */
  readonly documents: number;
}

interface ScoresBetweenCodersOptions {
  /** Whether entities of one mention count; kept by default. */
  readonly singletons?: Singletons;
  /** `percentile`, `bca` or `jackknife` over documents, for a pair or for the mean; no interval unless stated. */
  readonly interval?: (score: CoderScore, pair: readonly [string, string] | null) => IntervalOptions;
}

const NOTHING = 'neither of two coders has anything that it counts';

/**
 * F1 of every two coders by the coreference scores, and the mean over pairs, with intervals over documents. Counts are
 * summed over documents (micro), so that a resample of documents is a sum of rows. F1 takes no side; BLANC, which
 * leaves out a kind of link that its key has none of, is the mean of both directions.
 *
 * A score is undefined where neither coder has anything that it counts (no links, no mentions), and the CoNLL mean
 * where one of its three is. `used.units` are mentions of either coder, `used.ratings` the mentions of both.
 */
export function coreferenceBetweenCoders(
  pairs: readonly CoderPairDocuments[],
  { singletons = 'keep', interval = () => ({ method: 'none' }) }: ScoresBetweenCodersOptions = {},
): ScoresBetweenCoders {
  const compared = pairs.map(({ coders, documents }) => {
    const perDocument = documents.length === 0 ? [] : scoreCoreference(documents, { singletons }).perDocument;
    return { coders, perDocument, used: usageOf(perDocument) };
  });
  const places = new Map(
    [...new Set(pairs.flatMap(({ documents }) => documents.map(({ id }) => id)))]
      .sort()
      .map((id, place) => [id, place] as const),
  );
  return {
    documents: places.size,
    pairs: compared.map(({ coders, perDocument, used }) => ({
      coders,
      documents: perDocument.length,
      scores: scoresOf((score) => {
        const { columns, f1 } = FIGURES[score];
        return estimateOfSums(
          {
            measure: score,
            convention: 'F1, counts summed over documents',
            rows: perDocument.map(columns),
            evaluate: f1,
            reason: perDocument.length === 0 ? 'the two coders share no document' : NOTHING,
            used,
          },
          interval(score, coders),
        );
      }),
    })),
    mean: scoresOf((score) => {
      const { columns, f1, width } = FIGURES[score];
      const rows = Array.from(places, () => new Float64Array(width * compared.length));
      for (const [pair, { perDocument }] of compared.entries()) {
        for (const document of perDocument)
          rows[places.get(document.id) ?? -1]?.set(columns(document), pair * width);
      }
      return estimateOfSums(
        {
          measure: score,
          convention: 'mean over pairs of coders of F1, counts summed over documents',
          rows,
          evaluate: (sums) => meanOfPairs(sums, compared.length, width, f1),
          reason: places.size === 0 ? 'no two coders share a document' : NOTHING,
          used: addUsage(compared.map(({ used }) => used)),
        },
        interval(score, null),
      );
    }),
  };
}

function scoresOf(estimate: (score: CoderScore) => Estimate): CoderScores {
  const entries = CODER_SCORES.map((score) => [score, estimate(score)] as const);
  return Object.fromEntries(entries) as Record<CoderScore, Estimate>;
}

function meanOfPairs(
  sums: Float64Array,
  pairs: number,
  width: number,
  f1: (sums: Float64Array) => number,
): number {
  let total = 0;
  let defined = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const value = f1(sums.subarray(pair * width, (pair + 1) * width));
    if (Number.isNaN(value)) continue;
    total += value;
    defined += 1;
  }
  return defined === 0 ? NaN : total / defined;
}

/** What a score takes from a document, in columns that are added up, and F1 from the sums. */
interface Figure {
  readonly width: number;
  readonly columns: (scores: DocumentScores) => number[];
  readonly f1: (sums: Float64Array) => number;
}

const COUNTS = 4;

function columnsOf(counts: ScoreCounts | null | undefined): number[] {
  return [
    counts?.recallNumerator ?? 0,
    counts?.recallDenominator ?? 0,
    counts?.precisionNumerator ?? 0,
    counts?.precisionDenominator ?? 0,
  ];
}

function countsOf(sums: Float64Array, at: number): ScoreCounts {
  return {
    recallNumerator: sums[at] ?? 0,
    recallDenominator: sums[at + 1] ?? 0,
    precisionNumerator: sums[at + 2] ?? 0,
    precisionDenominator: sums[at + 3] ?? 0,
  };
}

function f1At(sums: Float64Array, at: number): number {
  const counts = countsOf(sums, at);
  if (counts.recallDenominator === 0 && counts.precisionDenominator === 0) return NaN;
  return scoreFromCounts(counts, '').f1;
}

function counted(score: 'mentions' | 'muc' | 'bcub' | 'ceafm' | 'ceafe' | 'lea'): Figure {
  return {
    width: COUNTS,
    columns: (scores) => columnsOf(scores[score]?.counts),
    f1: (sums) => f1At(sums, 0),
  };
}

function swapped(counts: ScoreCounts): ScoreCounts {
  return {
    recallNumerator: counts.precisionNumerator,
    recallDenominator: counts.precisionDenominator,
    precisionNumerator: counts.recallNumerator,
    precisionDenominator: counts.recallDenominator,
  };
}

function blancF1(sums: Float64Array): number {
  const coreference = countsOf(sums, 0);
  const nonCoreference = countsOf(sums, COUNTS);
  const links = [coreference, nonCoreference].reduce(
    (sum, { recallDenominator, precisionDenominator }) => sum + recallDenominator + precisionDenominator,
    0,
  );
  if (links === 0) return NaN;
  const one = blancScore({ coreference, nonCoreference });
  const other = blancScore({ coreference: swapped(coreference), nonCoreference: swapped(nonCoreference) });
  return (one.f1 + other.f1) / 2;
}

const FIGURES: Readonly<Record<CoderScore, Figure>> = {
  mentions: counted('mentions'),
  muc: counted('muc'),
  bcub: counted('bcub'),
  ceafm: counted('ceafm'),
  ceafe: counted('ceafe'),
  lea: counted('lea'),
  blanc: {
    width: 2 * COUNTS,
    columns: ({ blanc }) => [
      ...columnsOf(blanc?.coreference.counts),
      ...columnsOf(blanc?.nonCoreference.counts),
    ],
    f1: blancF1,
  },
  conll: {
    width: 3 * COUNTS,
    columns: ({ muc, bcub, ceafe }) => [muc, bcub, ceafe].flatMap((score) => columnsOf(score?.counts)),
    f1: (sums) => (f1At(sums, 0) + f1At(sums, COUNTS) + f1At(sums, 2 * COUNTS)) / 3,
  },
};

function usageOf(documents: readonly DocumentScores[]): Usage {
  let units = 0;
  let ratings = 0;
  for (const { mentions } of documents) {
    const [shared = 0, first = 0, , second = 0] = columnsOf(mentions.counts);
    units += first + second - shared;
    ratings += first + second;
  }
  return { units, coders: 2, ratings, dropped: { units: 0, coders: 0, ratings: 0 } };
}

function addUsage(used: readonly Usage[]): Usage {
  return {
    units: used.reduce((sum, own) => sum + own.units, 0),
    coders: used.length,
    ratings: used.reduce((sum, own) => sum + own.ratings, 0),
    dropped: { units: 0, coders: 0, ratings: 0 },
  };
}
