import type { RatingReport, ReliabilityFigures } from '@casebook/agreement';
import type { EstimateShown } from '@casebook/ui';
import { estimateOf, figureIn, rangeIn } from './stated.ts';

export interface MeasureRow {
  readonly label: string;
  readonly estimate: EstimateShown;
}

const ICC_WORDS = {
  icc1: 'ICC(1): one rating, raters not told apart',
  icc1k: 'ICC(1,k₀): the mean, raters not told apart',
  icc21: 'ICC(2,1): one rating, absolute agreement',
  icc2k: 'ICC(2,k): the mean, absolute agreement',
  icc31: 'ICC(3,1): one rating, consistency',
  icc3k: 'ICC(3,k): the mean, consistency',
} as const;

/** The measures of reliability that fit the design, as rows of a chart; those that do not say why. */
export function reliabilityRows(
  report: RatingReport,
  reliability: ReliabilityFigures,
): readonly MeasureRow[] {
  const size = { units: report.pairs, ratings: report.ratings };
  const { apiaa, amiaa, alpha, icc, splitHalf } = reliability;
  const correlation = (label: string, part: typeof apiaa, which: 'spearman' | 'pearson'): MeasureRow => ({
    label,
    estimate: estimateOf(
      part[which],
      widest(heldUnder(part.ci, which)),
      'bootstrap over raters and pairs',
      size,
    ),
  });
  const iccRows = Object.entries(ICC_WORDS).map(([form, label]) => ({
    label,
    estimate: estimateOf(figureIn(icc[form]), rangeIn(heldUnder(icc['ci'], form)), 'F distribution', size),
  }));
  return [
    correlation('Mean pairwise Spearman (APIAA)', apiaa, 'spearman'),
    correlation('Mean pairwise Pearson', apiaa, 'pearson'),
    correlation('Leave-one-out Spearman (AMIAA)', amiaa, 'spearman'),
    correlation('Leave-one-out Pearson', amiaa, 'pearson'),
    {
      label: 'Krippendorff’s alpha, interval',
      estimate: estimateOf(alpha.interval, widest(alpha.ci), 'bootstrap over raters and pairs', size),
    },
    { label: 'Krippendorff’s alpha, ordinal', estimate: estimateOf(alpha.ordinal, null, '', size) },
    ...iccRows,
    {
      label: 'Split half, Pearson',
      estimate: estimateOf(figureIn(splitHalf['pearson']), null, '', size),
    },
    {
      label: 'Split half, stepped up (Spearman–Brown)',
      estimate: estimateOf(
        figureIn(splitHalf['spearmanBrown']),
        rangeIn(splitHalf['ci']),
        'bootstrap over pairs',
        size,
      ),
    },
  ];
}

/** The interval over raters and pairs where there is one, else that over pairs alone. */
function widest(ci: unknown): ReturnType<typeof rangeIn> {
  return rangeIn(heldUnder(ci, 'overRatersAndPairs')) ?? rangeIn(heldUnder(ci, 'overPairs'));
}

function heldUnder(held: unknown, name: string): unknown {
  return typeof held === 'object' && held !== null
    ? Object.entries(held).find(([key]) => key === name)?.[1]
    : null;
}
